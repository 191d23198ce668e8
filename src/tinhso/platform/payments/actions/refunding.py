"""Giving money back: proposed by one officer, approved by another, carried out by the gateway, certain in the end."""

from datetime import datetime
from random import SystemRandom

from django.db import transaction
from django.db.models import F, Sum

from tinhso.kernel.identifiers.tracking_ids import new_tracking_id
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.outside import Refused, Unreachable
from tinhso.platform.payments import facts, models, rules
from tinhso.platform.payments.actions.charging import CannotCharge
from tinhso.platform.payments.actions.settling import lock_bill, settle
from tinhso.platform.payments.adapters import CASH, find_gateway
from tinhso.platform.payments.ports import RefundOrder
from tinhso.platform.people.rules import SYSTEM, Actor

PROPOSED, REJECTED, APPROVED, UNSURE, DONE, FAILED = "proposed", "rejected", "approved", "unsure", "done", "failed"
UNDER_WAY = (APPROVED, UNSURE)
RESERVED = (PROPOSED, *UNDER_WAY, DONE)


@transaction.atomic
def propose_refund(*, payment_id: str, amount_dong: int, reason: str, actor: Actor, now: datetime) -> models.Refund:
    """
    Propose to give back part or all of a payment; nothing moves yet.

    :raises CannotCharge: there is not so much to give back, or no reason
    """
    payment = models.Payment.objects.select_for_update().get(public_id=payment_id)
    promised = payment.refunds.filter(state__in=RESERVED).aggregate(sum=Sum("amount_dong"))["sum"] or 0
    if not 0 < amount_dong <= payment.amount_dong - promised:
        raise CannotCharge("Số tiền hoàn vượt quá khoản đã nộp.", "That is more than was paid.")
    if not reason.strip():
        raise CannotCharge("Hãy ghi lý do hoàn tiền.", "Write down why it is given back.")
    refund = models.Refund.objects.create(
        public_id="HT" + new_tracking_id(SystemRandom()).removeprefix("TS"), payment=payment, amount_dong=amount_dong,
        reason=reason[:500], state=PROPOSED, unit_key=payment.unit_key, proposed_by=actor.code, proposed_at=now,
    )  # fmt: skip
    _tell(facts.REFUND_PROPOSED, refund, actor, now)
    return refund


@transaction.atomic
def decide_refund(*, refund_id: str, approved: bool, actor: Actor, now: datetime) -> models.Refund:
    """
    Approve or reject a refund; who proposed it cannot. Approved, the money is taken off its charges at once.

    :raises CannotCharge: it is decided, the actor proposed it, or the money is not there any more
    """
    refund = _lock(refund_id)
    if refund.state != PROPOSED:
        raise CannotCharge("Đề nghị hoàn tiền này đã được quyết định.", "This refund is decided already.")
    if actor.code == refund.proposed_by or any(post.on_behalf_of == refund.proposed_by for post in actor.posts):
        raise CannotCharge("Người đề nghị không được tự duyệt hoàn tiền.", "Who proposed a refund cannot approve it.")
    refund.state, refund.decided_by, refund.decided_at = (APPROVED if approved else REJECTED), actor.code, now
    if approved:
        _lift(refund, actor, now)
        if refund.payment.provider == CASH:
            refund.state, refund.done_at = DONE, now
    refund.save()
    _tell(facts.REFUND_DECIDED, refund, actor, now)
    if refund.state == DONE:
        _tell(facts.REFUND_DONE, refund, actor, now)
    return refund


def _lock(refund_id: str) -> models.Refund:
    """The refund with its payment, both locked: the payment first, as everywhere."""
    payment_id = models.Refund.objects.values_list("payment_id", flat=True).get(public_id=refund_id)
    models.Payment.objects.select_for_update().get(pk=payment_id)
    return models.Refund.objects.select_for_update(of=("self",)).select_related("payment").get(public_id=refund_id)


