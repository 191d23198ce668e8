"""The rows of the engine: cases, who holds them, what they wait for, their clock, papers, results."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

# What the warehouse reads says in PERSONAL which of its columns hold somebody's data, and of what sort: no such column leaves.
Tags = dict[str, str]


class ProcedureVersion(models.Model):
    """One row is one text of one procedure, in force from `version` on; a case is pinned to its row for good."""

    PERSONAL: ClassVar[Tags] = {}

    code = models.CharField(max_length=64)
    version = models.DateField()
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="cases_procedure_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Case(models.Model):
    """One row is one thing with an owner and a deadline. `due_at` is derived; overdue is computed when asked."""

    PERSONAL: ClassVar[Tags] = {
        "applicant_code": "number", "applicant_name": "name", "title": "name", "helper_code": "number", "language": "trait",
        "data": "anything", "proof_nonce": "secret",
    }  # fmt: skip

    public_id = models.CharField(max_length=20, unique=True)
    code = models.CharField(max_length=60, unique=True, null=True)
    kind = models.CharField(max_length=30)
    procedure_code = models.CharField(max_length=30)
    procedure_version = models.DateField()
    state = models.CharField(max_length=40)
    revision = models.IntegerField(default=0)
    unit_key = models.CharField(max_length=64)
    applicant_code = models.CharField(max_length=64, blank=True)
    applicant_name = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200, blank=True)
    helper_code = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=20)
    language = models.CharField(max_length=2, default="vi")
    data = models.JSONField(default=dict)
    proof_nonce = models.CharField(max_length=32)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="sub_cases", db_index=False)
    filed_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    due_first_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    extensions = models.SmallIntegerField(default=0)
    extended_days = models.SmallIntegerField(default=0)
    extended_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["applicant_code", "-id"], name="cases_by_applicant"),
            models.Index(fields=["unit_key", "-id"], name="cases_by_unit"),
            models.Index(fields=["parent"], name="cases_by_parent", condition=models.Q(parent__isnull=False)),
            models.Index(fields=["unit_key", "id"], name="cases_open", condition=models.Q(closed_at__isnull=True)),
            models.Index(
                fields=["unit_key", "accepted_at", "id"],
                name="cases_register",
                condition=models.Q(accepted_at__isnull=False),
            ),
            BrinIndex(fields=["filed_at"], name="cases_by_month", autosummarize=True),  # the warehouse reads by month
        ]

    def __str__(self) -> str:
        return self.code or self.public_id


class WorkItem(models.Model):
    """One row is one piece of work that a role of a unit, or one officer, holds from `opened_at` until `closed_at`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    unit_key = models.CharField(max_length=64)
    role = models.CharField(max_length=30)
    officer_code = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sort_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["unit_key", "role", "sort_at", "id"],
                name="cases_item_inbox",
                condition=models.Q(closed_at__isnull=True),
            ),
            models.Index(fields=["case", "id"], name="cases_item_of_case"),
            BrinIndex(fields=["opened_at"], name="cases_item_by_day", autosummarize=True),  # the pace of the last weeks
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_key}"


class Wait(models.Model):
    """
    One row is one wait of a case: for whom, since when, until when, and the act the system does then.

    Where that act was refused: how often, why (`vi`, `en`), and when it is tried again.
    """

    PERSONAL: ClassVar[Tags] = {}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False)
    awaited = models.CharField(max_length=30)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    then = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True)
    tries = models.IntegerField(db_default=0)
    next_try_at = models.DateTimeField(null=True)
    refusal = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["until"], name="cases_wait_until", condition=models.Q(closed_at__isnull=True)),
            models.Index(fields=["case", "id"], name="cases_wait_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.awaited} until {self.until}"


class ClockSegment(models.Model):
    """One row is a stretch of time in which the case's clock ran; `stop_reason` says why it stopped."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    start_reason = models.CharField(max_length=40)
    stop_reason = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.started_at} to {self.stopped_at}"


class DeadlineChange(models.Model):
    """One row is one change of the day of return: from, to, and why (NgayHenTraTruoc, NgayHenTraMoi)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    due_before = models.DateTimeField(null=True)
    due_after = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.due_before} to {self.due_after}"


class Transfer(models.Model):
    """One row is one hand-over of an open case from a unit to another; the reasons are the act's remark."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    from_unit = models.CharField(max_length=64)
    to_unit = models.CharField(max_length=64)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["from_unit", "-id"], name="cases_moved_from"),
            models.Index(fields=["to_unit", "-id"], name="cases_moved_to"),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit} to {self.to_unit}"


class Remark(models.Model):
    """One row is what an officer or applicant wrote with an act: reasons, papers asked for, a note."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    revision = models.IntegerField()
    act = models.CharField(max_length=40)
    answers = models.JSONField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=64)
    writer_name = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"{self.act} {self.written_at}"


class Paper(models.Model):
    """One row is one file handed in for one paper the procedure asks for; a replaced one stays, with `removed_at`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    code = models.CharField(max_length=40)
    file_sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=64)
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Result(models.Model):
    """One row is one signed result of a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    file_sha256 = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=64)
    signer_name = models.CharField(max_length=120)
    signed_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class CodeCounter(models.Model):
    """One row counts the dossier codes issued under one prefix (agency and day); it is locked until the act commits."""

    prefix = models.CharField(max_length=60, primary_key=True)
    last = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.prefix}{self.last}"


class Request(models.Model):
    """One row is one idempotency key of one actor: the same request twice finds the first one's case and answer."""

    actor_code = models.CharField(max_length=64)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    case_public_id = models.CharField(max_length=20)
    answer = models.JSONField(default=dict)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_code", "key"], name="cases_request_key")]

    def __str__(self) -> str:
        return self.key
