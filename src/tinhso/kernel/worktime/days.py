"""One day at a desk: its sessions, whether it counts towards a limit, and why it does not."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import pairwise
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from tinhso.kernel.worktime.texts import CalendarError, Text, WorktimeError

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100

# `reception`: the desk takes dossiers in but the day does not count; `closure`: this desk only; `swapped`: a day off
# that is worked instead of another day; `worked`: opened, or with other hours, by a decision.
DayKind = Literal["working", "swapped", "worked", "reception", "weekend", "holiday", "closure"]

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SESSION: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


class Session(NamedTuple):
    """An unbroken stretch of opening hours, in Vietnamese local time; it holds `opens` and not `closes`."""

    opens: time
    closes: time


class Day(NamedTuple):
    """A day of a calendar. Without sessions it is a day off; only a `counted` day is a working day of a limit."""

    on: date
    sessions: tuple[Session, ...]
    kind: DayKind
    name: Text | None
    counted: bool

    @property
    def opens_at(self) -> datetime:
        """The moment the first session begins; only of a day with sessions."""
        return datetime.combine(self.on, self.sessions[0].opens, VIETNAM)

    @property
    def closes_at(self) -> datetime:
        """The moment the last session ends; only of a day with sessions."""
        return datetime.combine(self.on, self.sessions[-1].closes, VIETNAM)

    @property
    def working_sessions(self) -> tuple[Session, ...]:
        """The sessions in which working hours run: none on a day that is not counted."""
        return self.sessions if self.counted else ()


class Week(NamedTuple):
    """A weekly pattern from one day on: sessions of each weekday, and weekdays that take in but do not count."""

    takes_effect_on: date
    sessions: tuple[tuple[Session, ...], ...]
    reception_only: frozenset[int]


def in_vietnam(at: datetime) -> datetime:
    """
    The same moment on a Vietnamese clock.

    :raises WorktimeError: the moment has no time zone, or lies outside the years a calendar knows
    """
    if at.tzinfo is None:
        raise WorktimeError(
            f"Thời điểm {at.isoformat()} thiếu múi giờ.", f"The moment {at.isoformat()} carries no time zone."
        )
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise out_of_years(at.year)
    return at.astimezone(VIETNAM)


def out_of_years(year: int) -> CalendarError:
    """The error for a day before the first or after the last year a calendar can compute."""
    return CalendarError(
        f"Lịch làm việc chỉ tính được từ năm {FIRST_YEAR} đến hết năm {LAST_YEAR}, không tính được năm {year}.",
        f"Working calendars reach from {FIRST_YEAR} to the end of {LAST_YEAR}; the year {year} is outside.",
    )


def parse_time(written: str) -> time:
    """
    A time of day such as a cut-off, `15:00`.

    :raises WorktimeError: it is not hours and minutes
    """
    match = _TIME.fullmatch(written.strip())
    if match is None:
        raise WorktimeError(
            f"“{written}” không phải là giờ: viết như “15:00”.", f"“{written}” is not a time of day: write “15:00”."
        )
    return time(int(match[1]), int(match[2]))


def parse_sessions(written: Sequence[str]) -> tuple[Session, ...]:
    """
    The sessions of a day from `["07:30-11:30", "13:30-17:00"]`, in order.

    :raises CalendarError: a session is not two times, ends before it begins, or overlaps the one before
    """
    sessions = tuple(_session(one) for one in written)
    for before, after in pairwise(sessions):
        if after.opens < before.closes:
            raise CalendarError(
                f"Các buổi làm việc {', '.join(written)} chồng lên nhau hoặc sai thứ tự.",
                f"The sessions {', '.join(written)} overlap or are out of order.",
            )
    return sessions


def parse_week(takes_effect_on: date, week: Mapping[str, Sequence[str]], reception_only: Sequence[str] = ()) -> Week:
    """
    A weekly pattern from weekday names to sessions; a weekday that is not named is a day off.

    :raises CalendarError: a weekday is unknown, no day counts, or a session is wrong
    """
    for name in [*week, *reception_only]:
        if name not in WEEKDAYS:
            raise CalendarError(
                f"“{name}” không phải là tên thứ trong tuần: dùng {', '.join(WEEKDAYS)}.",
                f"“{name}” is not a weekday: use {', '.join(WEEKDAYS)}.",
            )
    sessions = tuple(parse_sessions(week.get(name, ())) for name in WEEKDAYS)
    uncounted = frozenset(WEEKDAYS.index(name) for name in reception_only)
    if not any(one for weekday, one in enumerate(sessions) if weekday not in uncounted):
        raise CalendarError("Tuần làm việc không có ngày nào được tính.", "The week has no day that counts.")
    return Week(takes_effect_on, sessions, uncounted)


def _session(written: str) -> Session:
    match = _SESSION.fullmatch(str(written).strip())
    session = Session(time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))) if match else None
    if session is None or session.opens >= session.closes:
        raise CalendarError(
            f"“{written}” không phải là một buổi làm việc: viết như “07:30-11:30”.",
            f"“{written}” is not a session: write it like “07:30-11:30”.",
        )
    return session
