"""A random walk: whatever is paid, told, matched, waived and given back, in any order, no đồng is lost and none is made."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhso.platform.payments import actions, models, queries
from tinhso.platform.payments.tests.conftest import FRIDAY
from tinhso.platform.people.rules import SYSTEM

ACTS = [
    "pay",
    "pay",
    "give_back",
    "give_back",
    "pay_wrong",
    "pay_again",
    "cash",
    "match",
    "propose",
    "approve",
    "reject",
    "carry_out",
    "fault",
    "waive",
    "cancel",
    "confirm",
]
walks = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 5), st.integers(1, 60000)), min_size=10, max_size=25)


class Walk:
    """One bill after another, and a model of the bank: what came, what went back."""

    def __init__(self, world) -> None:
        self.world, self.came, self.moment = world, 0, FRIDAY
        self.cases = [world.files(copies=3), world.files(copies=2, by_post=True)]
        self.told = []

    def takes(self, act: str, pick: int, dong: int) -> None:
        self.moment += timedelta(minutes=1)
        getattr(self, act)(pick, dong)

    def pay(self, pick: int, dong: int) -> None:
        self.receive(dong, self.world.reference(self.cases[pick % 2]))

    def pay_wrong(self, pick: int, dong: int) -> None:
        self.receive(dong, "khong co ma")

    def receive(self, dong: int, content: str) -> None:
        incoming = self.world.transfer(dong, content)
        models.SimulatedTransfer.objects.create(provider_id=incoming.provider_id, amount_dong=dong, paid_at=FRIDAY)
        self.told.append(incoming)
        self.came += dong
        actions.take_payment(incoming=incoming, heard_by="webhook", now=self.moment)

    def pay_again(self, pick: int, dong: int) -> None:
        if self.told:
            actions.take_payment(incoming=self.told[pick % len(self.told)], heard_by="list", now=self.moment)

    def cash(self, pick: int, dong: int) -> None:
        case = self.cases[pick % 2]
        if 0 < dong <= self.world.bill(case).due_dong:
            actions.take_cash(
                case_id=case, amount_dong=dong, key=f"{self.moment}", actor=self.world.desk, now=self.moment
            )
            self.came += dong

    def match(self, pick: int, dong: int) -> None:
        payment, reference = self.payment(pick), self.world.reference(self.cases[dong % 2])
        self.tries(
            lambda: (
                payment
                and actions.match_by_hand(
                    payment_id=payment.public_id, reference=reference, actor=self.world.desk, now=self.moment
                )
            )
        )

    def propose(self, pick: int, dong: int) -> None:
        payment = self.payment(pick)
        self.tries(
            lambda: (
                payment
                and actions.propose_refund(
                    payment_id=payment.public_id, amount_dong=dong, reason="x", actor=self.world.desk, now=self.moment
                )
            )
        )

    def approve(self, pick: int, dong: int) -> None:
        self.decide(pick, approved=True)

    def reject(self, pick: int, dong: int) -> None:
        self.decide(pick, approved=False)

    def decide(self, pick: int, *, approved: bool) -> None:
        refund = self.refund(pick)
        self.tries(
            lambda: (
                refund
                and actions.decide_refund(
                    refund_id=refund.public_id, approved=approved, actor=self.world.leader, now=self.moment
                )
            )
        )

    def carry_out(self, pick: int, dong: int) -> None:
        if refund := self.refund(pick):
            actions.carry_out_refund(refund_id=refund.public_id, now=self.moment)

    def confirm(self, pick: int, dong: int) -> None:
        refund = self.refund(pick)
        if refund and models.SimulatedRefund.objects.filter(key=refund.public_id).exists():
            actions.confirm_refund(key=refund.public_id, provider_id="HT", now=self.moment)

    def give_back(self, pick: int, dong: int) -> None:
        """A whole refund of part of a payment, with something going wrong on the way, or nothing."""
        payment = self.payment(pick)
        if payment is None:
            return
        with suppress(actions.CannotCharge):
            part = 1 + dong % payment.amount_dong
            refund = actions.propose_refund(
                payment_id=payment.public_id, amount_dong=part, reason="x", actor=self.world.desk, now=self.moment
            )
            actions.decide_refund(refund_id=refund.public_id, approved=True, actor=self.world.leader, now=self.moment)
            if pick % 2:
                self.fault(dong, dong)
            actions.carry_out_refund(refund_id=refund.public_id, now=self.moment)
            if pick % 3 == 0 and not models.SimulatedFault.objects.exists():
                actions.poll_payments(now=self.moment)

    def fault(self, pick: int, dong: int) -> None:
        models.SimulatedFault.objects.create(kind=("no_answer", "refusal", "lost_answer")[pick % 3])

    def waive(self, pick: int, dong: int) -> None:
        charge = self.world.bill(self.cases[pick % 2]).charges[0]
        self.tries(
            lambda: actions.waive(
                charge_id=charge.id,
                relief=("poor", "half")[dong % 2],
                reason="x",
                actor=self.world.desk,
                now=self.moment,
            )
        )

    def cancel(self, pick: int, dong: int) -> None:
        actions.cancel_open_charges(case_id=self.cases[pick % 2], actor=SYSTEM, now=self.moment)

    def tries(self, act) -> None:
        with suppress(actions.CannotCharge):
            act()

    def payment(self, pick: int) -> models.Payment | None:
        rows = list(models.Payment.objects.order_by("id"))
        return rows[pick % len(rows)] if rows else None

    def refund(self, pick: int) -> models.Refund | None:
        rows = list(models.Refund.objects.order_by("id"))
        return rows[pick % len(rows)] if rows else None

    def checks(self) -> None:
        payments = list(models.Payment.objects.all())
        laid = sum(models.Allocation.objects.values_list("amount_dong", flat=True))
        gone = sum(
            models.Refund.objects.filter(state__in=["approved", "unsure", "done"]).values_list("amount_dong", flat=True)
        )
        left = sum(each.left_dong for each in payments)
        assert self.came == sum(each.amount_dong for each in payments) == laid + gone + left
        assert not queries.list_imbalances()
        for case in self.cases:
            bill = self.world.bill(case)
            assert bill.due_dong == sum(
                each.amount_dong - each.paid_dong
                for each in bill.charges
                if each.state in {"due", "partly_paid"} and not each.refunded_dong
            )
            assert all(0 <= each.paid_dong <= each.amount_dong for each in bill.charges)
        sent = sum(models.SimulatedRefund.objects.values_list("amount_dong", flat=True))
        cash = sum(
            models.Refund.objects.filter(payment__provider="cash", state="done").values_list("amount_dong", flat=True)
        )
        done = sum(models.Refund.objects.filter(state="done").values_list("amount_dong", flat=True))
        unsure = sum(
            models.Refund.objects.filter(state__in=["approved", "unsure"]).values_list("amount_dong", flat=True)
        )
        assert done <= sent + cash <= done + unsure


@pytest.mark.slow
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=walks)
def test_no_dong_is_lost_and_none_is_made(world, walk):
    with transaction.atomic():
        here = Walk(world)
        here.pay(0, 30000)
        here.pay(1, 20000)
        for step in walk:
            here.takes(*step)
            here.checks()
        transaction.set_rollback(True)
