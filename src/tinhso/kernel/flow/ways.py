"""Whether every way through a flow leads to an end, and how the clock stands on all of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tinhso.kernel.flow.conditions import SOMETHING_ELSE, fields_of, holds, telling_answers
from tinhso.kernel.flow.problem import Problem
from tinhso.kernel.flow.procedure import CLOCK_EFFECTS, Procedure, Step
from tinhso.kernel.flow.wording import problem

# From which standing of the clock an effect makes sense, and how the clock stands afterwards ("" is: as before).
CLOCK_MOVES: Mapping[str, tuple[frozenset[str], str]] = {
    "start_clock": (frozenset({"not started"}), "running"),
    "pause_clock": (frozenset({"running"}), "paused"),
    "resume_clock": (frozenset({"paused", "stopped"}), "running"),
    "reset_clock": (frozenset({"running", "paused"}), "running"),
    "stop_clock": (frozenset({"running", "paused"}), "stopped"),
    "extend_deadline": (frozenset({"running", "paused"}), ""),
    "reopen_case": (frozenset({"stopped"}), "running"),
}


def find_way_problems(procedure: Procedure) -> Iterator[Problem]:
    """States nobody reaches or leaves, circles without exit, and a clock that is wrong on some way."""
    if not procedure.start:
        return
    reached = _reached([procedure.start], [(step.source, step.target) for step in procedure.steps])
    ending = _leading_to_an_end(procedure, procedure.steps)
    for state in procedure.states:
        if state.code not in reached:
            yield problem("unreachable_state", ("state", state.row), state=state.code)
        if state.code not in ending:
            code = "circle_without_exit" if procedure.steps_from(state.code) else "dead_end"
            yield problem(code, ("state", state.row), state=state.code)
    yield from _stuck_states(procedure, ending)
    yield from _clock_problems(procedure)


def _reached(starts: Iterable[str], moves: Iterable[tuple[str, str]]) -> set[str]:
    """The states that moves (from, to) reach from the starts, these included."""
    following: dict[str, list[str]] = {}
    for source, target in moves:
        following.setdefault(source, []).append(target)
    reached, ahead = set[str](), list(starts)
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead.extend(following.get(state, ()))
    return reached


def _leading_to_an_end(procedure: Procedure, steps: Iterable[Step]) -> set[str]:
    return _reached(procedure.final, [(step.target, step.source) for step in steps])


def _stuck_states(procedure: Procedure, ending: set[str]) -> Iterator[Problem]:
    """States that lead to an end only for some answers, each with answers that get a case stuck there."""
    told = set[str]()
    fields = sorted({field for step in procedure.steps for field in fields_of(step.when)})
    for answers in telling_answers(step.when for step in procedure.steps):
        steps = [step for step in procedure.steps if holds(step.when, answers)]
        reached = _reached([procedure.start], [(step.source, step.target) for step in steps])
        stuck = (reached & ending) - _leading_to_an_end(procedure, steps) - told
        told |= stuck
        for state in procedure.states:
            if state.code in stuck:
                said = tuple(", ".join(f"{field} = {_said(answers.get(field))[n]}" for field in fields) for n in (0, 1))
                yield problem("stuck_for_some_answers", ("state", state.row), state=state.code, answers=said)


def _said(answer: Any) -> tuple[str, str]:
    if answer is None:
        return "(chưa trả lời)", "(unanswered)"
    if answer == SOMETHING_ELSE:
        return "(khác)", "(something else)"
    said = str(answer).lower() if isinstance(answer, bool) else str(answer)
    return said, said


def _clock_problems(procedure: Procedure) -> Iterator[Problem]:
    effects = {*procedure.opening_effects, *(effect for step in procedure.steps for effect in step.effects)}
    if procedure.deadline and "start_clock" not in effects:
        yield problem("clock_never_started", ("deadline",), procedure=procedure.code)
    if not (procedure.deadline or procedure.due_given) and effects & CLOCK_EFFECTS:
        yield problem("clock_without_deadline", ("flow",), procedure=procedure.code)
    found: dict[tuple[str, int], Problem] = {}
    for step, before in _steps_with_the_clock(procedure):
        for each in _step_problems(procedure, step, before):
            found.setdefault((each.code, step.row), each)
    yield from found.values()


def _step_problems(procedure: Procedure, step: Step, before: str) -> Iterator[Problem]:
    after, wrong = _clock_after(before, step.effects)
    named = {"act": step.act, "state": step.source}
    if wrong:
        yield problem("clock_effect_out_of_place", ("step", step.row, "effects"), effect=wrong, clock=before, **named)
    elif procedure.is_final(step.target) and after in ("running", "paused"):
        yield problem("clock_left_running", ("step", step.row, "effects"), **named)


def _steps_with_the_clock(procedure: Procedure) -> Iterator[tuple[Step, str]]:
    """Each step with each standing of the clock it may be taken at."""
    opening, _ = _clock_after("not started", procedure.opening_effects)
    seen, ahead = set[tuple[str, str]](), [(procedure.start, opening)]
    while ahead:
        here = ahead.pop()
        if here in seen:
            continue
        seen.add(here)
        for step in procedure.steps_from(here[0]):
            yield step, here[1]
            ahead.append((step.target, _clock_after(here[1], step.effects)[0]))


def _clock_after(clock: str, effects: Iterable[str]) -> tuple[str, str]:
    """How the clock stands after these effects, and the first effect that was out of place."""
    wrong = ""
    for effect in effects:
        allowed, after = CLOCK_MOVES.get(effect, (frozenset({clock}), ""))
        wrong = wrong or ("" if clock in allowed else effect)
        clock = after or clock
    return clock, wrong


def states_with_the_clock_running(procedure: Procedure) -> frozenset[str]:
    """The states in which the case's own time may be running."""
    steps = list(_steps_with_the_clock(procedure))
    running = {step.source for step, before in steps if before == "running"}
    return frozenset(running)
