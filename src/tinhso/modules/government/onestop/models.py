"""What the one-stop module keeps beside the cases: documents it made, numbers of results, signing of many, ratings."""

from django.db import models


class CaseDocument(models.Model):
    """One row is one document the platform made for a case after one fact: a receipt, a request for papers, a refusal."""

    class Kind(models.TextChoices):
        """What sort of document; the name of its template."""

        RECEIPT = "receipt"
        SUPPLEMENT = "supplement"
        REFUSAL = "refusal"

    case_public_id = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    fact_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_public_id", "kind", "fact_id"], name="onestop_document_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_public_id}"


class ResultCounter(models.Model):
    """One row counts the results of one sort that a unit issued in one year; it is locked until the signature is kept."""

    unit_key = models.CharField(max_length=64)
    series = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_key", "series", "year"], name="onestop_result_counter")]

    def __str__(self) -> str:
        return f"{self.last}/{self.year} {self.series} {self.unit_key}"


class SigningBatch(models.Model):
    """One row is one leader's order to sign many dossiers; `outcomes` fills up as a job works through `public_ids`."""

    public_id = models.CharField(max_length=32, unique=True)
    actor_code = models.CharField(max_length=64)
    public_ids = models.JSONField()
    outcomes = models.JSONField(default=list)
    ordered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["actor_code", "-id"], name="onestop_batches_of")]

    def __str__(self) -> str:
        return f"{len(self.outcomes)} of {len(self.public_ids)}"


class Rating(models.Model):
    """One row is what the applicant of one dossier said of how it went; never shown with a name."""

    case_public_id = models.CharField(max_length=20, unique=True)
    unit_key = models.CharField(max_length=64)
    procedure_code = models.CharField(max_length=30)
    score = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=1000, blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="onestop_rating_one_to_five")
        ]
        indexes = [models.Index(fields=["unit_key", "-id"], name="onestop_ratings_of_unit")]

    def __str__(self) -> str:
        return f"{self.score} {self.case_public_id}"


class Miss(models.Model):
    """One row counts the look-ups that found nothing, from one address or at one dossier code, in one stretch of time."""

    key = models.CharField(max_length=64, unique=True)  # keyed hash; the address itself is not kept
    count = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["started_at"], name="onestop_misses_by_age")]

    def __str__(self) -> str:
        return f"{self.count} since {self.started_at}"
