"""What officers decide about a record of the portal: approve it as it is, correct a field with a reason, reject it."""

from datetime import date, datetime

from django.db import transaction

from tinhso.platform.catalogue import facts
from tinhso.platform.catalogue.actions.importing import touch_index
from tinhso.platform.catalogue.models import RecordVersion
from tinhso.platform.catalogue.queries.records import deciding_unit
from tinhso.platform.catalogue.rules.corrections import Correction, read_correction, read_corrections
from tinhso.platform.catalogue.rules.deciding import CannotDecide, check_effective
from tinhso.platform.catalogue.rules.judging import Judged, brief_of, judge, read_faults
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import VIETNAM, Actor


@transaction.atomic
def approve_record(
    *, code: str, number: int, effective_on: date | None = None, reason: str = "", actor: Actor, now: datetime
) -> RecordVersion:
    """
    Let a version be told as it is (after its corrections) from a day on; its open faults are accepted word for word.

    :param effective_on: today when None
    :raises NotAllowed: the actor controls no procedures
    :raises CannotDecide: there is no such version, it cannot be told at all, or the day is past
    """
    unit_key = deciding_unit(actor)
    version, judged = _locked(code, number)
    today = now.astimezone(VIETNAM).date()
    day = check_effective(effective_on or today, today)
    if "identity" in judged.held_parts:
        raise CannotDecide("Sửa tên hoặc mã trước đã.", "Correct its name or code first.")
    accepted = [*read_faults(version.accepted), *judged.open_faults]
    version.accepted = [each.as_table() for each in dict.fromkeys(accepted)]
    version.status, version.effective_on, version.reason = RecordVersion.APPROVED, day, reason.strip()[:500]
    body = {"version": number, "effective_on": day.isoformat(), "accepted": [each.code for each in judged.open_faults]}
    _write(version, actor, now)
    record_fact(kind=facts.APPROVED, subject=code, unit_key=unit_key, body=body, actor=actor, now=now)
    return version


@transaction.atomic
def correct_record(
    *, code: str, number: int, path: str, entered: str, reason: str, actor: Actor, now: datetime
) -> RecordVersion:
    """
    Correct one field of a version; what the portal says stays beside it. It still has to be approved.

    :raises NotAllowed: the actor controls no procedures
    :raises WrongCorrection: there is no such field, the value does not fit it, or no reason is given
    :raises CannotDecide: there is no such version
    """
    unit_key = deciding_unit(actor)
    version, _judged = _locked(code, number)
    made = read_correction(version.raw, path, entered, reason)
    others = [each for each in read_corrections(version.corrections) if each.path != path]
    kept: list[Correction] = others if made.value == made.was else [*others, made]
    version.corrections = [each.as_table() for each in kept]
    if version.status == RecordVersion.REJECTED:
        version.status, version.effective_on = RecordVersion.HELD, None
    _write(version, actor, now)
    body = {"version": number, "path": path}
    record_fact(kind=facts.CORRECTED, subject=code, unit_key=unit_key, body=body, actor=actor, now=now)
    return version


@transaction.atomic
def reject_record(*, code: str, number: int, reason: str, actor: Actor, now: datetime) -> RecordVersion:
    """
    Tell a version to nobody; a version that was approved before stays in force.

    :raises NotAllowed: the actor controls no procedures
    :raises CannotDecide: there is no such version, or no reason is given
    """
    unit_key = deciding_unit(actor)
    if not reason.strip():
        raise CannotDecide("Hãy ghi lý do.", "Give a reason.")
    version, _judged = _locked(code, number)
    version.status, version.effective_on, version.reason = RecordVersion.REJECTED, None, reason.strip()[:500]
    _write(version, actor, now)
    body = {"version": number, "faults": [each["code"] for each in version.faults]}
    record_fact(kind=facts.REJECTED, subject=code, unit_key=unit_key, body=body, actor=actor, now=now)
    return version


def _locked(code: str, number: int) -> tuple[RecordVersion, Judged]:
    found = RecordVersion.objects.select_related("record").select_for_update(of=("self",))
    version = found.filter(record__code=code, number=number).first()
    if version is None:
        raise CannotDecide("Không có phiên bản này.", "There is no such version.")
    return version, _judged(version)


def _judged(version: RecordVersion) -> Judged:
    together = [each for each in read_faults(version.faults) if each.code in {"same_name", "shared_source"}]
    corrections = read_corrections(version.corrections)
    return judge(version.raw, together=together, corrections=corrections, accepted=read_faults(version.accepted))


def _write(version: RecordVersion, actor: Actor, now: datetime) -> None:
    judged = _judged(version)
    version.faults = [each.as_table() for each in judged.faults]
    version.accepted = [each.as_table() for each in judged.accepted]
    version.brief = brief_of(judged)
    version.decided_by, version.decided_at = actor.code, now
    version.save()
    touch_index()
