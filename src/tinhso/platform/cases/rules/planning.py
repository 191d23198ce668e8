"""All that taking a step writes: the new state, who holds the case there, for whom it waits, the fact."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from tinhso.kernel.flow import APPLICANT, Procedure, State, Step
from tinhso.platform.cases.rules.effects import EFFECTS, due_for
from tinhso.platform.cases.rules.standing import Move, Standing, Surroundings

RESOLVED: Final = 9  # number of "đã xử lý xong" in the national list of ten states


def plan_act(
    standing: Standing, procedure: Procedure, step: Step, around: Surroundings, answers: Mapping[str, Any]
) -> Move:
    """
    All that taking `step` writes.

    :param around: of the unit that handles the case after the act, where it is handed over
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
    if move.to_unit:
        body |= {"from_unit": move.from_unit, "to_unit": move.to_unit}
    return body
