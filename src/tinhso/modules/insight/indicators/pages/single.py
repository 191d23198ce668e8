"""One indicator: its figure, course, units and definition."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.indicators import queries
from tinhso.modules.insight.indicators.pages.asking import Asked, read_request
from tinhso.modules.insight.indicators.pages.dressing import card_rows, chart_of, dress, seconds
from tinhso.modules.insight.indicators.pages.happenings import note_events
from tinhso.modules.insight.indicators.pages.maps import map_of
from tinhso.modules.insight.indicators.pages.tables import table_of
from tinhso.modules.insight.indicators.rules import Card, is_hidden_from, read_period
from tinhso.platform.capability import FigureRead


def show_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """The figure with its course, the units below and the card; unknown codes are not found."""
    asked = read_request(request)
    card = asked.card(code)
    figure, course = asked.figure(card), asked.trend(card)
    title = card.title.in_language(asked.language)
    context = {
        "theme": asked.theme,
        "as_of": seconds(asked.board.as_of),
        "title": title,
        "crumbs": [{"url": asked.url("indicators:catalogue"), "text": _("Mọi chỉ số")}, {"text": title}],
        "unit_title": asked.unit_name(),
        "figure": {**dress(asked, figure, ()), "definition_url": ""},
        "fields": asked.fields(),
        "kept": {"theme": asked.theme},
        "chart": chart_of(course),
        "chart_title": f"{title}, {course[0].period.first:%m/%Y}–{course[-1].period.first:%m/%Y}",
        "months": note_events(
            table_of(card, [(each.period.name, each) for each in reversed(course)], _("Tháng")), course[::-1]
        ),
        "units": _units(asked, card),
        "map": map_of(asked, card),
        "rows": card_rows(card, asked, figure),
        "downloads": [
            {"url": asked.url("indicators:csv", code), "text": _("Tải bảng (CSV)")},
            {"url": asked.url("indicators:xlsx", code), "text": _("Tải bảng (Excel)")},
        ],
        "period_name": asked.period.name,
    }
    return render(request, "indicators/indicator.html", context)


def read_figure(code: str, unit_key: str, period: str, *, public: bool) -> FigureRead | None:
    """An indicator's figure for other apps; None where there is no such indicator yet."""
    board = queries.read_board().within("", unit_key)
    try:
        hides = is_hidden_from(board.card(code), officer=not public)
    except queries.NoIndicator:
        return None
    found = board.figure(code, unit_key, read_period(period), public=hides)
    value = None if found.value is None else Decimal(found.value.numerator) / Decimal(found.value.denominator)
    address = f"{reverse('indicators:indicator', args=[code])}?{urlencode({'unit': unit_key, 'period': period})}"
    return FigureRead(found.numerator, found.denominator, value, found.as_of, address)


def _units(asked: Asked, card: Card) -> dict[str, Any] | None:
    found = asked.by_unit(card)
    if not found or [each.unit_key for each in found] == [asked.unit_key]:
        return None
    named = [(asked.board.name_of(each.unit_key, asked.language), each) for each in found]
    table = table_of(card, named, _("Đơn vị"))
    for row, (_name, each) in zip(table["rows"], named, strict=True):
        row["cells"][0]["url"] = asked.url("indicators:indicator", card.code, unit=each.unit_key)
    return table
