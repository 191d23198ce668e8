"""Workbooks of reports as files: written for people, with a hidden sheet for ourselves, and read again whatever saved them."""

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from tinhso.modules.government.reporting.rules.filling import LONGEST_NOTE, LONGEST_TEXT, Value
from tinhso.modules.government.reporting.rules.sheets import (
    DERIVED,
    FIRST_COLUMN,
    FIRST_ROW,
    GROUP_ROW,
    HEAD_ROW,
    HIDDEN_SHEET,
    MARK,
    NAME_COLUMN,
    NOTE_COLUMN,
    NOTE_FIRST_ROW,
    NOTE_HEAD_ROW,
    NUMBER_COLUMN,
    OPEN,
    UNIT_COLUMN,
    Asked,
    Box,
    Leaf,
    Plan,
    clean,
    fits_a_number,
    lay_out,
)
from tinhso.modules.government.reporting.rules.templates import SHARE, TEXT, WHOLE, YES_NO

LACQUER, GREY, LINE = "8C1D20", "EFECE6", "B9B2A6"
FILLS: Final = {OPEN: "FFFDF3", DERIVED: "E3EEF4"}
NARROW, WIDE, VALUE_WIDTH, TEXT_WIDTH = 6, 58, 15, 46
LONGEST_PROMPT: Final = 250
ESCAPED: Final = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
EDGE = Side("thin", LINE)
ALL_SIDES = Border(EDGE, EDGE, EDGE, EDGE)
ABOUT: Final = ("mark", "report", "version", "revision", "unit", "period", "language")


def write_book(asked: Asked) -> bytes:
    """The report as an xlsx to be filled in and sent back."""
    plan = lay_out(asked)
    book = Workbook()
    guide = book.active
    assert guide is not None
    guide.title = _("Hướng dẫn")
    _write_guide(guide, plan)
    for leaf in plan.leaves:
        _write_leaf(book.create_sheet(leaf.title), leaf, asked)
    _write_notes(book.create_sheet(plan.notes_title), plan)
    _write_hidden(book.create_sheet(HIDDEN_SHEET), plan)
    book.active = 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _put(sheet: Any, row: int, column: int, value: Value | None, **looks: Any) -> Any:
    """A value as it is: text is never taken for a formula or an error, a number too long for a double is kept as text."""
    cell = sheet.cell(row, column)
    if isinstance(value, bool):
        value = _("có") if value else _("không")
    if isinstance(value, Decimal) and not fits_a_number(value):
        value = f"{value:f}".replace(".", ",")
    cell.value = ESCAPED.sub(r"_x005F_\1", clean(value)) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    for name, look in looks.items():
        setattr(cell, name, look)
    return cell


def _write_guide(sheet: Any, plan: Plan) -> None:
    asked = plan.asked
    language = asked.language
    sheet.column_dimensions["A"].width = 4
    sheet.column_dimensions["B"].width = 100
    wrapped = Alignment(wrap_text=True, vertical="top")
    _put(sheet, 1, 2, asked.regime.name.in_language(language), font=Font(bold=True, size=15, color=LACQUER), alignment=wrapped)  # fmt: skip
    lines = [asked.unit_name, asked.period, *asked.about, "", *_steps()]
    if words := asked.regime.instructions.in_language(language):
        lines += ["", *words.splitlines()]
    for row, line in enumerate(lines, start=2):
        _put(sheet, row, 2, line, alignment=wrapped, font=Font(bold=row <= 3))
    row = len(lines) + 3
    for fill, words in ((FILLS[OPEN], _("Ô để điền")), (FILLS[DERIVED], _("Số lấy từ hệ thống, khóa")), (GREY, _("Ô tự tính hoặc không thuộc phần của đơn vị, khóa"))):  # fmt: skip
        sheet.cell(row, 1).fill = PatternFill("solid", fill)
        sheet.cell(row, 1).border = ALL_SIDES
        _put(sheet, row, 2, words)
        row += 1
    _protect(sheet)


