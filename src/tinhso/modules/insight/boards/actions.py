"""The only writers of boards: hanging a wall and withdrawing it."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.modules.insight.boards import facts, queries
from tinhso.modules.insight.boards.models import Wall
from tinhso.modules.insight.boards.rules import Board, Refused, digest_of, may_hang, may_see
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor, NotAllowed

LONGEST_PLACE = 100
LANGUAGES = ("vi", "en")
NOT_ADMINISTERED = _("Chỉ quản trị của đơn vị đó, hoặc của cấp trên, mới treo và thu hồi được màn hình.")


@transaction.atomic
def hang_wall(
    *, board_code: str, unit_key: str, place: str, language: str, actor: Actor, now: datetime
) -> tuple[Wall, str]:
    """
    Let a screen show that board of that unit (with all below it; empty: everything); the wall and its key.

    The key is told here once and never again.

    :raises Refused: there is no such board (for the actor to see) or unit, the board is for others, or the place is not named;
        carries the field
    :raises NotAllowed: the actor administers neither the unit nor what is above it
    """
    board = _board_for(board_code, unit_key, actor)
    place = " ".join(place.replace("\x00", "").split())
    if not 0 < len(place) <= LONGEST_PLACE:
        raise Refused(
            "place",
            f"Hãy viết màn hình treo ở đâu, tối đa {LONGEST_PLACE} chữ.",
            f"Say where the screen hangs, in at most {LONGEST_PLACE} letters.",
        )
    if language not in LANGUAGES:
        raise Refused("language", "Hãy chọn tiếng Việt hoặc tiếng Anh.", "Choose Vietnamese or English.")
    if not may_hang(actor, queries.line_of(unit_key, now)):
        raise NotAllowed(NOT_ADMINISTERED)
    key = secrets.token_urlsafe(32)
    wall = Wall.objects.create(
        code=secrets.token_hex(6), board_code=board.code, unit_key=unit_key, place=place, language=language,
        key_digest=digest_of(key), made_by=actor.code, made_at=now,
    )  # fmt: skip
    _tell(facts.WALL_HUNG, wall, actor, now)
    return wall, key


def _board_for(code: str, unit_key: str, actor: Actor) -> Board:
    """The board that the actor may see and that is one of that unit's. :raises Refused: it is none"""
    board = queries.find_board(code)
    if board is None or not may_see(board, actor):
        raise Refused("board", "Hãy chọn một bảng trong danh sách.", "Choose a board of the list.")
    if unit_key and queries.find_unit(unit_key) is None:
        raise Refused("unit", "Hãy chọn một đơn vị trong danh sách.", "Choose a unit of the list.")
    if board not in queries.list_boards_of(unit_key):
        raise Refused("unit", "Bảng này không dành cho đơn vị đó; hãy chọn đơn vị khác.", "This board is not for that unit; choose another.")  # fmt: skip
    return board


@transaction.atomic
def withdraw_wall(*, code: str, actor: Actor, now: datetime) -> Wall:
    """
    Let that screen show nothing more; withdrawn again it stays as it is.

    :raises NoSuchWall: there is none of that code
    :raises NotAllowed: the actor administers neither the unit nor what is above it
    """
    wall = queries.lock_wall(code)
    if not may_hang(actor, queries.line_of(wall.unit_key, now)):
        raise NotAllowed(NOT_ADMINISTERED)
    if wall.withdrawn_at is None:
        wall.withdrawn_by, wall.withdrawn_at = actor.code, now
        wall.save(update_fields=["withdrawn_by", "withdrawn_at"])
        _tell(facts.WALL_WITHDRAWN, wall, actor, now)
    return wall


def _tell(kind: str, wall: Wall, actor: Actor, now: datetime) -> None:
    body = {"board": wall.board_code, "unit": wall.unit_key}
    record_fact(kind=kind, subject=f"wall:{wall.code}", unit_key=wall.unit_key, body=body, actor=actor, now=now)
