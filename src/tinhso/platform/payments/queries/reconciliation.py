"""Payments of units to be looked at: matched, unmatched, doubtful; suggestions, refunds, days, and whether sums agree."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Q, Sum

from tinhso.platform.payments import models
from tinhso.platform.payments.queries.bills import PaymentRow, payment_row
from tinhso.platform.payments.rules import Candidate, Suggestion, suggest
from tinhso.platform.payments.rules.matching import NEAR

ON_A_PAGE = 50
MOST_CANDIDATES = 200
RECENT = timedelta(days=30)
WAITING = ("unmatched", "doubtful")
UNDER_WAY = ("proposed", "approved", "unsure", "failed")
IMBALANCES = """
    select p.public_id, p.amount_dong, p.left_dong, coalesce(a.dong, 0), coalesce(r.dong, 0)
    from payments_payment p
    left join (select payment_id, sum(amount_dong) dong from payments_allocation group by 1) a on a.payment_id = p.id
    left join (select payment_id, sum(amount_dong) dong from payments_refund
               where state in ('approved', 'unsure', 'done') group by 1) r on r.payment_id = p.id
    where p.amount_dong <> p.left_dong + coalesce(a.dong, 0) + coalesce(r.dong, 0)
"""
MISLAID = """
    select b.case_id, o.amount_dong, 0, o.paid_dong, coalesce(sum(a.amount_dong), 0)
    from payments_obligation o join payments_bill b on b.id = o.bill_id
    left join payments_allocation a on a.obligation_id = o.id
    group by b.case_id, o.id having o.paid_dong <> coalesce(sum(a.amount_dong), 0)
"""


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A payment or charge whose sums do not agree."""

    subject: str
    amount_dong: int
    left_dong: int
    laid_dong: int
    other_dong: int


@dataclass(frozen=True, slots=True)
class RefundRow:
    """One refund: how much of which payment, why, who proposed and decided, how it went."""

    public_id: str
    payment_id: str
    amount_dong: int
    reason: str
    state: str
    unit_key: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    trouble: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many payments stand so, and how much of them lies on no charge."""

    state: str
    count: int
    amount_dong: int
    left_dong: int


def list_payments(
    unit_keys: Collection[str], *, state: str = "", before: int | None = None, limit: int = ON_A_PAGE
) -> tuple[list[PaymentRow], int | None]:
    """
    The payments of these units, newest first, and where the next page begins (None at the end).

    A statement for each unit, so that each reads the end of one branch of an index, however many payments lie before.
    """
    rows = models.Payment.objects.select_related("bill").order_by("-id")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(pk__lt=before) if before else rows
    of_each = [row for key in set(unit_keys) for row in rows.filter(unit_key=key)[: limit + 1]]
    found = sorted(of_each, key=lambda row: -row.pk)[: limit + 1]
    shown = found[:limit]
    following = shown[-1].pk if len(found) > limit else None
    return [payment_row(row, row.bill) for row in shown], following


def find_payment(public_id: str) -> PaymentRow | None:
    """The payment of that id, or None."""
    row = models.Payment.objects.select_related("bill").filter(public_id=public_id).first()
    return payment_row(row, row.bill) if row else None


def totals_of(unit_keys: Collection[str], now: datetime) -> list[Totals]:
    """How the payments of these units stand, by state: all that somebody must look at, of the others the last 30 days."""
    counted = Q(state__in=WAITING) | Q(paid_at__gte=now - RECENT)
    rows = models.Payment.objects.filter(counted, unit_key__in=unit_keys).values("state").order_by("state")
    summed = rows.annotate(count=Count("id"), dong=Sum("amount_dong"), left=Sum("left_dong"))
    return [Totals(row["state"], row["count"], row["dong"], row["left"]) for row in summed]


def count_waiting(unit_keys: Collection[str]) -> int:
    """How many payments of these units somebody must look at, and refunds that wait for approval."""
    payments = models.Payment.objects.filter(unit_key__in=unit_keys, state__in=WAITING).count()
    return payments + models.Refund.objects.filter(unit_key__in=unit_keys, state="proposed").count()


def list_suggestions(payment: PaymentRow) -> tuple[Suggestion, ...]:
    """The bills that an unmatched payment might be meant for; never more than a suggestion."""
    since = payment.paid_at - NEAR
    near = models.Bill.objects.filter(
        Q(due_dong=payment.left_dong), opened_at__gte=since, opened_at__lte=payment.paid_at
    )
    candidates = [
        Candidate(row.reference, row.due_dong, row.payer_name, row.opened_at)
        for row in near.order_by("-id")[:MOST_CANDIDATES]
    ]
    return suggest(payment.left_dong, payment.payer_name, payment.paid_at, candidates)


def list_refunds(unit_keys: Collection[str], *, payment_id: str = "", limit: int = ON_A_PAGE) -> list[RefundRow]:
    """The refunds of these units that are not over, newest first; with a payment all of that one."""
    rows = models.Refund.objects.filter(unit_key__in=unit_keys).select_related("payment").order_by("-id")
    rows = rows.filter(payment__public_id=payment_id) if payment_id else rows.filter(state__in=UNDER_WAY)
    return [
        RefundRow(
            row.public_id, row.payment.public_id, row.amount_dong, row.reason, row.state, row.unit_key, row.proposed_by,
            row.proposed_at, row.decided_by, row.trouble, row.done_at,
        )
        for row in rows[:limit]
    ]  # fmt: skip


def list_reconciliations(limit: int = 14) -> list[models.Reconciliation]:
    """The last days that were compared with the statement."""
    return list(models.Reconciliation.objects.order_by("-on")[:limit])


def list_imbalances() -> list[Imbalance]:
    """Payments and charges whose sums do not agree: none, unless rows were changed by hand."""
    return list(_imbalances())


def _imbalances() -> Iterator[Imbalance]:
    with connection.cursor() as cursor:
        for statement in (IMBALANCES, MISLAID):
            cursor.execute(statement)
            for row in cursor.fetchall():
                yield Imbalance(str(row[0]), *(int(each) for each in row[1:]))
