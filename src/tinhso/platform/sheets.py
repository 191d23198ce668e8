"""Tables to take away, CSV that Excel opens in Vietnamese and workbooks; and those that people send, read within limits."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from django.http import HttpResponse
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
MOST_ROWS, MOST_COLUMNS, MOST_UNPACKED = 5000, 200, 60 * 1024 * 1024
ZIP_SIGN, NUL = b"PK\x03\x04", "\x00"
BROKEN = (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, EOFError, TypeError, AttributeError, SyntaxError)  # fmt: skip
NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)*")
UNFIT_IN_TITLES: Final = re.compile(r"[\\/*?:\[\]]")
WIDTH: Final = 22
Rows = Iterable[Sequence[Any]]
Line = tuple[int, list[Any]]  # its number in the sheet, from 1, and its cells


class BadSheet(Exception):
    """What was sent is no table that can be read; `vi` and `en` say why and what to do, `code` for machines."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(vi)
        self.code, self.vi, self.en = code, vi, en


def read_table(content: bytes, most_rows: int = MOST_ROWS) -> list[Line]:
    """
    The rows of a CSV (comma, semicolon or tab) or of a workbook's first sheet, each with its number; its bytes tell which it is.

    :raises BadSheet: it is neither, not in UTF-8, broken, or longer than anybody needs
    """
    if content.startswith(ZIP_SIGN):
        return next(iter(read_workbook(content, most_rows).values()), [])
    return _short_enough(_lines_of_csv(content), most_rows)


def read_workbook(content: bytes, most_rows: int = MOST_ROWS) -> dict[str, list[Line]]:
    """
    The rows of every sheet of an xlsx, by its title, in order; formulas give the values that they had when it was saved.

    :raises BadSheet: it is none, is broken, locked or too large
    """
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            fits = sum(each.file_size for each in packed.infolist()) <= MOST_UNPACKED
        found = _sheets_of(content, most_rows) if fits else None
    except BROKEN:
        found = None
    if found is None:
        vi = "Không mở được tệp xlsx: hỏng, có mật khẩu hoặc quá lớn. Hãy lưu lại thành .xlsx."
        raise BadSheet(
            "broken_xlsx", vi, "The xlsx cannot be opened: broken, locked or too large. Save it as .xlsx again."
        )
    return {title: _short_enough(lines, most_rows) for title, lines in found.items()}


def _sheets_of(content: bytes, most_rows: int) -> dict[str, list[Line]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found = {}
    for sheet in book.worksheets:
        rows = sheet.iter_rows(max_row=most_rows + 1, max_col=MOST_COLUMNS, values_only=True)
        found[sheet.title] = [(number, list(row)) for number, row in enumerate(rows, start=1)]
    return found


def _lines_of_csv(content: bytes) -> list[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = NUL
    if NUL in text:
        vi = "Tệp không phải CSV UTF-8 hay xlsx. Trong Excel, chọn Lưu thành “CSV UTF-8” hoặc “.xlsx”."
        en = "The file is neither CSV in UTF-8 nor xlsx. In Excel, save it as “CSV UTF-8” or “.xlsx”."
        raise BadSheet("not_a_sheet", vi, en)
    head = text.splitlines()[0] if text.strip() else ""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    lines: list[Line] = []
    last = 0
    try:
        for cells in reader:
            lines.append((last + 1, cells[:MOST_COLUMNS]))
            last = reader.line_num
    except csv.Error as wrong:
        vi, en = f"Dòng {reader.line_num}: CSV hỏng ({wrong}).", f"Row {reader.line_num}: broken CSV ({wrong})."
        raise BadSheet("broken_csv", vi, en) from None
    return lines


def _short_enough(lines: list[Line], most_rows: int) -> list[Line]:
    if len(lines) > most_rows:
        vi, en = f"Tệp có hơn {most_rows} dòng. Hãy tách tệp.", f"The file has more than {most_rows} rows. Split it."
        raise BadSheet("too_long", vi, en)
    return lines


def csv_answer(rows: Rows, name: str) -> HttpResponse:
    """The table as CSV in UTF-8 with a mark, so that Excel reads Vietnamese; no text is taken for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([_plain(cell) for cell in row] for row in rows)
    return _answer("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def xlsx_answer(sheets: Mapping[str, Rows], name: str) -> HttpResponse:
    """Tables as the sheets of a workbook, by their titles, in order."""
    return _answer(make_workbook(sheets), XLSX, f"{name}.xlsx")


def make_workbook(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook of these tables, the head of each bold and kept in view."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(UNFIT_IN_TITLES.sub("-", title)[:31])
        sheet.freeze_panes = "A2"
        for place, row in enumerate(rows):
            cells = [_plain(cell) for cell in row]
            if not place:
                for letter in map(get_column_letter, range(1, len(cells) + 1)):
                    sheet.column_dimensions[letter].width = WIDTH
            sheet.append(cells if place else [_bold(sheet, cell) for cell in cells])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _bold(sheet: Any, text: Any) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _plain(cell: Any) -> Any:
    """Text that a spreadsheet would reckon is kept as text; a number may be one."""
    reckons = isinstance(cell, str) and cell.startswith(FORMULA) and len(cell) > 1 and not NUMBER.fullmatch(cell)
    return f"'{cell}" if reckons else cell


def _answer(content: str | bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
