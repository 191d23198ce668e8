"""The queue as rules: what a number may do next, who is next, what the pack says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.modules.government.queue.adapters import find_rules
from tinhso.modules.government.queue.rules import (
    ABSENT,
    CALLED,
    DONE,
    MOVES,
    WAITING,
    CannotQueue,
    after_act,
    day_of,
    is_turn_of_the_others,
    read_rules,
    seconds_between,
    written,
)

STATES = (WAITING, CALLED, ABSENT, DONE)
ACTS = ("call", "call_again", "finish", "miss", "pass_on")


@given(st.lists(st.sampled_from(ACTS), max_size=30))
def test_whatever_is_done_a_number_is_in_one_known_state_and_done_is_the_end(acts: list[str]) -> None:
    state = WAITING
    for act in acts:
        try:
            after = after_act(state, act)
        except CannotQueue:
            after = state
        assert after in STATES
        assert state != DONE or after == DONE
        state = after


def test_only_a_called_number_is_at_a_desk() -> None:
    leaving = {act for (state, act) in MOVES if state == CALLED}

    assert leaving == {"call_again", "finish", "miss", "pass_on"}
    assert {state for (state, act) in MOVES if act == "call"} == {WAITING, ABSENT}


@given(st.lists(st.booleans(), max_size=12), st.integers(1, 5))
def test_the_others_are_next_after_a_full_row_and_never_before(last: list[bool], longest: int) -> None:
    turn = is_turn_of_the_others(last, longest)

    assert turn == (len(last) >= longest and all(last[:longest]))
    assert not is_turn_of_the_others([False, *last], longest), "one of the others was just called"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 30), timezones=st.just(UTC)))
def test_the_day_changes_at_midnight_in_vietnam(at: datetime) -> None:
    assert day_of(at) == (at + timedelta(hours=7)).date()


def test_numbers_as_they_are_printed() -> None:
    assert [written("A", number) for number in (1, 42, 1000)] == ["A001", "A042", "A1000"]


def test_time_never_runs_backwards() -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)

    assert seconds_between(start, start + timedelta(seconds=90.9)) == 90
    assert seconds_between(start, start - timedelta(seconds=5)) == 0


def test_the_pack_says_where_each_priority_comes_from() -> None:
    rules = find_rules()

    assert {each.code for each in rules.priorities} >= {"elderly", "disabled", "pregnant"}
    assert all(each.source for each in rules.priorities)
    assert rules.priority("") is None
    for ask in (rules.group, rules.priority):
        with pytest.raises(CannotQueue):
            ask("nothing of the kind")


def test_two_groups_may_not_share_a_letter() -> None:
    name = {"vi": "x", "en": "x"}
    groups = [{"code": code, "letter": "A", "name": name, "examples": name} for code in ("one", "two")]
    limits = {"from_one_address": 1, "minutes": 1, "most_waiting": 1}
    table = {"group": groups, "priority": [], "limits": limits, "most_desks": 1, "longest_row": 1}

    with pytest.raises(ValueError, match="letter"):
        read_rules(table)
