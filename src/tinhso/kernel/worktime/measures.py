"""Measuring along a calendar: working days and working time between two moments, and what remains of a limit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tinhso.kernel.worktime.calendars import Calendar
from tinhso.kernel.worktime.days import VIETNAM, in_vietnam
from tinhso.kernel.worktime.texts import Text, plural


@dataclass(frozen=True, slots=True)
class Remaining:
    """
    How far a due date lies ahead, or behind when `overdue`: whole working days between the two days, and working time.

    Both are never negative. `today` says that the deadline falls on the very day it is looked at.
    """

    overdue: bool
    today: bool
    working_days: int
    working_time: timedelta

    @property
    def text(self) -> Text:
        """In words: `Còn 2 ngày làm việc`, `Đến hạn hôm nay`, `Quá hạn 1 ngày làm việc`."""
        days = plural(self.working_days, "working day")
        if self.overdue:
            if self.working_days == 0:
                return Text("Quá hạn", "Overdue")
            return Text(f"Quá hạn {self.working_days} ngày làm việc", f"Overdue by {days}")
        if self.today:
            return Text("Đến hạn hôm nay", "Due today")
        if self.working_days == 0:
            return Text("Còn chưa đến 1 ngày làm việc", "Less than 1 working day left")
        return Text(f"Còn {self.working_days} ngày làm việc", f"{days} left")


def working_days_between(begins: date | datetime, ends: date | datetime, calendar: Calendar) -> int:
    """
    The working days after the day of `begins` up to and with the day of `ends`; negative when `ends` lies before.

    So a limit of n working days that began on `begins` is due on the first day for which this is n.

    :raises WorktimeError: a moment is naive, or a day lies outside the years a calendar can compute
    """
    first, last = _day(begins).toordinal(), _day(ends).toordinal()
    if last < first:
        return -working_days_between(ends, begins, calendar)
    return sum(calendar.at(ordinal).counted for ordinal in range(first + 1, last + 1))


def elapsed_working(began_at: datetime, ended_at: datetime, calendar: Calendar) -> timedelta:
    """
    The time within working sessions between two moments; zero when the second does not lie after the first.

    :raises WorktimeError: as `working_days_between`
    """
    began, ended = in_vietnam(began_at), in_vietnam(ended_at)
    total = timedelta(0)
    if ended <= began:
        return total
    for ordinal in range(began.toordinal(), ended.toordinal() + 1):
        day = calendar.at(ordinal)
        for session in day.working_sessions:
            opens = max(datetime.combine(day.on, session.opens, VIETNAM), began)
            closes = min(datetime.combine(day.on, session.closes, VIETNAM), ended)
            total += max(closes - opens, timedelta(0))
    return total


def remaining(due_at: datetime, calendar: Calendar, *, now: datetime) -> Remaining:
    """
    What is left until `due_at`, or how late it is, as seen at `now`. A result at the very moment is on time.

    :raises WorktimeError: as `working_days_between`
    """
    due, seen = in_vietnam(due_at), in_vietnam(now)
    overdue = seen > due
    begins, ends = (due, seen) if overdue else (seen, due)
    days = working_days_between(begins, ends, calendar)
    return Remaining(overdue, due.date() == seen.date(), days, elapsed_working(begins, ends, calendar))


def _day(moment: date | datetime) -> date:
    return in_vietnam(moment).date() if isinstance(moment, datetime) else moment
