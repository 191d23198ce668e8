"""Walls: for administrators those that hang, to make one and withdraw it; for a screen its board by its key."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tinhso.modules.insight.boards import actions, queries
from tinhso.modules.insight.boards.models import Wall
from tinhso.modules.insight.boards.pages.asking import Asked, list_units
from tinhso.modules.insight.boards.pages.showing import answer_tiles, show
from tinhso.modules.insight.boards.rules import Refused, is_administrator, may_see, wall_actor
from tinhso.platform.clock import now
from tinhso.platform.people.pages.doors import actor_in, needs_officer
from tinhso.platform.people.rules import Actor, NotAllowed
from tinhso.platform.wording import language, moment, said

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
NAMES = ("board", "unit", "place", "language")


@never_cache
@needs_officer
def list_walls(request: HttpRequest) -> HttpResponse:
    """The walls of the administrator's units; POST hangs one, whose address is shown this once."""
    actor = _administrator(request)
    sent = {name: request.POST.get(name, "").replace("\x00", "") for name in NAMES}
    errors: list[dict[str, str]] = []
    address = ""
    if request.method == "POST":
        try:
            _wall_hung, key = actions.hang_wall(
                board_code=sent["board"], unit_key=sent["unit"], place=sent["place"], language=sent["language"],
                actor=actor, now=now(),
            )  # fmt: skip
            address = f"{settings.PUBLIC_ADDRESS}{reverse('boards:wall', args=[key])}"
            sent = dict.fromkeys(NAMES, "")
        except Refused as refused:
            errors = [{"href": f"#{refused.field}", "text": said(refused)}]
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused
    context = {
        "address": address,
        "errors": errors,
        "fields": _fields(actor, sent, {each["href"][1:]: each["text"] for each in errors}),
        "table": _table(queries.list_walls(actor, now())),
    }
    return render(request, "boards/walls.html", context, status=422 if errors else 200)


@require_POST
@never_cache
@needs_officer
def withdraw(request: HttpRequest, wall: str) -> HttpResponse:
    """Take a wall's key back."""
    try:
        found = actions.withdraw_wall(code=wall, actor=_administrator(request), now=now())
    except queries.NoSuchWall:
        raise Http404 from None
    except NotAllowed as refused:
        raise PermissionDenied(str(refused)) from refused
    messages.success(request, _("Đã thu hồi màn hình “%(place)s”.") % {"place": found.place})
    return HttpResponseRedirect(reverse("boards:walls"))


@never_cache
@require_safe
def show_wall(request: HttpRequest, key: str) -> HttpResponse:
    """The board of the wall that this key opens, without any session; 410 once it was withdrawn."""
    wall = _wall(key)
    with translation.override(wall.language):
        if (asked := _asked(wall)) is None:
            return render(request, "boards/withdrawn.html", status=410)
        return show(request, asked, tiles_url=reverse("boards:wall_panels", args=[key]))


@never_cache
@require_safe
def list_wall_tiles(request: HttpRequest, key: str) -> HttpResponse:
    """The tiles of that wall; 304 while nothing changed, 410 once it was withdrawn."""
    wall = _wall(key)
    with translation.override(wall.language):
        if (asked := _asked(wall)) is None:
            return HttpResponse(status=410)
        return answer_tiles(request, asked)


def _wall(key: str) -> Wall:
    found = queries.find_wall(key[:100])
    if found is None:
        raise Http404(_("Không có màn hình nào mở bằng khóa này."))
    return found


def _asked(wall: Wall) -> Asked | None:
    """What the wall shows; None once it was withdrawn, or when its board is no more."""
    board, at = queries.find_board(wall.board_code), now()
    if board is None or wall.withdrawn_at is not None:
        return None
    return Asked(
        board=board, actor=wall_actor(board, wall.code, queries.units_shown(wall.unit_key, at)), unit_key=wall.unit_key, period_asked="", now=at,
        theme="dark", is_wall=True,
    )  # fmt: skip


def _administrator(request: HttpRequest) -> Actor:
    actor = actor_in(request)
    if actor is None or not is_administrator(actor):
        raise PermissionDenied(_("Chỉ quản trị của đơn vị mới xem và treo được màn hình."))
    return actor


def _fields(actor: Actor, sent: dict[str, str], errors: dict[str, str]) -> list[dict[str, Any]]:
    boards = [{"value": each.code, "text": said(each.name)} for each in queries.list_boards() if may_see(each, actor)]
    units = [{"value": "", "text": _("Toàn tỉnh")}]
    units += [{"value": each.key, "text": each.name_in(language())} for each in list_units(now())]
    languages = [{"value": code, "text": name} for code, name in LANGUAGE_NAMES.items()]
    rows: list[dict[str, Any]] = [
        {"name": "board", "label": _("Bảng"), "kind": "select", "no_blank": True, "options": boards},
        {"name": "unit", "label": _("Đơn vị"), "kind": "select", "no_blank": True, "options": units},
        {"name": "place", "label": _("Treo ở đâu"), "hint": _("Ví dụ: phòng trực, tầng 2"), "max_length": 100},
        {"name": "language", "label": _("Tiếng"), "kind": "select", "no_blank": True, "options": languages},
    ]
    return [{**row, "value": sent[row["name"]], "error": errors.get(row["name"], "")} for row in rows]


def _table(walls: list[Wall]) -> list[dict[str, Any]]:
    return [
        {
            "place": wall.place,
            "board": said(board.name) if (board := queries.find_board(wall.board_code)) else wall.board_code,
            "unit": unit.name_in(language()) if (unit := queries.find_unit(wall.unit_key)) else _("Toàn tỉnh"),
            "language": LANGUAGE_NAMES.get(wall.language, wall.language),
            "made": moment(wall.made_at),
            "withdrawn": moment(wall.withdrawn_at),
            "withdraw_url": "" if wall.withdrawn_at else reverse("boards:withdraw", args=[wall.code]),
        }
        for wall in walls
    ]
