"""What others take of indicators: figures that thresholds are set on, unit by unit, their age, and topics of letters."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.flow import Text
from tinhso.modules.insight.indicators import queries
from tinhso.modules.insight.indicators.pages.panels import draw_figures
from tinhso.modules.insight.indicators.rules import FEW, VIETNAM
from tinhso.platform.capability import Panel, PanelAsked, Reading, Topic
from tinhso.platform.periods import Period

PREFIX, AGE = "indicators.", "warehouse.age"
MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def list_readings(source: str, now: datetime) -> Iterator[Reading]:
    """
    The readings of "indicators.<code>@month", "@quarter", "@year" (the current one; by default the month), or "warehouse.age".

    Fewer than five counted are no figure: one late dossier of two is no alarm. Empty for sources that are none of ours.
    """
    if source == AGE:
        return _age(now)
    if source.startswith(PREFIX):
        code, _at, kind = source.removeprefix(PREFIX).partition("@")
        return _figures(source, code, _current(MONTHS[kind or "month"], now))
    return iter(())


def _current(months: int, now: datetime) -> Period:
    today = now.astimezone(VIETNAM).date()
    first = (today.month - 1) // months * months + 1
    return Period(date(today.year, first, 1), date(today.year, first + months - 1, 1))


def _age(now: datetime) -> Iterator[Reading]:
    board = queries.read_board()
    minutes = None if board.as_of is None else Decimal(int((now - board.as_of).total_seconds() // 60))
    yield Reading(
        AGE, "warehouse", "", _("Kho số liệu"), minutes, _("phút"), board.as_of, reverse("indicators:catalogue")
    )


def _figures(source: str, code: str, period: Period) -> Iterator[Reading]:
    board = queries.read_board()
    try:
        card = board.card(code)
    except queries.NoIndicator:
        return
    keys = {key for line in board.lineages.values() for key in line if key in board.units}
    asked = urlencode({"period": period.code})
    for key in sorted(key for key in keys if board.units[key].kind != "country"):
        figure = board.figure(code, key, period)
        value = None
        if figure.value is not None and figure.denominator >= FEW:
            value = Decimal(figure.value.numerator) / Decimal(figure.value.denominator)
        unit = board.units[key]
        name = Text(unit.name, unit.name_en or unit.name)
        address = f"{reverse('indicators:indicator', args=[code])}?unit={key}&{asked}"
        yield Reading(source, key, key, name, value, card.measure.text, figure.as_of, address)


def list_topics() -> dict[str, Topic]:
    """Each indicator as something to subscribe to: its figure of the period, with what it rests on."""
    return {f"{PREFIX}{card.code}": _topic(card.code, card.title) for card in queries.read_board().cards}


def _topic(code: str, title: Text) -> Topic:
    def tell(asked: PanelAsked) -> Panel:
        address = f"{reverse('indicators:indicator', args=[code])}?{urlencode({'unit': asked.unit_key})}"
        return replace(draw_figures(replace(asked, options={"codes": [code]})), address=address)

    return Topic(title, tell)
