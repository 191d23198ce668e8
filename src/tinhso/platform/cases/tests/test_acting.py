"""A case is filed, accepted, handled, signed and handed over; nobody else may, and nothing is done twice."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tinhso.kernel.flow import Incomplete, NotAllowed
from tinhso.kernel.worktime import AlreadyExtendedError
from tinhso.platform.cases import actions, models, queries
from tinhso.platform.cases.queries import procedures
from tinhso.platform.cases.tests.conftest import (
    CITIZEN,
    DESK,
    DISSOLVED,
    FRIDAY,
    HANDLER,
    LEADER,
    file_dossier,
    later,
    officer,
)
from tinhso.platform.ledger.queries import list_facts, verify_ledger
from tinhso.platform.ledger.rules import content_digest
from tinhso.platform.people.rules import SYSTEM, Actor, Post

pytestmark = pytest.mark.django_db


def act(case, act, actor, now=FRIDAY, **answers):
    return actions.act_on_case(public_id=case.public_id, act=act, actor=actor, now=now, answers=answers)


def test_a_dossier_goes_from_filing_to_hand_over_and_each_act_is_one_fact(commune):
    case = file_dossier()
    for name, actor in [("accept", DESK), ("propose", HANDLER), ("sign", LEADER), ("hand_over", DESK)]:
        act(case, name, actor)
    verbs = [fact.kind.rsplit(".", 1)[1] for fact in list_facts(case.public_id)]
    assert verbs == ["filed", "accepted", "proposed", "resolved", "returned"]
    view = queries.get_case(case.public_id)
    assert (view.state.code, view.resolved_at, view.closed_at) == ("returned", FRIDAY, FRIDAY)
    assert verify_ledger() == []


def test_acceptance_issues_the_code_and_the_promised_day(commune):
    moved = act(file_dossier(), "accept", DESK)
    assert moved.code == "H90.01-261120-0001"
    assert moved.due_at == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)  # Monday 23 counts, Tuesday 24 is Culture Day


def test_after_acceptance_the_handler_holds_it_and_the_desk_no_longer_does(commune):
    case = file_dossier()
    assert [row.public_id for row in queries.list_inbox(DESK).rows] == [case.public_id]
    act(case, "accept", DESK)
    assert queries.list_inbox(DESK).rows == ()
    assert [row.public_id for row in queries.list_inbox(HANDLER).rows] == [case.public_id]


def test_a_delegate_for_one_procedure_sees_and_does_that_one_alone(commune):
    case = file_dossier()
    post = Post("90001@2025-07-01", "receptionist", on_behalf_of=DESK.code, procedures=frozenset({"9.000002"}))
    stranger = Actor("officer:s", "officer", "s", (post,))
    assert queries.list_inbox(stranger).rows == ()
    with pytest.raises(NotAllowed):
        act(case, "accept", stranger)
    delegate = Actor("officer:d", "officer", "d", (replace(post, procedures=frozenset({"9.000001"})),))
    assert [row.public_id for row in queries.list_inbox(delegate).rows] == [case.public_id]
    assert act(case, "accept", delegate).code is not None


def test_an_act_that_is_not_open_names_those_that_are(commune):
    with pytest.raises(NotAllowed) as refused:
        act(file_dossier(), "sign", DESK)
    assert refused.value.open_acts == ("accept", "decline", "transfer")


@pytest.mark.parametrize("stranger", [CITIZEN, HANDLER, officer("other", "receptionist", unit_key="90002@2025-07-01")])
def test_nobody_but_the_desk_of_the_unit_accepts(commune, stranger):
    case = file_dossier()
    with pytest.raises(NotAllowed):
        act(case, "accept", stranger)
    assert queries.get_case(case.public_id).state.code == "registered"


def test_a_refusal_needs_its_reasons(commune):
    case = file_dossier()
    with pytest.raises(Incomplete) as incomplete:
        act(case, "decline", DESK)
    assert incomplete.value.missing == ("reasons",)
    act(case, "decline", DESK, reasons=["Thiếu giấy chứng sinh"])
    remark = models.Remark.objects.get()
    assert (remark.act, remark.answers) == ("decline", {"reasons": ["Thiếu giấy chứng sinh"]})


def test_a_supplement_counts_the_time_afresh(commune):
    case = file_dossier()
    act(case, "accept", DESK)
    act(case, "ask_supplement", HANDLER, later(hours=1), reasons=["Ảnh mờ"])
    assert queries.get_case(case.public_id).paused_at == later(hours=1)
    moved = act(case, "supplement", CITIZEN, later(days=6))  # Thursday 26
    assert moved.due_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    assert [change.reason for change in models.DeadlineChange.objects.order_by("id")] == ["start_clock", "reset_clock"]


def test_a_pause_moves_the_due_date_by_what_stood_still(commune):
    case = file_dossier()
    act(case, "accept", DESK)
    act(case, "ask_payment", HANDLER, later(hours=1))
    moved = act(case, "pay", CITIZEN, later(days=3))  # Monday 23: one working day stood still
    assert moved.due_at == datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


def test_one_extension_and_no_second(commune):
    case = file_dossier()
    act(case, "accept", DESK)
    moved = act(case, "extend", HANDLER, later(hours=1), reasons=["Chờ xác minh"], extension_days=2)
    assert moved.due_at == datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    with pytest.raises(AlreadyExtendedError):
        act(case, "extend", HANDLER, later(hours=2), reasons=["Lại chờ"], extension_days=2)


def test_the_explanation_of_a_due_date_ends_at_the_due_date(commune):
    case = file_dossier()
    act(case, "accept", DESK)
    act(case, "extend", HANDLER, later(hours=1), reasons=["Chờ xác minh"], extension_days=2)
    view = queries.get_case(case.public_id)
    assert queries.explain_due(view).due_at == view.due_at


def test_a_wait_that_is_over_lapses_by_itself(commune):
    case = file_dossier()
    act(case, "accept", DESK)
    act(case, "ask_supplement", HANDLER, reasons=["Ảnh mờ"])
    assert actions.expire_waits(now=later(days=9)) == []
    actions.expire_waits(now=later(days=20))
    assert queries.get_case(case.public_id).state.code == "lapsed"


def test_opinions_run_side_by_side_and_the_last_one_wakes_the_parent(commune):
    case = file_dossier(data={"asked_units": ["90002@2025-07-01", "90003@2025-07-01"]})
    act(case, "accept", DESK)
    act(case, "consult", HANDLER)
    first, second = models.Case.objects.filter(parent__isnull=False).order_by("id")
    assert first.due_at is not None
    act(first, "answer", officer("xa2", "handler", unit_key="90002@2025-07-01"), note="Đồng ý")
    assert queries.get_case(case.public_id).state.code == "asking"
    actions.expire_waits(now=later(days=10))
    assert queries.get_case(second.public_id).state.code == "silent"
    assert queries.get_case(case.public_id).state.code == "accepted"
    assert queries.list_hanging(later(days=10)) == []


def test_an_opinion_asked_of_a_dissolved_commune_goes_to_its_successor(commune):
    case = file_dossier(data={"asked_units": [DISSOLVED]})
    act(case, "accept", DESK)
    act(case, "consult", HANDLER)
    assert models.Case.objects.get(parent__isnull=False).unit_key == "90003@2025-07-01"


def test_filing_twice_with_one_key_gives_one_dossier(commune):
    first, again = file_dossier(key="k-1"), file_dossier(key="k-1")
    assert (again.public_id, again.repeated) == (first.public_id, True)
    assert models.Case.objects.count() == 1


def test_a_key_with_other_content_is_refused(commune):
    first = file_dossier(key="k-1")
    with pytest.raises(actions.KeyReused) as refused:
        file_dossier(key="k-1", data={"child_name": "Người khác"})
    assert refused.value.public_id == first.public_id


def test_many_are_accepted_at_once_and_each_refusal_has_its_reason(commune):
    cases = [file_dossier() for _ in range(5)]
    act(cases[2], "decline", DESK, reasons=["Nộp nhầm nơi"])
    outcomes = actions.act_on_cases(
        public_ids=[*(c.public_id for c in cases), "TS-NONE"], act="accept", actor=DESK, now=FRIDAY
    )
    codes = [outcome.moved.code for outcome in outcomes if outcome.moved]
    assert codes == [f"H90.01-261120-{n:04d}" for n in (1, 2, 3, 4)]
    refusals = [type(outcome.refusal) for outcome in outcomes if outcome.refusal]
    assert refusals == [NotAllowed, actions.NoSuchCase]


def test_the_system_may_not_play_an_officer(commune):
    with pytest.raises(NotAllowed):
        act(file_dossier(), "accept", SYSTEM)


def test_the_ten_thousandth_dossier_of_a_day_gets_five_figures(commune):
    models.CodeCounter.objects.create(prefix="H90.01-261120-", last=9999)
    assert act(file_dossier(), "accept", DESK).code == "H90.01-261120-10000"


def test_the_proof_of_filing_speaks_of_exactly_what_was_filed(commune):
    case = file_dossier()
    view = queries.get_case(case.public_id)
    papers = [[paper.code, paper.file_sha256] for paper in queries.list_papers(view.case_id)]
    digest = content_digest({"data": view.data, "papers": papers}, view.proof_nonce)
    assert list_facts(case.public_id)[0].body["content_sha256"] == digest


def test_a_new_text_of_a_procedure_leaves_old_cases_alone(commune):
    case = file_dossier()
    assert queries.get_case(case.public_id).procedure.version == date(2025, 7, 1)


def test_among_many_one_that_cannot_ask_anybody_does_not_hold_up_the_others(commune):
    lost, sound = file_dossier(), file_dossier(data={"asked_units": ["90002@2025-07-01"]})
    for case in (lost, sound):
        act(case, "accept", DESK)
    ids = [lost.public_id, sound.public_id]
    outcomes = actions.act_on_cases(public_ids=ids, act="consult", actor=HANDLER, now=FRIDAY)
    assert [each.moved is not None for each in outcomes] == [False, True]
    assert [queries.get_case(each).state.code for each in ids] == ["accepted", "asking"]


def test_what_strangers_ask_for_and_days_that_pass_do_not_fill_the_memory():
    kept = (procedures._procedure, procedures._versions, procedures.code_prefix)
    assert all(each.cache_info().maxsize for each in kept)
