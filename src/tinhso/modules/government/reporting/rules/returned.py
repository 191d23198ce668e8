"""A workbook that came back: whether it is this report's, what each cell would change, what is wrong and how to mend it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from math import isfinite
from typing import Any, Final

from tinhso.modules.government.reporting.rules.filling import (
    EMPTY,
    Content,
    Entry,
    NoValue,
    Sent,
    Value,
    take_up,
    values_of,
)
from tinhso.modules.government.reporting.rules.raw import Raw, read_raw
from tinhso.modules.government.reporting.rules.sheets import (
    HEAD_ROW,
    MARK,
    NAME_COLUMN,
    OPEN,
    WORKED_OUT,
    Asked,
    Box,
    clean,
    lay_out,
    letters,
    text_of,
    typed_text,
)
from tinhso.modules.government.reporting.rules.templates import Cell

MOST_TOLD: Final = 5
NOTE, VALUE = "note", "value"
TOLERANCE: Final = Decimal("1e-9")


class WrongBook(Exception):
    """
    A workbook that is not taken at all; says why and what to do in `vi` and `en`.

    `code`: "not_ours", "other_report" (then `report` says which), "other_version", "moved".
    """

    def __init__(self, code: str, vi: str, en: str, report: str = "") -> None:
        super().__init__(vi)
        self.code, self.vi, self.en, self.report = code, vi, en, report


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One line of the hidden sheet: which cell stands where, between which heads, and what stood in it."""

    kind: str
    key: str
    sheet: str
    row: int
    column: int
    row_name: str
    column_name: str
    base: str


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as it was read: what its hidden sheet says of it, and its cells by sheet, row and column."""

    about: Mapping[str, str]
    keys: tuple[KeyLine, ...]
    cells: Mapping[str, Mapping[tuple[int, int], Raw]]

    def at(self, sheet: str, row: int, column: int) -> Raw:
        """What stands there; nothing where nothing does."""
        return self.cells.get(sheet, {}).get((row, column), Raw())


@dataclass(frozen=True, slots=True)
class Step:
    """What one cell of the file would change: `old` is what the report says now, None where it says nothing."""

    key: str
    kind: str
    place: str
    old: Value | None
    new: Value | None
    is_conflict: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Something about one cell of the file: where, and what, with the remedy."""

    key: str
    place: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What the whole file would do: `sent` is kept when nothing is `wrong`; `remarks` stop nothing."""

    steps: tuple[Step, ...] = ()
    wrong: tuple[Told, ...] = ()
    remarks: tuple[Told, ...] = ()
    sent: tuple[Sent, ...] = ()
    is_outdated: bool = False
    revision: int = 0

    @property
    def conflicts(self) -> tuple[Step, ...]:
        """The changes of cells that somebody else changed since the file was made."""
        return tuple(step for step in self.steps if step.is_conflict)


def judge(book: Book, asked: Asked) -> Judged:
    """
    What the file would do to the report as it stands now. A cell that was not touched in the file changes nothing.

    :raises WrongBook: it is another report's, of another text of the regime, or not as it was handed out
    """
    _must_fit(book, asked)
    boxes = lay_out(asked).boxes
    entries, steps, wrong = dict[str, Entry](), list[Step](), list[Told]()
    for line in book.keys:
        box = boxes.get(line.key)
        if box is None:
            continue
        try:
            step = _step(book, line, box, asked)
        except NoValue as bad:
            wrong.append(Told(line.key, place_of(line), bad.vi, bad.en))
            continue
        if step:
            steps.append(step)
            entry = entries.get(line.key, asked.content.get(line.key, EMPTY))
            change: dict[str, Any] = {"note": step.new or ""} if step.kind == NOTE else {"typed": step.new}
            entries[line.key] = replace(entry, **change)
    sent = tuple(Sent(key, typed_text(entry.typed), entry.note, entry.reason) for key, entry in entries.items())
    after, troubles = take_up(asked.template, asked.content, sent, level=asked.level)
    lines = {line.key: line for line in book.keys if line.kind == VALUE}
    wrong += [Told(each.field, place_of(lines[each.field]), each.vi, each.en) for each in troubles]
    revision = int(book.about["revision"])
    remarks = tuple(_remarks(book, asked, after, boxes))
    is_outdated = revision != asked.revision
    return Judged(tuple(steps), tuple(wrong), remarks, sent, is_outdated=is_outdated, revision=revision)


def place_of(line: KeyLine) -> str:
    """Where a cell stands, for people: `1. Tiếp nhận`!D7 without the signs."""
    return f"{line.sheet}, {letters(line.column)}{line.row}"


def _must_fit(book: Book, asked: Asked) -> None:
    if book.about.get("mark") != MARK or not book.about.get("revision", "").isascii() or not book.about.get("revision", "").isdigit():  # fmt: skip
        raise WrongBook(
            "not_ours",
            "Tệp này không phải tệp tải từ trang báo cáo. Hãy tải tệp của báo cáo này rồi điền vào đó.",
            "This file was not downloaded from the page of a report. Download this report's file and fill it in.",
        )
    if book.about.get("report") != asked.code:
        theirs = f"{book.about.get('unit', '')}, {book.about.get('period', '')}"
        raise WrongBook(
            "other_report",
            f"Tệp này của {theirs}; báo cáo đang mở là {asked.unit_name}, {asked.period}. Chưa có gì được ghi.",
            f"This file is of {theirs}; the report that is open is of {asked.unit_name}, {asked.period}. Nothing was kept.",
            book.about.get("report", ""),
        )
    if book.about.get("version") != asked.version:
        raise WrongBook(
            "other_version",
            "Biểu mẫu đã thay đổi từ khi tải tệp này. Hãy tải tệp mới rồi chép số sang.",
            "The form has changed since this file was downloaded. Download a new one and copy the figures over.",
        )
    if moved := list(_moved(book)):
        vi, en = (" ".join(each[side] for each in moved[:MOST_TOLD]) for side in (0, 1))
        raise WrongBook(
            "moved",
            f"Bảng trong tệp không còn như lúc tải về. {vi} Hãy đưa về chỗ cũ, hoặc tải tệp mới rồi chép số sang.",
            f"The tables in the file are not as they were. {en} Put them back, or download a new file and copy the figures over.",
        )


def _moved(book: Book) -> Iterator[tuple[str, str]]:
    """Each sheet, row or column that does not stand where it was handed out, once."""
    told = set[tuple[str, str]]()
    for line in book.keys:
        if line.sheet not in book.cells:
            found = (f"Thiếu trang “{line.sheet}”.", f"The sheet “{line.sheet}” is missing.")
        elif not _is_named(book.at(line.sheet, HEAD_ROW, line.column), line.column_name) and line.kind == VALUE:
            at = f"{letters(line.column)}{HEAD_ROW}"
            found = (
                f"Trang “{line.sheet}”, ô {at} phải là cột “{line.column_name}”.",
                f"Sheet “{line.sheet}”: {at} must be the column “{line.column_name}”.",
            )
        elif not _is_named(book.at(line.sheet, line.row, NAME_COLUMN), line.row_name):
            at = f"{letters(NAME_COLUMN)}{line.row}"
            found = (
                f"Trang “{line.sheet}”, ô {at} phải là dòng “{line.row_name}”.",
                f"Sheet “{line.sheet}”: {at} must be the row “{line.row_name}”.",
            )
        else:
            continue
        if found not in told:
            told.add(found)
            yield found


def _is_named(raw: Raw, name: str) -> bool:
    return " ".join(str(raw.value or "").split()) == " ".join(name.split())


def _step(book: Book, line: KeyLine, box: Box, asked: Asked) -> Step | None:
    """What one line of the hidden sheet says that was changed; None for nothing. :raises NoValue: it cannot be taken"""
    raw = book.at(line.sheet, line.row, line.column)
    entry = asked.content.get(line.key, EMPTY)
    if line.kind == NOTE:
        note = clean(str(raw.value if raw.value is not None else ""))
        if note == line.base or note == clean(entry.note):
            return None
        return Step(line.key, NOTE, place_of(line), entry.note or None, note or None, line.base != clean(entry.note))
    if box.state == WORKED_OUT:
        return None
    if raw.is_merged:
        raise NoValue(
            "Ô này bị gộp với ô khác. Hãy bỏ gộp ô rồi điền lại.", "This cell is merged. Unmerge it and fill it in."
        )
    if _is_as_handed_out(box.cell, raw, line.base):
        return None
    if box.state != OPEN:
        raise NoValue(
            f"Ô khóa, lúc tải về ghi {line.base or 'trống'}. Hãy trả lại như cũ; muốn ghi số khác, sửa trên trang kèm lý do.",
            f"A locked cell; it held {line.base or 'nothing'}. Put that back; to write another value, use the page and give a reason.",
        )
    new = read_raw(box.cell, raw)
    if new == entry.typed:
        return None
    return Step(line.key, VALUE, place_of(line), entry.typed, new, line.base != text_of(entry.typed))


def _is_as_handed_out(cell: Cell, raw: Raw, base: str) -> bool:
    """Whether the cell says what it said when the file was made, however the program writes it now."""
    if raw.value is None or raw.value == "":
        return not base and not raw.is_formula
    try:
        return text_of(read_raw(cell, raw)) == base
    except NoValue:
        return False


def _remarks(book: Book, asked: Asked, after: Content, boxes: Mapping[str, Box]) -> Iterator[Told]:
    """What the file works out otherwise than we do; ours counts."""
    ours = values_of(asked.template, after)
    for line in book.keys:
        box = boxes.get(line.key)
        raw = book.at(line.sheet, line.row, line.column)
        if box is None or line.kind != VALUE or box.state != WORKED_OUT or raw.value in (None, ""):
            continue
        mine = ours.get(line.key)
        if _agrees(raw.value, mine):
            continue
        said, own = str(raw.value)[:30], typed_text(mine) or "–"
        yield Told(
            line.key,
            place_of(line),
            f"Tệp tính ra {said.replace('.', ',')}, hệ thống tính từ các ô là {own}; số của hệ thống được dùng.",
            f"The file says {said}, worked out of the cells it is {text_of(mine) or '–'}; the latter is used.",
        )


def _agrees(value: Any, mine: Value | None) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return False
    return isinstance(mine, Decimal) and abs(Decimal(f"{value:.15g}") - mine) <= max(abs(mine), Decimal(1)) * TOLERANCE
