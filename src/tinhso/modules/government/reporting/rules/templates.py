"""What a report asks for: regimes, their template of sheets, rows and columns, and each cell with its type and formula."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.flow import NO_TEXT, Text
from tinhso.modules.government.reporting.rules.chasing import Chasing
from tinhso.modules.government.reporting.rules.periods import ONCE, PeriodRule

PERIODIC, THEMATIC, AD_HOC = "periodic", "thematic", "ad_hoc"
NATURES: Final[dict[str, Promise]] = {
    PERIODIC: _("Định kỳ"),
    THEMATIC: _("Chuyên đề"),
    AD_HOC: _("Đột xuất"),
}
WHOLE, DECIMAL, SHARE, MONEY, TEXT, YES_NO = "whole", "decimal", "share", "money", "text", "yes_no"
VALUE_KINDS: Final = (WHOLE, DECIMAL, SHARE, MONEY, TEXT, YES_NO)
SUM, MEAN, LAST, MAX, APART = "sum", "mean", "last", "max", "apart"
WAYS_UP: Final = (SUM, MEAN, LAST, MAX, APART)  # "apart": not added up, the values stand beside each other
ADD, SUBTRACT, DIVIDE = "sum", "difference", "ratio"
OPERATIONS: Final = (ADD, SUBTRACT, DIVIDE)
REPORTER, RECEIVER = "reporter", "receiver"


@dataclass(frozen=True, slots=True)
class Formula:
    """How a cell is worked out of others: their sum, the first less the others, or the first by the second, `times` so many."""

    operation: str
    of: tuple[str, ...]
    times: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Derivation:
    """Where a cell's value comes from by itself: a figure of this platform (`source`) and which `part` of it."""

    source: str
    part: str = "value"


@dataclass(frozen=True, slots=True)
class Cell:
    """
    One value that a report holds. Its key is `row.column`.

    `up` says what becomes of it one level up; a cell with a formula is always worked out anew. `weight` is the key of the cell
    by which a mean is weighted. `filled_by`: everybody who reports, or only the receiver on the summed report.
    """

    key: str
    row: str
    column: str
    kind: str = WHOLE
    unit: Text = NO_TEXT
    decimals: int = 0
    required: bool = True
    up: str = SUM
    weight: str = ""
    formula: Formula | None = None
    derived: Derivation | None = None
    least: Decimal | None = Decimal(0)
    most: Decimal | None = None
    filled_by: str = REPORTER

    @property
    def is_number(self) -> bool:
        """Whether its value is a number."""
        return self.kind not in {TEXT, YES_NO}

    @property
    def is_added_up(self) -> bool:
        """Whether a sum takes it from those who report."""
        return self.up != APART and self.filled_by == REPORTER


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `note` says how it is meant."""

    code: str
    name: Text
    group: Text = NO_TEXT
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `depth` indents it below the row it belongs to."""

    code: str
    name: Text
    number: str = ""
    depth: int = 0
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a report; not every row has a cell in every column."""

    code: str
    name: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    What has to hold between cells: the sum of `left` against the sum of `right`, "=", "<=" or ">=".

    A `warning` may stand when the cell carries a note. `change`: percent from the period before, from which on a note is asked for.
    """

    left: tuple[str, ...]
    sign: str
    right: tuple[str, ...]
    name: Text
    is_warning: bool = False


