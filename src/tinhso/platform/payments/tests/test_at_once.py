"""The same message from many connections at once, and many payments for one bill: each counts once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection

from tinhso.platform.payments import actions, models, queries
from tinhso.platform.payments.tests.conftest import FRIDAY, World, prepared

AT_ONCE = 6


@pytest.fixture
def here(transactional_db) -> Iterator[World]:
    yield from prepared()


def all_at_once(*acts: Callable[[], object]) -> None:
    def run(act: Callable[[], object]) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()
    close_old_connections()


def test_one_payment_told_by_many_is_one_payment(here):
    case = here.files()
    incoming = here.transfer(24000, here.reference(case))
    all_at_once(*[lambda: actions.take_payment(incoming=incoming, heard_by="webhook", now=FRIDAY)] * AT_ONCE)

    assert (models.Payment.objects.count(), here.states(case)) == (1, ["paid"])
    assert not queries.list_imbalances()


def test_many_payments_for_one_bill_never_pay_more_than_is_due(here):
    case = here.files()
    told = [here.transfer(5000, here.reference(case)) for _ in range(AT_ONCE)]
    all_at_once(*[lambda each=each: actions.take_payment(incoming=each, heard_by="list", now=FRIDAY) for each in told])

    bill = here.bill(case)
    assert (bill.paid_dong, bill.surplus_dong) == (24000, 6000)
    assert not queries.list_imbalances()


def test_receipts_asked_for_at_once_have_each_their_own_number(here, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cases = [here.files() for _ in range(AT_ONCE)]
    payments = [(here.pays(24000, here.reference(case)).public_id, case) for case in cases]
    asked = {"laid_at": FRIDAY, "actor": here.desk, "now": FRIDAY}
    all_at_once(
        *[lambda one=one: actions.issue_receipt(payment_id=one[0], case_id=one[1], **asked) for one in payments]
    )

    numbers = sorted(models.Receipt.objects.values_list("number", flat=True))
    assert [int(number.rpartition("-")[2]) for number in numbers] == list(range(1, AT_ONCE + 1))


def test_a_refund_carried_out_twice_at_once_leaves_once(here):
    case = here.files()
    payment = here.pays(50000, here.reference(case))
    models.SimulatedTransfer.objects.create(provider_id=payment.provider_id, amount_dong=50000, paid_at=FRIDAY)
    refund = actions.propose_refund(
        payment_id=payment.public_id, amount_dong=26000, reason="x", actor=here.desk, now=FRIDAY
    )
    actions.decide_refund(refund_id=refund.public_id, approved=True, actor=here.leader, now=FRIDAY)
    all_at_once(*[lambda: actions.carry_out_refund(refund_id=refund.public_id, now=FRIDAY)] * 4)

    assert (models.SimulatedRefund.objects.count(), models.Refund.objects.get().state) == (1, "done")
    assert not queries.list_imbalances()
