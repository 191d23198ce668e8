"""
When a limit that began at a moment is due, and why.

The rules, in the order they are asked (sources: Civil Code 91/2015/QH13, articles 147 and 148; Decree 61/2018/NĐ-CP,
article 18, whose successor 118/2025/NĐ-CP is to be compared; where the law is silent the choice is ours and said so):

- A receipt on a day off counts as received when the desk next opens (ours). A receipt at or after a cut-off does too,
  but only where the procedure gives one. Minutes and hours are elapsed time: neither rule touches them.
- The day of receipt is day 0, whatever the hour. A limit of n working days ends when the last session of working day
  n ends. Half a day more ends with the first session of the day after.
- Less than a day is different (ours): `0 working_day` ends with the day of receipt, `0.5` with the session after the
  one of receipt; if no session is left that day, both count from the next opening. So a later receipt is never due
  earlier, and a longer limit never ends before a shorter one.
- Working hours run only inside sessions. A limit used up as a session ends is due then, not at the next opening.
- Days and months run on every day; when they end on a day off they move to the next working day. The desk's last
  session ends them, or 24:00 (written 23:59:59) where the law gives the whole day, as for what an applicant owes:
  `ends_at_midnight`.
- A month ends on the same day number, or on the month's last day when it has no such number.
"""

import calendar as gregorian
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from tinhso.kernel.worktime.calendars import Calendar
from tinhso.kernel.worktime.days import VIETNAM, Day, Session, in_vietnam, out_of_years
from tinhso.kernel.worktime.durations import Duration
from tinhso.kernel.worktime.steps import Step, run_step
from tinhso.kernel.worktime.texts import Text, clock_text

_MORNING = Text("sáng", "morning")
_AFTERNOON = Text("chiều", "afternoon")
_MIDNIGHT = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Due:
    """A due date with its explanation. `due_at` is aware, on a Vietnamese clock; `calendar` is the calendar's code."""

    due_at: datetime
    steps: tuple[Step, ...]
    received_at: datetime
    limit: Duration
    calendar: str
    cut_off: time | None = None

    @property
    def due_on(self) -> date:
        """The Vietnamese day it is due."""
        return self.due_at.date()

    def as_dict(self) -> dict[str, object]:
        """For JSON: `due_at` in ISO 8601 with offset, `steps` as in `Step.as_dict`, and what was asked."""
        return {
            "due_at": self.due_at.isoformat(),
            "received_at": self.received_at.isoformat(),
            "limit": str(self.limit),
            "calendar": self.calendar,
            "cut_off": clock_text(self.cut_off) if self.cut_off else None,
            "steps": [step.as_dict() for step in self.steps],
        }


class Count(NamedTuple):
    """What is counted: the limit, how much stops of the clock add to it, and how a calendar day ends."""

    limit: Duration
    shift: int = 0
    ends_at_midnight: bool = False


def due(
    received_at: datetime,
    limit: Duration,
    calendar: Calendar,
    *,
    cut_off: time | None = None,
    ends_at_midnight: bool = False,
) -> Due:
    """
    When `limit` is due for what was received at that moment, with every decision on the way.

    :raises WorktimeError: `received_at` is naive, or a day lies outside the years a calendar can compute
    """
    return due_shifted(received_at, Count(limit, 0, ends_at_midnight), calendar, cut_off=cut_off)


def due_shifted(
    received_at: datetime,
    count: Count,
    calendar: Calendar,
    *,
    cut_off: time | None = None,
    pauses: tuple[Step, ...] = (),
) -> Due:
    """
    As `due`, when the clock stood still: `count.shift` is in working days, calendar days or seconds, as the unit asks.

    `pauses` are the steps that explain the shift.
    """
    # Whole seconds: a desk's clock has no finer ones, and the explanation shall add up.
    received = in_vietnam(received_at).replace(microsecond=0)
    steps = [Step("received", received.date(), at=received)]
    unit = count.limit.unit
    if unit in {"minute", "hour"}:
        due_at = _elapsed(received, count, steps)
    else:
        start = _start(received, calendar, cut_off, steps)
        steps += pauses
        if unit == "working_day":
            due_at = _working_days(start, count, calendar, steps)
        elif unit == "working_hour":
            due_at = _working_hours(start, count, calendar, steps)
        else:
            due_at = _calendar_days(start, count, calendar, steps)
    if calendar.decided_until is not None and due_at.date() > calendar.decided_until:
        steps.append(Step("undecided", due_at.date(), number=due_at.year))
    steps.append(Step("due", due_at.date(), at=due_at))
    return Due(due_at, tuple(steps), received, count.limit, calendar.code, cut_off)


def _start(received: datetime, calendar: Calendar, cut_off: time | None, steps: list[Step]) -> datetime:
    # The moment from which the limit counts: that of receipt, or the next opening.
    day = calendar.day(received.date())
    if not day.sessions:
        opening = calendar.next_open(day.on).opens_at
        steps.append(Step("received_day_off", opening.date(), at=opening, name=day.name))
        return opening
    if cut_off is not None and received.time() >= cut_off:
        opening = calendar.next_open(day.on).opens_at
        written = clock_text(cut_off)
        steps.append(Step("cut_off", opening.date(), at=opening, name=Text(written, written)))
        return opening
    return received