@dataclass(frozen=True)
class Template:
    """What one version of a regime asks for."""

    sheets: tuple[Sheet, ...]
    cells: Mapping[str, Cell]
    comparisons: tuple[Comparison, ...] = ()
    change: Decimal | None = None

    @cached_property
    def worked_out(self) -> tuple[Cell, ...]:
        """The cells with a formula, each after those it needs. Circles are found when the pack is read."""
        found: dict[str, Cell] = {}

        def add(key: str, above: tuple[str, ...]) -> None:
            cell = self.cells.get(key)
            if cell is None or cell.formula is None or key in found or key in above:
                return
            for needed in cell.formula.of:
                add(needed, (*above, key))
            found[key] = cell

        for key in self.cells:
            add(key, ())
        return tuple(found.values())

    def leaves_of(self, key: str, above: tuple[str, ...] = ()) -> frozenset[str]:
        """The cells without a formula that a cell is worked out of; itself where it has none."""
        cell = self.cells[key]
        if cell.formula is None or key in above:
            return frozenset({key})
        return frozenset[str]().union(*(self.leaves_of(each, (*above, key)) for each in cell.formula.of))

    def cell_at(self, row: str, column: str) -> Cell | None:
        """The cell of that row and column, if there is one."""
        return self.cells.get(f"{row}.{column}")

    def name_of(self, key: str, language: str = "vi") -> str:
        """What people call a cell: its row and, where the sheet has several, its column."""
        row_code, _dot, column_code = key.partition(".")
        for sheet in self.sheets:
            for row in sheet.rows:
                if row.code != row_code:
                    continue
                names = [row.name.in_language(language)]
                if len(sheet.columns) > 1:
                    names += [each.name.in_language(language) for each in sheet.columns if each.code == column_code]
                return ", ".join(names)
        return key


@dataclass(frozen=True, slots=True)
class Level:
    """Who reports to whom: units of these kinds or designations to the nearest unit of another."""

    reporters: tuple[str, ...]
    receiver: str


@dataclass(frozen=True, slots=True)
class SendUp:
    """To whom outside the summed report goes, how, and until when."""

    to: Text = NO_TEXT
    address: str = ""
    days_after: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule of the regime was read, and how sure it is."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Regime:
    """One text of one reporting regime, in force from `version` on, with everything Decree 09/2019, Article 7 asks for."""

    code: str
    version: date
    name: Text
    content: Text
    nature: str
    period: PeriodRule
    levels: tuple[Level, ...]
    template: Template
    method: Text = NO_TEXT
    outline: Text = NO_TEXT
    form: str = ""
    instructions: Text = NO_TEXT
    send_up: SendUp | None = None
    is_signed: bool = True
    sources: tuple[Basis, ...] = ()
    deadline: Text = NO_TEXT
    chasing: Chasing = field(default_factory=Chasing)
    opens_before: int = 3  # days before the cut-off on which the report is opened to those who fill it
    path: str = field(default="", compare=False)

    @property
    def is_regular(self) -> bool:
        """Whether its periods follow each other by rule, so that reports are opened by themselves."""
        return self.period.kind != ONCE

    def level_of(self, kinds: set[str]) -> Level | None:
        """The level on which a unit of these kinds reports; None where it does not."""
        return next((level for level in self.levels if kinds & {*level.reporters}), None)

    @property
    def receivers(self) -> tuple[str, ...]:
        """The kinds of unit that receive, each once."""
        return tuple(dict.fromkeys(level.receiver for level in self.levels))


def find_circles(cells: Mapping[str, Cell]) -> Iterator[str]:
    """The cells that are worked out of themselves."""
    for key in cells:
        seen, ahead = set[str](), {key}
        while ahead:
            cell = cells.get(ahead.pop())
            needed = {*cell.formula.of} if cell and cell.formula else set[str]()
            if key in needed:
                yield key
                break
            ahead |= needed - seen
            seen |= needed


def find_optional(cells: Mapping[str, Cell]) -> dict[str, str]:
    """
    The cells that may be left open although another is worked out of them, each with one such other.

    Where a unit leaves it open, what is worked out of the sums is not the sum of what was worked out.
    """
    found: dict[str, str] = {}
    for key, cell in cells.items():
        seen, ahead = set[str](), {*cell.formula.of} if cell.formula else set[str]()
        while ahead:
            seen.add(at := ahead.pop())
            below = cells.get(at)
            if below and below.formula:
                ahead |= {*below.formula.of} - seen
            elif below and below.is_number and not below.required and below.is_added_up:
                found.setdefault(at, key)
    return found
