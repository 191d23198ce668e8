"""The indicators in force, as the packs define them."""

from django.db import models


class Indicator(models.Model):
    """One row is one indicator's SQL file as it was last loaded; `place` is its rank among the packs' files."""

    code = models.CharField(max_length=64, primary_key=True)
    sql = models.TextField()
    sha256 = models.CharField(max_length=64)
    place = models.PositiveSmallIntegerField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
