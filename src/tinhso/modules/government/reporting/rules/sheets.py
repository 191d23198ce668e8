"""A report as a workbook for people: which cell stands where, which are open, what is worked out; no file is touched here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from tinhso.modules.government.reporting.rules.checks import is_asked_of
from tinhso.modules.government.reporting.rules.filling import EMPTY, LONGEST_TEXT, Content, Entry, Value, values_of
from tinhso.modules.government.reporting.rules.naming import unit_of_column, unit_of_row
from tinhso.modules.government.reporting.rules.templates import (
    ADD,
    REPORTER,
    SUBTRACT,
    TEXT,
    YES_NO,
    Cell,
    Regime,
    Sheet,
    Template,
)

State = Literal["open", "derived", "worked_out", "not_yours"]
OPEN, DERIVED, WORKED_OUT, NOT_YOURS = "open", "derived", "worked_out", "not_yours"
HIDDEN_SHEET, MARK = "_tinhso", "tinhso.report.sheet/1"
GROUP_ROW, HEAD_ROW, FIRST_ROW = 5, 6, 7
NUMBER_COLUMN, NAME_COLUMN, UNIT_COLUMN, FIRST_COLUMN = 1, 2, 3, 4
NOTE_HEAD_ROW, NOTE_FIRST_ROW, NOTE_COLUMN = 4, 5, 4
LONGEST_TITLE: Final = 31
SURE_DIGITS: Final = 15  # a spreadsheet keeps so many digits of a number
UNFIT: Final = re.compile(r"[\\/*?:\[\]']")
UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """
    One report as a workbook is made of it and taken back into it.

    `code` names the report, `revision` counts its changes; `about` are lines for people: unit, period, until when.
    """

    code: str
    regime: Regime
    unit_name: str
    period: str
    revision: int
    content: Content
    about: tuple[str, ...] = ()
    level: str = REPORTER
    language: str = "vi"

    @property
    def template(self) -> Template:
        """What the regime asks for."""
        return self.regime.template

    @property
    def version(self) -> str:
        """The text of the regime that the workbook is made by."""
        return f"{self.regime.code}@{self.regime.version.isoformat()}"


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of the report in the workbook: where, whether it is open, what stands in it, and the words beside it."""

    cell: Cell
    sheet: str
    row: int
    column: int
    state: State
    value: Value | None
    formula: str = ""
    prompt: str = ""

    @property
    def base(self) -> str:
        """The value in the writing that is compared when the workbook comes back."""
        return text_of(self.value)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet of the workbook: its title, the heads of its columns with group and unit, its rows, its boxes."""

    title: str
    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str, int, str], ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line of the sheet of notes: for which cell, in which sheet, how it is called, what is noted."""

    key: str
    row: int
    sheet: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole workbook before it is written."""

    asked: Asked
    leaves: tuple[Leaf, ...]
    notes_title: str
    notes: tuple[NoteLine, ...]

    @property
    def boxes(self) -> dict[str, Box]:
        """Every box by the key of its cell."""
        return {box.cell.key: box for leaf in self.leaves for box in leaf.boxes}


def clean(text: str) -> str:
    """The text as a workbook can hold it, and no further: the same again when it comes back."""
    return UNWRITABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def text_of(value: Value | None) -> str:
    """A value in one writing, as the hidden sheet keeps it: 1684.5, true, words; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else clean(value)


def typed_text(value: Value | None) -> str:
    """A value as somebody would type it, so that it is read as the same one: 1684,5."""
    if isinstance(value, bool):
        return "có" if value else "không"
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value or ""


def fits_a_number(value: Decimal) -> bool:
    """Whether a spreadsheet keeps the number whole; a longer one is written as text."""
    return len(value.normalize().as_tuple().digits) <= SURE_DIGITS and abs(value) < Decimal(10) ** SURE_DIGITS


def lay_out(asked: Asked) -> Plan:
    """Where everything of the report stands in its workbook."""
    titles = _titles(asked)
    places = {
        cell.key: (titles[sheet.code], FIRST_ROW + at, FIRST_COLUMN + across)
        for sheet in asked.template.sheets
        for at, row in enumerate(sheet.rows)
        for across, column in enumerate(sheet.columns)
        if (cell := asked.template.cell_at(row.code, column.code))
    }
    values = values_of(asked.template, asked.content)
    leaves = tuple(
        Leaf(
            titles[sheet.code],
            sheet.name.in_language(asked.language),
            tuple(_heads(asked, sheet)),
            tuple(_lines(asked, sheet)),
            tuple(_box(asked, cell, places, values) for cell in _cells_of(asked.template, sheet)),
        )
        for sheet in asked.template.sheets
    )
    return Plan(asked, leaves, _("Ghi chú"), tuple(_note_lines(asked, leaves)))


def state_of(cell: Cell, entry: Entry, level: str) -> State:
    """Whether the cell is filled in here, and why not."""
    if cell.formula is not None:
        return "worked_out"
    if not is_asked_of(cell, level):
        return "not_yours"
    return "open" if entry.derived is None else "derived"