def _lift(refund: models.Refund, actor: Actor, now: datetime) -> None:
    payment = refund.payment
    bill = lock_bill(pk=payment.bill_id) if payment.bill_id else None
    lying = payment.allocations.values("obligation_id").annotate(sum=Sum("amount_dong")).order_by("obligation_id")
    on_charges = [(row["obligation_id"], row["sum"]) for row in lying if row["sum"]]
    lifted, lacking = rules.lift(refund.amount_dong, on_charges, payment.left_dong)
    if lacking:
        raise CannotCharge("Khoản tiền này không còn đủ để hoàn.", "Not so much of this payment is left.")
    for charge_id, dong in lifted:
        _move(payment, charge_id, -dong, actor, now)
    payment.left_dong -= refund.amount_dong - sum(dong for _, dong in lifted)
    _restate(payment, bill, actor, now)
    refund.lifted = [list(pair) for pair in lifted]


def _move(payment: models.Payment, charge_id: int, dong: int, actor: Actor, now: datetime) -> None:
    """Take money off a charge (or lay it back), counted there as given back."""
    models.Allocation.objects.create(
        payment=payment, obligation_id=charge_id, amount_dong=dong, made_at=now, made_by=actor.code
    )
    models.Obligation.objects.filter(pk=charge_id).update(
        paid_dong=F("paid_dong") + dong, refunded_dong=F("refunded_dong") - dong
    )


def _restate(payment: models.Payment, bill: models.Bill | None, actor: Actor, now: datetime) -> None:
    laid_dong = payment.allocations.aggregate(sum=Sum("amount_dong"))["sum"] or 0
    payment.state = rules.payment_state(
        amount_dong=payment.amount_dong, left_dong=payment.left_dong, laid_dong=laid_dong, has_bill=bill is not None
    )
    payment.save(update_fields=["state", "left_dong"])
    if bill:
        settle(bill=bill, actor=actor, now=now)


def carry_out_refund(*, refund_id: str, now: datetime) -> str:
    """
    Ask the gateway to give an approved refund back; its state then.

    After a time-out it is first asked whether it was done; a refusal leaves the money with us, for somebody to look at.
    """
    refund = models.Refund.objects.select_related("payment").get(public_id=refund_id)
    gateway = find_gateway()
    if refund.state not in UNDER_WAY or gateway is None:
        return refund.state
    payment = refund.payment
    order = RefundOrder(refund.public_id, payment.provider_id, refund.amount_dong, refund.reason)
    try:
        known = gateway.find_refund(order.key) if refund.state == UNSURE else None
        return _finish(refund_id, DONE, known or gateway.refund(order), now)
    except Unreachable as trouble:
        return _finish(refund_id, UNSURE, str(trouble), now)
    except Refused as trouble:
        return _finish(refund_id, FAILED, str(trouble), now)


def confirm_refund(*, key: str, provider_id: str, now: datetime) -> str:
    """
    Take the gateway's word that a refund was carried out; told twice, or before we knew, it is one refund.

    :raises rules.Unreadable: no refund has that key
    """
    if not models.Refund.objects.filter(public_id=key).exists():
        raise rules.Unreadable("key")
    _finish(key, DONE, provider_id, now)
    return key


@transaction.atomic
def _finish(refund_id: str, state: str, said: str, now: datetime) -> str:
    refund = _lock(refund_id)
    if refund.state not in UNDER_WAY:
        return refund.state
    refund.state, refund.tries = state, refund.tries + 1
    if state == DONE:
        refund.provider_id, refund.done_at, refund.trouble = said[:80], now, ""
    else:
        refund.trouble = said[:300]
    refund.save()
    if state == FAILED:
        _put_back(refund, now)
    if state != UNSURE:
        _tell(facts.REFUND_DONE if state == DONE else facts.REFUND_FAILED, refund, SYSTEM, now)
    return state


def _put_back(refund: models.Refund, now: datetime) -> None:
    """The money did not leave: it lies again where it lay."""
    payment = refund.payment
    bill = lock_bill(pk=payment.bill_id) if payment.bill_id else None
    for charge_id, dong in refund.lifted:
        _move(payment, charge_id, dong, SYSTEM, now)
    payment.left_dong += refund.amount_dong - sum(dong for _, dong in refund.lifted)
    _restate(payment, bill, SYSTEM, now)


def _tell(kind: str, refund: models.Refund, actor: Actor, now: datetime) -> None:
    body = {"refund": refund.public_id, "amount_dong": refund.amount_dong, "state": refund.state}
    subject = refund.payment.public_id
    record_fact(kind=kind, subject=subject, unit_key=refund.unit_key, body=body, actor=actor, now=now)
