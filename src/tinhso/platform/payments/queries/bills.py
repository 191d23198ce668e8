"""What one case owes and what came in for it, as pages show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinhso.platform.payments import models
from tinhso.platform.payments.queries.tariffs import NoAccount, find_account, payee_of
from tinhso.platform.payments.rules import OPEN, NotPayable, Owed, write_vietqr


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """One charge: what it is for, what it comes to, how it stands, how it was reckoned, who pays less."""

    id: int
    fee_code: str
    kind: str
    name_vi: str
    name_en: str
    full_dong: int
    amount_dong: int
    paid_dong: int
    refunded_dong: int
    state: str
    lines: Sequence[Sequence[str]]
    exemptions: Sequence[dict[str, str]]
    relief: str
    reason: str

    def name_in(self, language: str) -> str:
        """What it is for."""
        return self.name_en if language == "en" else self.name_vi

    @property
    def is_open(self) -> bool:
        """Whether something is still to be paid or assessed."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment: how much, how, when, and how much of it lies on no charge."""

    public_id: str
    amount_dong: int
    left_dong: int
    state: str
    doubt: str
    method: str
    content: str
    payer_name: str
    paid_at: datetime
    recorded_at: datetime
    reference: str
    case_id: str
    unit_key: str


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt."""

    public_id: str
    number: str
    amount_dong: int
    file_sha256: str
    issued_at: datetime
    lines: Sequence[dict[str, Any]]
    unit_key: str
    case_id: str


@dataclass(frozen=True, slots=True)
class BillView:
    """Everything one case owes: charges in order, payments, receipts."""

    reference: str
    case_id: str
    unit_key: str
    payer_name: str
    opened_at: datetime
    settled_at: datetime | None
    due_dong: int
    charges: tuple[ChargeRow, ...]
    payments: tuple[PaymentRow, ...]
    receipts: tuple[ReceiptRow, ...]

    @property
    def paid_dong(self) -> int:
        """What lies on the charges now."""
        return sum(each.paid_dong for each in self.charges)

    @property
    def surplus_dong(self) -> int:
        """What came in and lies on no charge."""
        return sum(each.left_dong for each in self.payments)

    @property
    def is_unassessed(self) -> bool:
        """Whether the amount of some charge is not known yet."""
        return any(each.state == "unassessed" for each in self.charges)


@dataclass(frozen=True, slots=True)
class Transfer:
    """How to pay by bank: the account in words, and the text of the QR code."""

    bank_name: str
    account: str
    holder: str
    amount_dong: int
    reference: str
    qr: str


def get_due(case_id: str) -> int:
    """How many đồng the case still owes."""
    return models.Bill.objects.filter(case_id=case_id).values_list("due_dong", flat=True).first() or 0


def find_bill(case_id: str) -> BillView | None:
    """The bill of that case, or None where it owes nothing."""
    row = models.Bill.objects.filter(case_id=case_id).first()
    if row is None:
        return None
    payments = models.Payment.objects.filter(bill=row).order_by("id")
    return BillView(
        reference=row.reference, case_id=row.case_id, unit_key=row.unit_key, payer_name=row.payer_name,
        opened_at=row.opened_at, settled_at=row.settled_at, due_dong=row.due_dong,
        charges=tuple(_charge(each) for each in row.obligations.order_by("id")),
        payments=tuple(payment_row(each, row) for each in payments),
        receipts=tuple(_receipt(each, row) for each in row.receipts.order_by("id")),
    )  # fmt: skip


def find_transfer(bill: BillView) -> Transfer | None:
    """How to pay what the bill lacks by bank; None where nothing is due or no account receives."""
    account = find_account(bill.unit_key)
    if not bill.due_dong or account is None:
        return None
    try:
        qr = write_vietqr(payee_of(bill.unit_key), bill.due_dong, bill.reference)
    except (NotPayable, NoAccount):
        return None
    return Transfer(account.bank_name, account.number, account.holder, bill.due_dong, bill.reference, qr)


def find_receipt(public_id: str) -> ReceiptRow | None:
    """The receipt of that id, or None."""
    row = models.Receipt.objects.select_related("bill").filter(public_id=public_id).first()
    return _receipt(row, row.bill) if row else None


def owed_of(rows: Iterable[models.Obligation]) -> list[Owed]:
    """The charges as money is laid on them."""
    return [Owed(row.pk, row.amount_dong, row.paid_dong, row.refunded_dong, row.is_assessed, row.ended) for row in rows]


def payment_row(row: models.Payment, bill: models.Bill | None) -> PaymentRow:
    """That payment as pages show it."""
    return PaymentRow(
        row.public_id, row.amount_dong, row.left_dong, row.state, row.doubt, row.method, row.content, row.payer_name,
        row.paid_at, row.recorded_at, bill.reference if bill else "", bill.case_id if bill else "", row.unit_key,
    )  # fmt: skip


def _charge(row: models.Obligation) -> ChargeRow:
    return ChargeRow(
        row.pk, row.fee_code, row.kind, row.name_vi, row.name_en, row.full_dong, row.amount_dong, row.paid_dong,
        row.refunded_dong, row.state, row.lines, row.exemptions, row.relief, row.reason,
    )  # fmt: skip


def _receipt(row: models.Receipt, bill: models.Bill) -> ReceiptRow:
    return ReceiptRow(
        row.public_id, row.number, row.amount_dong, row.file_sha256, row.issued_at, row.lines, bill.unit_key, bill.case_id
    )  # fmt: skip
