"""Who holds a case and until when; what is open at a unit, by state, the most urgent first."""

from datetime import datetime

import pytest

from tinhso.platform.cases import actions, queries
from tinhso.platform.cases.tests.conftest import COMMUNE, DESK, FRIDAY, HANDLER, LEADER, file_dossier, later

pytestmark = pytest.mark.django_db


def act(case, act, actor, now=FRIDAY, **answers):
    return actions.act_on_case(public_id=case.public_id, act=act, actor=actor, now=now, answers=answers)


def test_the_work_of_a_case_is_held_by_one_role_after_another(commune):
    case = file_dossier()
    act(case, "accept", DESK, later(minutes=5))
    held = queries.list_held(case.case_id)
    assert [(each.role, each.closed_by) for each in held] == [("receptionist", DESK.code), ("handler", "")]
    assert held[0].closed_at == held[1].opened_at == later(minutes=5)


def test_a_wait_is_kept_with_its_end(commune):
    case = file_dossier()
    act(case, "accept", DESK)
    act(case, "ask_supplement", HANDLER, reasons="Thiếu giấy chứng sinh")
    (waited,) = queries.list_awaited(case.case_id)
    assert (waited.whom, waited.since, waited.closed_at) == ("applicant", FRIDAY, None)
    assert waited.until is not None


def test_a_result_that_waits_to_be_collected_is_not_late(commune):
    case = file_dossier()
    for name, actor in [("accept", DESK), ("propose", HANDLER), ("sign", LEADER)]:
        act(case, name, actor)
    month_later = later(days=30)
    (row,) = queries.list_inbox(DESK).rows
    assert row.due_at is None
    assert queries.count_inbox(DESK, month_later, tonight=month_later)["late"] == 0


def test_the_inbox_shows_the_kinds_of_case_asked_for(commune):
    case = file_dossier()
    assert [row.public_id for row in queries.list_inbox(DESK, kinds=["dossier"]).rows] == [case.public_id]
    assert queries.list_inbox(DESK, kinds=["opinion"]).rows == ()


def test_open_cases_come_most_urgent_first_and_page_by_page(commune):
    filed = [file_dossier(now=later(minutes=minutes)) for minutes in range(4)]
    act(filed[2], "accept", DESK, later(days=3))
    act(filed[3], "accept", DESK, later(minutes=10))
    first = queries.list_open_cases(COMMUNE, limit=2)
    assert [row.public_id for row in first.rows] == [filed[3].public_id, filed[2].public_id]
    second = queries.list_open_cases(COMMUNE, after=first.after, limit=2)
    assert [row.public_id for row in second.rows] == [filed[0].public_id, filed[1].public_id]
    assert second.after is None
    assert [row.state.code for row in queries.list_open_cases(COMMUNE, state="registered").rows] == ["registered"] * 2


def test_open_cases_are_counted_by_state_with_those_that_are_late(commune):
    for _ in range(2):
        file_dossier()
    act(file_dossier(), "accept", DESK)
    counts = {each.state.code: (each.count, each.late) for each in queries.count_open_states([COMMUNE], later(days=30))}
    assert counts == {"registered": (2, 0), "accepted": (1, 1)}


def test_a_sub_case_knows_its_parent_and_the_parent_its_sub_cases(commune):
    case = file_dossier(data={"child_name": "Hoàng Văn An", "asked_units": ["90002@2025-07-01"]})
    act(case, "accept", DESK)
    act(case, "consult", HANDLER)
    (sub_case,) = queries.list_sub_cases(case.case_id)
    assert queries.find_parent(sub_case).public_id == case.public_id
    assert queries.find_parent(queries.get_case(case.public_id)) is None
    assert set(queries.get_cases([case.public_id, "TS-NONE"])) == {case.public_id}
    assert isinstance(sub_case.filed_at, datetime)
