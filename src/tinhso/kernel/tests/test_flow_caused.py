"""Acts of the system that an app causes by itself: a state says which, so that they are not taken for slips."""

from tinhso.kernel.flow import find_problems, read_procedure

NAME = {"vi": "Thử", "en": "Trial"}


def codes(caused: list[str]) -> set[str]:
    table = {
        "code": "9.000009", "version": "2025-07-01", "kind": "alert", "name": NAME, "handled_by": ["commune"], "due_given": True,
        "flow": {"start": "new", "final": ["over"]},
        "state": [
            {"code": "new", "name": NAME, "holder": "handler", "caused": caused},
            {"code": "handed_on", "name": NAME, "holder": "leader"},
            {"code": "over", "name": NAME},
        ],
        "step": [
            {"act": "end", "name": NAME, "source": "new", "target": "over", "role": "handler", "fact": "ended"},
            {"act": "hand_on", "name": NAME, "source": "new", "target": "handed_on", "role": "system", "fact": "handed_on"},
            {"act": "end", "name": NAME, "source": "handed_on", "target": "over", "role": "leader", "fact": "ended"},
        ],
    }  # fmt: skip
    return {problem.code for problem in find_problems(read_procedure(table))}


def test_an_act_of_the_system_that_nothing_causes_is_a_slip():
    assert "system_act_without_cause" in codes([])


def test_one_that_an_app_causes_is_none():
    assert "system_act_without_cause" not in codes(["hand_on"])