def _cells_of(template: Template, sheet: Sheet) -> Iterator[Cell]:
    for row in sheet.rows:
        for column in sheet.columns:
            if cell := template.cell_at(row.code, column.code):
                yield cell


def _titles(asked: Asked) -> dict[str, str]:
    """A title for each sheet: short, of its own, without the signs that titles may not hold."""
    found: dict[str, str] = {}
    for number, sheet in enumerate(asked.template.sheets, start=1):
        name = " ".join(UNFIT.sub(" ", clean(sheet.name.in_language(asked.language))).split())
        found[sheet.code] = f"{number}. {name}"[:LONGEST_TITLE].strip()
    return found


def _heads(asked: Asked, sheet: Sheet) -> Iterator[tuple[str, str]]:
    for column in sheet.columns:
        unit = unit_of_column(asked.template, sheet, column, asked.language)
        name = clean(column.name.in_language(asked.language))
        yield clean(column.group.in_language(asked.language)), f"{name} ({unit})" if unit else name


def _lines(asked: Asked, sheet: Sheet) -> Iterator[tuple[str, str, int, str]]:
    for row in sheet.rows:
        name = clean(row.name.in_language(asked.language))
        yield clean(row.number), name, row.depth, unit_of_row(asked.template, sheet, row, asked.language)


def _box(asked: Asked, cell: Cell, places: Mapping[str, tuple[str, int, int]], values: Mapping[str, Value]) -> Box:
    entry, (sheet, row, column) = asked.content.get(cell.key, EMPTY), places[cell.key]
    state = state_of(cell, entry, asked.level)
    formula = formula_of(cell, places) if state == WORKED_OUT else ""
    return Box(cell, sheet, row, column, state, values.get(cell.key), formula, _prompt(asked, cell, entry, state))


def formula_of(cell: Cell, places: Mapping[str, tuple[str, int, int]]) -> str:
    """The cell's formula as a spreadsheet reckons it: empty as ours while something is missing, rounded alike."""
    if cell.formula is None:
        return ""
    here = places[cell.key][0]
    refs = [_reference(places[key], here) for key in cell.formula.of if key in places]
    if not refs or len(refs) != len(cell.formula.of):
        return ""
    everything, first, others = ",".join(refs), refs[0], ",".join(refs[1:])
    whole = f"COUNT({everything})<{len(refs)}"
    if cell.formula.operation == ADD:
        body = f"SUM({everything})"
    elif cell.formula.operation == SUBTRACT:
        body = f"{first}-SUM({others})" if others else first
    else:
        second = refs[1] if len(refs) > 1 else first
        whole, body = f"IF({whole},TRUE,{second}=0)", f"{first}*{cell.formula.times:f}/{second}"
    return f'=IF({whole},"",ROUND({body},{cell.decimals}))'


def _reference(place: tuple[str, int, int], here: str) -> str:
    sheet, row, column = place
    return f"{letters(column)}{row}" if sheet == here else f"'{sheet}'!{letters(column)}{row}"


def letters(column: int) -> str:
    """The letters of a column, 1 is A."""
    found = ""
    while column:
        column, left = divmod(column - 1, 26)
        found = chr(ord("A") + left) + found
    return found


def _prompt(asked: Asked, cell: Cell, entry: Entry, state: State) -> str:
    """What a person should know when the cell is picked."""
    unit = cell.unit.in_language(asked.language)
    said = [_("Đơn vị tính: %(unit)s.") % {"unit": unit}] if unit else []
    said += [note for note in _notes_on(asked.template, cell, asked.language) if note]
    if state == WORKED_OUT:
        said.append(_("Ô tự tính, không nhập."))
    elif state == NOT_YOURS:
        said.append(_("Nơi nhận báo cáo điền ô này."))
    elif state == DERIVED:
        said.append(_("Số lấy từ hệ thống. Muốn ghi số khác, sửa trên trang báo cáo kèm lý do."))
        if entry.is_overridden:
            said.append(_("Đã ghi số khác với hệ thống (%(value)s).") % {"value": typed_text(entry.derived)})
    elif cell.kind == YES_NO:
        said.append(_("Chọn có hoặc không."))
    elif cell.kind == TEXT:
        said.append(_("Tối đa %(most)s ký tự.") % {"most": LONGEST_TEXT})
    else:
        said.append(_("Không phát sinh thì ghi 0.") if cell.required else _("Không có thì để trống."))
    return " ".join(said)


def _notes_on(template: Template, cell: Cell, language: str) -> Iterator[str]:
    for sheet in template.sheets:
        parts: list[Any] = [*(row for row in sheet.rows if row.code == cell.row)]
        parts += [column for column in sheet.columns if column.code == cell.column] if parts else []
        yield from (clean(part.note.in_language(language)) for part in parts)


def _note_lines(asked: Asked, leaves: tuple[Leaf, ...]) -> Iterator[NoteLine]:
    boxes = [box for leaf in leaves for box in leaf.boxes if box.state in {OPEN, DERIVED}]
    for at, box in enumerate(boxes):
        key = box.cell.key
        note = clean(asked.content.get(key, EMPTY).note)
        yield NoteLine(key, NOTE_FIRST_ROW + at, box.sheet, asked.template.name_of(key, asked.language), note)
