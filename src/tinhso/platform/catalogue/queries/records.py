"""What the portal says of one procedure, as it may be told; its versions; how many wait for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tinhso.platform.catalogue import models
from tinhso.platform.catalogue.models import RecordVersion
from tinhso.platform.catalogue.rules.corrections import Correction, corrected, read_corrections
from tinhso.platform.catalogue.rules.deciding import check_controller, units_as_controller
from tinhso.platform.catalogue.rules.faults import Fault
from tinhso.platform.catalogue.rules.judging import read_faults
from tinhso.platform.catalogue.rules.reading import Description, read_record
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_units


class NoSuchRecord(LookupError):
    """The portal's catalogue has no such record, or nothing of it may be told."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record as people may read it: the text, the parts that wait for approval, and since when the portal says so."""

    text: Description
    held: tuple[str, ...]
    effective_on: date | None
    read_at: datetime
    number: int
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a record as officers see it: what the portal says, what was corrected, what is wrong."""

    code: str
    number: int
    status: str
    raw: Mapping[str, Any]
    text: Description
    faults: tuple[Fault, ...]
    accepted: tuple[Fault, ...]
    corrections: tuple[Correction, ...]
    effective_on: date | None
    reason: str
    decided_by: str
    decided_at: datetime | None
    read_at: datetime
    vanished_on: date | None

    @property
    def open_faults(self) -> tuple[Fault, ...]:
        """The grave faults that nobody has accepted."""
        return tuple(each for each in self.faults if each.kind.weight == "grave" and each not in self.accepted)


def find_told(code: str, on: date) -> Told | None:
    """What may be told of a record on that day, or None: the text in force, else the one that waits, with its parts held."""
    rows = [row for row in _versions(code) if row.vanished_on is None and row.status != RecordVersion.REJECTED]
    in_force = [row for row in rows if row.effective_on is not None and row.effective_on <= on]
    waiting = [row for row in rows if row.status == RecordVersion.HELD]
    chosen = max(in_force, key=lambda row: (row.effective_on or on, row.number), default=None) or next(
        iter(waiting), None
    )
    if chosen is None:
        return None
    held = () if in_force else tuple(dict.fromkeys(each.kind.part for each in chosen.open_faults))
    if "identity" in held:
        return None
    return Told(chosen.text, held, chosen.effective_on, chosen.read_at, chosen.number, chosen.corrections)


def get_version(code: str, number: int) -> VersionRow:
    """That version of a record. :raises NoSuchRecord: there is none"""
    found = next((row for row in _versions(code) if row.number == number), None)
    if found is None:
        raise NoSuchRecord(code)
    return found


def list_versions(code: str) -> list[VersionRow]:
    """All versions of a record, newest first. :raises NoSuchRecord: there is no such record"""
    if not (rows := _versions(code)):
        raise NoSuchRecord(code)
    return rows


def count_held() -> int:
    """How many versions wait for somebody; one that a later one replaced still counts until it is decided."""
    return RecordVersion.objects.filter(status=RecordVersion.HELD, record__vanished_on=None).count()


def list_readings(limit: int = 5) -> list[models.Reading]:
    """The last files that were taken up, newest first."""
    return list(models.Reading.objects.order_by("-id")[:limit])


def deciding_unit(actor: Actor) -> str:
    """The unit as whose controller the actor decides. :raises NotAllowed: the actor may not"""
    keys = units_as_controller(actor)
    communes = {unit.key for unit in get_units(keys).values() if unit.kind == "commune"}
    return check_controller(actor, communes)


def _versions(code: str) -> list[VersionRow]:
    rows = RecordVersion.objects.select_related("record").filter(record__code=code).order_by("-number")
    return [_row(row) for row in rows]


def _row(row: RecordVersion) -> VersionRow:
    corrections = read_corrections(row.corrections)
    return VersionRow(
        code=row.record.code,
        number=row.number,
        status=row.status,
        raw=row.raw,
        text=read_record(corrected(row.raw, corrections)),
        faults=read_faults(row.faults),
        accepted=read_faults(row.accepted),
        corrections=corrections,
        effective_on=row.effective_on,
        reason=row.reason,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        read_at=row.read_at,
        vanished_on=row.record.vanished_on,
    )
