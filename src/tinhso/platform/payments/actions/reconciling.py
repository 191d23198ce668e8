"""Asking the gateway what it holds: recent payments it did not tell of, and each day's statement against our records."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Sum

from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.outside import Refused, Unreachable
from tinhso.platform.payments import facts, models, rules
from tinhso.platform.payments.actions.receiving import LIST, STATEMENT, Contradiction, take_payment
from tinhso.platform.payments.actions.refunding import UNDER_WAY, carry_out_refund
from tinhso.platform.payments.adapters import BANK, find_gateway
from tinhso.platform.people.rules import SYSTEM

LOOK_BACK = timedelta(hours=26)


def poll_payments(*, now: datetime, look_back: timedelta = LOOK_BACK) -> int:
    """
    Take the payments of the last day that no message told of, and try refunds under way again; how many were new.

    :raises Unreachable: the gateway did not answer
    """
    gateway = find_gateway()
    if gateway is None:
        return 0
    new = sum(_take(each, LIST, now) == "added" for each in gateway.list_payments(now - look_back, now))
    for refund_id in models.Refund.objects.filter(state__in=UNDER_WAY).values_list("public_id", flat=True):
        carry_out_refund(refund_id=refund_id, now=now)
    return new


def reconcile_day(*, on: date, now: datetime) -> models.Reconciliation | None:
    """
    Compare a day's statement with what was recorded, take what is missing, and tell the ledger; run again it is renewed.

    :returns: None when there is no gateway, or it has no statement of that day yet
    :raises Unreachable: the gateway did not answer
    :raises rules.Unreadable: the statement is not of the agreed shape
    """
    gateway = find_gateway()
    if gateway is None:
        return None
    try:
        told = rules.read_statement(gateway.get_statement(on))
    except Refused:
        return None
    outcomes = [(each.provider_id, _take(each, STATEMENT, now)) for each in told]
    start = datetime.combine(on, time.min, VIETNAM)
    ours = models.Payment.objects.filter(provider=BANK, paid_at__gte=start, paid_at__lt=start + timedelta(days=1))
    known = ours.aggregate(count=Count("id"), dong=Sum("amount_dong"))
    untold = ours.exclude(provider_id__in=[each.provider_id for each in told]).values_list("provider_id", flat=True)
    differing = [[number, "amount"] for number, outcome in outcomes if outcome == "differs"]
    differing += [[number, "not_on_statement"] for number in untold]
    with transaction.atomic():
        row, _is_new = models.Reconciliation.objects.update_or_create(
            on=on,
            defaults={
                "ran_at": now, "told_count": len(told), "told_dong": sum(each.amount_dong for each in told),
                "known_count": known["count"], "known_dong": known["dong"] or 0,
                "added": sum(outcome == "added" for _, outcome in outcomes), "differing": differing,
            },
        )  # fmt: skip
        body = {"on": on.isoformat(), "told_dong": row.told_dong, "known_dong": row.known_dong, "added": row.added, "differing": len(differing)}  # fmt: skip
        subject = f"reconciliation:{on.isoformat()}"
        record_fact(kind=facts.RECONCILED, subject=subject, unit_key="", body=body, actor=SYSTEM, now=now)
    return row


def _take(incoming: rules.Incoming, heard_by: str, now: datetime) -> str:
    known = models.Payment.objects.filter(provider=BANK, provider_id=incoming.provider_id).first()
    if known:
        return "known" if known.amount_dong == incoming.amount_dong else "differs"
    try:
        take_payment(incoming=incoming, heard_by=heard_by, now=now)
    except Contradiction:
        return "differs"
    return "added"


__all__ = ["Unreachable", "poll_payments", "reconcile_day"]
