"""Taking up a file of the portal's catalogue: new, changed, unchanged and vanished records, all or nothing."""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from tinhso.platform.catalogue import facts, models
from tinhso.platform.catalogue.adapters import CatalogueFile
from tinhso.platform.catalogue.models import RecordVersion
from tinhso.platform.catalogue.rules.corrections import read_corrections
from tinhso.platform.catalogue.rules.faults import Fault
from tinhso.platform.catalogue.rules.gates import inspect_together
from tinhso.platform.catalogue.rules.judging import Judged, brief_of, judge, read_faults
from tinhso.platform.catalogue.rules.reading import digest, read_record
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import VIETNAM, Actor

MOST_VANISH = 0.2
AT_ONCE = 500
Tell = Callable[[int], None]  # told each time so many more records were looked at


class TooManyVanish(ValueError):
    """More than a fifth of the known records are not in the file; `vi` and `en` say so."""

    def __init__(self, count: int, known: int) -> None:
        self.vi = (
            f"Tệp thiếu {count} trong {known} thủ tục đã biết: có thể tệp bị cắt. Muốn nạp thì thêm --accept-vanished."
        )
        self.en = f"The file lacks {count} of {known} known records: it may be cut off. To go on add --accept-vanished."
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking up a file would do: the judged texts that are new or changed, and the codes of the others."""

    new: tuple[Judged, ...]
    changed: tuple[Judged, ...]
    unchanged: tuple[str, ...]
    vanished: tuple[str, ...]
    back: tuple[str, ...]
    faults: Mapping[str, int] = field(default_factory=dict)
    bad_lines: tuple[int, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, Any]:
        """The figures of the report."""
        fresh = (*self.new, *self.changed)
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "vanished": len(self.vanished),
            "back": len(self.back),
            "held": sum(1 for each in fresh if each.is_held),
            "faults": dict(self.faults),
            "bad_lines": len(self.bad_lines),
            "repeated": len(self.repeated),
        }


def plan_records(*, file: CatalogueFile, now: datetime, tell: Tell | None = None) -> Plan:  # noqa: ARG001
    """What taking up the file would do; nothing is written."""
    known = {version.record.code: version for version in _latest()}
    together = inspect_together([read_record(raw) for raw in file.records.values()])
    new: list[Judged] = []
    changed: list[Judged] = []
    unchanged: list[str] = []
    counted: Counter[str] = Counter()
    for code, raw in file.records.items():
        before = known.get(code)
        if before is not None and before.sha256 == digest(raw):
            unchanged.append(code)
            counted.update(each["code"] for each in before.faults)
        else:
            judged = _judge(raw, together.get(code, ()), before)
            (changed if before else new).append(judged)
            counted.update(each.code for each in judged.faults)
        if tell:
            tell(1)
    gone = [code for code, version in known.items() if code not in file.records and version.record.vanished_on is None]
    back = [code for code, version in known.items() if code in file.records and version.record.vanished_on]
    return Plan(tuple(new), tuple(changed), tuple(unchanged), tuple(gone), tuple(back), dict(counted.most_common()), file.bad_lines, file.repeated)  # fmt: skip


@transaction.atomic
def import_records(
    *, file: CatalogueFile, accept_vanished: bool = False, tell: Tell | None = None, actor: Actor, now: datetime
) -> Plan:
    """
    Take up a file: a new record gets its first version, a changed one a version beside the old, a vanished one a mark.

    A text without grave faults holds from today; one with grave faults waits, and what was approved before stays in force.
    Procedures that packs hold are not touched: packs are files, and finding shows the pack's.

    :raises TooManyVanish: more than a fifth of the known records are not in the file and that was not accepted
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('catalogue_import'))")
    plan = plan_records(file=file, now=now, tell=tell)
    known = models.Record.objects.filter(vanished_on=None).count()
    if known and len(plan.vanished) > MOST_VANISH * known and not accept_vanished:
        raise TooManyVanish(len(plan.vanished), known)
    _write(plan, now)
    reading = models.Reading.objects.create(
        file_name=file.name[:200], sha256=file.sha256, counts=plan.counts, actor_code=actor.code, read_at=now
    )
    body = {"reading": reading.pk, "sha256": file.sha256, **{key: value for key, value in plan.counts.items() if key != "faults"}}  # fmt: skip
    record_fact(kind=facts.IMPORTED, subject=facts.CATALOGUE, unit_key="", body=body, actor=actor, now=now)
    touch_index()
    return plan


def touch_index() -> None:
    """Make every index in memory out of date, once this transaction is through."""
    models.Revision.objects.update_or_create(pk=1, defaults={"number": secrets.randbits(62)})


def _latest() -> Iterable[RecordVersion]:
    """The newest version of every record."""
    versions = RecordVersion.objects.select_related("record").defer("raw", "brief")
    return versions.order_by("record_id", "-number").distinct("record_id")


def _judge(raw: Mapping[str, Any], together: tuple[Fault, ...], before: RecordVersion | None) -> Judged:
    """The text judged with what was corrected and accepted in the version before."""
    if before is None:
        return judge(raw, together=together)
    corrections = read_corrections(before.corrections)
    return judge(raw, together=together, corrections=corrections, accepted=read_faults(before.accepted))


def _write(plan: Plan, now: datetime) -> None:
    today = now.astimezone(VIETNAM).date()
    rows = [models.Record(code=each.read.code, first_read_at=now) for each in plan.new]
    models.Record.objects.bulk_create(rows, batch_size=AT_ONCE)
    models.Record.objects.filter(code__in=plan.vanished).update(vanished_on=today)
    models.Record.objects.filter(code__in=plan.back).update(vanished_on=None)
    fresh = (*plan.new, *plan.changed)
    codes = [each.read.code for each in fresh]
    ids = dict(models.Record.objects.filter(code__in=codes).values_list("code", "id"))
    latest = dict(
        RecordVersion.objects.filter(record__code__in=[each.read.code for each in plan.changed])
        .order_by("record_id", "number")
        .values_list("record_id", "number")
    )
    versions = [_version(each, ids[each.read.code], latest.get(ids[each.read.code], 0) + 1, now) for each in fresh]
    RecordVersion.objects.bulk_create(versions, batch_size=AT_ONCE)


def _version(judged: Judged, record_id: int, number: int, now: datetime) -> RecordVersion:
    held = judged.is_held
    status = RecordVersion.HELD if held else RecordVersion.APPROVED if judged.accepted or judged.corrections else RecordVersion.CLEAR  # fmt: skip
    return RecordVersion(
        record_id=record_id,
        number=number,
        raw=judged.raw,
        sha256=judged.sha256,
        brief=brief_of(judged),
        faults=[each.as_table() for each in judged.faults],
        corrections=[each.as_table() for each in judged.corrections],
        accepted=[each.as_table() for each in judged.accepted],
        status=status,
        effective_on=None if held else now.astimezone(VIETNAM).date(),
        read_at=now,
    )
