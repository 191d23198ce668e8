"""Reports that are due, and each version that was handed in."""

from django.db import models


class Report(models.Model):
    """
    One row is one report: what one unit owes for one period of one regime. `public_id` is that of its case.

    `content` is what is being filled in, `revision` counts its changes; `version` is the number of the latest version handed in
    (0: none). `state` repeats the case's. The receiver's own report is summed (`is_summed`) from those below; `summed_from` says of
    which versions, `is_stale` that one of them has changed since.
    """

    public_id = models.CharField(max_length=20, unique=True)
    regime = models.CharField(max_length=60)
    regime_version = models.DateField()
    period = models.CharField(max_length=24)
    start_on = models.DateField()
    cut_off_on = models.DateField()
    due_at = models.DateTimeField()
    unit_key = models.CharField(max_length=64)
    receiver_key = models.CharField(max_length=64, blank=True)
    is_summed = models.BooleanField(default=False)
    subject = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20)
    content = models.JSONField(default=dict)
    revision = models.IntegerField(default=0)
    version = models.IntegerField(default=0)
    summed_from = models.JSONField(default=dict)
    summed_at = models.DateTimeField(null=True)
    is_stale = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64)
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    sent_up_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["unit_key", "-due_at"], name="reporting_of_unit"),
            models.Index(fields=["receiver_key", "regime", "period"], name="reporting_of_receiver"),
        ]
        constraints = [models.UniqueConstraint(fields=["regime", "period", "unit_key"], name="reporting_report_once")]

    def __str__(self) -> str:
        return f"{self.regime} {self.period} {self.unit_key}"


class Version(models.Model):
    """One row is one version of a report as it was handed in; it is never changed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    summed_from = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    maker_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="reporting_version_once")]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.number}"
