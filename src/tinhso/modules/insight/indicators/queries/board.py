"""One reading of the warehouse: figures, their course, and those of the units below; all from one manifest."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tinhso.kernel.vietnamese import collation_key
from tinhso.modules.insight.indicators.queries.warehouse import (
    Sums,
    definition_of,
    first_month_of,
    published_of,
    read_steadily,
    sums_of,
    units_of,
)
from tinhso.modules.insight.indicators.rules import REST, VIETNAM, Card, Figure, Manifest, Period, PublicMonth, Run
from tinhso.platform.units.queries import get_units, successors_of
from tinhso.platform.units.rules import UnitRow

ABOVE = {"country", "province"}
EVERYTHING, THEN = "", "then"
NOTHING = PublicMonth({}, frozenset())


class NoIndicator(LookupError):
    """There is no indicator of that code, or none was computed yet."""

    def __init__(self, code: str) -> None:
        self.vi = f"Không có chỉ số “{code}”."
        self.en = f"There is no indicator “{code}”."
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class Board:
    """
    The figures of one moment. A unit is named by its key; the empty key means everything in this installation.

    `lineages` has the keys from the country down to each unit with figures on today's boundaries, `paths` those of its own
    time; `units` the rows of all of these. With `at_its_time` what lies below a unit is what lay below it then.
    """

    manifest: Manifest
    sums: Mapping[str, Sums]
    published: Mapping[str, Mapping[date, PublicMonth]]
    lineages: Mapping[str, tuple[str, ...]]
    units: Mapping[str, UnitRow]
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at_its_time: bool = False

    def within(self, boundaries: str, unit_key: str = EVERYTHING) -> "Board":
        """The same on the boundaries of each time where "then" is asked for, or a unit that is no more."""
        return replace(self, at_its_time=boundaries == THEN or self._is_former(unit_key))

    @property
    def has_former_units(self) -> bool:
        """Whether anything was counted at a unit that is no more."""
        return any(self._is_former(unit) for unit in self.lineages)

    def _is_former(self, unit_key: str) -> bool:
        unit = self.units.get(unit_key)
        return unit is not None and _has_ended(unit, _day_of(self.manifest))

    @property
    def _lines(self) -> Mapping[str, tuple[str, ...]]:
        return self.paths if self.at_its_time else self.lineages

    @property
    def as_of(self) -> datetime | None:
        """The moment up to which everything is in; None before the first refresh."""
        return self.manifest.as_of

    @property
    def cards(self) -> list[Card]:
        """The cards of all indicators, in the packs' order."""
        return [definition_of(run).card for run in self.manifest.runs]

    @property
    def main_cards(self) -> list[Card]:
        """The cards of the few indicators that lead the board."""
        return [card for card in self.cards if card.group == "main"]

    @property
    def first_month(self) -> date | None:
        """The first month for which anything was counted."""
        return first_month_of(self.manifest)

    def card(self, code: str) -> Card:
        """That indicator's card. :raises NoIndicator: there is none."""
        return definition_of(self._run(code)).card

    def figure(self, code: str, unit_key: str, period: Period, *, public: bool = False) -> Figure:
        """
        The figure of that indicator, unit (with all below it) and period; with `public` without what is too small to tell.

        :raises NoIndicator: there is no such indicator
        """
        run, members = self._run(code), self.members(unit_key)
        if public:
            return self._public_figure(run, unit_key, period, members)
        return self._figure(run, unit_key, period, self._cells(code, members, period))

    def counts(self, code: str, units: Collection[str], period: Period) -> tuple[int, int]:
        """Numerator and denominator of these very units, without those below. :raises NoIndicator: there is no such indicator."""
        self._run(code)
        cells = list(self._cells(code, units, period))
        return sum(cell[0] for cell in cells), sum(cell[1] for cell in cells)

    def trend(self, code: str, unit_key: str, period: Period, *, public: bool = False) -> list[Figure]:
        """That indicator's figure of each month, in order. :raises NoIndicator: there is no such indicator."""
        return [self.figure(code, unit_key, Period(month, month), public=public) for month in period.months()]

    def by_unit(self, code: str, parent_key: str, period: Period, *, public: bool = False) -> list[Figure]:
        """
        The figures of the units right below that have any in the period, by Vietnamese alphabet.

        Below everything stand the units right below the province. What the parent itself counted is a row of its own.
        :raises NoIndicator: there is no such indicator
        """
        run, below = self._run(code), dict[str, set[str]]()
        for unit in {unit for month in period.months() for unit in self.sums[code].get(month, {})}:
            if row := self._row_below(unit, parent_key):
                below.setdefault(row, set()).add(unit)
        if public:
            found = [self._public_figure(run, key, period, units) for key, units in below.items()]
        else:
            found = [self._figure(run, key, period, self._cells(code, units, period)) for key, units in below.items()]
        return sorted(found, key=lambda figure: collation_key(self.name_of(figure.unit_key)))

    def members(self, unit_key: str) -> frozenset[str]:
        """The units with figures that are that unit or lie below it."""
        return frozenset(key for key, line in self._lines.items() if unit_key in (EVERYTHING, *line))

    def choices(self, parent_key: str = EVERYTHING) -> list[UnitRow]:
        """The units right below that have figures of any time, by Vietnamese alphabet."""
        keys = {row for unit in self._lines if (row := self._row_below(unit, parent_key))}
        rows = [self.units[key] for key in keys if key in self.units]
        return sorted(rows, key=lambda unit: collation_key(unit.short_name))

    def name_of(self, unit_key: str, language: str = "vi") -> str:
        """What people call the unit; its key where it is not known."""
        unit = self.units.get(unit_key)
        return unit.name_in(language) if unit else unit_key

    def _row_below(self, unit: str, parent_key: str) -> str:
        line = self._lines.get(unit, ())
        if parent_key == EVERYTHING:
            low = [key for key in line if key not in self.units or self.units[key].kind not in ABOVE]
            return low[0] if low else unit
        if parent_key not in line:
            return ""
        return (*line, parent_key)[line.index(parent_key) + 1] if unit != parent_key else unit

    def _cells(self, code: str, units: Collection[str], period: Period) -> Iterator[tuple[int, int]]:
        for month in period.months():
            yield from (cell for unit, cell in self.sums[code].get(month, {}).items() if unit in units)

    def _public_figure(self, run: Run, unit_key: str, period: Period, units: Collection[str]) -> Figure:
        """The months' shown cells of these units; whoever has all hidden ones of a month also has their sum."""
        counted, partial = list[tuple[int, int]](), False
        for month in period.months():
            seen = self.published[run.code].get(month, NOTHING)
            counted += [cell for unit, cell in seen.cells.items() if unit in units]
            if REST in seen.cells and seen.hidden.issubset(units):
                counted.append(seen.cells[REST])
            else:
                partial = partial or not seen.hidden.isdisjoint(units)
        found = self._figure(run, unit_key, period, counted)
        return replace(found, partial=partial, hidden=partial and not found.denominator)

    def _run(self, code: str) -> Run:
        run = self.manifest.run_of(code)
        if run is None:
            raise NoIndicator(code)
        return run

    def _figure(self, run: Run, unit_key: str, period: Period, cells: Iterable[tuple[int, int]]) -> Figure:
        counted = list(cells)
        return Figure(
            card=definition_of(run).card,
            unit_key=unit_key,
            period=period,
            numerator=sum(cell[0] for cell in counted),
            denominator=sum(cell[1] for cell in counted),
            as_of=self.manifest.as_of,
            definition_sha256=run.definition_sha256,
            source_sha256=run.source_sha256,
        )


