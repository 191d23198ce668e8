"""
Working calendars and deadlines: when something is due, and why.

    calendars = read_calendars(Path("packs/national"))
    found = due(received_at, Duration.parse("2 working_day"), calendars[DEFAULT_CALENDAR], cut_off=parse_time("15:00"))
    found.due_at; [step.vi for step in found.steps]

Everything is plain data and arithmetic: no clock is read and nothing is stored. Moments are aware; days and times of
day are Vietnamese. A deadline that was computed from an older calendar is renewed by asking again.
"""

from tinhso.kernel.worktime.calendars import EVERY_CALENDAR, Calendar, Override
from tinhso.kernel.worktime.clock import (
    ClockRule,
    Extension,
    Pause,
    Segment,
    due_after_pause,
    due_on_clock,
    due_with_pauses,
    elapsed_on_clock,
    extend,
)
from tinhso.kernel.worktime.days import VIETNAM, Day, Session, Week, in_vietnam, parse_sessions, parse_time, parse_week
from tinhso.kernel.worktime.deadlines import Due, due
from tinhso.kernel.worktime.durations import UNITS, Duration, Unit
from tinhso.kernel.worktime.measures import Remaining, elapsed_working, remaining, working_days_between
from tinhso.kernel.worktime.question import DueQuestion, parse_day, parse_moment, read_due_question
from tinhso.kernel.worktime.reading import (
    DEFAULT_CALENDAR,
    build_calendars,
    parse_override,
    read_calendars,
    read_overrides,
)
from tinhso.kernel.worktime.steps import Step
from tinhso.kernel.worktime.strip import StripDay, draw_strip, weeks_of
from tinhso.kernel.worktime.texts import (
    AlreadyExtendedError,
    CalendarError,
    ClockError,
    DurationError,
    Text,
    TooLateToExtendError,
    WorktimeError,
)

__all__ = [
    "DEFAULT_CALENDAR",
    "EVERY_CALENDAR",
    "UNITS",
    "VIETNAM",
    "AlreadyExtendedError",
    "Calendar",
    "CalendarError",
    "ClockError",
    "ClockRule",
    "Day",
    "Due",
    "DueQuestion",
    "Duration",
    "DurationError",
    "Extension",
    "Override",
    "Pause",
    "Remaining",
    "Segment",
    "Session",
    "Step",
    "StripDay",
    "Text",
    "TooLateToExtendError",
    "Unit",
    "Week",
    "WorktimeError",
    "build_calendars",
    "draw_strip",
    "due",
    "due_after_pause",
    "due_on_clock",
    "due_with_pauses",
    "elapsed_on_clock",
    "elapsed_working",
    "extend",
    "in_vietnam",
    "parse_day",
    "parse_moment",
    "parse_override",
    "parse_sessions",
    "parse_time",
    "parse_week",
    "read_calendars",
    "read_due_question",
    "read_overrides",
    "remaining",
    "weeks_of",
    "working_days_between",
]
