"""Sheets as people send them: CSV with comma, semicolon or tab, and xlsx."""

import csv
import io
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.dti.rules import Line, Said

MOST_ROWS, MOST_COLUMNS = 5000, 200
ZIP_SIGN, NUL = b"PK\x03\x04", "\x00"
MOST_UNPACKED = 60 * 1024 * 1024


def read_lines(content: bytes) -> list[Line]:
    """
    The rows of a CSV or of the first sheet of an xlsx, each with its number; which it is, its bytes tell.

    :raises Said: it is neither, not in UTF-8, or longer than anybody needs
    """
    lines = _of_workbook(content) if content.startswith(ZIP_SIGN) else _of_csv(content)
    if len(lines) > MOST_ROWS:
        vi, en = f"Tệp có hơn {MOST_ROWS} dòng.", f"The file has more than {MOST_ROWS} rows."
        raise Said(Problem("dti_too_long", vi, en))
    return lines


def _of_csv(content: bytes) -> list[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = NUL
    if NUL in text:
        vi = "Tệp không phải CSV UTF-8 hay xlsx. Trong Excel, chọn Lưu thành “CSV UTF-8” hoặc “.xlsx”."
        en = "The file is neither CSV in UTF-8 nor xlsx. In Excel, save it as “CSV UTF-8” or “.xlsx”."
        raise Said(Problem("dti_not_a_sheet", vi, en))
    head = text.splitlines()[0] if text.strip() else ""
    sign = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    lines: list[Line] = []
    last = 0
    try:
        for cells in reader:
            lines.append((last + 1, cells[:MOST_COLUMNS]))
            last = reader.line_num
    except csv.Error as wrong:
        vi, en = f"Dòng {reader.line_num}: CSV hỏng ({wrong}).", f"Row {reader.line_num}: broken CSV ({wrong})."
        raise Said(Problem("dti_broken_csv", vi, en)) from None
    return lines


def _of_workbook(content: bytes) -> list[Line]:
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        rows = _rows_of(content) if unpacked <= MOST_UNPACKED else None
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError):
        rows = None
    if rows is None:
        vi, en = (
            "Không mở được tệp xlsx: hỏng, có mật khẩu hoặc quá lớn.",
            "The xlsx cannot be opened: broken, locked or too large.",
        )
        raise Said(Problem("dti_broken_xlsx", vi, en))
    return rows


def _rows_of(content: bytes) -> list[Line]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
    return [(number, list(row)) for number, row in enumerate(rows, start=1)]
