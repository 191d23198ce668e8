"""What a case owes, how payments find it, and what happens to those that are wrong."""

import pytest

from tinhso.platform.cases import actions as cases
from tinhso.platform.cases.queries import get_case
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.payments import actions, models, queries
from tinhso.platform.payments.tests.conftest import FRIDAY
from tinhso.platform.people.rules import SYSTEM


def test_a_dossier_owes_what_its_answers_come_to_and_is_paid_by_its_reference(world):
    case = world.files(copies=3, by_post=True)
    bill = world.bill(case)

    assert [(each.fee_code, each.amount_dong, each.state) for each in bill.charges] == [
        ("copy", 24000, "due"),
        ("post", 20000, "due"),
    ]
    assert bill.charges[0].lines[-1] == ["Số bản: 3 × 8.000 đ = 24.000 đ", "Copy: 3 × 8.000 đ = 24.000 đ", 24000]
    assert [each["vi"] for each in bill.charges[0].exemptions] == ["Hộ nghèo: miễn", "Trẻ em: giảm 50%"]

    payment = world.pays(
        44000, f"NGUYEN VAN A chuyen tien {bill.reference[:8].lower()} {bill.reference[8:]}.CT tu 0123"
    )

    assert (payment.state, payment.left_dong, world.states(case)) == ("matched", 0, ["paid", "paid"])
    told = [fact.kind for fact in list_facts(case)]
    assert told[-3:] == ["payments.charge.assessed", "payments.payment.matched", "payments.bill.settled"]


def test_assessed_twice_it_is_owed_once(world):
    case = world.files()
    again = actions.assess_charges(case_id=case, moment="filing", occasion="filing", actor=SYSTEM, now=FRIDAY)

    assert (again, len(world.bill(case).charges)) == (0, 1)


def test_told_twice_a_payment_is_one_payment(world):
    case = world.files()
    incoming = world.transfer(24000, world.reference(case))
    first, second = (actions.take_payment(incoming=incoming, heard_by=way, now=FRIDAY) for way in ("webhook", "list"))

    assert first.public_id == second.public_id
    assert (models.Payment.objects.count(), world.bill(case).paid_dong) == (1, 24000)


def test_told_with_another_amount_it_is_contradicted_and_the_first_stands(world):
    case = world.files()
    incoming = world.transfer(24000, world.reference(case))
    actions.take_payment(incoming=incoming, heard_by="webhook", now=FRIDAY)

    with pytest.raises(actions.Contradiction):
        actions.take_payment(
            incoming=world.transfer(42000, "", provider_id=incoming.provider_id), heard_by="statement", now=FRIDAY
        )

    payment = models.Payment.objects.get()
    assert payment.amount_dong == 24000
    assert [fact.kind for fact in list_facts(payment.public_id)] == [
        "payments.payment.received",
        "payments.payment.contradicted",
    ]


def test_too_little_is_kept_and_the_rest_stays_due(world):
    case = world.files(copies=3, by_post=True)
    world.pays(30000, world.reference(case))

    assert (world.states(case), world.bill(case).due_dong) == (["paid", "partly_paid"], 14000)
    world.pays(14000, world.reference(case))
    assert (world.states(case), world.bill(case).due_dong) == (["paid", "paid"], 0)


def test_too_much_is_paid_and_the_surplus_waits_for_an_officer(world):
    case = world.files()
    payment = world.pays(50000, world.reference(case))

    assert (payment.state, payment.doubt, payment.left_dong) == ("doubtful", "over", 26000)
    assert world.states(case) == ["overpaid"]


def test_paid_twice_the_second_payment_lies_on_nothing(world):
    case = world.files()
    world.pays(24000, world.reference(case))
    second = world.pays(24000, world.reference(case))

    assert (second.state, second.doubt, second.left_dong) == ("doubtful", "nothing_due", 24000)
    assert (world.states(case), world.bill(case).surplus_dong) == (["overpaid"], 24000)


def test_a_wrong_reference_is_matched_by_hand_and_only_suggested(world):
    case = world.files()
    payment = world.pays(24000, "nop phi ban sao", payer_name="HOANG THI MAI")

    assert (payment.state, payment.doubt) == ("unmatched", "no_bill")
    suggestions = queries.list_suggestions(queries.find_payment(payment.public_id))
    assert [(each.reference, each.reasons) for each in suggestions] == [
        (world.reference(case), ("amount", "payer", "time"))
    ]
    assert (
        actions.match_by_hand(
            payment_id=payment.public_id, reference=world.reference(case), actor=world.desk, now=FRIDAY
        )
        == 24000
    )
    assert world.states(case) == ["paid"]
    with pytest.raises(actions.CannotCharge):
        actions.match_by_hand(
            payment_id=payment.public_id, reference=world.reference(case), actor=world.desk, now=FRIDAY
        )


