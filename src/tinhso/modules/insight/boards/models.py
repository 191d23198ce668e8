"""What boards keep: walls that hang somewhere, each with a key of its own."""

from django.db import models


class Wall(models.Model):
    """
    One row is one screen on a wall: what it may show, in which language, and since when it may no more.

    Of its key only the SHA-256 is kept; who made it got the address once.
    """

    code = models.CharField(max_length=20, unique=True)
    board_code = models.CharField(max_length=60)
    unit_key = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=100)
    language = models.CharField(max_length=5)
    key_digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code
