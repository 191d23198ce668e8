"""The table behind a chart to take away: every month and unit, with definition and fingerprints."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhso.modules.insight.indicators.pages.asking import Asked, read_request
from tinhso.modules.insight.indicators.pages.dressing import card_rows, seconds
from tinhso.modules.insight.indicators.rules import Card, Figure, Period
from tinhso.platform.sheets import csv_answer, xlsx_answer


def download_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The table as CSV in UTF-8 with a mark, so that Excel reads Vietnamese."""
    asked = read_request(request)
    card = asked.card(code)
    return csv_answer(_rows(asked, card), code)


def download_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The table as a workbook, the card on its second sheet."""
    asked = read_request(request)
    card = asked.card(code)
    told = card_rows(card, asked, asked.figure(card))
    definition = [[_("Chỉ số"), card.title.in_language(asked.language)], *([row["key"], row["value"]] for row in told)]
    return xlsx_answer({_("Số liệu"): _rows(asked, card), _("Cách tính"): definition}, code)


def _rows(asked: Asked, card: Card) -> Iterator[list[Any]]:
    """A head, then each month of the unit itself and of the units right below."""
    yield [
        _("Kỳ"),
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Tử số"),
        _("Mẫu số"),
        _("Giá trị"),
        _("Đơn vị tính"),
        _("Số liệu đến"),
    ]
    for month in asked.course.months():
        period = Period(month, month)
        yield _row(asked, asked.figure(card, period), asked.unit_name())
        for figure in asked.by_unit(card, period):
            if figure.unit_key != asked.unit_key:
                yield _row(asked, figure, asked.board.name_of(figure.unit_key, asked.language))


def _row(asked: Asked, figure: Figure, name: str) -> list[Any]:
    counts: list[Any] = [_("ẩn"), _("ẩn")] if figure.hidden else [figure.numerator, figure.denominator]
    value = "" if figure.shown is None else figure.shown
    said = [str(figure.card.measure.text), seconds(asked.board.as_of)]
    return [figure.period.code, figure.unit_key, name, *counts, value, *said]
