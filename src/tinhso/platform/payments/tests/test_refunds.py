"""Money goes back by two people, once, whatever the gateway answers; and receipts have a number without gaps."""

import pytest

from tinhso.platform.cases import actions as cases
from tinhso.platform.files.queries import open_file
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.payments import actions, models, queries, rules
from tinhso.platform.payments.queries.receipts import fields_of_receipt
from tinhso.platform.payments.tests.conftest import FRIDAY
from tinhso.platform.people.rules import SYSTEM


def overpaid(world) -> models.Payment:
    case = world.files()
    payment = world.pays(50000, world.reference(case))
    tell_bank(payment)
    return payment


def tell_bank(payment: models.Payment) -> None:
    models.SimulatedTransfer.objects.create(
        provider_id=payment.provider_id, amount_dong=payment.amount_dong, paid_at=FRIDAY
    )


def approved(world, payment: models.Payment, amount_dong: int) -> models.Refund:
    refund = actions.propose_refund(
        payment_id=payment.public_id, amount_dong=amount_dong, reason="Nộp thừa", actor=world.desk, now=FRIDAY
    )
    return actions.decide_refund(refund_id=refund.public_id, approved=True, actor=world.leader, now=FRIDAY)


def test_one_officer_proposes_and_another_approves(world):
    payment = overpaid(world)
    refund = actions.propose_refund(
        payment_id=payment.public_id, amount_dong=26000, reason="Nộp thừa", actor=world.leader, now=FRIDAY
    )

    with pytest.raises(actions.CannotCharge, match="không được tự duyệt"):
        actions.decide_refund(refund_id=refund.public_id, approved=True, actor=world.leader, now=FRIDAY)
    refund = actions.decide_refund(refund_id=refund.public_id, approved=True, actor=world.desk, now=FRIDAY)

    assert actions.carry_out_refund(refund_id=refund.public_id, now=FRIDAY) == "done"
    payment.refresh_from_db()
    assert (payment.left_dong, payment.state, world.states(payment.bill.case_id)) == (0, "matched", ["paid"])
    assert [fact.kind for fact in list_facts(payment.public_id)][-3:] == [
        "payments.refund.proposed",
        "payments.refund.decided",
        "payments.refund.done",
    ]
    assert not queries.list_imbalances()


def test_no_more_is_given_back_than_came(world):
    payment = overpaid(world)
    approved(world, payment, 26000)

    for amount_dong in (0, 24001):
        with pytest.raises(actions.CannotCharge):
            actions.propose_refund(
                payment_id=payment.public_id, amount_dong=amount_dong, reason="x", actor=world.desk, now=FRIDAY
            )


def test_what_lies_on_charges_goes_back_too(world):
    payment = overpaid(world)
    approved(world, payment, 50000)

    assert world.states(payment.bill.case_id) == ["refunded"]
    assert not queries.list_imbalances()


def test_a_rejected_refund_moves_nothing(world):
    payment = overpaid(world)
    refund = actions.propose_refund(
        payment_id=payment.public_id, amount_dong=26000, reason="x", actor=world.desk, now=FRIDAY
    )
    actions.decide_refund(refund_id=refund.public_id, approved=False, actor=world.leader, now=FRIDAY)

    assert actions.carry_out_refund(refund_id=refund.public_id, now=FRIDAY) == "rejected"
    assert (models.SimulatedRefund.objects.count(), models.Payment.objects.get().left_dong) == (0, 26000)
    with pytest.raises(actions.CannotCharge):
        actions.decide_refund(refund_id=refund.public_id, approved=True, actor=world.leader, now=FRIDAY)


def test_a_refund_the_bank_refuses_leaves_the_money_with_us(world):
    payment = overpaid(world)
    refund = approved(world, payment, 40000)
    models.SimulatedFault.objects.create(kind="refusal")

    assert actions.carry_out_refund(refund_id=refund.public_id, now=FRIDAY) == "failed"
    payment.refresh_from_db()
    assert (payment.left_dong, world.bill(payment.bill.case_id).paid_dong) == (26000, 24000)
    assert not queries.list_imbalances()


