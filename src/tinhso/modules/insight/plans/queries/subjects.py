"""Whose figures they are: a unit in time, the same land under its later keys, and who inherits where it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tinhso.platform.units.queries import (
    NoSuchUnit,
    find_unit,
    find_units_by_name,
    forget_when_packs_change,
    get_unit,
    get_units,
    predecessors_of,
    successors_of,
)
from tinhso.platform.units.rules import UnitRow

WITH_FIGURES = ("province", "commune", "district", "country", "department")


@dataclass(frozen=True, slots=True)
class Subject:
    """
    A unit with what became of it until a day.

    `keys`: itself and the versions that are the same land under a new key; `line`: every key from the country down to it and
    its heirs, for permissions; `heirs`: units that inherit where it ended and is not simply continued.
    """

    key: str
    names: tuple[str, str]
    keys: tuple[str, ...]
    line: frozenset[str]
    ended_on: date | None = None
    heirs: tuple[UnitRow, ...] = ()
    kind: str = ""

    @property
    def newest(self) -> str:
        """The key under which the same land goes on."""
        return self.keys[-1]

    def name_in(self, language: str) -> str:
        """What people call it."""
        return self.names[1] if language.startswith("en") else self.names[0]


@lru_cache(maxsize=2000)
def get_subject(key: str, today: date) -> Subject:
    """The unit of that key with its heirs on that day; an unknown key is its own name."""
    try:
        unit = get_unit(key)
    except (NoSuchUnit, ValueError):
        return Subject(key, (key, key), (key,), frozenset({key}))
    keys, line, heirs = [key], set(unit.path), tuple[UnitRow, ...]()
    if unit.valid_to and unit.valid_to <= today:
        found = [heir for heir, _partly in successors_of(key, today) if heir.key != key]
        line |= {each for heir in found for each in heir.path}
        if len(found) == 1 and [row.key for row, _partly in predecessors_of(found[0].key)] == [key]:
            keys.append(found[0].key)
        else:
            heirs = tuple(found)
    ended_on = unit.valid_to if heirs else None
    return Subject(key, (unit.name, unit.name_in("en")), tuple(keys), frozenset(line), ended_on, heirs, unit.kind)


forget_when_packs_change(get_subject.cache_clear)


def find_unit_of_figures(text: str, on: date) -> UnitRow | None:
    """The unit somebody means: by its key, by its code on that day, or by its whole name then."""
    if "@" in text:
        return get_units([text]).get(text)
    for kind in WITH_FIGURES:
        if found := find_unit(text, kind, on):
            return found
    named = [unit for unit in find_units_by_name(text, on, kinds=WITH_FIGURES, limit=3) if _is_called(unit, text)]
    return named[0] if len(named) == 1 else None


def _is_called(unit: UnitRow, text: str) -> bool:
    return text.casefold() in {unit.name.casefold(), unit.short_name.casefold(), unit.name_en.casefold()}


def name_units(keys: Iterable[str], language: str) -> dict[str, str]:
    """The names of units by key; a key that is no unit stands for itself."""
    wanted = set(keys)
    found = get_units(wanted)
    return {key: found[key].name_in(language) if key in found else key for key in wanted}
