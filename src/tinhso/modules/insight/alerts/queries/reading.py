"""What sources say now, which readings a rule speaks of, who answers for them, and values in words."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import InterfaceError, OperationalError
from django.utils import translation

from tinhso.kernel.flow import Text
from tinhso.modules.insight.alerts.rules.definitions import AlertRule, Owner, Scope
from tinhso.platform.capability import Reading, list_readings
from tinhso.platform.people.queries import find_units_with
from tinhso.platform.units.queries import NoSuchUnit, find_nearest, get_unit, get_units
from tinhso.platform.wording import number

log: Final = logging.getLogger(__name__)
MOST_SAID: Final = 300


@dataclass(frozen=True, slots=True)
class Read:
    """What one source said: its readings, or why it could not be read."""

    readings: tuple[Reading, ...] = ()
    problem: str = ""


def read_sources(sources: Iterable[str], now: datetime) -> dict[str, Read]:
    """Each source once. One that fails stops no other: its problem is told instead of readings."""
    found = dict[str, Read]()
    for source in dict.fromkeys(sources):
        try:
            found[source] = Read(tuple(list_readings(source, now)))
        except (OperationalError, InterfaceError):  # the database is away: the job is run again
            raise
        except Exception as problem:  # noqa: BLE001 - whatever a source raises, the others are still looked at
            log.warning("source %s cannot be read: %s", source, problem)
            found[source] = Read(problem=f"{type(problem).__name__}: {problem}"[:MOST_SAID])
    return found


def matching(scope: Scope, readings: Iterable[Reading]) -> list[Reading]:
    """Those readings that the rule speaks of."""
    named = [each for each in readings if scope.names(each.subject)]
    if not (scope.kinds or scope.within):
        return named
    units = get_units({each.unit_key for each in named if each.unit_key})
    return [each for each in named if each.unit_key in units and _is_in(scope, units[each.unit_key])]


def _is_in(scope: Scope, unit: Any) -> bool:
    fits = not scope.kinds or bool({unit.kind, unit.designation} & set(scope.kinds))
    return fits and (not scope.within or scope.within in unit.path)


def place_of(owner: Owner, unit_key: str, on: date, now: datetime) -> str:
    """
    The unit that answers: the one named, or the nearest of a kind, or the reading's own; where the reading has none, the
    highest unit at which somebody holds the role.

    :raises NoSuchUnit: there is none
    """
    if owner.unit:
        return owner.unit
    if unit_key:
        return find_nearest(unit_key, owner.at, on).key if owner.at else unit_key
    held = [get_unit(key) for key in find_units_with(owner.role, now)]
    if not held:
        raise NoSuchUnit(f"Chưa ai giữ vai trò “{owner.role}”.", f"Nobody holds the role “{owner.role}”.")
    return min(held, key=lambda unit: (len(unit.path), unit.key)).key


def words_of(value: Decimal, measure: Any) -> str:
    """A value with its unit in the reader's language: 91,2%, 1,25 m."""
    unit = str(measure.in_language(translation.get_language() or "vi") if isinstance(measure, Text) else measure)
    return f"{number(value)}{'' if unit.startswith('%') or not unit else ' '}{unit}"


def both_ways(value: Decimal, threshold: Decimal, measure: Any, sentence: Mapping[str, str]) -> Text:
    """The sentence in both languages with value and threshold in words."""
    told = dict[str, str]()
    for language in ("vi", "en"):
        with translation.override(language):
            told[language] = sentence[language].format(
                value=words_of(value, measure), threshold=words_of(threshold, measure)
            )
    return Text(told["vi"], told["en"])


def in_both(name: Any) -> Text:
    """A name as both languages have it, whether it is a text, a lazy one or a plain word."""
    if isinstance(name, Text):
        return Text(name.vi, name.en or name.vi)
    said = dict[str, str]()
    for language in ("vi", "en"):
        with translation.override(language):
            said[language] = str(name)
    return Text(said["vi"], said["en"])


def bounds_in_words(rule: AlertRule, measure: Any) -> str:
    """The threshold in words, in the reader's language."""
    return words_of(rule.bounds.threshold, measure)
