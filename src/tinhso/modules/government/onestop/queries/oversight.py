"""What leaders and administrators watch: which units they see, how many dossiers stand open there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tinhso.modules.government.onestop.rules.seeing import WATCHERS
from tinhso.platform.cases.queries import StateCount, count_inbox, count_open_states
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.people.rules import CLERK, LEADER, Actor
from tinhso.platform.units.queries import NoSuchUnit, get_unit, list_children
from tinhso.platform.units.rules import UnitRow
from tinhso.platform.watch.queries import count_warnings

BELOW = ("commune", "agency", "department", "office")


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit below, how many dossiers are open there and how many of them are late."""

    unit: UnitRow
    count: int
    late: int


def watched_units(actor: Actor) -> list[str]:
    """Keys of the units of which the actor is leader or administrator, in the order of the posts."""
    return list(dict.fromkeys(post.unit_key for post in actor.posts if post.role in WATCHERS and not post.procedures))


def may_watch(actor: Actor, unit_key: str) -> bool:
    """Whether the actor watches over that unit: leads or administers it or one above."""
    try:
        path = get_unit(unit_key).path
    except (NoSuchUnit, ValueError):
        return False
    return bool(set(watched_units(actor)) & set(path))


def count_below(unit_key: str, on: date, now: datetime) -> list[UnitCount]:
    """The units right below that have open dossiers, those with the most late ones first."""
    units = {unit.key: unit for unit in list_children(unit_key, on, kinds=BELOW)}
    found: dict[str, list[int]] = {}
    for each in count_open_states(list(units), now):
        total = found.setdefault(each.unit_key, [0, 0])
        total[0] += each.count
        total[1] += each.late
    counts = [UnitCount(units[key], *total) for key, total in found.items()]
    return sorted(counts, key=lambda each: (-each.late, -each.count, each.unit.name))


def count_waiting(actor: Actor, now: datetime) -> int:
    """How much work waits for the actor in all, to a thousand for each post."""
    return count_inbox(actor, now, tonight=now)["open"]


def count_to_seal(actor: Actor, now: datetime) -> int:
    """How much of it waits for number and seal by the actor."""
    return count_inbox(actor, now, tonight=now, roles=[CLERK])["open"]


def count_to_sign(actor: Actor, now: datetime) -> int:
    """How much of it waits for the actor's signature."""
    return count_inbox(actor, now, tonight=now, roles=[LEADER])["open"]


def count_open(actor: Actor, now: datetime) -> int:
    """How many dossiers are open at the first unit the actor watches over."""
    return sum(each.count for each in count_open_states(watched_units(actor)[:1], now))


def units_below(unit_key: str, on: date) -> list[UnitRow]:
    """The unit itself and those right below it whose dossiers its leader follows."""
    return [get_unit(unit_key), *list_children(unit_key, on, kinds=BELOW)]


def count_warnings_below(actor: Actor, now: datetime) -> int:
    """How many early warnings hold at the first unit the actor watches over, and right below it."""
    watched = watched_units(actor)[:1]
    if not watched:
        return 0
    keys = [unit.key for unit in units_below(watched[0], now.astimezone(VIETNAM).date())]
    return sum(count for _rule, count in count_warnings(keys, now))


def leads(actor: Actor, unit_key: str) -> bool:
    """Whether the actor leads or administers that very unit: what officers do there is for nobody above."""
    return unit_key in watched_units(actor)


def by_state(counts: Sequence[StateCount]) -> Mapping[str, tuple[StateCount, int, int]]:
    """Open and late dossiers by state code; states of the same code in several procedures count as one."""
    found: dict[str, tuple[StateCount, int, int]] = {}
    for each in counts:
        first, count, late = found.get(each.state.code, (each, 0, 0))
        found[each.state.code] = (first, count + each.count, late + each.late)
    return found
