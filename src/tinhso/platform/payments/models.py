"""The rows of money: bills and their charges, payments and what they lie on, refunds, receipts, accounts, reconciliation."""

from django.db import models
from django.db.models import F, Q


class Tariff(models.Model):
    """The one row holds what `fees.toml` of the packs add to procedures, the tables as they were read."""

    body = models.JSONField(default=list)

    def __str__(self) -> str:
        return "tariff"


class Account(models.Model):
    """One row is a bank account that receives for a unit and all below it that have none of their own."""

    unit_key = models.CharField(max_length=64, unique=True)
    bank_bin = models.CharField(max_length=6)
    bank_name = models.CharField(max_length=120)
    number = models.CharField(max_length=19)
    holder = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.number} {self.holder}"


class Bill(models.Model):
    """One row is everything one case owes, under one payment reference; it is locked while money is laid on it."""

    reference = models.CharField(max_length=25, unique=True)
    case_id = models.CharField(max_length=20, unique=True)
    procedure_code = models.CharField(max_length=64)
    unit_key = models.CharField(max_length=64)
    payer_code = models.CharField(max_length=64, blank=True)
    payer_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="vi")
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    due_dong = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["due_dong", "opened_at"], name="payments_bill_due", condition=Q(due_dong__gt=0)),
            models.Index(fields=["unit_key", "-id"], name="payments_bill_unit"),
        ]

    def __str__(self) -> str:
        return self.reference


class Obligation(models.Model):
    """One row is one charge of a case; its state is apart from the case's own. `full_dong` is before any relief."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="obligations")
    fee_code = models.CharField(max_length=40)
    occasion = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    full_dong = models.BigIntegerField(default=0)
    amount_dong = models.BigIntegerField(default=0)
    paid_dong = models.BigIntegerField(default=0)
    refunded_dong = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12)
    is_assessed = models.BooleanField(default=True)
    lines = models.JSONField(default=list)
    exemptions = models.JSONField(default=list)
    source = models.CharField(max_length=1000, blank=True)
    relief = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    ended = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill", "fee_code", "occasion"], name="payments_charge_once"),
            models.CheckConstraint(
                condition=Q(amount_dong__gte=0, paid_dong__gte=0, refunded_dong__gte=0), name="payments_no_negative"
            ),
            models.CheckConstraint(condition=Q(paid_dong__lte=F("amount_dong")), name="payments_not_beyond_charge"),
        ]

    def __str__(self) -> str:
        return f"{self.fee_code} {self.amount_dong}"


class Payment(models.Model):
    """
    One row is money that arrived, once for each number the provider gives it.

    `left_dong` lies on no charge: with a bill it is in doubt (paid twice, too much), without one it is unmatched.
    """

    public_id = models.CharField(max_length=20, unique=True)
    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=80)
    bill = models.ForeignKey(Bill, null=True, on_delete=models.PROTECT, related_name="payments")
    unit_key = models.CharField(max_length=64)
    amount_dong = models.BigIntegerField()
    left_dong = models.BigIntegerField()
    state = models.CharField(max_length=12)
    doubt = models.CharField(max_length=20, blank=True)
    method = models.CharField(max_length=20)
    content = models.CharField(max_length=300, blank=True)
    payer_name = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=40, blank=True)
    paid_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    heard_by = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_id"], name="payments_once"),
            models.CheckConstraint(
                condition=Q(amount_dong__gt=0, left_dong__gte=0, left_dong__lte=F("amount_dong")),
                name="payments_left_within_amount",
            ),
        ]
        indexes = [
            models.Index(fields=["unit_key", "state", "-id"], name="payments_by_unit"),
            models.Index(fields=["unit_key", "-id"], name="payments_of_unit"),
            models.Index(fields=["unit_key", "paid_at"], name="payments_of_unit_by_day"),
            models.Index(fields=["paid_at"], name="payments_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.amount_dong}"


class Allocation(models.Model):
    """One row is money of a payment laid on a charge, or taken off it again (negative). Rows are only ever added."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations")
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="allocations")
    amount_dong = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.amount_dong}"


class Refund(models.Model):
    """One row is money to be given back of one payment: proposed by one officer, approved by another, then carried out."""

    public_id = models.CharField(max_length=20, unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_dong = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=12)
    unit_key = models.CharField(max_length=64)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=80, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    tries = models.SmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    lifted = models.JSONField(default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_dong__gt=0), name="payments_refund_of_something")]
        indexes = [models.Index(fields=["unit_key", "state"], name="payments_refund_unit")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.amount_dong}"


class ReceiptSeries(models.Model):
    """One row counts the receipts of one agency in one year; it is locked until the receipt is written."""

    prefix = models.CharField(max_length=80, primary_key=True)
    last = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"


class Receipt(models.Model):
    """One row is one receipt (biên lai) over what a payment brought to the charges of a bill at one moment."""

    public_id = models.CharField(max_length=20, unique=True)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="receipts")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="receipts")
    number = models.CharField(max_length=60, unique=True)
    amount_dong = models.BigIntegerField()
    lines = models.JSONField()
    laid_at = models.DateTimeField()
    file_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payment", "bill", "laid_at"], name="payments_receipt_once")]

    def __str__(self) -> str:
        return self.number


class Reconciliation(models.Model):
    """One row is the comparison of one day's statement with what was recorded."""

    on = models.DateField(unique=True)
    ran_at = models.DateTimeField()
    told_count = models.IntegerField()
    told_dong = models.BigIntegerField()
    known_count = models.IntegerField()
    known_dong = models.BigIntegerField()
    added = models.IntegerField()
    differing = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.on)


class SimulatedTransfer(models.Model):
    """One row is a payment at the simulated bank: when it happened, when it is told, and how the telling goes wrong."""

    provider_id = models.CharField(max_length=80, unique=True)
    amount_dong = models.BigIntegerField()
    content = models.CharField(max_length=300, blank=True)
    payer_name = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=40, blank=True)
    paid_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    tellings = models.SmallIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.provider_id} {self.amount_dong}"


class SimulatedRefund(models.Model):
    """One row is a refund the simulated bank carried out, once for each key."""

    key = models.CharField(max_length=80, unique=True)
    provider_id = models.CharField(max_length=80)
    payment_id = models.CharField(max_length=80)
    amount_dong = models.BigIntegerField()
    done_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class SimulatedFault(models.Model):
    """One row makes the next call of that kind go wrong, and is used up by it."""

    kind = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.kind
