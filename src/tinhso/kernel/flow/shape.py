"""Whether a flow's table holds together: each code once and known, each state held, waited in, or final."""

from collections.abc import Iterator
from itertools import combinations

from tinhso.kernel.flow.conditions import holds, telling_answers
from tinhso.kernel.flow.fee_wording import problem as fee_problem
from tinhso.kernel.flow.problem import Place, Problem
from tinhso.kernel.flow.procedure import APPLICANT, PAY, PAYMENT, REOPEN, SYSTEM, Procedure, State, Step, Wait
from tinhso.kernel.flow.turns import find_turn_problems
from tinhso.kernel.flow.wording import problem

# The moves between the ten national states; a move within one state is always allowed. A withdrawal is also allowed
# while papers are awaited (5 to 7): nobody is kept in a dossier because a paper is missing.
NATIONAL_MOVES = {
    1: {2, 3, 5, 7},
    2: {4, 5, 6, 7},
    3: set[int](),
    4: {5, 6, 7, 8, 9},
    5: {2, 3, 4, 7, 8},
    6: {4, 8},
    7: {4, 8},
    8: {4},
    9: {4, 10},
    10: set[int](),
}
NATIONAL_REOPENINGS = {8: {4}, 10: {4}}  # a dossier that was over is taken up again, say after a complaint


def find_shape_problems(procedure: Procedure) -> Iterator[Problem]:
    """Everything that is wrong with single states and steps, whatever the ways through them."""
    yield from _repeated_codes(procedure)
    yield from _unknown_states(procedure)
    for state in procedure.states:
        find = _final_state_problems if procedure.is_final(state.code) else _open_state_problems
        yield from find(procedure, state)
    yield from _ambiguous_acts(procedure)
    if procedure.kind == "dossier":
        yield from _national_problems(procedure)
    yield from _sub_case_effects(procedure)
    yield from find_turn_problems(procedure)


def _repeated_codes(procedure: Procedure) -> Iterator[Problem]:
    for kind, rows in (("state", procedure.states), ("paper", procedure.papers)):
        codes = [each.code for each in rows]
        for row, code in enumerate(codes):
            if code in codes[:row]:
                yield problem("repeated_code", (kind, row, "code"), value=code)


def _unknown_states(procedure: Procedure) -> Iterator[Problem]:
    codes = {state.code for state in procedure.states}
    named: list[tuple[str, Place]] = [(step.source, ("step", step.row, "source")) for step in procedure.steps]
    named += [(step.target, ("step", step.row, "target")) for step in procedure.steps]
    named += [(code, ("flow", "final")) for code in procedure.final]
    named += [(procedure.start, ("flow", "start"))] if procedure.start else []
    for code, place in dict.fromkeys(named):
        if code not in codes:
            yield problem("unknown_state", place, state=code)
    if procedure.states and not procedure.final:
        yield problem("no_final_state", ("flow", "final"))


def _final_state_problems(procedure: Procedure, state: State) -> Iterator[Problem]:
    for step in procedure.steps_from(state.code):
        if REOPEN in step.effects:
            continue
        yield problem("final_state_with_step", ("step", step.row, "source"), state=state.code, act=step.act)
    if state.holder or state.wait or state.sub_cases:
        yield problem("final_state_with_holder", ("state", state.row), state=state.code)


def _open_state_problems(procedure: Procedure, state: State) -> Iterator[Problem]:
    place: Place = ("state", state.row)
    if not (state.holder or state.wait or state.sub_cases):
        yield problem("state_nobody_holds", place, state=state.code)
    if state.holder in (APPLICANT, SYSTEM):
        yield problem("wrong_holder", (*place, "holder"), role=state.holder, state=state.code)
    elif state.holder and not procedure.steps_from(state.code, [state.holder]):
        yield problem("holder_without_act", (*place, "holder"), role=state.holder, state=state.code)
    if state.wait:
        yield from _wait_problems(procedure, state, state.wait)
    yield from _join_problems(procedure, state)
    for row, sub_case in enumerate(state.sub_cases):
        if bool(sub_case.unit) is bool(sub_case.unit_field):
            yield problem("sub_case_without_unit", (*place, "sub_cases", row), procedure=sub_case.procedure)
    yield from _acts_without_cause(procedure, state)


