"""The rows of this app: editions and lists of criteria as loaded, published figures, self-assessments, offers of a plan."""

from django.db import models


class Edition(models.Model):
    """One row is one edition as it was last loaded from the packs; `place` is its rank among them."""

    code = models.CharField(max_length=40, primary_key=True)
    content = models.JSONField()
    place = models.PositiveSmallIntegerField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class CriteriaList(models.Model):
    """One row is one list of criteria: of the packs where `unit_key` is empty, else loaded by that province for itself."""

    code = models.CharField(max_length=60, primary_key=True)
    edition_code = models.CharField(max_length=40)
    unit_key = models.CharField(max_length=64, blank=True)
    content = models.JSONField()
    loaded_by = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class PublishedTable(models.Model):
    """One row is one table of published figures that an officer loaded; the file itself is kept by its hash."""

    public_id = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    count = models.IntegerField()
    loaded_by = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PublishedFigure(models.Model):
    """
    One row is one figure somebody published, with its source; figures that contradict each other stand side by side.

    `table` is null for what the packs tell. `metric` is an index, a pillar or "composite".
    """

    table = models.ForeignKey(PublishedTable, on_delete=models.CASCADE, null=True)
    year = models.PositiveSmallIntegerField()
    province = models.CharField(max_length=100)
    province_key = models.CharField(max_length=100)
    metric = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    rank_to = models.PositiveSmallIntegerField(null=True)
    of = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(max_length=200)
    source = models.CharField(max_length=400, blank=True)
    announced = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [models.Index(fields=["year", "metric"], name="dti_published")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "province_key", "metric", "value", "rank", "of", "status", "source"],
                nulls_distinct=False,
                name="dti_published_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.province} {self.metric}"


class Statement(models.Model):
    """One row is one printed growth rate of the packs: so many per cent more in one year than in another."""

    province = models.CharField(max_length=100)
    metric = models.CharField(max_length=60)
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    percent = models.CharField(max_length=12)

    def __str__(self) -> str:
        return f"{self.province} {self.from_year}-{self.to_year} {self.percent}%"


class Assessment(models.Model):
    """
    One row is one province's own assessment of one year under one edition and list of criteria.

    `unit_key` is the province as it was in the year measured; `composite` is fixed when it is submitted.
    """

    DRAFT, SUBMITTED, REVIEWED, SIGNED = "draft", "submitted", "reviewed", "signed"

    public_id = models.CharField(max_length=20, unique=True)
    edition_code = models.CharField(max_length=40)
    criteria_code = models.CharField(max_length=60)
    criteria = models.JSONField()
    year = models.PositiveSmallIntegerField()
    unit_key = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=DRAFT)
    revision = models.IntegerField(default=0)
    composite = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    opened_by = models.CharField(max_length=64)
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit_key", "-year"], name="dti_assessments")]

    def __str__(self) -> str:
        return self.public_id


class Value(models.Model):
    """
    One row is what was declared for one criterion, and what it earns.

    `figure` holds numerator, denominator, as-of and page of the platform's own figure where it was taken from records.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE)
    criterion = models.CharField(max_length=60)
    answer = models.JSONField(default=dict)
    figure = models.JSONField(null=True)
    points = models.DecimalField(max_digits=9, decimal_places=4)
    note = models.CharField(max_length=1000, blank=True)
    declared_by = models.CharField(max_length=64)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="dti_value_once")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.criterion}"


class Evidence(models.Model):
    """One row is one file that bears out a criterion."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE)
    criterion = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    attached_by = models.CharField(max_length=64)
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion", "sha256"], name="dti_evidence_once")]

    def __str__(self) -> str:
        return self.name


class Move(models.Model):
    """One row is one step of an assessment from state to state: who, when, with what remark."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE)
    act = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    note = models.CharField(max_length=1000, blank=True)
    moved_by = models.CharField(max_length=64)
    moved_name = models.CharField(max_length=200)
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.act}"


class Offer(models.Model):
    """One row is one level to which a criterion could be brought, with what it takes."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE)
    criterion = models.CharField(max_length=60)
    reach = models.CharField(max_length=40)
    money_dong = models.BigIntegerField(default=0)
    effort = models.IntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.criterion} {self.reach}"