def test_two_references_in_one_transfer_are_left_to_somebody(world):
    first, second = world.files(), world.files()
    payment = world.pays(48000, f"{world.reference(first)} va {world.reference(second)}")

    assert (payment.state, payment.doubt) == ("unmatched", "several_bills")
    for case in (first, second):
        actions.match_by_hand(
            payment_id=payment.public_id, reference=world.reference(case), actor=world.desk, now=FRIDAY
        )
    assert (world.states(first), world.states(second)) == (["paid"], ["paid"])


def test_cash_at_the_counter_is_taken_once_and_never_beyond_what_is_due(world):
    case = world.files()
    with pytest.raises(actions.CannotCharge):
        actions.take_cash(case_id=case, amount_dong=30000, key="k0", actor=world.desk, now=FRIDAY)
    for _ in range(2):
        actions.take_cash(case_id=case, amount_dong=24000, key="k1", actor=world.desk, now=FRIDAY)

    assert (models.Payment.objects.count(), world.states(case)) == (1, ["paid"])


def test_an_officer_waives_by_class_and_with_a_reason(world):
    case = world.files()
    (charge,) = world.bill(case).charges
    for wrong in ({"relief": "rich", "reason": "x"}, {"relief": "poor", "reason": " "}):
        with pytest.raises(actions.CannotCharge):
            actions.waive(charge_id=charge.id, actor=world.desk, now=FRIDAY, **wrong)

    actions.waive(charge_id=charge.id, relief="poor", reason="Sổ hộ nghèo 12/2026", actor=world.desk, now=FRIDAY)

    assert (world.states(case), world.bill(case).due_dong) == (["waived"], 0)
    assert world.bill(case).settled_at == FRIDAY


def test_half_is_waived_and_the_other_half_is_due(world):
    case = world.files()
    (charge,) = world.bill(case).charges
    actions.waive(charge_id=charge.id, relief="half", reason="Trẻ em", actor=world.desk, now=FRIDAY)

    assert (world.states(case), world.bill(case).due_dong) == (["due"], 12000)


def test_a_case_that_waits_for_money_goes_on_once_all_is_paid(world):
    case = world.files(procedure="1.013831")
    cases.act_on_case(public_id=case, act="accept", actor=world.desk, now=FRIDAY)
    cases.act_on_case(public_id=case, act="ask_payment", actor=world.handler, now=FRIDAY)
    actions.assess_charges(case_id=case, moment="step", occasion="fact:1", actor=SYSTEM, now=FRIDAY)
    world.pays(24000, world.reference(case))
    assert (world.states(case), actions.go_on_when_paid(case_id=case, now=FRIDAY)) == (["paid", "unassessed"], False)

    tax = world.bill(case).charges[1]
    actions.enter_amount(
        charge_id=tax.id, amount_dong=5_000_000, reason="Thông báo thuế số 1", actor=world.desk, now=FRIDAY
    )
    assert (world.bill(case).due_dong, actions.go_on_when_paid(case_id=case, now=FRIDAY)) == (5_000_000, False)
    with pytest.raises(actions.CannotCharge):
        actions.enter_amount(charge_id=tax.id, amount_dong=1, reason="", actor=world.desk, now=FRIDAY)

    world.pays(5_000_000, world.reference(case))
    assert actions.go_on_when_paid(case_id=case, now=FRIDAY)
    assert (get_case(case).state.code, actions.go_on_when_paid(case_id=case, now=FRIDAY)) == ("accepted", False)


def test_a_declined_dossier_owes_nothing_and_what_comes_later_is_in_doubt(world):
    case = world.files(copies=2, by_post=True)
    world.pays(10000, world.reference(case))
    cases.act_on_case(public_id=case, act="decline", actor=world.desk, now=FRIDAY)
    actions.cancel_open_charges(case_id=case, actor=SYSTEM, now=FRIDAY)
    late = world.pays(26000, world.reference(case))

    assert world.states(case) == ["overpaid", "cancelled"]
    assert (world.bill(case).due_dong, late.state, late.doubt) == (0, "doubtful", "nothing_due")
    assert not queries.list_imbalances()


def test_rows_changed_by_hand_are_noticed(world):
    case = world.files()
    world.pays(24000, world.reference(case))
    models.Payment.objects.update(amount_dong=25000)
    models.Obligation.objects.update(paid_dong=23000)

    assert len(queries.list_imbalances()) == 2
