"""How a bill stands after something changed: the state of each charge, what is due, and the fact that all is paid."""

from datetime import datetime

from django.db.models import Sum

from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.payments import facts, models
from tinhso.platform.payments.queries.bills import owed_of
from tinhso.platform.payments.rules import OPEN, state_of
from tinhso.platform.people.rules import Actor


def lock_bill(**wanted: object) -> models.Bill:
    """
    That bill, locked until the transaction ends.

    :raises models.Bill.DoesNotExist: there is none
    """
    return models.Bill.objects.select_for_update().get(**wanted)


def settle(*, bill: models.Bill, actor: Actor, now: datetime) -> None:
    """Write how the locked bill and its charges stand; the first time that nothing is open a fact tells it."""
    rows = list(bill.obligations.order_by("id"))
    surplus_dong = models.Payment.objects.filter(bill=bill).aggregate(sum=Sum("left_dong"))["sum"] or 0
    owed = owed_of(rows)
    for position, (row, each) in enumerate(zip(rows, owed, strict=True), start=1):
        state = state_of(each, surplus_dong if position == len(rows) else 0)
        if state != row.state:
            row.state, row.changed_at, row.changed_by = state, now, actor.code
            row.save(update_fields=["state", "changed_at", "changed_by"])
    bill.due_dong = sum(each.lacks_dong for each in owed)
    was_settled, is_settled = bill.settled_at is not None, not any(row.state in OPEN for row in rows)
    bill.settled_at = (bill.settled_at or now) if is_settled else None
    bill.save(update_fields=["due_dong", "settled_at"])
    if is_settled and not was_settled and rows:
        body = {"reference": bill.reference, "paid_dong": sum(each.paid_dong for each in owed)}
        record_fact(kind=facts.SETTLED, subject=bill.case_id, unit_key=bill.unit_key, body=body, actor=actor, now=now)
