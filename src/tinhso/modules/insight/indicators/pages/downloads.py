"""The table behind a chart to take away: every month and unit, with definition and fingerprints."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook

from tinhso.modules.insight.indicators.pages.asking import Asked, read_request
from tinhso.modules.insight.indicators.pages.dressing import card_rows, seconds
from tinhso.modules.insight.indicators.rules import Card, Figure, Period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The table as CSV in UTF-8 with a mark, so that Excel reads Vietnamese."""
    asked = read_request(request)
    card = asked.card(code)
    text = io.StringIO()
    csv.writer(text).writerows(_rows(asked, card))
    return _answer("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", f"{code}.csv")


def download_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The table as a workbook, the card on its second sheet."""
    asked = read_request(request)
    card = asked.card(code)
    book = Workbook(write_only=True)
    table, definition = book.create_sheet(_("Số liệu")), book.create_sheet(_("Cách tính"))
    for row in _rows(asked, card):
        table.append(row)
    definition.append([_("Chỉ số"), card.title.in_language(asked.language)])
    for said in card_rows(card, asked, asked.figure(card)):
        definition.append([said["key"], said["value"]])
    content = io.BytesIO()
    book.save(content)
    return _answer(content.getvalue(), XLSX, f"{code}.xlsx")


def _answer(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


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
