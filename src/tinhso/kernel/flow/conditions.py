"""Conditions as data: whether one holds for answers, what it names, and the answers that tell conditions apart."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice, product
from typing import Any

Condition = Mapping[str, Any]
TESTS = ("equals", "one_of", "filled", "at_least", "at_most")
JOINS = ("all", "any", "not")
MOST_COMBINATIONS = 4096
SOMETHING_ELSE = "\N{WORD JOINER}"  # an answer that no condition names


def holds(condition: Condition | None, answers: Mapping[str, Any]) -> bool:
    """
    Whether the condition is true of the answers; no condition always is.

    A field that was not answered equals nothing and is not filled. Yes or no are booleans, dates ISO text.
    """
    if not condition:
        return True
    if "all" in condition:
        return all(holds(part, answers) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    return _is_true_of(condition, answers.get(condition["field"]))


def _is_true_of(condition: Condition, answer: Any) -> bool:
    if "equals" in condition:
        return _is_same(answer, condition["equals"])
    if "one_of" in condition:
        return any(_is_same(answer, value) for value in condition["one_of"])
    if "filled" in condition:
        return is_filled(answer) is bool(condition["filled"])
    if "at_least" in condition:
        return _is_ordered(condition["at_least"], answer)
    return _is_ordered(answer, condition["at_most"])


def is_filled(answer: Any) -> bool:
    """Whether something was answered: "no" and 0 are answers, empty text and empty lists are not."""
    if isinstance(answer, str):
        return bool(answer.strip())
    return answer is not None and answer not in ([], {}, ())


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _is_same(answer: Any, value: Any) -> bool:
    answer, value = _plain(answer), _plain(value)
    return isinstance(answer, bool) is isinstance(value, bool) and bool(answer == value)


def _is_ordered(low: Any, high: Any) -> bool:
    low, high = _plain(low), _plain(high)
    try:
        return bool(low <= high)
    except TypeError:
        return False


def fields_of(condition: Condition | None) -> frozenset[str]:
    """The fields a condition names."""
    return frozenset(leaf["field"] for leaf in leaves_of(condition))


def leaves_of(condition: Condition | None) -> Iterator[Condition]:
    """The tests on single fields that a condition is made of."""
    if not condition:
        return
    for join in JOINS:
        if join in condition:
            parts = [condition[join]] if join == "not" else condition[join]
            for part in parts:
                yield from leaves_of(part)
            return
    yield condition


def telling_answers(conditions: Iterable[Condition | None]) -> Iterator[dict[str, Any]]:
    """
    Answers that between them make these conditions true and false in every way they can be, 4,096 at most.

    Values between two that are named are told apart by no condition, so one of each kind is enough.
    """
    values: dict[str, list[Any]] = {}
    for condition in conditions:
        for leaf in leaves_of(condition):
            known = values.setdefault(leaf["field"], [None, SOMETHING_ELSE])
            known.extend(value for value in _values_around(leaf) if not any(_is_same(value, each) for each in known))
    for combination in islice(product(*values.values()), MOST_COMBINATIONS):
        yield {field: value for field, value in zip(values, combination, strict=True) if value is not None}


def _values_around(leaf: Condition) -> list[Any]:
    if "one_of" in leaf:
        return list(leaf["one_of"])
    if "equals" in leaf:
        return [leaf["equals"]]
    bound = leaf.get("at_least", leaf.get("at_most"))
    if isinstance(bound, date):
        return [date.fromordinal(bound.toordinal() + step).isoformat() for step in (-1, 0, 1)]
    return [bound - 1, bound, bound + 1] if isinstance(bound, int | float) and "filled" not in leaf else [bound or "x"]


def find_faults(condition: Any) -> list[tuple[str, str]]:
    """What is wrong with the shape of a condition, as (Vietnamese, English) sentences; empty when nothing is."""
    if not isinstance(condition, Mapping):
        return [
            ("điều kiện phải là một bảng { field = …, equals = … }", "a condition is a table { field = …, equals = … }")
        ]
    for join in JOINS:
        if join in condition:
            return _faults_of_join(join, condition)
    tests = [key for key in condition if key != "field"]
    if not isinstance(condition.get("field"), str):
        return [("điều kiện thiếu field", "the condition has no field")]
    if len(tests) != 1 or tests[0] not in TESTS:
        names = ", ".join(TESTS)
        return [(f"điều kiện cần đúng một trong: {names}", f"a condition has exactly one of: {names}")]
    if tests == ["one_of"] and not (isinstance(condition["one_of"], list) and condition["one_of"]):
        return [("one_of phải là danh sách có ít nhất một giá trị", "one_of is a list of at least one value")]
    if tests == ["filled"] and not isinstance(condition["filled"], bool):
        return [("filled phải là true hoặc false", "filled is true or false")]
    return []


def _faults_of_join(join: str, condition: Condition) -> list[tuple[str, str]]:
    if len(condition) != 1:
        return [(f"{join} phải đứng một mình trong bảng", f"{join} stands alone in its table")]
    if join == "not":
        return find_faults(condition["not"])
    parts = condition[join]
    if not isinstance(parts, list) or not parts:
        return [(f"{join} phải là danh sách điều kiện", f"{join} is a list of conditions")]
    return [fault for part in parts for fault in find_faults(part)]