def _steps() -> list[str]:
    return [
        _("1. Điền các ô nền vàng nhạt ở từng trang. Bấm vào ô để xem đơn vị tính và cách ghi."),
        _("2. Không phát sinh thì ghi 0. Số lẻ ghi bằng dấu phẩy hoặc dấu chấm tùy máy."),
        _("3. Cần giải thích số nào thì ghi ở trang “Ghi chú”."),
        _("4. Không thêm, xóa hay đổi chỗ dòng, cột. Lưu tệp .xlsx rồi tải lên trang báo cáo: hệ thống cho xem thử trước khi ghi."),
    ]  # fmt: skip


def _write_leaf(sheet: Any, leaf: Leaf, asked: Asked) -> None:
    wrapped, middle = Alignment(wrap_text=True, vertical="center"), Alignment(wrap_text=True, horizontal="center", vertical="center")  # fmt: skip
    _put(sheet, 1, 1, leaf.name, font=Font(bold=True, size=13, color=LACQUER))
    _put(sheet, 2, 1, f"{asked.regime.name.in_language(asked.language)} · {asked.period}")
    _put(sheet, 3, 1, asked.unit_name)
    heads = [("", _("TT")), ("", _("Chỉ tiêu")), ("", _("Đơn vị tính")), *leaf.columns]
    looks = {
        "font": Font(bold=True),
        "alignment": middle,
        "fill": PatternFill("solid", GREY),
        "border": ALL_SIDES,
    }
    for column, (group, name) in enumerate(heads, start=1):
        _put(sheet, GROUP_ROW, column, group, **looks)
        _put(sheet, HEAD_ROW, column, name, **looks)
    for row, (number, name, depth, unit) in enumerate(leaf.rows, start=FIRST_ROW):
        for column, words in ((NUMBER_COLUMN, number), (NAME_COLUMN, name), (UNIT_COLUMN, unit)):
            indent = Alignment(wrap_text=True, vertical="center", indent=depth if column == NAME_COLUMN else 0)
            _put(sheet, row, column, words, alignment=indent, border=ALL_SIDES)
        for column in range(FIRST_COLUMN, len(heads) + 1):
            sheet.cell(row, column).fill = PatternFill("solid", GREY)
            sheet.cell(row, column).border = ALL_SIDES
    for box in leaf.boxes:
        _write_box(sheet, box, wrapped)
    _shape(sheet, leaf)
    _protect(sheet)


def _shape(sheet: Any, leaf: Leaf) -> None:
    """Widths, what stays in view, how it is printed."""
    for column, width in ((NUMBER_COLUMN, NARROW), (NAME_COLUMN, WIDE), (UNIT_COLUMN, VALUE_WIDTH)):
        sheet.column_dimensions[get_column_letter(column)].width = width
    texts = {box.column for box in leaf.boxes if box.cell.kind == TEXT}
    for column in range(FIRST_COLUMN, FIRST_COLUMN + len(leaf.columns)):
        sheet.column_dimensions[get_column_letter(column)].width = TEXT_WIDTH if column in texts else VALUE_WIDTH
    sheet.row_dimensions[HEAD_ROW].height = 46
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_COLUMN)
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write_box(sheet: Any, box: Box, wrapped: Alignment) -> None:
    """One cell: open or locked, with its number format, what may be typed, and the words that show when it is picked."""
    is_text = box.cell.kind in {TEXT, YES_NO}
    cell = _put(
        sheet, box.row, box.column, box.value,
        fill=PatternFill("solid", FILLS.get(box.state, GREY)), border=ALL_SIDES,
        alignment=wrapped if is_text else Alignment(horizontal="right", vertical="center"),
        protection=Protection(locked=box.state != OPEN),
    )  # fmt: skip
    if not is_text:
        cell.number_format = "#,##0" + (f".{'0' * box.cell.decimals}" if box.cell.decimals else "")
    if box.formula:
        cell.value = box.formula
    rule = _rule(box) if box.state == OPEN else DataValidation(allow_blank=True)
    if box.prompt:
        rule.promptTitle, rule.prompt, rule.showInputMessage = _("Cách ghi"), box.prompt[:LONGEST_PROMPT], True
    rule.add(cell)
    sheet.add_data_validation(rule)


