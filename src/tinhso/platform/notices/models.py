"""Notices to people, their deliveries, the texts of the packs, and what the simulators took."""

from uuid import uuid4

from django.db import models


class NoticeWording(models.Model):
    """One row is what the packs say after one kind of fact: words by channel and language."""

    kind = models.CharField(max_length=100, primary_key=True)
    words = models.JSONField()

    def __str__(self) -> str:
        return self.kind


class Notice(models.Model):
    """One row is one thing one person was told; it is read in the person's own list."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    recipient_code = models.CharField(max_length=64)
    case_id = models.CharField(max_length=40, blank=True, db_index=True)
    kind = models.CharField(max_length=100)
    text_vi = models.TextField()
    text_en = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    actor_code = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient_code", "-id"], name="notices_by_recipient"),
            models.Index(fields=["recipient_code"], condition=models.Q(read_at=None), name="notices_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.recipient_code}"


class Delivery(models.Model):
    """One row is a notice on its way over one channel; the full address is forgotten once it has arrived."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10)
    key = models.CharField(max_length=220, unique=True)
    address = models.CharField(max_length=254, blank=True)
    address_masked = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    fields = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="queued")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    gateway_id = models.CharField(max_length=200, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="notices_not_sent", condition=~models.Q(state="sent"))
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.key}"


class SimulatedMessage(models.Model):
    """One row is a letter a simulated gateway took, shown in the demonstration only."""

    channel = models.CharField(max_length=10)
    key = models.CharField(max_length=220, unique=True)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.channel} {self.address}"


class SimulatedFault(models.Model):
    """One row is how the next letter on that channel will go wrong; used up by it."""

    channel = models.CharField(max_length=10)
    kind = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.channel} {self.kind}"
