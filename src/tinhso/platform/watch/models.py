"""The rows of watching: rules of the packs, warnings that hold, the usual pace by unit, procedure and state."""

from django.db import models


class WarningRule(models.Model):
    """One row is one rule of the packs in force now, as its table says it."""

    code = models.CharField(max_length=40, unique=True)
    body = models.JSONField()

    def __str__(self) -> str:
        return self.code


class EarlyWarning(models.Model):
    """
    One row is one cause for worry: by which rule, about which case or unit, since when; over at `ended_at`.

    `subject` is the tracking id of a case or the key of a unit; `measure` is what the rule found, as it is said.
    """

    rule = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    unit_key = models.CharField(max_length=64)
    measure = models.CharField(max_length=40, blank=True)
    raised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject"], name="watch_warning_once", condition=models.Q(ended_at__isnull=True)
            )
        ]
        indexes = [
            models.Index(
                fields=["unit_key", "rule"], name="watch_warning_of_unit", condition=models.Q(ended_at__isnull=True)
            ),
            models.Index(fields=["subject"], name="watch_warning_of", condition=models.Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}"


class Pace(models.Model):
    """
    One row says how long dossiers of one procedure stood in one state at one unit in the last weeks, in days.

    `unit_key` is empty in the rows over all units, `procedure_code` in those over all procedures. `role` held them; where somebody was waited for `state` is empty and
    `role` says for whom.
    """

    unit_key = models.CharField(max_length=64, blank=True)
    procedure_code = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=30)
    count = models.IntegerField()
    median_days = models.FloatField()
    p90_days = models.FloatField()
    total_days = models.FloatField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_key", "procedure_code", "state", "role"], name="watch_pace_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit_key} {self.procedure_code} {self.state}"


class Handled(models.Model):
    """One row says how much work of a role one officer of a unit finished in the last four weeks, and how long it lay there."""

    unit_key = models.CharField(max_length=64)
    officer_code = models.CharField(max_length=64)
    role = models.CharField(max_length=30)
    count = models.IntegerField()
    median_days = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_key", "officer_code", "role"], name="watch_handled_once")]

    def __str__(self) -> str:
        return f"{self.officer_code} {self.count}"