def _rule(box: Box) -> DataValidation:
    cell = box.cell
    if cell.kind == YES_NO:
        rule = DataValidation(type="list", formula1=f'"{_("có")},{_("không")}"', allow_blank=True)
        told = _("Chọn có hoặc không.")
    elif cell.kind == TEXT:
        rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(LONGEST_TEXT), allow_blank=True)  # fmt: skip
        told = _("Dài quá %(most)s ký tự.") % {"most": LONGEST_TEXT}
    else:
        least = cell.least if cell.least is not None else Decimal(-(10**15))
        most = Decimal(100) if cell.kind == SHARE and cell.most is None else cell.most
        rule = DataValidation(
            type="whole" if cell.decimals == 0 and cell.kind == WHOLE else "decimal", operator="between",
            formula1=f"{least:f}", formula2=f"{most if most is not None else Decimal(10**15):f}", allow_blank=True,
        )  # fmt: skip
        told = _("Gõ một số hợp lệ: số nguyên, không âm, nếu ô này đếm; tỷ lệ từ 0 đến 100.")
    rule.errorTitle, rule.error, rule.showErrorMessage = _("Chưa đúng"), told, True
    return rule


def _write_notes(sheet: Any, plan: Plan) -> None:
    _put(sheet, 1, 1, plan.notes_title, font=Font(bold=True, size=13, color=LACQUER))
    _put(sheet, 2, 1, _("Giải thích số nào thì ghi vào cột cuối, cùng dòng với số đó."))
    looks = {"font": Font(bold=True), "fill": PatternFill("solid", GREY), "border": ALL_SIDES}
    heads = (_("Trang"), _("Chỉ tiêu"), _("Số"), _("Ghi chú"))
    for column, name in enumerate(heads, start=1):
        _put(sheet, NOTE_HEAD_ROW, column, name, **looks)
    wrapped, boxes = Alignment(wrap_text=True, vertical="center"), plan.boxes
    rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(LONGEST_NOTE), allow_blank=True)
    for line in plan.notes:
        box = boxes[line.key]
        for column, words in ((1, line.sheet), (2, line.name)):
            _put(sheet, line.row, column, words, border=ALL_SIDES, alignment=wrapped)
        shown = sheet.cell(line.row, 3, f"='{box.sheet}'!{get_column_letter(box.column)}{box.row}&\"\"")
        shown.border, shown.alignment = ALL_SIDES, Alignment(horizontal="right", vertical="center")
        cell = _put(
            sheet, line.row, NOTE_COLUMN, line.note, border=ALL_SIDES, alignment=wrapped,
            fill=PatternFill("solid", FILLS[OPEN]), protection=Protection(locked=False),
        )  # fmt: skip
        rule.add(cell)
    sheet.add_data_validation(rule)
    for letter, width in zip("ABCD", (26, WIDE, VALUE_WIDTH, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = sheet.cell(NOTE_FIRST_ROW, 1)
    _protect(sheet)


def _write_hidden(sheet: Any, plan: Plan) -> None:
    """What the file is of, and for each cell where it stands, between which heads, and what was in it."""
    asked = plan.asked
    told = (MARK, asked.code, asked.version, str(asked.revision), asked.unit_name, asked.period, asked.language)
    for row, (name, value) in enumerate(zip(ABOUT, told, strict=True), start=1):
        _put(sheet, row, 1, name)
        _put(sheet, row, 2, value)
    for row, line in enumerate(_key_lines(plan), start=len(ABOUT) + 1):
        for column, value in enumerate(line, start=1):
            _put(sheet, row, column, value)
    sheet.sheet_state = "veryHidden"


def _key_lines(plan: Plan) -> Iterator[tuple[str, ...]]:
    for leaf in plan.leaves:
        for box in leaf.boxes:
            name, head = leaf.rows[box.row - FIRST_ROW][1], leaf.columns[box.column - FIRST_COLUMN][1]
            yield "value", box.cell.key, leaf.title, str(box.row), str(box.column), name, head, box.base
    for note in plan.notes:
        yield "note", note.key, plan.notes_title, str(note.row), str(NOTE_COLUMN), note.name, "", note.note


def _protect(sheet: Any) -> None:
    """Locked cells stay as they are; without a password, for it guards against slips and nothing else."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
