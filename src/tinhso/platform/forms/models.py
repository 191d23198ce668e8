"""Forms as packs brought them, and what people have filled in but not yet sent."""

from typing import ClassVar

from django.db import models


class FormVersion(models.Model):
    """One row is one version of one form, in use from `version` on; `body` is the table it is read from."""

    code = models.CharField(max_length=80)
    version = models.DateField()
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_body_of_a_form_version")]


class Draft(models.Model):
    """
    One row is one filing that somebody has begun and not yet sent, with the answers as they were typed.

    `revision` grows with each save; `idempotency_key` is the client's own and makes starting twice one draft.
    """

    PERSONAL: ClassVar[dict[str, str]] = {"answers": "anything"}
    OPEN, FILED, DISCARDED = "open", "filed", "discarded"

    public_id = models.CharField(max_length=32, unique=True)
    owner_code = models.CharField(max_length=64)
    procedure_code = models.CharField(max_length=80)
    form_code = models.CharField(max_length=80)
    form_version = models.DateField()
    answers = models.JSONField(default=dict)
    papers = models.JSONField(default=dict)
    page = models.CharField(max_length=80, blank=True)
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default=OPEN)
    idempotency_key = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_code", "idempotency_key"],
                condition=~models.Q(idempotency_key=""),
                name="one_draft_for_a_key_of_an_owner",
            )
        ]
        indexes = [
            models.Index(fields=["owner_code", "state", "-updated_at"], name="drafts_of_an_owner"),
            models.Index(fields=["state", "updated_at"], name="drafts_to_be_forgotten"),
        ]
