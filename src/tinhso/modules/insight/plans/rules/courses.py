"""The course of a measure: by period, source beside source, each source's last word over its earlier ones; what is used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tinhso.modules.insight.plans.rules.numbers import Quantity, is_worse
from tinhso.modules.insight.plans.rules.states import Reading

DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure as a source told it; `origin` says how it came here, "derived" from this platform's own records."""

    public_id: str
    measure: str
    unit_key: str
    level: str
    period: str
    as_of_on: date
    quantity: Quantity
    source_key: str
    source_title: str
    publisher: str
    source_address: str = ""
    method: str = ""
    announced_on: date | None = None
    basis: str = ""
    quote: str = ""
    note: str = ""
    evidence_sha256: str = ""
    is_public: bool = True
    origin: str = "form"
    entered_by: str = ""
    entered_at: datetime | None = None
    number: int = 0

    @property
    def vintage(self) -> tuple[date, int]:
        """What makes a later word later: when it was announced, then when it came here."""
        return self.announced_on or date.min, self.number


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What one source says of one period: its last word, and the words before, the latest first."""

    latest: Stated
    earlier: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which source's figure is used for a period, why and by whom."""

    source_key: str
    reason: str
    chosen_by: str = ""
    chosen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One period: every source's word, never a mean of them; the one used, and whether they disagree."""

    period: str
    as_of_on: date
    lines: tuple[SourceLine, ...]
    used: Stated
    disagrees: bool
    chosen: Chosen | None = None


def arrange(stated: Iterable[Stated], chosen: Mapping[str, Chosen], better: str) -> tuple[Cell, ...]:
    """
    The periods in order of time.

    Where sources disagree the one that was named is used; where none was, the less good one: nothing looks better than it may be.
    """
    by_period: dict[str, list[Stated]] = {}
    for each in stated:
        by_period.setdefault(each.period, []).append(each)
    cells = [_cell(period, found, chosen.get(period), better) for period, found in by_period.items()]
    return tuple(sorted(cells, key=lambda cell: (cell.as_of_on, -len(cell.period))))


def _cell(period: str, found: Sequence[Stated], chosen: Chosen | None, better: str) -> Cell:
    by_source: dict[str, list[Stated]] = {}
    for each in sorted(found, key=lambda one: one.vintage, reverse=True):
        by_source.setdefault(each.source_key, []).append(each)
    lines = tuple(SourceLine(words[0], tuple(words[1:])) for words in by_source.values())
    used = lines[0].latest
    for line in lines[1:]:
        if is_worse(line.latest.quantity, used.quantity, better):
            used = line.latest
    named = next((line.latest for line in lines if chosen and line.latest.source_key == chosen.source_key), None)
    disagrees = len({line.latest.quantity for line in lines}) > 1
    return Cell(period, found[0].as_of_on, lines, named or used, disagrees, chosen if named else None)


def readings_of(cells: Iterable[Cell]) -> list[Reading]:
    """What counts for a target: the used figure of each period."""
    return [Reading(cell.as_of_on, cell.used.quantity) for cell in cells]
