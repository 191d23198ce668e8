"""
The clock of a case: the stretches in which it ran, and what stops, restarts and one extension do to the due date.

A stop is a gap between two segments. What resuming does is a rule of law, kept with the stop: the general rule counts
the limit again from the start once the dossier is complete (Decree 61/2018/NĐ-CP, article 19.4); where a sector's law
says so, as for a financial obligation, the clock only pauses. An extension is given once (article 19.9). Nothing here
is stored: when a calendar changes, calling again gives the new date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from tinhso.kernel.worktime.calendars import Calendar
from tinhso.kernel.worktime.days import VIETNAM, in_vietnam
from tinhso.kernel.worktime.deadlines import Count, Due, due, due_shifted, finished
from tinhso.kernel.worktime.durations import Duration
from tinhso.kernel.worktime.measures import elapsed_working, working_days_between
from tinhso.kernel.worktime.steps import Step
from tinhso.kernel.worktime.texts import (
    AlreadyExtendedError,
    ClockError,
    Text,
    TooLateToExtendError,
    clock_text,
    date_text,
    plural,
    seconds_text,
)
from tinhso.kernel.worktime.walking import MIDNIGHT, end_on_working_day, walk_days, walk_seconds

# What the explanation calls a stop; another reason is shown as it is written.
STOPS: Final[Mapping[str, Text]] = {
    "": Text("tạm dừng", "stopped"),
    "supplement": Text("chờ bổ sung hồ sơ", "waiting for missing papers"),
    "payment": Text("chờ thực hiện nghĩa vụ tài chính", "waiting for a payment"),
    "withdrawal": Text("người nộp xin rút hồ sơ", "the applicant asked to withdraw"),
    "reopened": Text("hồ sơ đã xong rồi được mở lại", "the case was over and was opened again"),
    "opinion": Text("chờ ý kiến cơ quan khác", "waiting for another agency's opinion"),
}


class ClockRule(StrEnum):
    """What resuming does to the limit: it goes on where it stood, or begins afresh."""

    PAUSE = "pause"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Segment:
    """
    A stretch in which the clock ran; `stopped_at` is None while it runs.

    `reason` and `rule` belong to the stop that ended it: why, and what the next segment's start means.
    """

    started_at: datetime
    stopped_at: datetime | None = None
    reason: str = ""
    rule: ClockRule = ClockRule.PAUSE


class Pause(NamedTuple):
    """A stretch in which the clock stood still and then went on."""

    stopped_at: datetime
    resumed_at: datetime
    reason: str = ""


class Extension(NamedTuple):
    """The one extension of a case: by how much, and when it was asked for."""

    by: Duration
    requested_at: datetime


def due_after_pause(
    due_at: datetime, stopped_at: datetime, resumed_at: datetime, calendar: Calendar, *, unit: str = "working_day"
) -> Due:
    """
    Move a due date by a pause of its clock, in the limit's own unit; lateness stays: who was late remains as late.

    Working days move by the working days after the day of the stop up to the day of resuming, working hours by working
    time, hours and minutes by elapsed time. Only `due_on_clock` knows the limit, so only it is exact where `due_at` had
    moved off a day off (days and months: this may be a little later) or was half a day that filled a short Saturday.

    :raises ClockError: the pause ends before it begins
    """
    moved, stopped, resumed = in_vietnam(due_at), in_vietnam(stopped_at), in_vietnam(resumed_at)
    if resumed < stopped:
        raise _out_of_order(resumed)
    amount = _length(stopped, resumed, unit, calendar)
    steps = [_pause_step(Pause(stopped, resumed), amount, unit)]
    if amount:
        moved = _later(moved, amount, unit, calendar, steps)
    return finished(moved, calendar, steps)


def due_with_pauses(
    received_at: datetime, limit: Duration, calendar: Calendar, *, pauses: Sequence[Pause], cut_off: time | None = None
) -> Due:
    """
    The due date when the clock stood still in between, from the receipt on; the exact form of `due_after_pause`.

    :raises ClockError: a pause ends before it begins, or begins before the receipt
    """
    shift, steps = 0, []
    previous = in_vietnam(received_at)
    for pause in pauses:
        stopped, resumed = in_vietnam(pause.stopped_at), in_vietnam(pause.resumed_at)
        if not previous <= stopped <= resumed:
            raise _out_of_order(stopped if stopped < previous else resumed)
        previous = resumed
        amount = _length(stopped, resumed, limit.unit, calendar)
        shift += amount
        steps.append(_pause_step(Pause(stopped, resumed, pause.reason), amount, limit.unit))
    return due_shifted(received_at, Count(limit, shift), calendar, cut_off=cut_off, pauses=tuple(steps))


def due_on_clock(
    segments: Sequence[Segment],
    limit: Duration,
    calendar: Calendar,
    *,
    cut_off: time | None = None,
    extension: Extension | None = None,
) -> Due | None:
    """
    The due date of a case from the ledger of its clock, in order of time; None while the clock stands still.

    A resumption that resets counts like a receipt, with its own cut-off; an extension asked for before it is spent.

    :raises ClockError: there is no segment, they overlap, or another than the last still runs
    """
    _check_order(segments)
    if segments[-1].stopped_at is not None:
        return None
    first = max((i + 1 for i, segment in enumerate(segments[:-1]) if segment.rule is ClockRule.RESET), default=0)
    running = segments[first:]
    pauses = [
        Pause(before.stopped_at, after.started_at, before.reason)
        for before, after in pairwise(running)
        if before.stopped_at is not None
    ]
    restarted_at = running[0].started_at
    found = due_with_pauses(restarted_at, limit, calendar, pauses=pauses, cut_off=cut_off)
    if first:
        restart = _restart_step(in_vietnam(restarted_at), segments[first - 1].reason)
        found = Due(found.due_at, (restart, *found.steps[1:]))
    if extension is not None and extension.requested_at >= restarted_at:
        found = _extended(found, extension.by, calendar)
    return found


def extend(
    promised: Due,
    by: Duration,
    calendar: Calendar,
    *,
    already_extended: bool,
    days_before: int = 0,
    now: datetime,
) -> Due:
    """
    Move a promised date once, by `by` counted from that date; `days_before` is how many days ahead it must be asked.

    :raises AlreadyExtendedError: it was extended before
    :raises TooLateToExtendError: `now` is not before the promised moment, or nearer to its day than `days_before`
    :raises ClockError: `by` is no whole number of working days
    """
    if already_extended:
        raise AlreadyExtendedError(
            "Hồ sơ đã được gia hạn một lần; pháp luật không cho gia hạn lần thứ hai.",
            "The case was extended once; the law allows no second extension.",
        )
    local = in_vietnam(now)
    if local >= promised.due_at or (promised.due_on - local.date()).days < days_before:
        when = f"{clock_text(promised.due_at)}, {date_text(promised.due_on).vi}"
        when_en = f"{clock_text(promised.due_at)} on {date_text(promised.due_on).en}"
        ahead = f" ít nhất {days_before} ngày" if days_before else ""
        ahead_en = f" at least {plural(days_before, 'day')}" if days_before else ""
        raise TooLateToExtendError(
            f"Phải xin gia hạn trước hạn{ahead}: hạn là {when}.",
            f"An extension must be asked for{ahead_en} before the deadline, which is {when_en}.",
        )
    return _extended(promised, by, calendar)


def elapsed_on_clock(segments: Sequence[Segment], calendar: Calendar, *, now: datetime) -> timedelta:
    """
    The working time the clock has run, over all its segments, up to `now` for the one that runs.

    :raises ClockError: as `due_on_clock`
    """
    _check_order(segments)
    stretches = ((segment.started_at, segment.stopped_at or now) for segment in segments)
    return sum((elapsed_working(began, ended, calendar) for began, ended in stretches), timedelta(0))


def _length(stopped: datetime, resumed: datetime, unit: str, calendar: Calendar) -> int:
    if unit == "working_day":
        return working_days_between(stopped, resumed, calendar)
    if unit in {"day", "month"}:
        return (resumed.date() - stopped.date()).days
    if unit == "working_hour":
        return int(elapsed_working(stopped, resumed, calendar).total_seconds())
    return int((resumed - stopped).total_seconds())


def _later(due_at: datetime, amount: int, unit: str, calendar: Calendar, steps: list[Step]) -> datetime:
    if unit == "working_day":
        before = calendar.day(due_at.date())
        # The end of a day stays the end of a day, however many sessions the next one has.
        which = next((i for i, session in enumerate(before.sessions[:-1]) if due_at.time() <= session.closes), -1)
        day = walk_days(before, amount, calendar, steps)
        return datetime.combine(day.on, day.sessions[min(which, len(day.sessions) - 1)].closes, VIETNAM)
    if unit == "working_hour":
        return walk_seconds(due_at, amount, calendar, steps)
    if unit in {"day", "month"}:
        at_midnight = due_at.time() == MIDNIGHT
        return end_on_working_day(due_at.date() + timedelta(days=amount), calendar, steps, at_midnight=at_midnight)
    return due_at + timedelta(seconds=amount)


def _pause_step(pause: Pause, amount: int, unit: str) -> Step:
    if unit == "working_day":
        words = Text(f"{amount} ngày làm việc", plural(amount, "working day"))
    elif unit in {"day", "month"}:
        words = Text(f"{amount} ngày", plural(amount, "day"))
    else:
        words = seconds_text(amount)
    name = STOPS.get(pause.reason, Text(pause.reason, pause.reason))
    stopped = pause.stopped_at
    return Step("paused", stopped.date(), last=pause.resumed_at.date(), at=stopped, name=name, amount=words)


def _restart_step(at: datetime, reason: str) -> Step:
    return Step("reset", at.date(), at=at, name=STOPS.get(reason, Text(reason, reason)))


def _extended(promised: Due, by: Duration, calendar: Calendar) -> Due:
    if by.unit == "working_day" and (by.amount == 0 or by.amount % 1):
        raise ClockError(
            f"Gia hạn phải là số ngày làm việc nguyên, không phải {by.text.vi}.",
            f"An extension is a whole number of working days, not {by.text.en}.",
        )
    later = due(promised.due_at, by, calendar)
    extended = Step("extended", promised.due_on, at=promised.due_at, amount=by)
    return Due(later.due_at, (*promised.steps[:-1], extended, *later.steps[1:]))


def _check_order(segments: Sequence[Segment]) -> None:
    if not segments:
        raise ClockError("Đồng hồ của hồ sơ chưa chạy lần nào.", "The clock of the case never ran.")
    previous: datetime | None = None
    for segment in segments:
        started = in_vietnam(segment.started_at)
        if previous is not None and started < previous:
            raise _out_of_order(started)
        if segment.stopped_at is None:
            if segment is not segments[-1]:
                raise _out_of_order(started)
            continue
        previous = in_vietnam(segment.stopped_at)
        if previous < started:
            raise _out_of_order(previous)


def _out_of_order(at: datetime) -> ClockError:
    day = date_text(at.astimezone(VIETNAM).date())
    time_of_day = clock_text(at.astimezone(VIETNAM))
    return ClockError(
        f"Các lần chạy và dừng của đồng hồ sai thứ tự ở {time_of_day}, {day.vi}.",
        f"The starts and stops of the clock are out of order at {time_of_day} on {day.en}.",
    )
