"""The figures of measures: by unit and level, every source's word, the latest and those before, and the derived ones."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from tinhso.modules.insight.plans.models import Choice, Figure
from tinhso.modules.insight.plans.queries.subjects import Subject
from tinhso.modules.insight.plans.rules.courses import DERIVED, Cell, Chosen, Stated, arrange
from tinhso.modules.insight.plans.rules.definitions import Measure
from tinhso.modules.insight.plans.rules.numbers import EQUAL, Quantity
from tinhso.modules.insight.plans.rules.periods import read_period
from tinhso.platform.capability import read_figure

DECIMALS = Decimal("0.0001")
MOST_YEARS_WITHOUT = 2  # at a year's beginning the newest figure may be of the year before the last


@dataclass(frozen=True, slots=True)
class Wanted:
    """A course that is asked for: a measure of a unit at a level; derived figures from that year on."""

    measure: Measure
    subject: Subject
    level: str
    first_year: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the others."""
        return self.measure.code, self.subject.key, self.level


@dataclass(frozen=True, slots=True)
class Course:
    """The periods of one measure, unit and level in order of time."""

    cells: tuple[Cell, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)  # of derived figures, by period

    @property
    def disagreements(self) -> tuple[Cell, ...]:
        """The periods of which sources say different things."""
        return tuple(cell for cell in self.cells if cell.disagrees)


def read_courses(wanted: Collection[Wanted], today: date, *, public: bool) -> dict[tuple[str, str, str], Course]:
    """The courses asked for, in two statements for all; with `public` only what everybody may see."""
    measures = {each.measure.code for each in wanted}
    figures, named = _figures(measures, public=public), _choices(measures)
    found = {}
    for each in wanted:
        stated = [one for key in each.subject.keys for one in figures.get((each.measure.code, key, each.level), ())]
        derived, addresses = _derived(each, today, public=public)
        chosen = {
            period: one
            for key in each.subject.keys
            for period, one in named.get((each.measure.code, key, each.level), {}).items()
        }
        found[each.key] = Course(arrange([*stated, *derived], chosen, each.measure.better), addresses)
    return found


def list_subject_keys(measure: str, *, public: bool) -> list[tuple[str, str]]:
    """The units and levels of which there is any figure of a measure."""
    rows = _standing(public=public).filter(measure=measure)
    return list(rows.order_by("unit_key", "level").values_list("unit_key", "level").distinct())


def count_figures(*, public: bool) -> dict[str, int]:
    """How many figures there are by measure."""
    found: dict[str, int] = {}
    for (measure, _unit, _level), rows in _figures(None, public=public).items():
        found[measure] = found.get(measure, 0) + len(rows)
    return found


def find_figure(public_id: str) -> Stated | None:
    """The figure of that id that is not withdrawn, or None."""
    row = Figure.objects.filter(public_id=public_id, withdrawn_at=None).first()
    return _stated(row) if row else None


def list_withdrawn(measure: str) -> list[tuple[Stated, str]]:
    """The figures of a measure that were taken back, the latest first, each with why."""
    rows = Figure.objects.filter(measure=measure, withdrawn_at__isnull=False).order_by("-withdrawn_at")[:100]
    return [(_stated(row), row.withdraw_reason) for row in rows]


def list_same(measure: str, unit_key: str, level: str) -> list[Stated]:
    """What every source has said so far, the latest last."""
    rows = _standing(public=False).filter(measure=measure, unit_key=unit_key, level=level).order_by("pk")
    return [_stated(row) for row in rows]


def said_of(measures: Collection[str]) -> dict[tuple[str, str, str], list[Stated]]:
    """What every source has said of these measures, by measure, unit and level."""
    return _figures(measures, public=False)


def _standing(*, public: bool) -> QuerySet[Figure]:
    rows = Figure.objects.filter(withdrawn_at=None)
    return rows.filter(is_public=True) if public else rows


def _figures(measures: Collection[str] | None, *, public: bool) -> dict[tuple[str, str, str], list[Stated]]:
    found: dict[tuple[str, str, str], list[Stated]] = {}
    rows = _standing(public=public)
    for row in rows if measures is None else rows.filter(measure__in=measures):
        found.setdefault((row.measure, row.unit_key, row.level), []).append(_stated(row))
    return found


def _stated(row: Figure) -> Stated:
    same = {name: getattr(row, name) for name in Stated.__dataclass_fields__ if name not in {"quantity", "number"}}
    return Stated(**same, quantity=Quantity(row.comparator, row.low.normalize(), row.high and row.high.normalize()), number=row.pk)  # fmt: skip


def _choices(measures: Collection[str]) -> dict[tuple[str, str, str], dict[str, Chosen]]:
    found: dict[tuple[str, str, str], dict[str, Chosen]] = {}
    for row in Choice.objects.filter(measure__in=measures).order_by("pk"):
        one = Chosen(row.source_key, row.reason, row.chosen_by, row.chosen_at)
        found.setdefault((row.measure, row.unit_key, row.level), {})[row.period] = one
    return found


def _derived(wanted: Wanted, today: date, *, public: bool) -> tuple[list[Stated], dict[str, str]]:
    """This platform's own figures, a year each, back to the last one that is known; this year's up to today."""
    if not wanted.measure.indicator or not wanted.first_year:
        return [], {}
    stated, addresses, without = list[Stated](), dict[str, str](), 0
    for year in range(today.year, wanted.first_year - 1, -1):
        code = f"{year}"
        read = read_figure(wanted.measure.indicator, wanted.subject.newest, code, public=public)
        if read is None or read.value is None:
            without += 1
            if stated or without > MOST_YEARS_WITHOUT:
                break
            continue
        addresses[code] = read.address
        stated.append(
            Stated(
                public_id="",
                measure=wanted.measure.code,
                unit_key=wanted.subject.newest,
                level=wanted.level,
                period=code,
                as_of_on=min(read_period(code).last, today),
                quantity=Quantity(EQUAL, read.value.quantize(DECIMALS).normalize()),
                source_key=DERIVED,
                source_title=f"{read.numerator}/{read.denominator}",
                publisher="tinhso",
                source_address=read.address,
                origin=DERIVED,
                entered_at=read.as_of,
            )
        )
    return stated, addresses
