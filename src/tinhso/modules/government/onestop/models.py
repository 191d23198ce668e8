"""What the one-stop module keeps beside the cases: documents and results it issued, their numbers, deliveries, orders, ratings."""

from django.db import models


class CaseDocument(models.Model):
    """
    One row is one document the platform made for a case after one fact: a receipt, a request for papers, a refusal.

    `code` is printed on it and opens the public check; one issued again has the next revision, and the older `replaced_at`.
    """

    class Kind(models.TextChoices):
        """What sort of document; the kind of its form in the set in force."""

        RECEIPT = "receipt"
        SUPPLEMENT = "supplement"
        REFUSAL = "refusal"
        APOLOGY = "apology"
        STOP_NOTICE = "stop_notice"

    case_public_id = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    fact_id = models.BigIntegerField()
    revision = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(max_length=20, unique=True, null=True)
    sha256 = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_public_id", "kind", "fact_id", "revision"], name="onestop_document_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_public_id}"


class IssuedResult(models.Model):
    """
    One row is one result in the register: its number, whose it is, which file it is; a corrected one is withdrawn.

    Between the leader's signature and the seal it has neither number nor day. `signed_in` is the case whose leader signed
    it: the dossier itself, or the case of its correction.
    """

    code = models.CharField(max_length=20, unique=True)
    case_public_id = models.CharField(max_length=20)
    signed_in = models.CharField(max_length=20)
    revision = models.PositiveSmallIntegerField()
    holder_code = models.CharField(max_length=64, blank=True)
    result_code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    unit_key = models.CharField(max_length=64)
    series = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField(null=True)
    count = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=60, blank=True)
    file_sha256 = models.CharField(max_length=64, db_index=True)
    signed_by = models.CharField(max_length=64)
    signer_name = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=160, blank=True)
    signed_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.CharField(max_length=64, blank=True)
    issued_on = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_key", "series", "year", "count"], name="onestop_result_number"),
            models.UniqueConstraint(fields=["case_public_id", "revision"], name="onestop_result_revision"),
        ]
        indexes = [
            models.Index(fields=["holder_code", "-id"], name="onestop_results_of_holder"),
            models.Index(fields=["signed_in"], name="onestop_results_signed_in"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Delivery(models.Model):
    """One row says how one result reached its holder, once: by which way, into whose hands, seen which paper of theirs."""

    class Way(models.TextChoices):
        """How it went."""

        COUNTER = "counter"
        POST = "post"
        ELECTRONIC = "electronic"

    result = models.OneToOneField(IssuedResult, on_delete=models.PROTECT)
    way = models.CharField(max_length=12, choices=Way.choices)
    recipient_name = models.CharField(max_length=120)
    recipient_paper = models.CharField(max_length=60, blank=True)
    waybill = models.CharField(max_length=60, blank=True)
    delivered_at = models.DateTimeField()
    delivered_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.way} {self.delivered_at}"


class RegisterOrder(models.Model):
    """One row is one officer's order of a register as a file; `lines` grows while a job writes it."""

    public_id = models.CharField(max_length=32, unique=True)
    actor_code = models.CharField(max_length=64)
    asked = models.JSONField()
    lines = models.PositiveIntegerField(default=0)
    file_sha256 = models.CharField(max_length=64, blank=True)
    ordered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["actor_code", "-id"], name="onestop_registers_of")]

    def __str__(self) -> str:
        return f"{self.lines} lines"


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
    """
    One row is one leader's order to sign many dossiers, or a clerk's to seal them; `outcomes` fills up as a job works
    through `public_ids`.
    """

    public_id = models.CharField(max_length=32, unique=True)
    actor_code = models.CharField(max_length=64)
    public_ids = models.JSONField()
    is_sealing = models.BooleanField(default=False)
    outcomes = models.JSONField(default=list)
    ordered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["actor_code", "-id"], name="onestop_batches_of")]

    def __str__(self) -> str:
        return f"{len(self.outcomes)} of {len(self.public_ids)}"


class Rating(models.Model):
    """
    One row is what the applicant of one dossier said of how it went, once with each paper that offers it; no name is shown.

    `points` by the number of the index that was asked about, under the rules of the day; of a dossier the last row counts.
    """

    case_public_id = models.CharField(max_length=20)
    occasion = models.CharField(max_length=12, default="result")
    unit_key = models.CharField(max_length=64)
    procedure_code = models.CharField(max_length=30)
    score = models.PositiveSmallIntegerField()
    points = models.JSONField(default=dict)
    comment = models.CharField(max_length=1000, blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="onestop_rating_one_to_five"),
            models.UniqueConstraint(fields=["case_public_id", "occasion"], name="onestop_rating_once"),
        ]
        indexes = [
            models.Index(fields=["unit_key", "-id"], name="onestop_ratings_of_unit"),
            models.Index(fields=["unit_key", "rated_at"], name="onestop_ratings_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.score} {self.case_public_id}"


class Miss(models.Model):
    """
    One row counts the look-ups that found nothing, from one address or at one dossier code, in one stretch of time; or
    the calls of the public API from one address in a minute.
    """

    key = models.CharField(max_length=64, unique=True)  # keyed hash; the address itself is not kept
    count = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["started_at"], name="onestop_misses_by_age")]

    def __str__(self) -> str:
        return f"{self.count} since {self.started_at}"
