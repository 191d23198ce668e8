"""Units in time, what followed what, seats, and working calendars."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Unit(models.Model):
    """One row is one unit as it was from `valid_from` until the day before `valid_to`; the key is "<code>@<valid_from>"."""

    key = models.CharField(max_length=64, primary_key=True, db_collation="C")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    designation = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    name_folded = models.CharField(max_length=160)
    parent_key = models.CharField(max_length=64, blank=True, db_collation="C")
    # The keys from the country down to the unit itself: what lies below a unit is what has its key in the path.
    path = ArrayField(models.CharField(max_length=64, db_collation="C"))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    calendar = models.CharField(max_length=40, blank=True)
    agency_code = models.CharField(max_length=35, blank=True)
    start_known = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "code", "valid_from"], name="units_unit_code"),
            models.Index(fields=["parent_key"], name="units_unit_parent"),
            GinIndex(fields=["path"], name="units_unit_path"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


class Succession(models.Model):
    """One row says that the older unit went into the newer one; `partly` when some of it went elsewhere."""

    from_key = models.CharField(max_length=64, db_collation="C")
    to_key = models.CharField(max_length=64, db_collation="C")
    partly = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["from_key", "to_key"], name="units_succession_once")]
        indexes = [models.Index(fields=["to_key"], name="units_succession_to")]

    def __str__(self) -> str:
        return f"{self.from_key} → {self.to_key}"


class Seat(models.Model):
    """One row is the room for so many officers in one role at one unit; who holds a post is the people module's."""

    unit_key = models.CharField(max_length=64, db_collation="C")
    role = models.CharField(max_length=40)
    title_vi = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    seats = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_key", "role"], name="units_seat_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_key}"


class CalendarVersion(models.Model):
    """One row is the weekly pattern of one calendar from the day `version` on; `body` is the pack's table."""

    code = models.CharField(max_length=40)
    version = models.DateField()
    body = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="units_calendar_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class PacksLoaded(models.Model):
    """The one row counts how often packs were loaded, so that every process notices."""

    number = models.BigIntegerField(default=0)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} {self.loaded_at}"


class DecidedDay(models.Model):
    """One row is one day that a decision made a day off or a worked day, for one calendar or for all ("*")."""

    calendar = models.CharField(max_length=40)
    on = models.DateField()
    body = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "on"], name="units_decided_day")]

    def __str__(self) -> str:
        return f"{self.calendar} {self.on}"