def _elapsed(received: datetime, count: Count, steps: list[Step]) -> datetime:
    seconds = seconds_of(count.limit)
    steps.append(Step("elapsed", received.date(), amount=count.limit))
    return received + timedelta(seconds=seconds + count.shift)


def _working_days(start: datetime, count: Count, calendar: Calendar, steps: list[Step]) -> datetime:
    whole = int(count.limit.amount)
    half = whole != count.limit.amount
    if whole == 0:
        start = _with_time_left(start, calendar, steps)
    zero = calendar.day(start.date())
    if not half:
        if whole + count.shift == 0:
            steps.append(Step("same_day", zero.on))
        return _after_days(zero, whole + count.shift, calendar, steps).closes_at
    which = 0
    days = whole + 1
    if whole == 0:
        days, which = _session_after(start, zero)
    day = _after_days(zero, days + count.shift, calendar, steps)
    session = day.sessions[min(which, len(day.sessions) - 1)]
    due_at = datetime.combine(day.on, session.closes, VIETNAM)
    steps.append(Step("half_session", day.on, at=due_at, name=_half_name(session)))
    return due_at


def _with_time_left(start: datetime, calendar: Calendar, steps: list[Step]) -> datetime:
    # Less than a day needs working time on the day itself; without it the limit counts from the next working day.
    day = calendar.day(start.date())
    if day.counted and start < day.closes_at:
        return start
    opening = calendar.next_working(day.on).opens_at
    steps.append(Step("after_closing", opening.date(), at=opening))
    return opening


def _session_after(start: datetime, day: Day) -> tuple[int, int]:
    # (working days ahead, which session of that day): the session after the one in which, or before which, start lies.
    clock = start.time()
    begun = sum(session.opens <= clock for session in day.sessions)
    following = max(begun, 1)
    return (0, following) if following < len(day.sessions) else (1, 0)


def _after_days(zero: Day, days: int, calendar: Calendar, steps: list[Step]) -> Day:
    # Walks to working day number `days`, and tells of consecutive days of one kind in one step.
    if days == 0:
        return zero
    steps.append(Step("day_zero", zero.on))
    ordinal, counted = zero.on.toordinal(), 0
    run: list[Day] = []
    while True:
        ordinal += 1
        day = calendar.at(ordinal)
        if run and (day.kind != run[0].kind or day.name != run[0].name):
            steps.append(run_step(run, counted))
            counted += len(run) if run[0].counted else 0
            run = []
        run.append(day)
        if day.counted and counted + len(run) == days:
            steps.append(run_step(run, counted))
            return day


def _working_hours(start: datetime, count: Count, calendar: Calendar, steps: list[Step]) -> datetime:
    left = seconds_of(count.limit) + count.shift
    day = calendar.day(start.date())
    while True:
        for session in day.working_sessions:
            opens = max(datetime.combine(day.on, session.opens, VIETNAM), start)
            closes = datetime.combine(day.on, session.closes, VIETNAM)
            if opens >= closes:
                continue
            worked = min(left, int((closes - opens).total_seconds()))
            left -= worked
            ends = opens + timedelta(seconds=worked)
            steps.append(Step("working_time", day.on, at=ends, opens_at=opens, amount=worked))
            if left == 0:
                return ends
        day = calendar.next_working(day.on)


def _calendar_days(start: datetime, count: Count, calendar: Calendar, steps: list[Step]) -> datetime:
    zero, amount = start.date(), int(count.limit.amount)
    steps.append(Step("day_zero", zero))
    if count.limit.unit == "month":
        ends = _add_months(zero, amount)
        kind = "months" if ends.day == zero.day else "month_end"
        steps.append(Step(kind, ends, amount=count.limit, number=zero.day))
        ends += timedelta(days=count.shift)
    else:
        ends = date.fromordinal(min(zero.toordinal() + amount + count.shift, date.max.toordinal()))
        steps.append(Step("calendar_days", ends, amount=count.limit))
    day = calendar.day(ends)
    if not day.counted:
        name, day = day.name, calendar.next_working(ends)
        steps.append(Step("moved", day.on, name=name))
    return datetime.combine(day.on, _MIDNIGHT, VIETNAM) if count.ends_at_midnight else day.closes_at


def _add_months(zero: date, months: int) -> date:
    year, month = divmod(zero.year * 12 + zero.month - 1 + months, 12)
    if year > date.max.year:
        raise out_of_years(year)
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(zero.day, last))


def seconds_of(limit: Duration) -> int:
    """The seconds of a limit in minutes, hours or working hours; the only units that are made of seconds."""
    return int(limit.amount * (60 if limit.unit == "minute" else 3600))


def _half_name(session: Session) -> Text:
    return _MORNING if session.opens.hour < 12 else _AFTERNOON
