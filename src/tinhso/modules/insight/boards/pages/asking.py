"""What a request asks of a board: which board, of which unit and period, who looks, on a page or on a wall."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.insight.boards import queries
from tinhso.modules.insight.boards.rules import Board, may_see
from tinhso.platform.clock import now
from tinhso.platform.people.pages.doors import actor_in
from tinhso.platform.people.rules import Actor
from tinhso.platform.periods import NoPeriod, Period, last_months, offered_periods, read_period
from tinhso.platform.units.rules import UnitRow
from tinhso.platform.wording import language, said

UNITS_KEPT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for a board, read. `period_asked` is empty where the month of the moment is meant, whichever that is."""

    board: Board
    actor: Actor | None
    unit_key: str
    period_asked: str
    now: datetime
    theme: str = ""
    is_wall: bool = False
    wall_key: str = ""

    @property
    def period(self) -> Period:
        """The period asked for, else that of the board, else the month of the moment."""
        told = self.period_asked or self.board.period
        return read_period(told) if told else last_months(self.now, 1)

    @property
    def unit_name(self) -> str:
        """What people call the unit asked for."""
        unit = queries.find_unit(self.unit_key) if self.unit_key else None
        return unit.name_in(language()) if unit else _("Toàn tỉnh")

    @property
    def board_name(self) -> str:
        """What people call the board."""
        return said(self.board.name)

    def query(self, **changes: str) -> str:
        """What stands behind the question mark to ask the same, but for the changes."""
        asked = {"unit": self.unit_key, "period": self.period_asked, "theme": "" if self.is_wall else self.theme}
        asked |= {"wall": "1" if self.is_wall else "", **changes}
        told = urlencode({key: value for key, value in asked.items() if value})
        return f"?{told}" if told else ""

    def url(self, name: str, *names: str, **changes: str) -> str:
        """An address about this board that asks the same, but for the changes."""
        return reverse(name, args=[self.board.code, *names]) + self.query(**changes)

    def boards(self) -> list[Board]:
        """The boards of this unit that the reader may see, with the one shown."""
        return [
            each
            for each in queries.list_boards()
            if each == self.board or (each in queries.list_boards_of(self.unit_key) and may_see(each, self.actor))
        ]

    def fields(self) -> list[dict[str, Any]]:
        """The two choices of the form: unit and period."""
        units = [{"value": "", "text": _("Toàn tỉnh")}]
        units += [{"value": unit.key, "text": unit.name_in(language())} for unit in self._units()]
        periods = [{"value": each.code, "text": each.name} for each in offered_periods(self.now, self.period)]
        shared = {"kind": "select", "no_blank": True}
        return [
            {"name": "unit", "label": _("Đơn vị"), "options": units, "value": self.unit_key, **shared},
            {"name": "period", "label": _("Kỳ"), "options": periods, "value": self.period.code, **shared},
        ]

    def _units(self) -> Sequence[UnitRow]:
        offered = list_units(self.now)
        chosen = queries.find_unit(self.unit_key) if self.unit_key else None
        return offered if chosen is None or chosen in offered else [chosen, *offered]


def list_units(at: datetime) -> list[UnitRow]:
    """The units to choose from, kept for ten minutes."""
    on = at.astimezone(VIETNAM).date()
    key = f"boards:units:{on}"
    found: list[UnitRow] | None = cache.get(key)
    if found is None:
        found = queries.list_units(on)
        cache.set(key, found, UNITS_KEPT_SECONDS)
    return found


def read_request(request: HttpRequest, code: str = "") -> Asked:
    """
    What the address asks; an unknown unit or period falls back to everything and this month, no code to the unit's first board.

    :raises Http404: there is no board of that code, or none at all
    """
    actor, moment = actor_in(request), now()
    unit_key = request.GET.get("unit", "")
    unit_key = unit_key if unit_key and queries.find_unit(unit_key) else ""
    board = queries.find_board(code) if code else default_board(unit_key, actor)
    if board is None:
        raise Http404(_("Không có bảng điều hành nào như vậy."))
    is_wall = request.GET.get("wall") == "1"
    return Asked(
        board=board,
        actor=actor,
        unit_key=unit_key or own_unit(board, actor),
        period_asked=period_in(request),
        now=moment,
        theme="dark" if is_wall or request.GET.get("theme") == "dark" else "",
        is_wall=is_wall,
    )


def default_board(unit_key: str, actor: Actor | None) -> Board | None:
    """The first board of the unit that the reader may see; where there is none, the first of all."""
    found = queries.list_boards_of(unit_key) + list(queries.list_boards())
    return next((board for board in found if may_see(board, actor)), None)


def own_unit(board: Board, actor: Actor | None) -> str:
    """Of a board that is not everything's, the unit meant when none is asked for: the reader's own, else its first."""
    if "province" in board.of and not board.units:
        return ""
    own = [post.unit_key for post in actor.posts] if actor else []
    units = [unit for key in own if (unit := queries.find_unit(key)) and board.is_for(unit.kind, key)]
    return units[0].key if units else next(iter(board.units), "")


def period_in(request: HttpRequest) -> str:
    """The period that the address names, empty where it names none."""
    asked = request.GET.get("period", "")
    try:
        return read_period(asked).code
    except NoPeriod:
        return ""
