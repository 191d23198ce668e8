"""What an act does to a case: decided from the procedure's table, without database or clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from tinhso.kernel import worktime
from tinhso.kernel.flow import APPLICANT, Deadline, Procedure, State, Step

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
NOTHING: Mapping[str, Any] = {}
RESOLVED: Final = 9  # number of "đã xử lý xong" in the national list of ten states


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as an act finds it."""

    case_id: int
    public_id: str
    code: str | None
    procedure_code: str
    procedure_version: date
    state: str
    revision: int
    unit_key: str
    applicant_code: str
    channel: str
    parent_id: int | None
    accepted_at: datetime | None
    due_at: datetime | None
    due_first_at: datetime | None
    paused_at: datetime | None
    extensions: int
    extended_days: int
    extended_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    data: Mapping[str, Any] = field(default_factory=dict)
    is_waiting: bool = True


def limit_of(standing: Standing, procedure: Procedure) -> Deadline | None:
    """How long this case may take, by its channel and its data."""
    if not procedure.limits:
        return procedure.deadline
    return procedure.deadline_for(standing.channel, standing.data)


def new_standing(
    public_id: str, procedure: Procedure, unit_key: str, applicant_code: str, filed: tuple[str, Mapping[str, Any]]
) -> Standing:
    """A case that is about to be opened, by which channel and with what data, as the effects of opening find it."""
    return Standing(
        case_id=0, public_id=public_id, code=None, procedure_code=procedure.code, procedure_version=procedure.version,
        state=procedure.start, revision=0, unit_key=unit_key, applicant_code=applicant_code, channel=filed[0], parent_id=None,
        accepted_at=None, due_at=None, due_first_at=None, paused_at=None, extensions=0, extended_days=0, extended_at=None,
        resolved_at=None, closed_at=None, data=filed[1],
    )  # fmt: skip


@dataclass(slots=True)
class Move:
    """What one act writes; every field is the value after the act."""

    case_id: int
    revision: int
    act: str
    state: str
    fact: str
    code_prefix: str | None = None
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    due_first_at: datetime | None = None
    paused_at: datetime | None = None
    extensions: int = 0
    extended_days: int = 0
    extended_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    holder: str | None = None
    item_due_at: datetime | None = None
    awaited: str | None = None
    wait_until: datetime | None = None
    wait_then: str = ""
    clock: str = ""
    clock_reason: str = ""
    due_changed: str = ""
    due_before: datetime | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    patch: dict[str, Any] | None = None
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a plan needs besides the case: the moment, the unit's calendar, how its codes begin, the case's clock so far."""

    now: datetime
    find_calendar: Callable[[], worktime.Calendar]
    code_prefix: Callable[[date], str]
    segments: Callable[[], tuple[worktime.Segment, ...]] = tuple

    @property
    def calendar(self) -> worktime.Calendar:
        """The unit's calendar, looked up when a deadline is counted: most steps count none."""
        return self.find_calendar()


class NoClock(Exception):
    """An act needs the case's clock, and it never ran."""

    def __init__(self) -> None:
        self.vi = "Hồ sơ chưa được tiếp nhận nên chưa có ngày hẹn trả. Hãy tiếp nhận hồ sơ trước."
        self.en = "The dossier was not accepted yet, so it has no due date. Accept it first."
        super().__init__(self.vi)


def due_for(deadline: Deadline, start: datetime, calendar: worktime.Calendar, *, citizen: bool = False) -> datetime:
    """The moment by which a deadline that starts at `start` ends; a citizen's days end at midnight (Civil Code 148.6)."""
    limit = worktime.Duration(deadline.amount, deadline.unit)
    return worktime.due(start, limit, calendar, cut_off=deadline.cut_off, ends_at_midnight=citizen).due_at


def plan_act(
    standing: Standing, procedure: Procedure, step: Step, around: Surroundings, answers: Mapping[str, Any]
) -> Move:
    """
    All that taking `step` writes.

    :raises Incomplete: the step asks for answers that are missing
    :raises AlreadyExtendedError: an extension beyond the one the law allows
    :raises TooLateToExtendError: an extension asked for after the due date
    """
    step.check(answers)
    move = Move(
        case_id=standing.case_id, revision=standing.revision, act=step.act, state=step.target,
        fact=f"cases.{procedure.kind}.{step.fact}", accepted_at=standing.accepted_at, due_at=standing.due_at,
        due_first_at=standing.due_first_at, paused_at=standing.paused_at, extensions=standing.extensions,
        extended_days=standing.extended_days, extended_at=standing.extended_at, resolved_at=standing.resolved_at,
    )  # fmt: skip
    for effect in step.effects:
        if change := EFFECTS.get(effect):
            change(move, standing, procedure, around, answers)
    _settle(move, procedure, step, around)
    place(move, procedure, around)
    move.answers = {ask: answers[ask] for ask in (*step.asks, "note") if answers.get(ask)}
    move.patch = dict(answers["data"]) if answers.get("data") else None
    move.body = _tell(move, standing, step)
    return move


def place(move: Move, procedure: Procedure, around: Surroundings) -> None:
    """Say who holds the case in its new state, or for whom it waits and how long."""
    state = procedure.state(move.state)
    if procedure.is_final(move.state):
        move.closed_at = around.now
        return
    if state.holder:
        move.holder = state.holder
        move.item_due_at = _item_due(state, move, around)
    if state.sub_cases:
        move.awaited, move.wait_then = "sub_cases", state.then
    elif state.wait:
        move.awaited, move.wait_then = state.wait.whom, state.wait.then
    if state.wait and state.wait.limit:
        citizen = state.wait.whom == APPLICANT
        move.wait_until = due_for(state.wait.limit, around.now, around.calendar, citizen=citizen)


def _item_due(state: State, move: Move, around: Surroundings) -> datetime | None:
    own = due_for(state.deadline, around.now, around.calendar) if state.deadline else None
    promised = None if move.paused_at or move.resolved_at else move.due_at  # what waits to be picked up is not late
    return min(own, promised) if own and promised else own or promised


def _settle(move: Move, procedure: Procedure, step: Step, around: Surroundings) -> None:
    target, source = procedure.state(step.target), procedure.state(step.source)
    if target.national == RESOLVED or (
        procedure.is_final(step.target) and move.resolved_at is None and move.accepted_at
    ):
        move.resolved_at = move.resolved_at or around.now
    elif source.national == RESOLVED and not procedure.is_final(step.target):
        move.resolved_at = None


def _tell(move: Move, standing: Standing, step: Step) -> dict[str, Any]:
    body: dict[str, Any] = {
        "act": step.act, "source": step.source, "state": move.state,
        "procedure": standing.procedure_code, "version": standing.procedure_version.isoformat(),
    }  # fmt: skip
    if step.effects:
        body["effects"] = list(step.effects)
    if move.due_at:
        body["due_at"] = move.due_at.isoformat()
    return body


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
}
