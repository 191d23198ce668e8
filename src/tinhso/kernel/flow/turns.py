"""Whether the unusual turns of a flow hold together: a case that goes to another unit, a case that is opened again."""

from collections.abc import Iterator

from tinhso.kernel.flow.problem import Problem
from tinhso.kernel.flow.procedure import APPLICANT, MOVE, REOPEN, SYSTEM, Procedure, Step
from tinhso.kernel.flow.wording import problem


def find_turn_problems(procedure: Procedure) -> Iterator[Problem]:
    """Hand-overs that leave nobody in charge or nothing said, and reopenings of what is not over or by nobody who may."""
    for step in {step.row: step for step in procedure.steps}.values():
        if MOVE in step.effects:
            yield from _move_problems(procedure, step)
        elif "unit" in step.asks:
            yield problem("unit_without_move", ("step", step.row, "asks"), act=step.act)
    for step in procedure.steps:
        if REOPEN in step.effects:
            yield from _reopening_problems(procedure, step)


def _move_problems(procedure: Procedure, step: Step) -> Iterator[Problem]:
    yield from _unasked(step, ("unit", "reasons"))
    target = next((state for state in procedure.states if state.code == step.target), None)
    if target and not target.holder:
        yield problem("moved_to_nobody", ("step", step.row, "target"), act=step.act, state=target.code)


def _reopening_problems(procedure: Procedure, step: Step) -> Iterator[Problem]:
    yield from _unasked(step, ("reasons",))
    if step.role in (APPLICANT, SYSTEM):
        yield problem("reopened_by_nobody", ("step", step.row, "role"), act=step.act, role=step.role)
    if not procedure.is_final(step.source) or procedure.is_final(step.target):
        yield problem("reopening_out_of_place", ("step", step.row, "effects"), act=step.act, state=step.source)


def _unasked(step: Step, wanted: tuple[str, ...]) -> Iterator[Problem]:
    if missing := [ask for ask in wanted if ask not in step.asks]:
        yield problem("turn_not_asked", ("step", step.row, "asks"), act=step.act, asks=", ".join(missing))
