"""The simulated bank: it keeps transfers and refunds in tables, and goes wrong on demand."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from tinhso.platform.outside import Refused, Unreachable
from tinhso.platform.payments.models import SimulatedFault, SimulatedRefund, SimulatedTransfer
from tinhso.platform.payments.ports import RefundOrder
from tinhso.platform.payments.rules import Incoming, write_statement

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NO_ANSWER, REFUSAL, LOST_ANSWER = "no_answer", "refusal", "lost_answer"
FAULTS = (NO_ANSWER, REFUSAL, LOST_ANSWER)


class SimulatedGateway:
    """
    Tells what its tables hold.

    Each fault is used up by one call: "no_answer" does nothing and does not answer, "refusal" refuses a refund,
    "lost_answer" carries a refund out and does not answer.
    """

    def list_payments(self, since: datetime, until: datetime) -> Sequence[Incoming]:
        """The transfers of that time, told or not; raises as promised in the port."""
        if _next_fault() == NO_ANSWER:
            raise Unreachable("simulated: no answer")
        return _transfers(since, until)

    def get_statement(self, on: date) -> str:
        """The transfers of that day as a statement; raises as promised in the port."""
        if _next_fault() == NO_ANSWER:
            raise Unreachable("simulated: no answer")
        start = datetime.combine(on, time.min, VIETNAM)
        return write_statement(_transfers(start, start + timedelta(days=1)))

    def refund(self, order: RefundOrder) -> str:
        """The number of the refund; raises as promised in the port."""
        fault = _next_fault()
        if fault == NO_ANSWER:
            raise Unreachable("simulated: no answer")
        if fault == REFUSAL:
            raise Refused("simulated: the payer's account is closed")
        transfer = SimulatedTransfer.objects.filter(provider_id=order.payment_id).first()
        if transfer is None or order.amount_dong > transfer.amount_dong:
            raise Refused("simulated: no such payment")
        row, _is_new = SimulatedRefund.objects.get_or_create(
            key=order.key,
            defaults={
                "provider_id": f"HT{order.key}",
                "payment_id": order.payment_id,
                "amount_dong": order.amount_dong,
                "done_at": transfer.paid_at,
            },
        )
        if fault == LOST_ANSWER:
            raise Unreachable("simulated: done, but the answer was lost")
        return row.provider_id

    def find_refund(self, key: str) -> str | None:
        """The number of the refund under that key, or None; raises as promised in the port."""
        if _next_fault() == NO_ANSWER:
            raise Unreachable("simulated: no answer")
        return SimulatedRefund.objects.filter(key=key).values_list("provider_id", flat=True).first()


def _transfers(since: datetime, until: datetime) -> list[Incoming]:
    rows = SimulatedTransfer.objects.filter(paid_at__gte=since, paid_at__lt=until).order_by("paid_at", "id")
    return [incoming_of(row) for row in rows]


def incoming_of(row: SimulatedTransfer) -> Incoming:
    """That transfer as the bank tells it."""
    return Incoming(
        provider_id=row.provider_id,
        amount_dong=row.amount_dong,
        content=row.content,
        paid_at=row.paid_at,
        account=row.account,
        payer_name=row.payer_name,
    )


def _next_fault() -> str:
    with transaction.atomic():
        row = SimulatedFault.objects.select_for_update(skip_locked=True).order_by("pk").first()
        if row is None:
            return ""
        row.delete()
        return row.kind
