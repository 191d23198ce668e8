"""What leaders read of how their units did: the nine indices of a unit and those below, officers' sums, comments without names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Final

from django.core.cache import cache

from tinhso.modules.government.onestop.queries.oversight import may_watch
from tinhso.modules.government.onestop.queries.rating import (
    Key,
    count_officers,
    count_units,
    list_comments,
    rating_rules_on,
)
from tinhso.modules.government.onestop.rules.quarters import Quarter
from tinhso.modules.government.onestop.rules.rating import (
    Band,
    Cell,
    IndexSet,
    Scored,
    band_of,
    score_indices,
    total_of,
    without_few,
)
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.people.queries import get_names
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_unit, get_units, list_descendant_keys
from tinhso.platform.units.rules import UnitRow

FEW_UNITS: Final = 20  # so many are counted anew each time
KEPT_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """How a unit or an officer did: the sum of what was counted, each index, their sum and what it is called."""

    cell: Cell
    scored: tuple[Scored, ...]
    total: Decimal | None
    band: Band | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """
    One unit over some quarters. `below`, `officers` (by name) and `comments` (procedure, month, words) are for those who
    watch over it; an officer who only works there finds them empty.
    """

    unit: UnitRow
    rules: IndexSet
    whole: Mark
    as_of: datetime
    below: tuple[tuple[UnitRow, Mark], ...] = ()
    officers: tuple[tuple[str, Mark], ...] = ()
    comments: tuple[tuple[str, date, str], ...] = ()


def may_read_ratings(actor: Actor, unit_key: str) -> bool:
    """Whether the officer works at the unit, or watches over it."""
    return unit_key in units_of_ratings(actor) or may_watch(actor, unit_key)


def units_of_ratings(actor: Actor) -> list[str]:
    """The units where the officer holds a post, in the order of the posts."""
    return list(dict.fromkeys(post.unit_key for post in actor.posts if not post.procedures))


def evaluate(unit_key: str, quarters: Sequence[Quarter], *, actor: Actor, now: datetime) -> Evaluation:
    """
    The unit with all below it over those quarters, under the rules in force on their last day.

    Sums are of cells of one unit and one quarter, each without what fewer than five said; an officer's of five dossiers or
    more, and never shown to that officer.

    :raises LookupError: no rules were in force then
    """
    today = now.astimezone(VIETNAM).date()
    last_on = min(max(quarters).following.first_on - timedelta(days=1), today)
    rules = rating_rules_on(last_on)
    keys = [unit_key, *list_descendant_keys(unit_key, last_on)]
    cells, as_of = _cells(keys, quarters, rules, now)
    whole = _mark(cells.values(), rules, rules.agency_bands)
    if not may_watch(actor, unit_key):
        return Evaluation(get_unit(unit_key), rules, whole, as_of)
    told = [key for key, cell in cells.items() if cell.ratings]
    return Evaluation(
        get_unit(unit_key), rules, whole, as_of,
        below=_below(unit_key, cells, rules),
        officers=_officers([unit_key], quarters, rules, actor),
        comments=tuple(list_comments(keys, quarters, told, rules)),
    )  # fmt: skip


def _cells(
    keys: Sequence[str], quarters: Sequence[Quarter], rules: IndexSet, now: datetime
) -> tuple[dict[Key, Cell], datetime]:
    """The cells as they may be told, and of what moment; of many units at once they are kept for a while."""

    def count() -> tuple[dict[Key, Cell], datetime]:
        counted = count_units(keys, quarters, rules)
        return {key: without_few(cell, rules) for key, cell in counted.items()}, now

    if len(keys) <= FEW_UNITS:
        return count()
    key = "\n".join([rules.code, *map(str, quarters), *keys])
    name = f"onestop.ratings:{sha256(key.encode()).hexdigest()}"
    kept: tuple[dict[Key, Cell], datetime] | None = cache.get(name)
    if kept is None:
        cache.set(name, kept := count(), KEPT_SECONDS)
    return kept


def _mark(cells: Iterable[Cell], rules: IndexSet, bands: Sequence[Band], numbers: Sequence[int] = ()) -> Mark:
    cell = sum(cells, Cell())
    scored = score_indices(cell, rules)
    total = total_of(scored, numbers) if cell.finished else None
    shown = tuple(each for each in scored if not numbers or each.index.number in numbers)
    return Mark(cell, shown, total, None if total is None else band_of(bands, total))


def _below(unit_key: str, cells: Mapping[Key, Cell], rules: IndexSet) -> tuple[tuple[UnitRow, Mark], ...]:
    """The units right below that finished dossiers, each with all below it, by name."""
    rows = get_units({key for key, _quarter in cells})
    gathered: dict[str, list[Cell]] = {}
    for (key, _quarter), cell in cells.items():
        path = rows[key].path
        if key != unit_key:
            gathered.setdefault(path[path.index(unit_key) + 1], []).append(cell)
    units = get_units(gathered)
    marks = [(units[key], _mark(found, rules, rules.agency_bands)) for key, found in gathered.items()]
    return tuple(sorted(marks, key=lambda each: each[0].name))


def _officers(
    unit_keys: Sequence[str], quarters: Sequence[Quarter], rules: IndexSet, actor: Actor
) -> tuple[tuple[str, Mark], ...]:
    by_officer: dict[str, list[Cell]] = {}
    for (code, _quarter), cell in count_officers(unit_keys, quarters, rules).items():
        if code != actor.code and cell.finished >= rules.few:
            by_officer.setdefault(code, []).append(without_few(cell, rules))
    names = get_names(by_officer)
    marks = [
        (names.get(code, code), _mark(cells, rules, rules.officer_bands, rules.for_officers))
        for code, cells in by_officer.items()
    ]
    return tuple(sorted(marks, key=lambda each: each[0]))
