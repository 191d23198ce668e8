"""What is asked of figures: which unit, which period, who asks; and the addresses that ask the same elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.indicators import queries
from tinhso.modules.insight.indicators.queries import THEN
from tinhso.modules.insight.indicators.rules import (
    Card,
    Figure,
    NoPeriod,
    Period,
    is_hidden_from,
    last_months,
    month_of,
    months_back,
    read_period,
    units_open_to,
)
from tinhso.platform.clock import now
from tinhso.platform.people.rules import Actor
from tinhso.platform.periods import offered_periods
from tinhso.platform.wording import language

MONTHS_DRAWN = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for figures, read."""

    board: queries.Board
    actor: Actor | None
    unit_key: str
    period: Period
    theme: str
    wall: bool
    language: str
    now: datetime

    @property
    def is_officer(self) -> bool:
        """Whether small cells may be shown."""
        return self.actor is not None and self.actor.kind == "officer"

    @property
    def open_units(self) -> frozenset[str]:
        """The units asked for whose dossiers this reader may open."""
        reach = units_open_to(self.actor, self.board.lineages) | units_open_to(self.actor, self.board.paths)
        return reach & self.board.members(self.unit_key)

    @property
    def course(self) -> Period:
        """The months drawn: those up to the end of the period, but none that is yet to come."""
        last = max(self.period.first, min(self.period.last, month_of(self.now)))
        return Period(min(self.period.first, months_back(last, MONTHS_DRAWN - 1)), last)

    def url(self, name: str, code: str = "", **changes: str) -> str:
        """An address that asks for the same unit and period, but for the changes."""
        asked = {"unit": self.unit_key, "period": self.period.code, "theme": self.theme}
        asked |= {"boundaries": THEN if self.board.at_its_time else "", **changes}
        said = urlencode({key: value for key, value in asked.items() if value})
        return reverse(name, args=[code] if code else None) + (f"?{said}" if said else "")

    def unit_name(self) -> str:
        """What people call the unit asked for."""
        return self.board.name_of(self.unit_key, self.language) if self.unit_key else _("Toàn tỉnh")

    def card(self, code: str) -> Card:
        """That indicator's card. :raises Http404: there is none."""
        try:
            return self.board.card(code)
        except queries.NoIndicator as unknown:
            raise Http404(unknown.en if self.language == "en" else unknown.vi) from None

    def figure(self, card: Card, period: Period | None = None) -> Figure:
        """The figure as this reader may see it."""
        return self.board.figure(card.code, self.unit_key, period or self.period, public=self._hides(card))

    def trend(self, card: Card) -> list[Figure]:
        """The figures of the months drawn, as this reader may see them."""
        return self.board.trend(card.code, self.unit_key, self.course, public=self._hides(card))

    def by_unit(self, card: Card, period: Period | None = None, *, below: str | None = None) -> list[Figure]:
        """The figures of the units right below (that asked for, or another), as this reader may see them."""
        above = self.unit_key if below is None else below
        return self.board.by_unit(card.code, above, period or self.period, public=self._hides(card))

    def _hides(self, card: Card) -> bool:
        return is_hidden_from(card, officer=self.is_officer)

    def fields(self) -> list[dict[str, Any]]:
        """The choices of the form: unit and period; and of which time the boundaries are, where units are no more."""
        units = [{"value": "", "text": _("Toàn tỉnh")}]
        chosen = self.board.units.get(self.unit_key)
        offered = self.board.choices()
        rows = offered if chosen is None or chosen in offered else [chosen, *offered]
        units += [{"value": unit.key, "text": unit.name_in(self.language)} for unit in rows]
        periods = [{"value": period.code, "text": period.name} for period in offered_periods(self.now, self.period)]
        shared = {"kind": "select", "no_blank": True}
        found = [
            {"name": "unit", "label": _("Đơn vị"), "options": units, "value": self.unit_key, **shared},
            {"name": "period", "label": _("Kỳ"), "options": periods, "value": self.period.code, **shared},
        ]
        times = [{"value": "", "text": _("hiện nay")}, {"value": THEN, "text": _("lúc ấy")}]
        then = THEN if self.board.at_its_time else ""
        bounds = {"name": "boundaries", "label": _("Ranh giới"), "options": times, "value": then, **shared}
        return [*found, bounds] if self.board.has_former_units else found


def read_request(request: HttpRequest) -> Asked:
    """What the address asks; an unknown unit or period falls back to everything and this month."""
    moment, unit_key = now(), request.GET.get("unit", "")
    board = queries.read_board().within(request.GET.get("boundaries", ""), unit_key)
    try:
        period = read_period(request.GET.get("period", ""))
    except NoPeriod:
        period = last_months(moment, 1)
    return Asked(
        board=board,
        actor=getattr(request, "actor", None),
        unit_key=unit_key if unit_key in board.units else "",
        period=period,
        theme="dark" if request.GET.get("theme") == "dark" else "",
        wall=False,
        language=language(),
        now=moment,
    )
