"""Filling a report: what was typed, imported or derived for each cell, both kept; reading values as people write them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from tinhso.modules.government.reporting.rules.templates import (
    ADD,
    MONEY,
    REPORTER,
    SHARE,
    SUBTRACT,
    TEXT,
    WHOLE,
    YES_NO,
    Cell,
    Template,
)

TYPED, IMPORTED, DERIVED, SUMMED, WORKED_OUT = "typed", "imported", "derived", "summed", "worked_out"
MOST_DIGITS: Final = 15
LONGEST_TEXT, LONGEST_NOTE = 4000, 500
YES, NO = {"1", "x", "có", "co", "yes", "true"}, {"0", "không", "khong", "no", "false"}

Value = Decimal | str | bool


class NoValue(ValueError):
    """A text that is no value of its cell; the message says how one is written."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


@dataclass(frozen=True, slots=True)
class Entry:
    """
    What a report holds of one cell.

    `derived` is what the platform's own records (or the reports below) say, `address` the page behind it; `typed` what somebody
    wrote instead, with the `reason`, by hand or imported (`provenance`). The typed value counts; the other stays.
    """

    typed: Value | None = None
    derived: Value | None = None
    provenance: str = ""
    address: str = ""
    as_of: str = ""
    reason: str = ""
    note: str = ""

    @property
    def value(self) -> Value | None:
        """The value that counts."""
        return self.derived if self.typed is None else self.typed

    @property
    def is_overridden(self) -> bool:
        """Whether somebody wrote another value than the records say."""
        return self.typed is not None and self.derived is not None and self.typed != self.derived


