"""The rows of a filing: the case, who holds it, its papers, the fact, the request; and files handed in before."""

from django.conf import settings
from django.db import models


class Case(models.Model):
    """One row is one dossier; `hash` is the end of its chain of facts."""

    public_id = models.CharField(max_length=20, unique=True)
    procedure = models.CharField(max_length=30)
    state = models.CharField(max_length=40)
    unit_key = models.CharField(max_length=64)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    title = models.CharField(max_length=200)
    answers = models.JSONField()
    filed_at = models.DateTimeField()
    hash = models.CharField(max_length=64)


class Item(models.Model):
    """One row is one piece of work at a unit's role."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    unit_key = models.CharField(max_length=64)
    role = models.CharField(max_length=30)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit_key", "role", "id"], name="counter_inbox", condition=models.Q(closed_at=None))
        ]


class Paper(models.Model):
    """One row is one file of a dossier."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    code = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)


class Fact(models.Model):
    """One row is one thing that happened to a dossier, chained to the one before."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    sequence = models.IntegerField()
    kind = models.CharField(max_length=80)
    actor = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    body = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="counter_fact_sequence")]


class Request(models.Model):
    """One row is one key under which somebody filed."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    key = models.CharField(max_length=80)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="counter_request_key")]


class File(models.Model):
    """One row is one file that somebody handed in."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64, db_index=True)
