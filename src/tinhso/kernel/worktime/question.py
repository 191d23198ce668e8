"""A question as people write it: received when, due after how long, with which hour of closing the day's reception."""

from dataclasses import dataclass
from datetime import date, datetime, time

from tinhso.kernel.worktime.calendars import Calendar
from tinhso.kernel.worktime.days import VIETNAM, parse_time
from tinhso.kernel.worktime.deadlines import Due, due
from tinhso.kernel.worktime.durations import Duration
from tinhso.kernel.worktime.texts import WorktimeError

WAYS_TO_WRITE = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """What somebody wants to know a due date of."""

    received_at: datetime
    limit: Duration
    cut_off: time | None = None

    def answer(self, calendar: Calendar) -> Due:
        """The due date in that calendar, with every decision on the way."""
        return due(self.received_at, self.limit, calendar, cut_off=self.cut_off)


def read_due_question(received: str, limit: str, cut_off: str = "") -> DueQuestion:
    """
    Read `2026-02-13T15:30` or `13/02/2026 15:30`, `2 working_day`, and `15:00` or nothing.

    :raises WorktimeError: one of them cannot be read; says which and how to write it
    """
    return DueQuestion(parse_moment(received), Duration.parse(limit), parse_time(cut_off) if cut_off else None)


def parse_day(written: str) -> date:
    """The day written as `2026-02-13`, and in no other way. :raises ValueError: it is none"""
    day = date.fromisoformat(written)
    if day.isoformat() != written:
        raise ValueError(written)
    return day


def parse_moment(written: str) -> datetime:
    """
    A moment as ISO 8601 or as `13/02/2026 15:30`; without an offset it is Vietnamese time.

    :raises WorktimeError: it is no day with a time
    """
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        at = _vietnamese_moment(written)
    if ":" not in written and "T" not in written:
        raise _no_moment(written)
    return at if at.tzinfo else at.replace(tzinfo=VIETNAM)


def _vietnamese_moment(written: str) -> datetime:
    for way in WAYS_TO_WRITE:
        try:
            return datetime.strptime(written.strip(), way).replace(tzinfo=VIETNAM)
        except ValueError:
            continue
    raise _no_moment(written)


def _no_moment(written: str) -> WorktimeError:
    return WorktimeError(
        f"“{written}” không phải là ngày và giờ nhận: viết như 2026-02-13T15:30.",
        f"“{written}” is not a day and time of receipt: write it like 2026-02-13T15:30.",
    )