@dataclass(frozen=True, slots=True)
class Sent:
    """One cell as a form, a workbook or a request sends it; an empty `text` takes back what was typed."""

    key: str
    text: str
    note: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why one cell could not be kept; `field` is its key."""

    field: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Derived:
    """What stands in the records for one cell."""

    value: Value | None
    address: str = ""
    as_of: str = ""
    provenance: str = DERIVED


Content = Mapping[str, Entry]
EMPTY: Final = Entry()


def rounded(cell: Cell, value: Decimal) -> Decimal:
    """The value with the decimals of its cell, half up."""
    return value.quantize(Decimal(1).scaleb(-cell.decimals), rounding=ROUND_HALF_UP)


def read_value(cell: Cell, text: str) -> Value | None:
    """
    The value somebody typed; None for nothing. Vietnamese and English writing: 1.684,5 and 1684.5.

    :raises NoValue: it is none of this cell's kind, or 12.345 could be two numbers
    """
    typed = text.strip().replace("\u00a0", " ")
    if not typed:
        return None
    if cell.kind == TEXT:
        if len(typed) > LONGEST_TEXT:
            raise NoValue(
                f"Dài quá {LONGEST_TEXT} ký tự; hãy rút gọn.", f"Longer than {LONGEST_TEXT} characters; shorten it."
            )
        return typed
    if cell.kind == YES_NO:
        return _yes_or_no(typed)
    return _number(cell, typed)


def _yes_or_no(typed: str) -> bool:
    if typed.lower() in YES | NO:
        return typed.lower() in YES
    raise NoValue(f"“{typed[:30]}”: hãy viết có hoặc không.", f"“{typed[:30]}”: write yes or no.")


def _number(cell: Cell, typed: str) -> Decimal:
    plain = typed.replace(" ", "").removesuffix("%").removesuffix("đ")
    if not re.fullmatch(r"-?\d[\d.,]*", plain):
        raise NoValue(
            f"“{typed[:30]}” không phải là số; viết như 1684,5.", f"“{typed[:30]}” is no number; write it like 1684.5."
        )
    if cell.kind in {WHOLE, MONEY} and re.fullmatch(r"-?[1-9]\d{0,2}([.,]\d{3})+", plain):
        plain = re.sub("[.,]", "", plain)  # what counts whole things has no part after the point
    elif re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", plain):
        clear = plain.replace(".", "")
        raise NoValue(
            f"“{plain}” có thể là hai số. Hãy viết {clear} hoặc {plain.replace('.', ',')}.",
            f"“{plain}” may be two numbers. Write {clear} or {plain.replace('.', ',')}.",
        )
    elif re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", plain):
        plain = plain.replace(".", "")
    elif re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+\.\d+", plain) or re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3}){2,}", plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    if plain.count(".") > 1 or plain.endswith("."):
        raise NoValue(f"“{typed[:30]}” không phải là số.", f"“{typed[:30]}” is no number.")
    return fit_number(cell, Decimal(plain))


def fit_number(cell: Cell, number: Decimal) -> Decimal:
    """The number within the digits and the bounds of its cell, rounded half up. :raises NoValue: it does not fit"""
    if len(number.as_tuple().digits) > MOST_DIGITS + 6 or abs(number) >= Decimal(10) ** MOST_DIGITS:
        raise NoValue(f"Số quá dài: nhiều nhất {MOST_DIGITS} chữ số.", f"Too long: at most {MOST_DIGITS} digits.")
    if cell.decimals == 0 and number != number.to_integral_value():
        raise NoValue("Ô này đếm nguyên: hãy viết số nguyên.", "This cell counts whole things: write a whole number.")
    if cell.least is not None and number < cell.least:
        raise NoValue(f"Không được nhỏ hơn {cell.least:f}.", f"It cannot be below {cell.least:f}.")
    most = Decimal(100) if cell.kind == SHARE and cell.most is None else cell.most
    if most is not None and number > most:
        raise NoValue(f"Không được lớn hơn {most:f}.", f"It cannot be above {most:f}.")
    return rounded(cell, number)


def take_up(
    template: Template, content: Content, sent: Iterable[Sent], *, provenance: str = TYPED, level: str = REPORTER
) -> tuple[dict[str, Entry], list[Trouble]]:
    """
    The content with what was sent, and what could not be kept and why. Cells that were not sent stay as they are.

    :param level: "reporter", or "receiver" for the summed report, which also holds the cells that only the receiver fills
    """
    found, troubles = dict(content), list[Trouble]()
    for one in sent:
        cell = template.cells.get(one.key)
        try:
            found[one.key] = _entry(cell, found.get(one.key, EMPTY), one, (provenance, level))
        except NoValue as wrong:
            troubles.append(Trouble(one.key, wrong.vi, wrong.en))
    return {key: entry for key, entry in found.items() if entry != EMPTY}, troubles


def _entry(cell: Cell | None, entry: Entry, one: Sent, how: tuple[str, str]) -> Entry:
    if cell is None:
        raise NoValue(f"Biểu này không có ô “{one.key[:60]}”.", f"This form has no cell “{one.key[:60]}”.")
    if cell.formula is not None:
        raise NoValue(
            "Ô này tự tính từ các ô khác, không nhập.", "This cell is worked out of others and is not filled in."
        )
    if cell.filled_by != REPORTER and how[1] == REPORTER:
        raise NoValue("Ô này do nơi nhận báo cáo điền.", "This cell is filled in by the receiver.")
    typed = read_value(cell, one.text)
    note, reason = one.note.strip()[:LONGEST_NOTE], one.reason.strip()[:LONGEST_NOTE]
    if typed is None or typed == entry.derived:
        return replace(entry, typed=None, provenance="", reason="", note=note)
    if entry.derived is not None and not reason:
        raise NoValue(
            "Khác số liệu của hệ thống: hãy ghi lý do, hoặc xóa để lấy số của hệ thống.",
            "Other than the records say: give the reason, or empty the cell to take what the records say.",
        )
    return replace(entry, typed=typed, provenance=how[0], reason=reason if entry.derived is not None else "", note=note)


def derive(content: Content, found: Mapping[str, Derived]) -> dict[str, Entry]:
    """The content with what the records say now; what was typed stays, as does what the records no longer tell of."""
    filled = dict(content)
    for key, one in found.items():
        entry = filled.get(key, EMPTY)
        filled[key] = replace(entry, derived=one.value, address=one.address, as_of=one.as_of)
    return {key: entry for key, entry in filled.items() if entry != EMPTY}


def values_of(template: Template, content: Content) -> dict[str, Value]:
    """The value of each cell that has one, with those that are worked out."""
    known: dict[str, Value] = {
        key: entry.value for key, entry in content.items() if entry.value is not None and key in template.cells
    }
    for cell in template.worked_out:
        value = work_out(cell, known)
        if value is not None:
            known[cell.key] = value
    return known


def work_out(cell: Cell, known: Mapping[str, Value]) -> Decimal | None:
    """What a formula gives; None where something it needs is not known, or the second of a ratio is nothing."""
    formula = cell.formula
    parts = [known.get(key) for key in formula.of] if formula else []
    numbers = [each for each in parts if isinstance(each, Decimal)]
    if formula is None or not parts or len(numbers) != len(parts):
        return None
    first, *others = numbers
    if formula.operation == ADD:
        return rounded(cell, sum(numbers, Decimal(0)))
    if formula.operation == SUBTRACT:
        return rounded(cell, first - sum(others, Decimal(0)))
    return rounded(cell, first * formula.times / others[0]) if others and others[0] else None


@dataclass(frozen=True, slots=True)
class Change:
    """What two versions of a report say of one cell, where they differ."""

    key: str
    before: Value | None
    after: Value | None


def changes(template: Template, before: Content, after: Content) -> list[Change]:
    """The cells whose value differs, in the order of the template."""
    old, new = values_of(template, before), values_of(template, after)
    return [Change(key, old.get(key), new.get(key)) for key in template.cells if old.get(key) != new.get(key)]


def write_content(content: Content) -> dict[str, Any]:
    """The content as JSON holds it, numbers as text so that nothing is lost."""
    return {
        key: {
            name: _written(value)
            for name in ("typed", "derived", "provenance", "address", "as_of", "reason", "note")
            if (value := getattr(entry, name)) not in (None, "")
        }
        for key, entry in content.items()
    }


def _written(value: Value) -> Any:
    return {"number": f"{value:f}"} if isinstance(value, Decimal) else value


def read_content(written: Mapping[str, Any]) -> dict[str, Entry]:
    """What `write_content` wrote."""
    return {key: Entry(**{name: _read(value) for name, value in each.items()}) for key, each in written.items()}


def _read(value: Any) -> Any:
    return Decimal(value["number"]) if isinstance(value, dict) else value
