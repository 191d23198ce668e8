"""Conditions: when they hold, what they name, which answers tell them apart."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.flow import fields_of, holds
from tinhso.kernel.flow.conditions import find_faults, telling_answers

FATHER_NAMED = {"field": "has_father", "equals": True}
AT_HOME = {"field": "place", "equals": "home"}


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (None, {}, True),
        (AT_HOME, {"place": "home"}, True),
        (AT_HOME, {"place": "hospital"}, False),
        (AT_HOME, {}, False),
        ({"not": AT_HOME}, {}, True),
        (FATHER_NAMED, {"has_father": True}, True),
        (FATHER_NAMED, {"has_father": 1}, False),
        ({"field": "has_father", "equals": False}, {}, False),
        ({"field": "copies", "equals": 0}, {"copies": False}, False),
        ({"field": "place", "one_of": ["home", "road"]}, {"place": "road"}, True),
        ({"field": "place", "one_of": ["home", "road"]}, {"place": "hospital"}, False),
        ({"field": "name", "filled": True}, {"name": "  "}, False),
        ({"field": "name", "filled": False}, {}, True),
        ({"field": "has_father", "filled": True}, {"has_father": False}, True),
        ({"field": "copies", "filled": True}, {"copies": 0}, True),
        ({"field": "sellers", "filled": True}, {"sellers": []}, False),
        ({"field": "copies", "at_least": 2}, {"copies": 2}, True),
        ({"field": "copies", "at_least": 2}, {"copies": 1}, False),
        ({"field": "copies", "at_least": 2}, {"copies": "two"}, False),
        ({"field": "copies", "at_most": 2}, {}, False),
        ({"field": "born_on", "at_least": date(2026, 1, 1)}, {"born_on": "2026-01-01"}, True),
        ({"field": "born_on", "at_most": "2025-12-31"}, {"born_on": date(2026, 1, 1)}, False),
        ({"all": [AT_HOME, FATHER_NAMED]}, {"place": "home", "has_father": True}, True),
        ({"all": [AT_HOME, FATHER_NAMED]}, {"place": "home"}, False),
        ({"any": [AT_HOME, FATHER_NAMED]}, {"has_father": True}, True),
        ({"any": [AT_HOME, FATHER_NAMED]}, {}, False),
    ],
)
def test_a_condition_holds_for_the_answers_it_names(condition: dict | None, answers: dict, expected: bool) -> None:
    assert holds(condition, answers) is expected


def test_a_condition_names_the_fields_of_all_its_parts() -> None:
    assert fields_of({"all": [AT_HOME, {"not": {"any": [FATHER_NAMED]}}]}) == {"place", "has_father"}
    assert fields_of(None) == frozenset()


@pytest.mark.parametrize(
    "condition",
    [
        "size = large",
        {"equals": 1},
        {"field": "size"},
        {"field": "size", "equals": 1, "filled": True},
        {"field": "size", "above": 1},
        {"field": "size", "one_of": []},
        {"field": "size", "filled": "yes"},
        {"all": []},
        {"all": AT_HOME},
        {"all": [AT_HOME], "field": "size"},
        {"not": {"all": [{"field": "size"}]}},
    ],
)
def test_a_condition_of_another_shape_is_refused_in_both_languages(condition: object) -> None:
    faults = find_faults(condition)
    assert faults
    assert all(vi and en and vi != en for vi, en in faults)


def test_the_telling_answers_lie_on_both_sides_of_a_bound() -> None:
    low, high = {"field": "copies", "at_least": 3}, {"field": "copies", "at_most": 5}
    told = {(holds(low, each), holds(high, each)) for each in telling_answers([low, high])}
    assert told == {(False, True), (True, True), (True, False), (False, False)}


leaves = st.one_of(
    st.fixed_dictionaries({"field": st.sampled_from("ab"), "equals": st.sampled_from(["x", "y", True, False, 3])}),
    st.fixed_dictionaries({"field": st.sampled_from("ab"), "one_of": st.lists(st.sampled_from(["x", 3]), min_size=1)}),
    st.fixed_dictionaries({"field": st.sampled_from("ab"), "filled": st.booleans()}),
    st.fixed_dictionaries({"field": st.sampled_from("ab"), "at_least": st.integers(0, 6)}),
    st.fixed_dictionaries({"field": st.sampled_from("ab"), "at_most": st.integers(0, 6)}),
)
conditions = st.recursive(
    leaves,
    lambda parts: st.one_of(
        st.fixed_dictionaries({"not": parts}),
        st.fixed_dictionaries({"all": st.lists(parts, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(parts, min_size=1, max_size=3)}),
    ),
    max_leaves=4,
)
answer = st.one_of(st.none(), st.booleans(), st.integers(-1, 8), st.sampled_from(["x", "y", "z", ""]))


@given(conditions, conditions, st.fixed_dictionaries({"a": answer, "b": answer}))
def test_the_telling_answers_stand_for_all_answers(first: dict, second: dict, answers: dict) -> None:
    wanted = holds(first, answers), holds(second, answers)
    assert not find_faults(first)
    assert wanted in {(holds(first, each), holds(second, each)) for each in telling_answers([first, second])}
