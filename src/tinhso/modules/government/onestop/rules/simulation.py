"""A quarter of a province's life as a plan: which dossier comes when and where, by which channel, and which will be late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from tinhso.kernel.worktime import VIETNAM, Calendar

ROUNDS = (time(7, 40), time(9, 40), time(13, 40), time(15, 40))  # four times a day the desks do what has come
ORDER = ("file", "accept", "propose", "sign", "hand_over")
BETWEEN = timedelta(minutes=12)  # from one act to the next within a round
LATEST_LATE = 12  # rounds past the promised moment: three working days
MARGIN_DAYS = 6


@dataclass(frozen=True, slots=True)
class Sort:
    """One kind of dossiers: procedure, at which kind of unit, parts of the whole, percent that comes online."""

    procedure: str
    at: str
    share: int
    online: int


@dataclass(frozen=True, slots=True)
class Profile:
    """
    What is lived through: where, from when to when, how many dossiers, and which share of them on time.

    Units in `left_out` have a life of their own.
    """

    code: str
    province_key: str
    starts_on: date
    ends_on: date
    received: int
    on_time_percent: Decimal
    seed: int
    sorts: tuple[Sort, ...]
    left_out: frozenset[str] = frozenset()

    @property
    def late(self) -> int:
        """How many are to be resolved too late, so that the share on time is the published one."""
        on_time = (Decimal(self.received) * self.on_time_percent / 100).quantize(Decimal(1), ROUND_HALF_UP)
        return self.received - int(on_time)


@dataclass(frozen=True, slots=True)
class Planned:
    """One dossier that will come: in which round (counted from 0), where, what, how, and whether it will be late."""

    round: int
    unit_key: str
    procedure: str
    channel: str
    is_late: bool


def read_profile(table: Mapping[str, Any]) -> Profile:
    """The profile of a pack's table (`simulations/<code>.toml`). :raises KeyError: it lacks a key"""
    sorts = read_sorts(table)
    return Profile(
        table["code"], table["province"], table["starts_on"], table["ends_on"], table["received"],
        Decimal(table["on_time_percent"]), table["seed"], sorts,
    )  # fmt: skip


def read_sorts(table: Mapping[str, Any]) -> tuple[Sort, ...]:
    """The kinds of dossiers of such a table. :raises KeyError: one lacks a key"""
    return tuple(Sort(row["procedure"], row["at"], row["share"], row["online"]) for row in table["sort"])


def rounds_between(first: date, last: date, calendar: Calendar) -> list[datetime]:
    """The rounds of all working days of these dates, as moments."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [datetime.combine(day, at, VIETNAM) for day in days if calendar.day(day).counted for at in ROUNDS]


def plan_dossiers(
    profile: Profile, rounds: Sequence[datetime], places: Mapping[str, Sequence[str]], limits: Mapping[str, int]
) -> list[Planned]:
    """
    Every dossier in the order it comes, always the same for the same seed.

    :param places: keys of the units of each kind
    :param limits: working days that each procedure may take; nothing comes so late that it would not end in time
    """
    random = Random(profile.seed)  # noqa: S311 - to be repeated, not secret
    late = set(random.sample(range(profile.received), profile.late))
    chosen = random.choices(profile.sorts, [sort.share for sort in profile.sorts], k=profile.received)
    planned = []
    for number, sort in enumerate(chosen):
        last = len(rounds) - len(ROUNDS) * (limits[sort.procedure] + MARGIN_DAYS)
        channel = "online" if random.random() * 100 < sort.online else "counter"
        unit_key = random.choice(places[sort.at])
        planned.append(Planned(random.randrange(last), unit_key, sort.procedure, channel, number in late))
    return sorted(planned, key=lambda each: each.round)


def round_of_resolving(
    rounds: Sequence[datetime], accepted: int, due_at: datetime, random: Random, *, is_late: bool
) -> int:
    """In which round a dossier accepted in that one is signed: by the promised moment, or some rounds past it."""
    signed_after = BETWEEN * ORDER.index("sign")
    last = accepted
    while last + 1 < len(rounds) and rounds[last + 1] + signed_after <= due_at:
        last += 1
    if is_late:
        return min(len(rounds) - 2, last + random.randint(1, LATEST_LATE))
    return random.randint(accepted, last)
