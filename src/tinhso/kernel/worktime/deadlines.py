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
from tinhso.kernel.worktime.steps import Step
from tinhso.kernel.worktime.texts import Text, clock_text
from tinhso.kernel.worktime.walking import days_off_between, end_on_working_day, walk_days, walk_seconds

_MORNING = Text("sáng", "morning")
_AFTERNOON = Text("chiều", "afternoon")


@dataclass(frozen=True, slots=True)
class Due:
    """A due date and how it came about. `due_at` is aware, on a Vietnamese clock, in whole seconds."""

    due_at: datetime
    steps: tuple[Step, ...]

    @property
    def due_on(self) -> date:
        """The Vietnamese day it is due."""
        return self.due_at.date()

    def as_dict(self) -> dict[str, object]:
        """For JSON: `due_at` in ISO 8601 with its offset, `steps` as in `Step.as_dict`."""
        return {"due_at": self.due_at.isoformat(), "steps": [step.as_dict() for step in self.steps]}


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
    elapsing = unit in {"minute", "hour"}
    start = received if elapsing else _start(received, calendar, cut_off, steps)
    steps += pauses
    if elapsing:
        steps.append(Step("elapsed", start.date(), amount=count.limit))
        due_at = start + timedelta(seconds=seconds_of(count.limit) + count.shift)
    elif unit == "working_hour":
        due_at = walk_seconds(start, seconds_of(count.limit) + count.shift, calendar, steps)
    elif unit == "working_day":
        due_at = _working_days(start, count, calendar, steps)
    else:
        due_at = _calendar_days(start, count, calendar, steps)
    return finished(due_at, calendar, steps)


def finished(due_at: datetime, calendar: Calendar, steps: list[Step]) -> Due:
    """The due date with its closing steps: whether the year's days off are decided, and the date itself."""
    if calendar.decided_until is not None and due_at.date() > calendar.decided_until:
        steps.append(Step("undecided", due_at.date(), number=due_at.year))
    steps.append(Step("due", due_at.date(), at=due_at))
    return Due(due_at, tuple(steps))


def _start(received: datetime, calendar: Calendar, cut_off: time | None, steps: list[Step]) -> datetime:
    # The moment from which the limit counts: that of receipt, or the next opening.
    day = calendar.day(received.date())
    if not day.sessions:
        opening = calendar.next_open(day.on).opens_at
        steps.append(Step("received_day_off", opening.date(), at=opening, name=day.name))
        steps += days_off_between(day, opening.date(), calendar)
        return opening
    if cut_off is not None and received.time() >= cut_off:
        opening = calendar.next_open(day.on).opens_at
        written = clock_text(cut_off)
        steps.append(Step("cut_off", opening.date(), at=opening, name=Text(written, written)))
        steps += days_off_between(day, opening.date(), calendar)
        return opening
    return received


def _working_days(start: datetime, count: Count, calendar: Calendar, steps: list[Step]) -> datetime:
    whole = int(count.limit.amount)
    half = whole != count.limit.amount
    if whole == 0:
        start = _with_time_left(start, calendar, steps)
    zero = calendar.day(start.date())
    days, which = whole, -1
    if half:
        days, which = (whole + 1, 0) if whole else _session_after(start, zero)
    days += count.shift
    if days:
        steps.append(Step("day_zero", zero.on))
    elif not half:
        steps.append(Step("same_day", zero.on))
    day = walk_days(zero, days, calendar, steps)
    session = day.sessions[min(which, len(day.sessions) - 1)]
    due_at = datetime.combine(day.on, session.closes, VIETNAM)
    if half:
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
    return end_on_working_day(ends, calendar, steps, at_midnight=count.ends_at_midnight)


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
