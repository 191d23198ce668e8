"""The ledger's rows: facts, heads of chains, seals. Facts and seals are never changed; the database refuses it."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Fact(models.Model):
    """One row is one thing that happened, in the past tense, chained to the one before it of the same subject."""

    PERSONAL: ClassVar[dict[str, str]] = {"subject": "number", "actor_code": "number", "body": "codes"}

    subject = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=80)
    actor_code = models.CharField(max_length=64)
    unit_key = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    body = models.TextField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "sequence"], name="ledger_fact_subject_sequence")]
        indexes = [
            # the warehouse reads by month
            BrinIndex(fields=["happened_at"], name="ledger_fact_month", autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.sequence} {self.kind}"


class Head(models.Model):
    """One row is the last entry of one subject's chain."""

    subject = models.CharField(max_length=64, primary_key=True)
    sequence = models.PositiveIntegerField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.subject} {self.sequence}"


class Seal(models.Model):
    """One row closes all facts of a range of ids under one Merkle root with a time-stamp, chained to the seal before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    first_fact = models.BigIntegerField()
    last_fact = models.BigIntegerField()
    count = models.PositiveIntegerField()
    root = models.BinaryField()
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    token = models.BinaryField(null=True)
    sealed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_fact"], name="ledger_seal_last_fact")]

    def __str__(self) -> str:
        return f"seal {self.number}"