def _wait_problems(procedure: Procedure, state: State, wait: Wait) -> Iterator[Problem]:
    place: Place = ("state", state.row, "wait")
    if wait.limit is None:
        yield problem("wait_without_limit", place, state=state.code)
    if not wait.then:
        yield problem("wait_without_expiry_act", place, state=state.code)
    elif not _system_always_does(procedure, state, wait.then):
        yield problem("expiry_act_missing", (*place, "then"), state=state.code, act=wait.then)
    if wait.whom == PAYMENT and not _system_always_does(procedure, state, PAY):
        yield fee_problem("payment_act_missing", (*place, "for"), state=state.code, act=PAY)


def _join_problems(procedure: Procedure, state: State) -> Iterator[Problem]:
    place: Place = ("state", state.row)
    if not state.sub_cases:
        for key in ("join", "then"):
            if getattr(state, key):
                yield problem("join_without_sub_cases", (*place, key), state=state.code, key=key)
        return
    if state.join not in ("all", "any"):
        yield problem("sub_cases_without_join", (*place, "join"), state=state.code)
    if not state.then:
        yield problem("sub_cases_without_then", place, state=state.code)
    elif not _system_always_does(procedure, state, state.then):
        yield problem("join_act_missing", (*place, "then"), state=state.code, act=state.then)


def _system_always_does(procedure: Procedure, state: State, act: str) -> bool:
    """Whether the system may do that act here, whatever the answers are."""
    steps = [step for step in procedure.steps_from(state.code, [SYSTEM]) if step.act == act]
    samples = telling_answers(step.when for step in steps)
    return bool(steps) and all(any(holds(step.when, answers) for step in steps) for answers in samples)


def _acts_without_cause(procedure: Procedure, state: State) -> Iterator[Problem]:
    causes = {state.then, state.wait.then if state.wait else "", *state.caused}
    causes |= {PAY} if state.wait and state.wait.whom == PAYMENT else set()
    for step in procedure.steps_from(state.code, [SYSTEM]):
        if step.act not in causes:
            yield problem("system_act_without_cause", ("step", step.row, "role"), act=step.act, state=state.code)


def _ambiguous_acts(procedure: Procedure) -> Iterator[Problem]:
    for first, second in combinations(procedure.steps, 2):
        if (first.source, first.act) == (second.source, second.act) and _may_be_mixed_up(first, second):
            yield problem("ambiguous_act", ("step", second.row), act=second.act, state=second.source)


def _may_be_mixed_up(first: Step, second: Step) -> bool:
    """Whether both are open at once; for two roles, which one person may have, only where they end differently."""
    if first.role != second.role and (first.target, first.effects) == (second.target, second.effects):
        return False
    samples = telling_answers([first.when, second.when])
    return any(holds(first.when, answers) and holds(second.when, answers) for answers in samples)


def _national_problems(procedure: Procedure) -> Iterator[Problem]:
    numbers = {state.code: state.national or 0 for state in procedure.states}
    for state in procedure.states:
        if state.national not in NATIONAL_MOVES:
            yield problem("wrong_national_state", ("state", state.row, "national"), state=state.code)
    for step in procedure.steps:
        source, target = numbers.get(step.source, 0), numbers.get(step.target, 0)
        reopened = NATIONAL_REOPENINGS.get(source, set[int]()) if REOPEN in step.effects else set[int]()
        allowed = NATIONAL_MOVES.get(source, set[int]()) | {source} | reopened
        if source in NATIONAL_MOVES and target in NATIONAL_MOVES and target not in allowed:
            yield problem("national_move", ("step", step.row, "target"), act=step.act, source=source, target=target)


def _sub_case_effects(procedure: Procedure) -> Iterator[Problem]:
    opening = {state.code for state in procedure.states if state.sub_cases}
    for step in procedure.steps:
        enters = step.target in opening and step.target != step.source
        if enters is not ("open_sub_cases" in step.effects):
            yield problem("sub_cases_not_opened", ("step", step.row, "effects"), act=step.act)
