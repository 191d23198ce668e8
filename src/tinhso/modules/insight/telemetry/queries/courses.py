"""The course of a measure: from the archive's files, with what waits for its file, so that it reaches to this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tinhso.modules.insight.telemetry.adapters import archive, duck
from tinhso.modules.insight.telemetry.adapters.duck import Row, Slot
from tinhso.modules.insight.telemetry.models import Waiting
from tinhso.platform.people.rules import VIETNAM


@dataclass(frozen=True, slots=True)
class Asked:
    """Which course: a measure of a device of a kind, from one moment to before another."""

    device: str
    kind: str
    measure: str
    since: datetime
    until: datetime


def local(moment: datetime) -> datetime:
    """A moment as files have it: Vietnam's wall clock, without a zone."""
    return moment.astimezone(VIETNAM).replace(tzinfo=None)


def read_course(asked: Asked, seconds: int) -> list[Slot]:
    """The course in slots of so many seconds: least, mean, greatest."""
    paths, waiting = _sources(asked)
    return duck.read_course(paths, (asked.device, asked.measure), _between(asked), seconds, waiting)


def read_values(asked: Asked) -> list[tuple[datetime, float]]:
    """Every value, in order; moments are Vietnam's wall clock."""
    paths, waiting = _sources(asked)
    return duck.read_values(paths, (asked.device, asked.measure), _between(asked), waiting)


def _between(asked: Asked) -> tuple[datetime, datetime]:
    return local(asked.since), local(asked.until)


def _sources(asked: Asked) -> tuple[Sequence[Path], Sequence[Row]]:
    # first the rows, then the manifest: what moves between is seen in both and taken once, never in neither
    rows = Waiting.objects.filter(device=asked.device, measure=asked.measure, at__gte=asked.since, at__lt=asked.until)
    waiting = [
        Row(local(at), value, local(received)) for at, value, received in rows.values_list("at", "value", "received_at")
    ]
    first, last = local(asked.since).date(), local(asked.until - timedelta(microseconds=1)).date()
    return archive.paths_of(archive.load_manifest().files_of(asked.kind, first, last)), waiting


def count_archived() -> int:
    """How many values the archive's files hold, each once."""
    return duck.count_rows(archive.paths_of(archive.load_manifest().names))


def count_waiting() -> int:
    """How many values wait for their file."""
    return Waiting.objects.count()


def verify_archive() -> list[str]:
    """Files that the manifest names and that are missing or changed."""
    return archive.find_faults()
