"""When a report that has not come is asked for: by the regime's own days, never twice, never after it came. No clock, no database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from tinhso.kernel.worktime import VIETNAM, Calendar, remaining, working_days_between

Kind = Literal["before", "today", "late"]
SOON, TODAY, LATE, BELOW, CHASED = (
    f"reporting.report.{name}" for name in ("due_soon", "due_today", "overdue", "overdue_below", "chased")
)  # kinds of notices: to the filler, when late to its leader, by the receiver's hand
MOST_DAYS: Final = 60


class BadChasing(ValueError):
    """What a regime says of its reminders cannot be so; names the field and the remedy."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


@dataclass(frozen=True, slots=True)
class Chasing:
    """
    When a regime reminds: so many working days before the report is due (0: on the day), then every so many working days
    after, at most so often; the unit's leader is told with the reminder of that late day and those after it.
    """

    before: tuple[int, ...] = (3, 0)
    every_after: int = 1
    most_after: int = 10
    leader_from: int = 1


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder: on which day, and how many working days before (positive) or after (negative) the day it is due."""

    on: date
    left: int
    tells_leader: bool = False

    @property
    def key(self) -> str:
        """What makes it this reminder and no other: "before-3", "today", "after-2"."""
        return f"{self.kind}-{abs(self.left)}" if self.left else "today"

    @property
    def kind(self) -> Kind:
        """Before the day, on it, or late."""
        if self.left == 0:
            return "today"
        return "before" if self.left > 0 else "late"


def read_chasing(table: Mapping[str, Any] | None) -> Chasing:
    """
    What a regime's `[chasing]` says; the usual where it says nothing.

    :raises BadChasing: a key is not known, or a number is not one of days
    """
    told = dict(table or {})
    usual = Chasing()
    before = told.pop("before", list(usual.before))
    rest = {name: told.pop(name, getattr(usual, name)) for name in ("every_after", "most_after", "leader_from")}
    if told:
        known = "before, every_after, most_after, leader_from"
        raise BadChasing(
            f"chasing: không có mục “{next(iter(told))}”. Các mục có: {known}.",
            f"chasing: there is no “{next(iter(told))}”. There are: {known}.",
        )
    if not isinstance(before, list) or not all(_is_number(each, 0) for each in before):
        raise BadChasing(
            f"chasing.before: ghi các số ngày làm việc trước hạn, 0 đến {MOST_DAYS}, như [3, 0].",
            f"chasing.before: write working days before the due day, 0 to {MOST_DAYS}, as [3, 0].",
        )
    for name, lowest in (("every_after", 1), ("most_after", 0), ("leader_from", 1)):
        if not _is_number(rest[name], lowest):
            raise BadChasing(
                f"chasing.{name}: ghi một số nguyên từ {lowest} đến {MOST_DAYS}.",
                f"chasing.{name}: write a whole number from {lowest} to {MOST_DAYS}.",
            )
    return Chasing(before=tuple(sorted(set(before), reverse=True)), **rest)


def _is_number(value: Any, lowest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= MOST_DAYS


def list_reminders(due_on: date, chasing: Chasing, calendar: Calendar) -> Iterator[Reminder]:
    """Every reminder of a report due on that day, in order; each falls on a working day."""
    for days in sorted(chasing.before, reverse=True):
        yield Reminder(_working_day_before(due_on, days, calendar), days)
    on = due_on
    for number in range(1, chasing.most_after * chasing.every_after + 1):
        on = calendar.next_working(on).on
        if number % chasing.every_after == 0:
            yield Reminder(on, -number, number >= chasing.leader_from)


def reminder_for(
    due_at: datetime, chasing: Chasing, calendar: Calendar, *, assigned_at: datetime, now: datetime
) -> Reminder | None:
    """
    The reminder that should have gone by now: the latest one whose day has come, None where none has.

    One day's missed run is made up for the day after, by one reminder and not by two. Days before the report was
    asked for do not count. A report due later today is not called late.
    """
    today, begun = now.astimezone(VIETNAM).date(), assigned_at.astimezone(VIETNAM).date()
    due_on = due_at.astimezone(VIETNAM).date()
    come = [each for each in list_reminders(due_on, chasing, calendar) if begun <= each.on <= today]
    return come[-1] if come else None


def kind_of_notice(due_at: datetime, now: datetime) -> str:
    """What a reminder says as seen now: it may go later than planned, so that it is the clock that decides."""
    if now > due_at:
        return LATE
    return TODAY if due_at.astimezone(VIETNAM).date() == now.astimezone(VIETNAM).date() else SOON


def time_left(due_at: datetime, calendar: Calendar, *, now: datetime) -> tuple[str, str]:
    """How far the due moment lies ahead or behind, in Vietnamese and English words."""
    words = remaining(due_at, calendar, now=now).text
    return words.vi, words.en


def _working_day_before(due_on: date, days: int, calendar: Calendar) -> date:
    """The latest working day from which so many working days are left; of a due day off, the working day before it."""
    on = due_on
    while not (calendar.day(on).counted and working_days_between(on, due_on, calendar) >= days):
        on -= timedelta(days=1)
    return on


def key_by_hand(on: date) -> str:
    """The key of a reminder by the receiver's hand: one for each day."""
    return f"hand-{on.isoformat()}"
