"""A case goes to another unit, and one that was over is opened again: by the table, with a clock that stays derived."""

from datetime import UTC, datetime

import pytest

from tinhso.kernel.flow import Incomplete, NotAllowed
from tinhso.platform.cases import actions, models, queries
from tinhso.platform.cases.rules import WrongUnit
from tinhso.platform.cases.tests.conftest import (
    COMMUNE,
    DESK,
    DISSOLVED,
    FRIDAY,
    HANDLER,
    LEADER,
    PROVINCE,
    file_dossier,
    later,
    officer,
)
from tinhso.platform.ledger.queries import list_facts, verify_ledger
from tinhso.platform.units.models import Unit
from tinhso.platform.units.queries.keeping import forget_units

pytestmark = pytest.mark.django_db
SECOND = "90002@2025-07-01"
MONDAY_30 = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


def act(case, act, actor, now=FRIDAY, **answers):
    return actions.act_on_case(public_id=case.public_id, act=act, actor=actor, now=now, answers=answers)


def finished():
    case = file_dossier()
    for name, actor in [("accept", DESK), ("propose", HANDLER), ("sign", LEADER), ("hand_over", DESK)]:
        act(case, name, actor)
    return case


def test_a_dossier_sent_to_the_wrong_commune_goes_to_the_right_one(commune):
    case = file_dossier()
    act(case, "transfer", DESK, reasons="Người nộp ở xã 90002.", unit=SECOND)
    there = officer("nga", "receptionist", unit_key=SECOND)
    assert queries.list_inbox(DESK).rows == ()
    assert [row.public_id for row in queries.list_inbox(there).rows] == [case.public_id]
    assert act(case, "accept", there).code.startswith("H90.02-")
    assert verify_ledger() == []


def test_the_fact_and_the_old_unit_tell_where_it_went(commune):
    case = file_dossier()
    act(case, "transfer", DESK, reasons="Sai nơi nộp.", unit=SECOND)
    fact = list_facts(case.public_id)[-1]
    assert fact.kind == "cases.dossier.transferred"
    assert (fact.body["from_unit"], fact.body["to_unit"]) == (COMMUNE, SECOND)
    (gone,) = queries.list_transfers([COMMUNE])
    assert (gone.public_id, gone.from_unit, gone.to_unit, gone.reasons) == (
        case.public_id,
        COMMUNE,
        SECOND,
        "Sai nơi nộp.",
    )
    assert [row.public_id for row in queries.list_transfers([SECOND])] == [case.public_id]
    assert queries.list_transfers(["90003@2025-07-01"]) == []


def test_an_accepted_dossier_keeps_its_code_and_its_clock_in_other_hands(commune):
    case = file_dossier()
    before = act(case, "accept", DESK)
    moved = act(case, "transfer", HANDLER, later(hours=2), reasons="Thẩm quyền của xã 90002.", unit=SECOND)
    assert (moved.code, moved.due_at) == (before.code, before.due_at)
    assert models.ClockSegment.objects.count() == 1
    with pytest.raises(NotAllowed):
        act(case, "propose", HANDLER)
    act(case, "propose", officer("v", "handler", unit_key=SECOND))


def test_a_unit_that_works_on_saturdays_counts_by_its_own_days(commune):
    Unit.objects.filter(key=SECOND).update(calendar="saturday_desk")
    forget_units()
    case = file_dossier()
    before = act(case, "accept", DESK)
    moved = act(case, "transfer", HANDLER, later(hours=2), reasons="Thẩm quyền của xã 90002.", unit=SECOND)
    assert moved.due_at < before.due_at
    assert queries.explain_due(queries.get_case(case.public_id)).due_at == moved.due_at
    assert models.DeadlineChange.objects.latest("id").reason == "move_to_unit"


def test_where_the_table_says_so_the_time_begins_afresh_at_the_other_unit(commune):
    case = file_dossier()
    act(case, "accept", DESK)
    moved = act(case, "give_away", LEADER, later(days=6), reasons="Thẩm quyền đổi.", unit=SECOND)
    assert moved.due_at == MONDAY_30
    assert queries.explain_due(queries.get_case(case.public_id)).due_at == MONDAY_30


@pytest.mark.parametrize("unit", [COMMUNE, PROVINCE, DISSOLVED, "99999@2025-07-01", "no key"])
def test_a_dossier_goes_to_no_unit_that_may_not_handle_it(commune, unit):
    case = file_dossier()
    with pytest.raises(WrongUnit):
        act(case, "transfer", DESK, reasons="Sai nơi nộp.", unit=unit)
    assert queries.get_case(case.public_id).unit_key == COMMUNE


def test_without_reasons_or_a_unit_nothing_is_handed_over(commune):
    case = file_dossier()
    with pytest.raises(Incomplete) as lacking:
        act(case, "transfer", DESK)
    assert lacking.value.missing == ("reasons", "unit")


def test_many_at_once_go_the_same_way_and_the_wrong_ones_stay(commune):
    cases = [file_dossier() for _ in range(3)]
    act(cases[2], "accept", DESK)
    outcomes = actions.act_on_cases(
        public_ids=[each.public_id for each in cases], act="transfer", actor=DESK, now=FRIDAY,
        answers={"reasons": "Sai nơi nộp.", "unit": SECOND},
    )  # fmt: skip
    assert [bool(each.moved) for each in outcomes] == [True, True, False]
    assert [queries.get_case(each.public_id).unit_key for each in cases] == [SECOND, SECOND, COMMUNE]
    assert models.Transfer.objects.count() == 2


def test_a_dossier_that_was_over_is_opened_again_with_a_fresh_clock(commune):
    case = finished()
    moved = act(case, "reopen", LEADER, later(days=6), reasons="Khiếu nại đúng một phần.")  # Thursday 26
    view = queries.get_case(case.public_id)
    assert (view.state.code, view.closed_at, view.resolved_at, moved.due_at) == ("accepted", None, None, MONDAY_30)
    assert view.accepted_at == FRIDAY
    due = queries.explain_due(view)
    assert due.due_at == MONDAY_30
    assert "mở lại" in due.steps[0].vi
    assert [row.public_id for row in queries.list_inbox(HANDLER).rows] == [case.public_id]
    assert [change.reason for change in models.DeadlineChange.objects.order_by("id")] == ["start_clock", "reopen_case"]
    assert verify_ledger() == []


def test_the_same_dossier_is_not_opened_twice(commune):
    case = finished()
    act(case, "reopen", LEADER, later(days=6), reasons="Khiếu nại đúng.")
    with pytest.raises(NotAllowed):
        act(case, "reopen", LEADER, later(days=6), reasons="Khiếu nại đúng.")


@pytest.mark.parametrize("somebody", [DESK, HANDLER, officer("other", "leader", unit_key=SECOND)])
def test_nobody_but_a_leader_of_the_unit_opens_it_again(commune, somebody):
    case = finished()
    with pytest.raises(NotAllowed):
        act(case, "reopen", somebody, reasons="Muốn mở lại.")


def test_a_dossier_opened_again_goes_its_way_to_the_end(commune):
    case = finished()
    act(case, "reopen", LEADER, later(days=6), reasons="Khiếu nại đúng.")
    for name, actor in [("propose", HANDLER), ("sign", LEADER), ("hand_over", DESK)]:
        act(case, name, actor, later(days=7))
    view = queries.get_case(case.public_id)
    assert (view.state.code, view.resolved_at, view.is_overdue(later(days=30))) == ("returned", later(days=7), False)
