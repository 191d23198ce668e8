"""What goes out of reporting and comes in: signed files, parcels to the level above, reminders, workbooks that were taken up."""

from django.db import models

from tinhso.modules.government.reporting.models.reports import Report


class SignedFile(models.Model):
    """One row is the signed paper of one version of a report, with the file of its content; neither is ever changed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="signed_files")
    number = models.IntegerField()
    content_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=64)
    signer_name = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=160, blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="reporting_signed_once")]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.number} {self.signer_name}"


class Parcel(models.Model):
    """
    One row is one version of a report on its way to the level above, under a key that is the same however often it is sent.

    `state`: "waiting", "sent" with its receipt, "refused" with why, "replaced" by a later version before it arrived.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="parcels")
    number = models.IntegerField()
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10)
    content_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    ordered_by = models.CharField(max_length=64)
    ordered_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)
    receipt = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_at"], name="reporting_parcels_due")]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class Reminder(models.Model):
    """One row is one reminder that one person was given of one report; `key` says which of the regime's, or by whose hand."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="reminders")
    key = models.CharField(max_length=80)
    recipient_code = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "key", "recipient_code"], name="reporting_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key} {self.recipient_code}"


class Workbook(models.Model):
    """One row is one workbook whose cells were taken up into a report, and by which change of it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="workbooks")
    name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    revision = models.IntegerField()
    cells = models.IntegerField()
    taken_by = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "-taken_at"], name="reporting_workbooks")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.name}"


class SimulatedParcel(models.Model):
    """One row is one report that the simulated receiver holds; in a demonstration and in tests only."""

    key = models.CharField(max_length=120, unique=True)
    body = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class ReceiverFault(models.Model):
    """One row is one fault that the simulated receiver has still to commit."""

    kind = models.CharField(max_length=20)

    def __str__(self) -> str:
        return self.kind
