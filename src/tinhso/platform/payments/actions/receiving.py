"""Money that arrives: by message, list, statement or over the counter; each payment is recorded once and laid on a bill."""

from datetime import datetime
from random import SystemRandom

from django.conf import settings
from django.db import transaction

from tinhso.kernel.identifiers.tracking_ids import new_tracking_id
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.payments import facts, models, queries, rules
from tinhso.platform.payments.actions.charging import CannotCharge
from tinhso.platform.payments.actions.refunding import confirm_refund
from tinhso.platform.payments.actions.settling import lock_bill, settle
from tinhso.platform.payments.adapters import BANK, CASH
from tinhso.platform.people.rules import SYSTEM, Actor

WEBHOOK, LIST, STATEMENT, COUNTER = "webhook", "list", "statement", "counter"


class Contradiction(Exception):
    """The provider tells another amount of a payment it told before; the first one stands, and somebody must look."""


def take_message(*, body: bytes, moment: str, signature: str, now: datetime) -> str:
    """
    Take what a gateway tells by itself; told twice it is taken once. Returns the public id of the payment or refund.

    :raises rules.Forged: it is not signed with our secret, or too old
    :raises rules.Unreadable: it is no such message
    :raises Contradiction: it tells another amount than before
    """
    rules.check(body, moment=moment, signature=signature, secret=settings.PAYMENT_GATEWAY["secret"], now=now)
    told = rules.read_message(body)
    if isinstance(told, rules.RefundTold):
        return confirm_refund(key=told.key, provider_id=told.provider_id, now=now)
    payment = take_payment(incoming=told, heard_by=WEBHOOK, now=now)
    return payment.public_id


def take_payment(*, incoming: rules.Incoming, heard_by: str, now: datetime, actor: Actor = SYSTEM) -> models.Payment:
    """
    Record money that arrived and lay it on the bill its reference names; a payment known already changes nothing.

    :raises Contradiction: it is known with another amount
    """
    with transaction.atomic():
        payment, is_new = _recorded(incoming, heard_by, now)
        if is_new:
            body = {"amount_dong": payment.amount_dong, "provider": payment.provider, "heard_by": heard_by}
            record_fact(
                kind=facts.RECEIVED, subject=payment.public_id, unit_key=payment.unit_key, body=body, actor=actor, now=now
            )  # fmt: skip
            _match(payment, incoming.content, actor, now)
    if payment.amount_dong != incoming.amount_dong:
        body = {"known_dong": payment.amount_dong, "told_dong": incoming.amount_dong, "heard_by": heard_by}
        record_fact(
            kind=facts.CONTRADICTED, subject=payment.public_id, unit_key=payment.unit_key, body=body, actor=actor, now=now
        )  # fmt: skip
        raise Contradiction(payment.public_id)
    return payment


def _recorded(incoming: rules.Incoming, heard_by: str, now: datetime) -> tuple[models.Payment, bool]:
    return models.Payment.objects.get_or_create(
        provider=BANK,
        provider_id=incoming.provider_id,
        defaults={
            "public_id": new_payment_id(),
            "unit_key": queries.unit_of_account(incoming.account),
            "amount_dong": incoming.amount_dong,
            "left_dong": incoming.amount_dong,
            "state": "unmatched",
            "method": incoming.method,
            "content": incoming.content,
            "payer_name": incoming.payer_name,
            "account": incoming.account,
            "paid_at": incoming.paid_at,
            "recorded_at": now,
            "heard_by": heard_by,
        },
    )


def new_payment_id() -> str:
    """A public id such as "GD-7K3M-9QXD-46"."""
    return "GD" + new_tracking_id(SystemRandom()).removeprefix("TS")


def _match(payment: models.Payment, content: str, actor: Actor, now: datetime) -> None:
    """Find the bill by the reference; what names none, or several, is left for somebody to look at."""
    references = list(
        models.Bill.objects.filter(reference__in=rules.read_references(content)).values_list("reference", flat=True)
    )
    if len(references) == 1:
        bill = lock_bill(reference=references[0])
        _lay_on(payment, bill, actor, now)
    else:
        payment.doubt = "several_bills" if references else rules.NO_BILL
        payment.save(update_fields=["doubt"])


