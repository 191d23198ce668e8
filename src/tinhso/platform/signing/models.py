"""What was signed here."""

from django.db import models


class SignatureRecord(models.Model):
    """One row is one signature made: which file became which, by whom, and what it was worth at that moment."""

    sha256_before = models.CharField(max_length=64)
    sha256_after = models.CharField(max_length=64, db_index=True)
    capacity = models.CharField(max_length=10)
    signer_code = models.CharField(max_length=64)
    unit_key = models.CharField(max_length=64)
    actor_code = models.CharField(max_length=64)
    certificate_serial = models.CharField(max_length=48)
    signed_at = models.DateTimeField()
    verdict = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["signer_code", "-signed_at"], name="signing_by_signer")]

    def __str__(self) -> str:
        return f"{self.capacity} {self.signer_code} {self.sha256_after[:12]}"