def read_board() -> Board:
    """The figures in force now; two or three short statements for the units' names, and files only when they are new."""
    return read_steadily(_board)


def _board(manifest: Manifest) -> Board:
    sums = {run.code: sums_of(run) for run in manifest.runs}
    published = {run.code: published_of(run) for run in manifest.runs}
    counted = units_of(manifest)
    units = get_units(counted)
    today = _day_of(manifest)
    lineages = {key: _lineage(key, units.get(key), today) for key in counted}
    paths = {key: unit.path if (unit := units.get(key)) else (key,) for key in counted}
    above = {key for lines in (lineages, paths) for line in lines.values() for key in line}
    units = {**units, **get_units(above - units.keys())}
    return Board(manifest, sums, published, lineages, units, paths)


def _day_of(manifest: Manifest) -> date:
    """The day up to which everything is in; before the first refresh nothing was counted anyway."""
    return manifest.as_of.astimezone(VIETNAM).date() if manifest.as_of else date.max


def _has_ended(unit: UnitRow, today: date) -> bool:
    return unit.valid_to is not None and unit.valid_to <= today


def _lineage(key: str, unit: UnitRow | None, today: date) -> tuple[str, ...]:
    """The keys from the country down; of a unit that is no more, those of its (first) heir of today, whose work it now is."""
    if unit is None:
        return (key,)
    if not _has_ended(unit, today):
        return unit.path
    heirs = [heir for heir, _ in successors_of(key, today) if heir.key != key]
    return (*heirs[0].path, key) if heirs else unit.path