def _lay_on(payment: models.Payment, bill: models.Bill, actor: Actor, now: datetime) -> int:
    """Lay what is left of the locked payment on the locked bill; how much found its place."""
    due_before = bill.due_dong
    laid, left = rules.lay(payment.left_dong, queries.owed_of(bill.obligations.order_by("id")))
    for charge_id, dong in laid:
        row = models.Obligation.objects.get(pk=charge_id)
        row.paid_dong += dong
        row.save(update_fields=["paid_dong"])
        models.Allocation.objects.create(
            payment=payment, obligation=row, amount_dong=dong, made_at=now, made_by=actor.code
        )
    payment.doubt = rules.judge(payment.left_dong, due_before)
    before, payment.bill, payment.unit_key, payment.left_dong = payment.bill_id, bill, bill.unit_key, left
    restate(payment)
    placed_dong = sum(dong for _, dong in laid)
    body = {
        "payment": payment.public_id, "provider": payment.provider, "laid_dong": placed_dong, "left_dong": left,
        "judged": payment.doubt,
    }  # fmt: skip
    record_fact(kind=facts.MATCHED, subject=bill.case_id, unit_key=bill.unit_key, body=body, actor=actor, now=now)
    settle(bill=bill, actor=actor, now=now)
    if before and before != bill.pk:
        settle(bill=lock_bill(pk=before), actor=actor, now=now)
    return placed_dong


def restate(payment: models.Payment) -> None:
    """Write how the payment stands after money of it was laid, lifted or given back."""
    laid_dong = sum(payment.allocations.values_list("amount_dong", flat=True))
    payment.state = rules.payment_state(
        amount_dong=payment.amount_dong,
        left_dong=payment.left_dong,
        laid_dong=laid_dong,
        has_bill=payment.bill_id is not None,
    )
    payment.save(update_fields=["state", "doubt", "bill", "unit_key", "left_dong"])


@transaction.atomic
def match_by_hand(*, payment_id: str, reference: str, actor: Actor, now: datetime) -> int:
    """
    Lay what is left of a payment on a bill that an officer names by its reference; how much found its place.

    :raises CannotCharge: nothing of it is left, there is no such bill, or the bill lacks nothing
    """
    payment = models.Payment.objects.select_for_update().get(public_id=payment_id)
    if not payment.left_dong:
        raise CannotCharge("Khoản tiền này đã được ghép hết.", "All of this payment is matched.")
    if not rules.is_reference(reference) or not models.Bill.objects.filter(reference=reference).exists():
        raise CannotCharge("Không có mã nộp tiền này.", "There is no such payment reference.")
    bill = lock_bill(reference=reference)
    if not bill.due_dong:
        raise CannotCharge("Hồ sơ này không còn khoản nào phải nộp.", "Nothing is due for this dossier.")
    return _lay_on(payment, bill, actor, now)


@transaction.atomic
def take_cash(*, case_id: str, amount_dong: int, key: str, actor: Actor, now: datetime) -> models.Payment:
    """
    Record cash taken at the counter for what a case owes; the same key twice is one payment.

    :raises CannotCharge: nothing is due, or the amount is not between 1 đồng and what is due
    """
    known = models.Payment.objects.filter(provider=CASH, provider_id=key).first()
    if known:
        return known
    try:
        bill = lock_bill(case_id=case_id)
    except models.Bill.DoesNotExist:
        raise CannotCharge("Hồ sơ này không có khoản phải nộp.", "This dossier owes nothing.") from None
    if not 0 < amount_dong <= bill.due_dong:
        raise CannotCharge("Số tiền thu phải từ 1 đồng đến số còn phải nộp.", "Take between 1 đồng and what is due.")
    payment = models.Payment.objects.create(
        public_id=new_payment_id(), provider=CASH, provider_id=key, unit_key=bill.unit_key, amount_dong=amount_dong,
        left_dong=amount_dong, state="unmatched", method=CASH, payer_name=bill.payer_name, paid_at=now, recorded_at=now,
        heard_by=COUNTER,
    )  # fmt: skip
    body = {"amount_dong": amount_dong, "provider": CASH, "heard_by": COUNTER}
    record_fact(kind=facts.RECEIVED, subject=payment.public_id, unit_key=bill.unit_key, body=body, actor=actor, now=now)
    _lay_on(payment, bill, actor, now)
    return payment
