"""A workbook that somebody sent, read cell by cell: what each holds, whether a formula gave it, how it is formatted."""

import io
from typing import Any, Final
from zipfile import ZipFile

from openpyxl import load_workbook

from tinhso.modules.government.reporting.adapters.sent_size import SpreadTooWide, TooMuch, must_be_small
from tinhso.modules.government.reporting.adapters.sheets import ABOUT
from tinhso.modules.government.reporting.rules.raw import Raw
from tinhso.modules.government.reporting.rules.returned import Book, KeyLine
from tinhso.modules.government.reporting.rules.sheets import HEAD_ROW, HIDDEN_SHEET, NAME_COLUMN
from tinhso.platform.sheets import BROKEN, BadSheet

MOST_KEYS: Final = 5000
COLUMNS: Final = 8
TOO_LARGE = BadSheet("too_large", "Tệp quá lớn so với một báo cáo. Hãy tải tệp của báo cáo rồi điền vào đó.", "The file is too large for a report. Download the report's file and fill it in.")  # fmt: skip
BROKEN_BOOK = BadSheet("broken_xlsx", "Không mở được tệp xlsx: hỏng hoặc có mật khẩu. Hãy lưu lại thành .xlsx.", "The xlsx cannot be opened: broken or locked. Save it as .xlsx again.")  # fmt: skip


def read_book(content: bytes) -> Book:
    """
    The workbook, as far as its hidden sheet names cells; without that sheet it is empty, and none of ours.

    :raises BadSheet: it is no xlsx, is broken, locked or too large
    """
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            must_be_small(packed)
        values = load_workbook(io.BytesIO(content), data_only=True)
        formulas = load_workbook(io.BytesIO(content))
        if HIDDEN_SHEET not in values.sheetnames:
            return Book({}, (), {})
        about, keys = _read_hidden(values[HIDDEN_SHEET])
        titles = {line.sheet for line in keys} & set(values.sheetnames)
        cells = {title: _read_sheet(values[title], formulas[title], keys) for title in titles}
    except TooMuch as much:
        raise TOO_LARGE from much
    except SpreadTooWide as wide:
        raise BadSheet(
            "merged_too_wide",
            f"Vùng ô gộp hoặc liên kết {wide.found} vượt quá bảng của báo cáo. Hãy bỏ gộp ô, bỏ liên kết rồi gửi lại.",
            f"The merged or linked cells {wide.found} go beyond the report's table. Unmerge or unlink them and send it again.",
        ) from wide
    except BROKEN as broken:
        raise BROKEN_BOOK from broken
    return Book(about, keys, cells)


def _read_hidden(sheet: Any) -> tuple[dict[str, str], tuple[KeyLine, ...]]:
    about, keys = dict[str, str](), list[KeyLine]()
    for row in sheet.iter_rows(max_row=MOST_KEYS, max_col=COLUMNS, values_only=True):
        words = [_text(each) for each in (*row, *[None] * COLUMNS)[:COLUMNS]]
        if words[0] in ABOUT:
            about[words[0]] = words[1]
        elif words[0] in {"value", "note"}:
            kind, key, title, at, across, name, head, base = words
            keys.append(KeyLine(kind, key, title, int(at), int(across), name, head, base))
    return about, tuple(keys)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _read_sheet(values: Any, formulas: Any, keys: tuple[KeyLine, ...]) -> dict[tuple[int, int], Raw]:
    own = [line for line in keys if line.sheet == values.title]
    places = {(line.row, line.column) for line in own}
    places |= {(HEAD_ROW, line.column) for line in own} | {(line.row, NAME_COLUMN) for line in own}
    merged = [each.bounds for each in formulas.merged_cells.ranges]
    return {place: _raw(values.cell(*place), formulas.cell(*place), merged) for place in places}


def _raw(cell: Any, formula: Any, merged: list[tuple[int, int, int, int]]) -> Raw:
    is_merged = any(left <= cell.column <= right and top <= cell.row <= bottom for left, top, right, bottom in merged)
    return Raw(cell.value, formula.data_type == "f", "%" in (cell.number_format or ""), is_merged)
