"""The portal's records with all their versions, the readings of its file, everyday words, and searches without result."""

from django.db import models


class Reading(models.Model):
    """One row is one file of the portal's catalogue that was taken up: which, when, and what came of it."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField()
    actor_code = models.CharField(max_length=64)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.file_name} {self.read_at:%Y-%m-%d}"


class Record(models.Model):
    """One row is one procedure of the portal; it is never deleted: `vanished_on` says since when it is not there any more."""

    code = models.CharField(max_length=40, unique=True)
    first_read_at = models.DateTimeField()
    vanished_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.code


class RecordVersion(models.Model):
    """
    One row is one text of a record as the portal had it, word for word, and what officers made of it.

    `brief` holds what lists and the search index need, from the corrected text. `effective_on`: from when it is told.
    """

    CLEAR, HELD, APPROVED, REJECTED = "clear", "held", "approved", "rejected"

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    raw = models.JSONField()
    sha256 = models.CharField(max_length=64)
    brief = models.JSONField()
    faults = models.JSONField(default=list)
    corrections = models.JSONField(default=list)
    accepted = models.JSONField(default=list)
    status = models.CharField(max_length=10)
    effective_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="catalogue_version_once")]
        indexes = [models.Index(fields=["status", "record"], name="catalogue_version_status")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.number}"


class Wording(models.Model):
    """One row is what people say, what offices call it, and the procedures it means; packs bring the first, officers the rest."""

    key = models.CharField(max_length=120, unique=True)
    words = models.JSONField()
    means = models.JSONField(default=list)
    codes = models.JSONField(default=list)
    origin = models.CharField(max_length=10)
    is_used = models.BooleanField(default=True)
    changed_by = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class SpecialCase(models.Model):
    """One row is words of cases that few people mean unless they say so; they come from the packs."""

    words = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.words


class LifeEventRow(models.Model):
    """One row is a life event of the packs with the sectors and words of its procedures, in the packs' order."""

    code = models.CharField(max_length=40, unique=True)
    rank = models.PositiveIntegerField()
    body = models.JSONField()

    def __str__(self) -> str:
        return self.code


class SearchMiss(models.Model):
    """One row is words that found nothing, and how often. Nobody's name, number or address: `rules.misses` sees to it."""

    words = models.CharField(max_length=120, unique=True)
    asked = models.PositiveIntegerField(default=1)
    first_on = models.DateField()
    last_on = models.DateField()
    settled = models.CharField(max_length=10, blank=True)
    settled_by = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.words


class Revision(models.Model):
    """The one row holds another number after each change that makes an index in memory out of date."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
