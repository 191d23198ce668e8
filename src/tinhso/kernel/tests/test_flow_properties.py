"""Whatever flow somebody writes: when no problem is found in it, no case can be caught in it."""

from itertools import pairwise, product

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from tinhso.kernel.flow import Procedure, find_problems, holds, read_procedure

STATES = ["a", "b", "c", "d", "e"]
FINAL = ["y", "z"]
CAUGHT = {"dead_end", "circle_without_exit", "stuck_for_some_answers"}
WORDS = {"vi": "chữ", "en": "words"}
ANSWERS = [None, "s", "t", "other"]

conditions = st.one_of(
    st.none(),
    st.none(),
    st.builds(lambda field, value: {"field": field, "equals": value}, st.sampled_from("pq"), st.sampled_from("st")),
    st.builds(lambda field, value: {"not": {"field": field, "equals": value}}, st.sampled_from("pq"), st.just("s")),
)
rarely_conditions = st.one_of(st.none(), st.none(), st.none(), conditions)


@st.composite
def tables(draw: st.DrawFn) -> dict:
    count = draw(st.integers(1, len(STATES)))
    codes = STATES[:count]
    state = [_state(draw, code) for code in codes] + [{"code": code, "name": WORDS} for code in FINAL]
    spine = [_step(code, target, draw(rarely_conditions)) for code, target in pairwise([*codes, "y"])]
    extra = st.builds(_step, st.sampled_from(codes), st.sampled_from([*codes, *FINAL]), conditions)
    step = [*spine, _step("a", "z", None), *draw(st.lists(extra, max_size=5))]
    step = [each | {"act": f"act_{number}"} for number, each in enumerate(step)]
    waiting = [each for each in state if "wait" in each]
    step += [_expiry(draw, each["code"], codes) for each in waiting]
    dropped = draw(st.one_of(st.none(), st.none(), st.integers(0, len(step) - 1)))
    return {
        "code": "trial", "version": "2025-07-01", "kind": "trial", "name": WORDS,
        "flow": {"start": "a", "final": FINAL}, "state": state,
        "step": [each for number, each in enumerate(step) if number != dropped],
    }  # fmt: skip


def _state(draw: st.DrawFn, code: str) -> dict:
    held = {"code": code, "name": WORDS, "holder": "handler"}
    if draw(st.integers(0, 3)):
        return held
    return held | {"wait": {"for": "applicant", "limit": {"amount": 3, "unit": "day"}, "then": f"expire_{code}"}}


def _step(source: str, target: str, when: dict | None) -> dict:
    step = {"name": WORDS, "source": source, "target": target, "role": "handler", "fact": "done"}
    return step | ({"when": when} if when else {})


def _expiry(draw: st.DrawFn, code: str, codes: list[str]) -> dict:
    target = draw(st.sampled_from([*codes, *FINAL]))
    return {
        "act": f"expire_{code}",
        "name": WORDS,
        "source": code,
        "target": target,
        "role": "system",
        "fact": "expired",
    }


def walk(procedure: Procedure, answers: dict, start: str) -> set[str]:
    """Every state a case with these answers may come to, taking acts as an engine would."""
    seen, ahead = set[str](), [start]
    while ahead:
        state = ahead.pop()
        if state in seen:
            continue
        seen.add(state)
        steps = [] if procedure.is_final(state) else [step for step in procedure.steps if step.source == state]
        ahead.extend(step.target for step in steps if holds(step.when, answers))
    return seen


def is_caught_somewhere(procedure: Procedure) -> bool:
    """Whether some answers lead a case to a state from which it never comes to an end."""
    return any(_is_caught(procedure, {"p": p, "q": q}) for p, q in product(ANSWERS, ANSWERS))


def _is_caught(procedure: Procedure, answers: dict) -> bool:
    reached = walk(procedure, answers, procedure.start)
    return not all(any(map(procedure.is_final, walk(procedure, answers, state))) for state in reached)


@given(tables())
@settings(max_examples=300, deadline=None)
def test_in_a_flow_without_problems_every_reachable_state_leads_to_an_end(table: dict) -> None:
    procedure = read_procedure(table)
    assume(not find_problems(procedure))
    event(f"{len(procedure.states)} states")
    assert not is_caught_somewhere(procedure)


@given(tables())
@settings(max_examples=300, deadline=None)
def test_a_flow_that_can_catch_a_case_is_always_found(table: dict) -> None:
    procedure = read_procedure(table)
    found = {problem.code for problem in find_problems(procedure)}
    unreachable = "unreachable_state" in found
    event(f"caught: {is_caught_somewhere(procedure)}")
    if is_caught_somewhere(procedure):
        assert found & CAUGHT
    elif not unreachable:
        assert not found & CAUGHT
