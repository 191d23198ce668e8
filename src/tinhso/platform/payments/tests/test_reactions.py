"""What follows by itself, each safe to run twice: charges, receipts, word to the payer, a case that goes on."""

import pytest

from tinhso.kernel.flow import Text
from tinhso.kernel.packs import NoticeText
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import queries as case_queries
from tinhso.platform.cases.queries import get_case
from tinhso.platform.ledger.facts import reactions_to
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.notices.actions import load_notice_texts
from tinhso.platform.notices.models import Notice
from tinhso.platform.payments import actions, models
from tinhso.platform.payments.tests.conftest import COMMUNE, FRIDAY


@pytest.fixture(autouse=True)
def words(db, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    texts = {
        "payments.charge.assessed": "Hồ sơ {code} phải nộp {amount}: {link}",
        "payments.bill.settled": "Đã nhận đủ {amount} cho {procedure}.",
    }
    load_notice_texts(texts={kind: NoticeText(kind, in_app=Text(text, text)) for kind, text in texts.items()})


def follows(case_id: str) -> None:
    """Run what reacts to each fact of the case, twice, until nothing new is told."""
    seen = set[int]()
    while new := [fact for fact in list_facts(case_id) if fact.id not in seen]:
        for fact in new:
            seen.add(fact.id)
            for reaction in reactions_to(fact.kind):
                if reaction.__module__.startswith("tinhso.platform.payments"):
                    reaction(fact)
                    reaction(fact)


def opened(world, procedure: str = "2.000635", **data) -> str:
    filing = cases.Filing(
        procedure=case_queries.procedure_on(procedure, FRIDAY.date()), unit_key=COMMUNE, applicant_code=world.mai.code,
        applicant_name=world.mai.name, title="Trích lục", data=data,
    )  # fmt: skip
    return cases.open_case(filing=filing, actor=world.mai, now=FRIDAY).public_id


def test_a_filed_dossier_owes_and_its_applicant_is_told_once(world):
    case = opened(world, copies=3)
    follows(case)

    assert world.states(case) == ["due"]
    (notice,) = Notice.objects.all()
    assert notice.text_vi.startswith(f"Hồ sơ {case} phải nộp 24.000 đ: ")
    assert f"/my/payments/{case}/" in notice.text_vi


def test_a_free_dossier_owes_nothing_and_nobody_is_told(world):
    case = opened(world, copies=0)
    follows(case)

    assert not models.Bill.objects.exists()
    assert not Notice.objects.exists()


def test_once_paid_there_is_one_receipt_and_word_of_it(world):
    case = opened(world, copies=1)
    follows(case)
    world.pays(8000, world.reference(case))
    follows(case)

    assert models.Receipt.objects.count() == 1
    assert [row.text_vi for row in Notice.objects.order_by("pk")][1:] == [
        "Đã nhận đủ 8.000 đ cho Cấp bản sao trích lục hộ tịch."
    ]


def test_a_case_that_a_step_stopped_for_money_goes_on_by_itself(world):
    case = opened(world, "1.013831", copies=1)
    follows(case)
    cases.act_on_case(public_id=case, act="accept", actor=world.desk, now=FRIDAY)
    cases.act_on_case(public_id=case, act="ask_payment", actor=world.handler, now=FRIDAY)
    follows(case)
    assert world.states(case) == ["due", "unassessed"]
    actions.enter_amount(
        charge_id=world.bill(case).charges[1].id, amount_dong=2000, reason="TB 1", actor=world.handler, now=FRIDAY
    )
    world.pays(10000, world.reference(case))
    follows(case)

    assert get_case(case).state.code == "accepted"


def test_a_step_that_asks_for_nothing_stops_nobody(world):
    case = opened(world, copies=0)
    cases.act_on_case(public_id=case, act="accept", actor=world.desk, now=FRIDAY)
    cases.act_on_case(public_id=case, act="ask_payment", actor=world.handler, now=FRIDAY)
    follows(case)

    assert get_case(case).state.code == "accepted"


def test_a_declined_dossier_owes_nothing_any_more(world):
    case = opened(world, copies=1)
    follows(case)
    cases.act_on_case(public_id=case, act="decline", actor=world.desk, now=FRIDAY)
    follows(case)

    assert world.states(case) == ["cancelled"]


def test_what_was_handed_over_unpaid_stays_due(world):
    case = opened(world, copies=1)
    follows(case)
    cases.act_on_case(public_id=case, act="accept", actor=world.desk, now=FRIDAY)
    cases.act_on_case(public_id=case, act="hand_over", actor=world.handler, now=FRIDAY)
    follows(case)

    assert world.states(case) == ["due"]
