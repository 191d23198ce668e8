"""Adding reports up: sums, weighted means, ratios worked out anew and never averaged; who is missing is part of the answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tinhso.modules.government.reporting.rules.filling import Value, rounded, work_out
from tinhso.modules.government.reporting.rules.templates import APART, LAST, MAX, MEAN, Cell, Template


@dataclass(frozen=True, slots=True)
class Child:
    """One report below: whose it is, what it says (None: nothing yet), and when it was handed in."""

    unit_key: str
    name: str
    values: Mapping[str, Value] | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit contributes to a cell."""

    unit_key: str
    name: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of those who report are in it, and who is not."""

    present: int
    total: int
    missing: tuple[str, ...] = ()

    @property
    def percent(self) -> Decimal | None:
        """The share in percent with one decimal; None where nobody reports."""
        return (Decimal(self.present) * 100 / self.total).quantize(Decimal("0.1")) if self.total else None

    @property
    def is_whole(self) -> bool:
        """Whether everybody is in it."""
        return self.present == self.total


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The sums over reports: `values` by cell; `lacking` names, by cell, the units whose report is there but leaves it open."""

    values: Mapping[str, Value]
    coverage: Coverage
    lacking: Mapping[str, tuple[str, ...]]


def aggregate(template: Template, children: Iterable[Child]) -> Aggregate:
    """The reports added up cell by cell. The order of the children does not matter; those without a report change nothing."""
    everybody = sorted(children, key=lambda each: each.unit_key)
    present = [each for each in everybody if each.values is not None]
    missing = tuple(each.name for each in everybody if each.values is None)
    values, lacking = dict[str, Value](), dict[str, tuple[str, ...]]()
    for cell in template.cells.values():
        if cell.up == APART and cell.formula is None:
            continue
        complete = [each for each in present if _knows(template, cell, each)]
        value = _value(template, cell, complete)
        if value is not None:
            values[cell.key] = value
        if absent := tuple(each.name for each in present if each not in complete):
            lacking[cell.key] = absent
    return Aggregate(values, Coverage(len(present), len(everybody), missing), lacking)


def parts_of(children: Iterable[Child], key: str) -> list[Part]:
    """What each unit says of one cell, by name; None where it says nothing."""
    parts = [Part(each.unit_key, each.name, (each.values or {}).get(key)) for each in children]
    return sorted(parts, key=lambda part: part.name)


def _knows(template: Template, cell: Cell, child: Child) -> bool:
    """Whether a child tells everything that the cell is made of, so that no numerator stands without its denominator."""
    known = child.values or {}
    needed = template.leaves_of(cell.key)
    needed = frozenset(key for key in needed if template.cells[key].up != APART) or needed
    weights = {template.cells[key].weight for key in needed} - {""}
    return all(key in known for key in needed | weights)


def _value(template: Template, cell: Cell, complete: Sequence[Child]) -> Value | None:
    if not complete:
        return None
    if cell.formula is None:
        return _leaf(cell, complete)
    known: dict[str, Value] = {}
    for key in template.leaves_of(cell.key):
        value = _leaf(template.cells[key], complete)
        if value is not None:
            known[key] = value
    for each in template.worked_out:
        value = work_out(each, known)
        if value is not None:
            known[each.key] = value
    return known.get(cell.key)


def _leaf(cell: Cell, complete: Sequence[Child]) -> Value | None:
    if cell.up == LAST:
        latest = max(complete, key=lambda each: (each.at.timestamp() if each.at else 0.0, each.unit_key))
        return (latest.values or {}).get(cell.key)
    pairs = [
        (value, weight if isinstance(weight := (each.values or {}).get(cell.weight), Decimal) else Decimal(1))
        for each in complete
        if isinstance(value := (each.values or {}).get(cell.key), Decimal)
    ]
    if not pairs or cell.up == APART:
        return None
    if cell.up == MAX:
        return max(value for value, _ in pairs)
    if cell.up == MEAN:
        weights = sum((weight for _, weight in pairs), Decimal(0))
        return (
            rounded(cell, sum((value * weight for value, weight in pairs), Decimal(0)) / weights) if weights else None
        )
    return sum((value for value, _ in pairs), Decimal(0))