@pytest.mark.parametrize("fault", ["lost_answer", "no_answer"])
def test_a_refund_without_answer_is_done_once(world, fault):
    payment = overpaid(world)
    refund = approved(world, payment, 26000)
    models.SimulatedFault.objects.create(kind=fault)

    assert actions.carry_out_refund(refund_id=refund.public_id, now=FRIDAY) == "unsure"
    assert actions.poll_payments(now=FRIDAY) >= 0
    refund.refresh_from_db()
    assert (refund.state, models.SimulatedRefund.objects.count()) == ("done", 1)
    assert actions.carry_out_refund(refund_id=refund.public_id, now=FRIDAY) == "done"


def test_the_banks_word_that_comes_before_ours_is_believed_and_told_once(world):
    payment = overpaid(world)
    refund = approved(world, payment, 26000)

    for _ in range(2):
        assert actions.confirm_refund(key=refund.public_id, provider_id="HT1", now=FRIDAY) == refund.public_id
    assert actions.carry_out_refund(refund_id=refund.public_id, now=FRIDAY) == "done"
    assert models.SimulatedRefund.objects.count() == 0
    with pytest.raises(rules.Unreadable):
        actions.confirm_refund(key="HT-none", provider_id="HT1", now=FRIDAY)


def test_cash_goes_back_over_the_counter(world):
    case = world.files()
    payment = actions.take_cash(case_id=case, amount_dong=24000, key="k", actor=world.desk, now=FRIDAY)

    assert (approved(world, payment, 24000).state, world.states(case)) == ("done", ["refunded"])


def test_receipts_are_numbered_without_gaps_and_printed_with_the_amount_in_words(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    numbers = []
    for amount_dong in (10000, 14000):
        case = world.files()
        payment = world.pays(amount_dong, world.reference(case))
        for _ in range(2):
            receipt = actions.issue_receipt(
                payment_id=payment.public_id, case_id=case, laid_at=FRIDAY, actor=world.desk, now=FRIDAY
            )
        numbers.append(receipt.number)

    assert numbers == ["BL-H90.01-2026-0000001", "BL-H90.01-2026-0000002"]
    with open_file(receipt.file_sha256) as file:
        assert file.read(5) == b"%PDF-"


def test_the_receipt_over_cash_names_who_took_it(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = world.files()
    cash = actions.take_cash(case_id=case, amount_dong=24000, key="k", actor=world.desk, now=FRIDAY)
    receipt = actions.issue_receipt(payment_id=cash.public_id, case_id=case, laid_at=FRIDAY, actor=SYSTEM, now=FRIDAY)
    fields = fields_of_receipt(receipt)

    assert (fields["collector"], fields["method"], fields["words"]) == (
        "Lộc Thị Hoa",
        "tiền mặt",
        "Hai mươi tư nghìn đồng",
    )


def test_what_a_tax_notice_asked_for_is_no_fee_on_its_receipt(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = world.files(procedure="1.013831")
    fee = world.pays(24000, world.reference(case))
    cases.act_on_case(public_id=case, act="accept", actor=world.desk, now=FRIDAY)
    cases.act_on_case(public_id=case, act="ask_payment", actor=world.handler, now=FRIDAY)
    actions.assess_charges(case_id=case, moment="step", occasion="fact:1", actor=SYSTEM, now=FRIDAY)
    charge = world.bill(case).charges[1]
    actions.enter_amount(charge_id=charge.id, amount_dong=5_000_000, reason="TB số 12", actor=world.desk, now=FRIDAY)
    tax = world.pays(5_000_000, world.reference(case))

    def fields_of(payment):
        asked = {"payment_id": payment.public_id, "case_id": case, "laid_at": FRIDAY, "actor": SYSTEM, "now": FRIDAY}
        return fields_of_receipt(actions.issue_receipt(**asked))

    assert (fields_of(fee)["title"], fields_of(fee)["note"]) == ("Biên lai thu phí, lệ phí", "")
    told = fields_of(tax)
    assert told["title"] == "Xác nhận nộp tiền theo thông báo thuế"
    assert told["lines"][0]["basis"] == "TB số 12"
    assert "Kho bạc Nhà nước" in told["note"]


def test_money_that_found_no_charge_has_no_receipt(world):
    case = world.files()
    world.pays(24000, world.reference(case))
    second = world.pays(24000, world.reference(case))
    asked = {"payment_id": second.public_id, "case_id": case, "actor": world.desk, "now": FRIDAY}

    assert actions.issue_receipt(laid_at=FRIDAY, **asked) is None
