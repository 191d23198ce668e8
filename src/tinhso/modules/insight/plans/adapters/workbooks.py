"""Workbooks of figures: read row by row, and the template to fill in."""

import io
from collections.abc import Iterable, Sequence
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tinhso.modules.insight.plans.rules.sheets import COLUMNS, MOST_ROWS, NEEDED, BadSheet, Row, find_headings

MOST_COLUMNS = 40
WIDTH = 22
UNREADABLE = BadSheet(
    "Không đọc được tệp. Hãy lưu lại thành .xlsx.", "The file cannot be read. Save it as .xlsx again."
)


def read_rows(content: bytes) -> list[Row]:
    """
    The rows below the headings of the first sheet; empty ones are left out.

    :raises BadSheet: it is no workbook, or its first sheet is no table of figures
    """
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0] if book.worksheets else None
        cells = [] if sheet is None else [list(row) for row in sheet.iter_rows(max_row=MOST_ROWS + 100, max_col=MOST_COLUMNS, values_only=True)]  # fmt: skip
    except (BadZipFile, KeyError, ValueError, OSError, EOFError, TypeError, AttributeError, SyntaxError) as broken:
        raise UNREADABLE from broken
    head, names = find_headings(cells)
    letters = {name: get_column_letter(place + 1) for place, name in names.items()}
    rows = [
        Row(head + 2 + at, {name: row[place] for place, name in names.items() if place < len(row)}, letters)
        for at, row in enumerate(cells[head + 1 :])
        if any(cell not in (None, "") for cell in row)
    ]
    if not rows:
        raise BadSheet("Dưới dòng tiêu đề không có số nào.", "There is nothing below the headings.")
    if len(rows) > MOST_ROWS:
        raise BadSheet(f"Nhiều hơn {MOST_ROWS} dòng. Hãy tách tệp.", f"More than {MOST_ROWS} rows. Split the file.")
    return rows


def make_book(sheets: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> bytes:
    """A workbook of these sheets, the first row of each bold and kept in view."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name[:31])
        for row in rows:
            sheet.append([_plain(cell) for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = WIDTH
        sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _plain(cell: object) -> object:
    """A text that begins like a formula stays a text."""
    return f"'{cell}" if isinstance(cell, str) and len(cell) > 2 and cell[0] in "=+@" else cell


def headings(language: str) -> list[str]:
    """The headings of the template; a star marks what every row needs."""
    side = 1 if language.startswith("en") else 0
    return [titles[side] + (" *" if name in NEEDED else "") for name, titles in COLUMNS.items()]
