"""The rows of the link: dossiers told, messages on their way, submissions from the portal, comparisons; and the simulator's."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Dossier(models.Model):
    """
    One row is one dossier that the portal hears of, under the portal's code; it has at most one message under way.

    `next_try_at` is when its first waiting message may be sent, or until when a sender holds it; null when nothing waits
    or when the first one is stuck. `states` are the ones among the ten it went through, the present one last.
    """

    case_public_id = models.CharField(max_length=20, unique=True)
    portal_code = models.CharField(max_length=60, unique=True)
    is_from_portal = models.BooleanField(default=False)
    unit_key = models.CharField(max_length=64)
    procedure_code = models.CharField(max_length=30)
    states = ArrayField(models.SmallIntegerField(), default=list)
    due_at = models.DateTimeField(null=True)
    told_sequence = models.IntegerField(default=0)
    last_sequence = models.IntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], name="portal_link_due", condition=Q(next_try_at__isnull=False)),
            models.Index(fields=["changed_at"], name="portal_link_changed"),
        ]

    def __str__(self) -> str:
        return self.portal_code


class Message(models.Model):
    """One row is one call that the portal must hear; (dossier, sequence) is its key. Its content goes once delivered."""

    WAITING, STUCK, DELIVERED, SKIPPED = "waiting", "stuck", "delivered", "skipped"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, db_index=False)
    sequence = models.IntegerField()
    call = models.CharField(max_length=30)
    fact_kind = models.CharField(max_length=80, blank=True)
    content = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=WAITING)
    tries = models.SmallIntegerField(default=0)
    trouble = models.CharField(max_length=12, blank=True)
    trouble_code = models.CharField(max_length=20, blank=True)
    trouble_words = models.CharField(max_length=300, blank=True)
    skip_reason = models.CharField(max_length=300, blank=True)
    settled_by = models.CharField(max_length=64, blank=True)
    written_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "sequence"], name="portal_link_message_key")]
        indexes = [
            models.Index(
                fields=["state", "written_at"],
                name="portal_link_unsettled",
                condition=Q(state__in=["waiting", "stuck"]),
            ),
            models.Index(fields=["settled_at"], name="portal_link_settled", condition=Q(settled_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.sequence}"


class Destination(models.Model):
    """One row is one place that messages go to, and how it fares."""

    code = models.CharField(max_length=40, primary_key=True)
    failures = models.IntegerField(default=0)
    rests = models.IntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    alerted_at = models.DateTimeField(null=True)
    trouble_words = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.code


class Submission(models.Model):
    """One row is one thing the portal sent us: a filing, a supplement, a withdrawal. Nothing that came is ever dropped."""

    WAITING, TAKEN, QUARANTINED, DISMISSED = "waiting", "taken", "quarantined", "dismissed"

    public_id = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=12)
    portal_code = models.CharField(max_length=60, blank=True)
    event_key = models.CharField(max_length=64, blank=True)
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default=WAITING)
    reason = models.CharField(max_length=30, blank=True)
    details = models.TextField(blank=True)
    tries = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    case_public_id = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portal_code", "kind", "event_key"], name="portal_link_submission_key")
        ]
        indexes = [models.Index(fields=["state", "received_at"], name="portal_link_submissions")]

    def __str__(self) -> str:
        return self.public_id


class Comparison(models.Model):
    """One row is one comparison of all dossiers changed in the last days with what the portal believes."""

    on = models.DateField()
    days = models.SmallIntegerField()
    looked_at = models.IntegerField(default=0)
    figures = models.JSONField(default=dict)
    unanswered = models.IntegerField(default=0)
    unknown_codes = models.JSONField(default=dict)
    compared_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-on", "-id"], name="portal_link_comparisons")]

    def __str__(self) -> str:
        return f"{self.on}"


class Difference(models.Model):
    """One row is one dossier on which we and the portal did not agree at a comparison."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE)
    portal_code = models.CharField(max_length=60)
    case_public_id = models.CharField(max_length=20, blank=True)
    standing = models.CharField(max_length=16)
    ours = models.SmallIntegerField(null=True)
    theirs = models.SmallIntegerField(null=True)
    waiting = models.IntegerField(default=0)
    repaired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comparison", "portal_code"], name="portal_link_difference_once")
        ]

    def __str__(self) -> str:
        return f"{self.portal_code} {self.standing}"


class SimulatedRecord(models.Model):
    """One row is one thing that the simulated portal keeps: a dossier, a key it has seen, a held call, a planned fault."""

    shelf = models.CharField(max_length=12)
    name = models.CharField(max_length=130)
    content = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shelf", "name"], name="portal_link_simulated_once")]

    def __str__(self) -> str:
        return f"{self.shelf} {self.name}"
