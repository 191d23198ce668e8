"""Workbooks of figures, read row by row."""

from openpyxl.utils import get_column_letter

from tinhso.modules.insight.plans.rules.sheets import LOOKED_FOR_HEADINGS, MOST_ROWS, BadSheet, Row, find_headings
from tinhso.platform import sheets


def read_rows(content: bytes) -> list[Row]:
    """
    The rows below the headings of a CSV or of a workbook's first sheet; empty ones are left out.

    :raises BadSheet: it cannot be read, or is no table of figures
    """
    try:
        lines = sheets.read_table(content, most_rows=MOST_ROWS + LOOKED_FOR_HEADINGS)
    except sheets.BadSheet as bad:
        raise BadSheet(bad.vi, bad.en) from bad
    head, names = find_headings([cells for _number, cells in lines])
    letters = {name: get_column_letter(place + 1) for place, name in names.items()}
    rows = [
        Row(number, {name: cells[place] for place, name in names.items() if place < len(cells)}, letters)
        for number, cells in lines[head + 1 :]
        if any(cell not in (None, "") for cell in cells)
    ]
    if not rows:
        raise BadSheet("Dưới dòng tiêu đề không có số nào.", "There is nothing below the headings.")
    if len(rows) > MOST_ROWS:
        raise BadSheet(f"Nhiều hơn {MOST_ROWS} dòng. Hãy tách tệp.", f"More than {MOST_ROWS} rows. Split the file.")
    return rows
