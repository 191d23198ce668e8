"""What each effect of a step does to the clock, the code and the unit of a case."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from tinhso.kernel import worktime
from tinhso.kernel.flow import MOVE, REOPEN, Deadline, Procedure
from tinhso.platform.cases.rules.standing import VIETNAM, Move, NoClock, Standing, Surroundings, limit_of


def due_for(deadline: Deadline, start: datetime, calendar: worktime.Calendar, *, citizen: bool = False) -> datetime:
    """The moment by which a deadline that starts at `start` ends; a citizen's days end at midnight (Civil Code 148.6)."""
    limit = worktime.Duration(deadline.amount, deadline.unit)
    return worktime.due(start, limit, calendar, cut_off=deadline.cut_off, ends_at_midnight=citizen).due_at


def _issue_code(move: Move, standing: Standing, _p: Procedure, around: Surroundings, _a: Mapping[str, Any]) -> None:
    move.accepted_at = move.accepted_at or around.now
    if standing.code is None:
        move.code_prefix = around.code_prefix(around.now.astimezone(VIETNAM).date())


def _start(move: Move, standing: Standing, procedure: Procedure, around: Surroundings, _a: Mapping[str, Any]) -> None:
    move.accepted_at = move.accepted_at or around.now
    move.clock, move.clock_reason = "start", "start_clock"
    if limit := limit_of(standing, procedure):
        _set_due(move, due_for(limit, around.now, around.calendar), "start_clock")


def _pause(move: Move, _s: Standing, _p: Procedure, around: Surroundings, _a: Mapping[str, Any]) -> None:
    move.paused_at, move.clock, move.clock_reason = around.now, "stop", "pause_clock"


def _resume(move: Move, standing: Standing, procedure: Procedure, around: Surroundings, _a: Mapping[str, Any]) -> None:
    _go_on(move, limit_of(standing, procedure), around, worktime.ClockRule.PAUSE)
    move.clock_reason = "resume_clock"


def _reset(move: Move, standing: Standing, procedure: Procedure, around: Surroundings, _a: Mapping[str, Any]) -> None:
    _go_on(move, limit_of(standing, procedure), around, worktime.ClockRule.RESET)
    move.clock_reason = "reset_clock"


def _go_on(move: Move, limit: Deadline | None, around: Surroundings, rule: worktime.ClockRule) -> None:
    move.paused_at, move.clock = None, "start"
    segments = around.segments()
    if not (segments and limit):
        return
    *earlier, last = segments
    stopped = replace(last, stopped_at=last.stopped_at or around.now, rule=rule)
    running = (*earlier, stopped, worktime.Segment(around.now))
    if found := clock_due(limit, running, around.calendar, move):
        _set_due(move, found.due_at, "reset_clock" if rule is worktime.ClockRule.RESET else "resume_clock")


def clock_due(
    deadline: Deadline, segments: tuple[worktime.Segment, ...], calendar: worktime.Calendar, extended: Move | Standing
) -> worktime.Due | None:
    """When a case is due by the ledger of its clock and its extension, explained; None while the clock stands still."""
    by = None
    if extended.extended_days and extended.extended_at:
        by = worktime.Extension(worktime.Duration(Decimal(extended.extended_days), "working_day"), extended.extended_at)
    limit = worktime.Duration(deadline.amount, deadline.unit)
    return worktime.due_on_clock(segments, limit, calendar, cut_off=deadline.cut_off, extension=by)


def _reopen(move: Move, standing: Standing, procedure: Procedure, around: Surroundings, _a: Mapping[str, Any]) -> None:
    """A fresh clock; what the applicant holds stays in force until another result replaces it."""
    move.resolved_at = None
    _go_on(move, limit_of(standing, procedure), around, worktime.ClockRule.RESET)
    move.clock_reason = REOPEN
    move.due_changed = REOPEN if move.due_changed else ""


def _move(
    move: Move, standing: Standing, procedure: Procedure, around: Surroundings, answers: Mapping[str, Any]
) -> None:
    """The clock goes on as it is; its due date is counted by the calendar of the unit that has the case now."""
    move.from_unit, move.to_unit = standing.unit_key, str(answers["unit"])
    limit = limit_of(standing, procedure)
    if limit is None or standing.due_at is None or standing.paused_at or standing.resolved_at:
        return
    segments = around.segments()
    found = clock_due(limit, segments, around.calendar, standing) if segments else None
    if found and found.due_at != standing.due_at:
        _set_due(move, found.due_at, MOVE)


def _stop(move: Move, _s: Standing, _p: Procedure, around: Surroundings, _a: Mapping[str, Any]) -> None:
    move.resolved_at = around.now
    move.clock, move.clock_reason = "stop", "stop_clock"


def _extend(
    move: Move, standing: Standing, procedure: Procedure, around: Surroundings, answers: Mapping[str, Any]
) -> None:
    segments, limit = around.segments(), limit_of(standing, procedure)
    promised = clock_due(limit, segments, around.calendar, standing) if limit and segments else None
    if promised is None:
        raise NoClock
    days = worktime.Duration(Decimal(str(answers["extension_days"])), "working_day")
    spent = standing.extensions >= procedure.extension.times
    extended = worktime.extend(promised, days, around.calendar, already_extended=spent, now=around.now)
    _set_due(move, extended.due_at, "extend_deadline")
    move.extensions, move.extended_days, move.extended_at = standing.extensions + 1, int(days.amount), around.now


def _set_due(move: Move, due_at: datetime, reason: str) -> None:
    move.due_before, move.due_changed = move.due_at, reason
    move.due_at = due_at
    move.due_first_at = move.due_first_at or due_at


Effect = Callable[[Move, Standing, Procedure, Surroundings, Mapping[str, Any]], None]
EFFECTS: Final[Mapping[str, Effect]] = {
    "issue_code": _issue_code,
    "start_clock": _start,
    "pause_clock": _pause,
    "resume_clock": _resume,
    "reset_clock": _reset,
    "stop_clock": _stop,
    "extend_deadline": _extend,
    REOPEN: _reopen,
    MOVE: _move,
}
