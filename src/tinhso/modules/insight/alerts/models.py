"""The rows of alerts: what is beyond a threshold, alerts and notes, changes of rules, samples, events, subscriptions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

Tags = dict[str, str]


class Watched(models.Model):
    """One row is one subject that is beyond a rule's threshold now: since when, and since when the rule fires."""

    rule = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    beyond_since = models.DateTimeField()
    fired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "subject"], name="alerts_watched_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}"


class Alert(models.Model):
    """
    One row is one alert; the work on it is the case `public_id`. A rule has at most one open alert for a subject.

    `value` and `threshold` are those of the moment it was raised; `cleared_at` says when its cause was gone.
    """

    public_id = models.CharField(max_length=20, unique=True)
    rule = models.CharField(max_length=80)
    level = models.CharField(max_length=8)
    subject = models.CharField(max_length=80)
    unit_key = models.CharField(max_length=64)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    threshold = models.DecimalField(max_digits=18, decimal_places=4)
    measure = models.CharField(max_length=40)
    as_of = models.DateTimeField(null=True)
    address = models.CharField(max_length=300)
    earlier_id = models.CharField(max_length=20, blank=True)
    raised_at = models.DateTimeField()
    escalate_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    is_false = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["-raised_at"], name="alerts_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject"], name="alerts_one_open", condition=Q(closed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}"


class Note(models.Model):
    """One row is what somebody noted on an alert, in any state."""

    PERSONAL: ClassVar[Tags] = {"writer_name": "name"}

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT)
    text = models.CharField(max_length=1000)
    written_by = models.CharField(max_length=64)
    writer_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.alert_id} {self.written_at}"


class Adjustment(models.Model):
    """One row is one change of a rule by the province: another threshold, a pause, an end of a pause; the latest counts."""

    THRESHOLD, PAUSE, RESUME = "threshold", "pause", "resume"

    rule = models.CharField(max_length=80)
    act = models.CharField(max_length=10)
    threshold = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    until_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)
    decided_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["rule", "-id"], name="alerts_adjusted")]

    def __str__(self) -> str:
        return f"{self.rule} {self.act}"


class Silence(models.Model):
    """One row is one source that cannot be read now: since when, and what it said."""

    source = models.CharField(max_length=120, unique=True)
    since = models.DateTimeField()
    problem = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.source


class Sample(models.Model):
    """One row is one value of an hour, kept for 31 days, so that a threshold can be tried on what was."""

    source = models.CharField(max_length=120)
    subject = models.CharField(max_length=80)
    read_at = models.DateTimeField()
    value = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "subject", "read_at"], name="alerts_sample_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.subject} {self.read_at}"


class Event(models.Model):
    """One row is one thing that happened and explains figures; withdrawn with a reason, never deleted."""

    public_id = models.CharField(max_length=32, unique=True)
    unit_key = models.CharField(max_length=64, blank=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)
    address = models.CharField(max_length=500, blank=True)
    entered_by = models.CharField(max_length=64)
    entered_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["first_on"], name="alerts_event_by_day")]

    def __str__(self) -> str:
        return self.title_vi


class Contact(models.Model):
    """One row is where an officer wants to be told of alerts outside the application."""

    PERSONAL: ClassVar[Tags] = {"email": "contact", "phone": "contact"}

    officer_code = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.officer_code


class Subscription(models.Model):
    """One row is one wish for letters about a figure or a board of a unit; it counts once the address is confirmed."""

    PERSONAL: ClassVar[Tags] = {"email": "contact"}

    public_id = models.CharField(max_length=32, unique=True)
    person_code = models.CharField(max_length=64)
    subject = models.CharField(max_length=120)
    unit_key = models.CharField(max_length=64, blank=True)
    rhythm = models.CharField(max_length=8)
    hour = models.PositiveSmallIntegerField()
    email = models.EmailField()
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person_code", "-id"], name="alerts_subscribed_by"),
            models.Index(fields=["next_at"], name="alerts_subscription_due", condition=Q(next_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.rhythm}"


class Sent(models.Model):
    """One row is one letter of a subscription for one period; `lines` is what it said, to tell what changed next time."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT)
    period = models.CharField(max_length=12)
    lines = models.JSONField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "period"], name="alerts_sent_once")]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.period}"
