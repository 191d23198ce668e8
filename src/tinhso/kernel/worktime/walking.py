"""Walking along a calendar: over working days, over working time, and on to the next working day."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final

from tinhso.kernel.worktime.calendars import Calendar
from tinhso.kernel.worktime.days import VIETNAM, Day
from tinhso.kernel.worktime.steps import Step, run_step

# 24:00 of a day is written as its last second, so that the day it names is the right one.
MIDNIGHT: Final = time(23, 59, 59)


def walk_days(zero: Day, days: int, calendar: Calendar, steps: list[Step]) -> Day:
    """The working day number `days` after `zero`, which is number 0; consecutive days of one kind share one step."""
    if days == 0:
        return zero
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


def days_off_between(day: Day, opening: date, calendar: Calendar) -> list[Step]:
    """The days off after that day and before the next opening, consecutive ones of one name in one step."""
    between = [calendar.at(ordinal) for ordinal in range(day.on.toordinal() + 1, opening.toordinal())]
    return [run_step(list(run), 0) for _, run in groupby(between, key=lambda each: each.name)]


def walk_seconds(start: datetime, seconds: int, calendar: Calendar, steps: list[Step]) -> datetime:
    """The moment at which so much working time has run since `start`: a session's end rather than the next opening."""
    left = seconds
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


def end_on_working_day(ends: date, calendar: Calendar, steps: list[Step], *, at_midnight: bool) -> datetime:
    """The end of that day, or of the next working day when it is a day off: with its last session, or at midnight."""
    day = calendar.day(ends)
    if not day.counted:
        name, day = day.name, calendar.next_working(ends)
        steps.append(Step("moved", day.on, name=name))
    return datetime.combine(day.on, MIDNIGHT, VIETNAM) if at_midnight else day.closes_at
