"""Tables to take away: CSV that Excel opens in Vietnamese, and workbooks; the same for every page with figures."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpResponse
from openpyxl import Workbook

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
Rows = Iterable[Sequence[Any]]


def csv_answer(rows: Rows, name: str) -> HttpResponse:
    """The table as CSV in UTF-8 with a mark, so that Excel reads Vietnamese; no text is taken for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([_plain(cell) for cell in row] for row in rows)
    return _answer("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def xlsx_answer(sheets: Mapping[str, Rows], name: str) -> HttpResponse:
    """Tables as the sheets of a workbook, by their titles, in order."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([_plain(cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return _answer(content.getvalue(), XLSX, f"{name}.xlsx")


def _plain(cell: Any) -> Any:
    """Text that a spreadsheet would reckon is kept as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) and len(cell) > 1 else cell


def _answer(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
