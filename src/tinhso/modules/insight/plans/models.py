"""The rows of plans: figures as each source told them, imports, choices of source, responsibilities."""

from django.db import models
from django.db.models import Q


class Import(models.Model):
    """One row is one workbook that was handed in: tried, then taken up whole or put away, perhaps undone."""

    TRIED, DONE, UNDONE = "tried", "done", "undone"

    public_id = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, default=TRIED)
    rows = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    tried_by = models.CharField(max_length=64)
    tried_at = models.DateTimeField()
    done_by = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=64, blank=True)
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-tried_at"], name="plans_import_latest")]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class Figure(models.Model):
    """
    One row is one figure as one source told it at one time. It is never changed: a later announcement is a row of its own,
    a mistake is withdrawn with a reason and stays.

    `source_key` is the same for everything that this publisher says of the measure; `seed_code` names a pack's result.
    """

    PACK, FORM, IMPORT, API, TRIAL = "pack", "form", "import", "api", "trial"

    public_id = models.CharField(max_length=32, unique=True)
    measure = models.CharField(max_length=80)
    unit_key = models.CharField(max_length=64)
    level = models.CharField(max_length=12)
    period = models.CharField(max_length=10)
    as_of_on = models.DateField()
    comparator = models.CharField(max_length=5)
    low = models.DecimalField(max_digits=18, decimal_places=6)
    high = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    source_key = models.CharField(max_length=200)
    source_title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    source_address = models.CharField(max_length=500, blank=True)
    method = models.CharField(max_length=500, blank=True)
    announced_on = models.DateField(null=True)
    basis = models.CharField(max_length=100, blank=True)
    quote = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    is_public = models.BooleanField(default=True)
    origin = models.CharField(max_length=8)
    seed_code = models.CharField(max_length=200, blank=True)
    batch = models.ForeignKey(Import, null=True, on_delete=models.PROTECT)
    entered_by = models.CharField(max_length=64)
    entered_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["measure", "unit_key", "level", "as_of_on"], name="plans_figure_course"),
            models.Index(fields=["batch"], name="plans_figure_batch", condition=Q(batch__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["seed_code"], name="plans_seed_once", condition=Q(withdrawn_at__isnull=True) & ~Q(seed_code="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.period}"


class Repeat(models.Model):
    """One row is one `Idempotency-Key` of an actor, what was sent under it, and the figure it became."""

    actor_code = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    figure = models.ForeignKey(Figure, on_delete=models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_code", "key"], name="plans_repeat_once")]

    def __str__(self) -> str:
        return self.key


class Choice(models.Model):
    """One row is one naming of the source that is used where sources disagree; the latest one counts."""

    measure = models.CharField(max_length=80)
    unit_key = models.CharField(max_length=64)
    level = models.CharField(max_length=12)
    period = models.CharField(max_length=10)
    source_key = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    chosen_by = models.CharField(max_length=64)
    chosen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["measure", "unit_key", "level", "period"], name="plans_choice_course")]

    def __str__(self) -> str:
        return f"{self.measure} {self.period}: {self.source_key}"


class Responsibility(models.Model):
    """One row is one assignment of a target to a unit or a post; the latest one counts."""

    target = models.CharField(max_length=200)
    unit_key = models.CharField(max_length=64)
    post = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    assigned_by = models.CharField(max_length=64)
    assigned_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["target", "-assigned_at"], name="plans_responsibility_latest")]

    def __str__(self) -> str:
        return f"{self.target} {self.unit_key}"
