"""The rows of telemetry: devices and where they stand in time, newest values, what waits for its file, events, orders, counts."""

from django.db import models
from django.db.models import Q


class Device(models.Model):
    """One row is one thing that reports: its code never changes; of its key only a hash is kept."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, default="active")
    state_reason = models.CharField(max_length=300, blank=True)
    key_hash = models.CharField(max_length=200, blank=True)
    key_changed_at = models.DateTimeField(null=True)
    is_invented = models.BooleanField(default=False)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class Placement(models.Model):
    """
    One row is where a device stood, whose it was and which unit answered for it, from a moment until another.

    `thresholds` are those of this place alone (a river's alarm levels), by measure.
    """

    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="placements")
    unit_key = models.CharField(max_length=64)
    commune_key = models.CharField(max_length=64, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    place = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    thresholds = models.JSONField(default=dict)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device"], name="telemetry_one_place", condition=Q(valid_to__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.unit_key}"


class Newest(models.Model):
    """One row is the latest value of a measure of a device, by the device's own clock."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE)
    measure = models.CharField(max_length=40)
    at = models.DateTimeField()
    value = models.FloatField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "measure"], name="telemetry_newest_once")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.measure} {self.value}"


class Presence(models.Model):
    """One row is an hour of a device: of `minutes` bit n is set when it reported something of minute n."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE)
    hour_at = models.DateTimeField()
    minutes = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "hour_at"], name="telemetry_presence_once")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.hour_at}"


class Waiting(models.Model):
    """One row is a value that is kept and not yet in a file of the archive."""

    device = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    measure = models.CharField(max_length=40)
    at = models.DateTimeField()
    value = models.FloatField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "measure", "at"], name="telemetry_waiting_once")]

    def __str__(self) -> str:
        return f"{self.device} {self.measure} {self.at}"


class Count(models.Model):
    """One row counts, for a day and a device (empty: none that is known), what was taken or refused for one reason."""

    on = models.DateField()
    device = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=20)
    count = models.BigIntegerField()
    last_at = models.DateTimeField()
    last_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "device", "reason"], name="telemetry_count_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.reason} {self.count}"


class Event(models.Model):
    """One row is something a device told of; nothing is done with it before a person has confirmed or rejected it."""

    public_id = models.CharField(max_length=32, unique=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT)
    sent_id = models.CharField(max_length=64)
    type = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    confidence = models.FloatField(null=True)
    plate_masked = models.CharField(max_length=30, blank=True)
    text = models.CharField(max_length=300, blank=True)
    review = models.CharField(max_length=9, default="waiting")
    reviewed_by = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "sent_id"], name="telemetry_event_once")]
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="telemetry_event_latest"),
            models.Index(fields=["happened_at"], name="telemetry_event_waiting", condition=Q(review="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.happened_at}"


class Order(models.Model):
    """One row is an order to a device: what, why, by whom; what the device answered. Never what the device does."""

    public_id = models.CharField(max_length=32, unique=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT)
    level = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    ordered_by = models.CharField(max_length=64)
    ordered_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, blank=True)
    answer_text = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["device", "-ordered_at"], name="telemetry_order_latest")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.level}"


class Repeat(models.Model):
    """One row is one `Idempotency-Key` of a device, what was sent under it, and what was answered."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "key"], name="telemetry_repeat_once")]

    def __str__(self) -> str:
        return self.key
