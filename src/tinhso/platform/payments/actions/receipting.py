"""Receipts: a number of the agency's series of the year, a PDF that is kept, and the fact."""

from datetime import datetime
from random import SystemRandom
from typing import Any

from django.db import transaction

from tinhso.kernel.identifiers.tracking_ids import new_tracking_id
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.actions import keep_document
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.payments import facts, models
from tinhso.platform.payments.queries.receipts import TAX, fields_of_receipt, lay_out_receipt, series_of
from tinhso.platform.people.rules import Actor

PDF = "application/pdf"


@transaction.atomic
def issue_receipt(
    *, payment_id: str, case_id: str, laid_at: datetime, actor: Actor, now: datetime
) -> models.Receipt | None:
    """
    Issue the receipt over what a payment brought to a case at that moment, once; None when it brought nothing.

    The number is taken under the lock of its series, so numbers have no gap: a layout that fails takes none.
    """
    payment = models.Payment.objects.select_for_update().get(public_id=payment_id)
    bill = models.Bill.objects.get(case_id=case_id)
    known = payment.receipts.filter(bill=bill, laid_at=laid_at).first()
    lines = _lines(payment, bill, laid_at)
    if known or not lines:
        return known
    prefix = series_of(bill.unit_key, now.astimezone(VIETNAM).date())
    models.ReceiptSeries.objects.get_or_create(prefix=prefix)
    series = models.ReceiptSeries.objects.select_for_update().get(prefix=prefix)
    series.last += 1
    series.save(update_fields=["last"])
    receipt = models.Receipt(
        public_id="BL" + new_tracking_id(SystemRandom()).removeprefix("TS"), bill=bill, payment=payment,
        number=f"{prefix}-{series.last:07d}", amount_dong=sum(line["amount_dong"] for line in lines), lines=lines, laid_at=laid_at,
        issued_at=now, issued_by=actor.code,
    )  # fmt: skip
    content = lay_out_receipt(fields_of_receipt(receipt), now)
    receipt.file_sha256 = keep_document(content=content, media_type=PDF, actor=actor, now=now).sha256
    receipt.save()
    body = {"number": receipt.number, "amount_dong": receipt.amount_dong, "file_sha256": receipt.file_sha256}
    record_fact(
        kind=facts.RECEIPT_ISSUED, subject=bill.case_id, unit_key=bill.unit_key, body=body, actor=actor, now=now
    )
    return receipt


def _lines(payment: models.Payment, bill: models.Bill, laid_at: datetime) -> list[dict[str, Any]]:
    laid = payment.allocations.filter(obligation__bill=bill, made_at=laid_at, amount_dong__gt=0).order_by("id")
    return [
        {
            "name": row.obligation.name_vi,
            "kind": row.obligation.kind,
            "amount_dong": row.amount_dong,
            "basis": row.obligation.reason if row.obligation.kind == TAX else "",
        }
        for row in laid.select_related("obligation")
    ]
