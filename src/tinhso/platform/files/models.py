"""Contents kept by their hash, who handed them in, and uploads under way."""

from django.db import models


class StoredFile(models.Model):
    """
    One row is one content, kept once however often it is handed in; the bytes lie on disk under `sha256`.

    At `look_at` it is asked whether anybody refers to it; when nobody does, it is removed.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    stored_at = models.DateTimeField()
    look_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["look_at"], name="files_to_look_at")]


class Deposit(models.Model):
    """One row says that somebody handed in a content, under the name they gave it; the first time counts."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="deposits")
    actor_code = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    handed_in_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor_code", "file"], name="one_deposit_of_a_content_by_an_actor")
        ]
        indexes = [models.Index(fields=["actor_code", "handed_in_at"], name="deposits_of_a_day")]


class Upload(models.Model):
    """One row is one file on its way in, piece by piece; the pieces lie on disk until it is finished."""

    OPEN, FINISHED, REFUSED = "open", "finished", "refused"

    public_id = models.CharField(max_length=32, unique=True)
    owner_code = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    size = models.BigIntegerField()
    expected_sha256 = models.CharField(max_length=64, blank=True)
    received = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, default=OPEN)
    stored_sha256 = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner_code", "state"], name="uploads_of_an_owner"),
            models.Index(fields=["touched_at"], name="uploads_left_behind"),
        ]
