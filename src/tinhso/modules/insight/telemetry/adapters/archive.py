"""The archive's folder and the rows on their way into it: one writer at a time, one unchanging view while it writes."""
# ruff: noqa: S608 - only our own expressions

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from tinhso.modules.insight.telemetry.rules.manifests import Manifest, Part, read_manifest, written
from tinhso.platform import partitions

MANIFEST: Final = "manifest.json"
MAKING: Final = "making"
LOCK: Final = "select pg_try_advisory_xact_lock(hashtext('tinhso.telemetry.archive'))"
AT_ONCE: Final = 500_000
DAY: Final = "(at at time zone 'Asia/Ho_Chi_Minh')::date"
LAST: Final = "select max(id) from (select id from telemetry_waiting order by id limit %s) first"
GROUPS: Final = f"select kind, {DAY}, count(*) from telemetry_waiting where id <= %s group by 1, 2 order by 1, 2"
ROWS: Final = f"""
copy (select device, measure, at at time zone 'Asia/Ho_Chi_Minh' as happened_at, value, received_at at time zone 'Asia/Ho_Chi_Minh' as received_at
    from telemetry_waiting where id <= %s and kind = %s and {DAY} = %s order by device, measure, at)
to stdout (format csv, header)
"""


class ArchiveBusy(RuntimeError):
    """Somebody else is writing the archive at this moment."""

    def __init__(self) -> None:
        self.vi = "Đang có tiến trình khác ghi kho quan trắc. Hãy thử lại sau một phút."
        self.en = "Another process is writing the archive of telemetry. Try again in a minute."
        super().__init__(f"{self.vi} · {self.en}")


def root() -> Path:
    """Where the archive lies."""
    return Path(settings.TELEMETRY_ROOT)


def load_manifest() -> Manifest:
    """The manifest in force; an empty one where there is none yet. Read anew only when the file was replaced."""
    path = root() / MANIFEST
    try:
        known = path.stat()
    except FileNotFoundError:
        return Manifest()
    return _manifest(path, known.st_mtime_ns, known.st_ino)


@lru_cache(maxsize=4)
def _manifest(path: Path, _changed: int, _number: int) -> Manifest:
    return read_manifest(path.read_text())


def scratch(name: str) -> Path:
    """A path for something that is being made."""
    return partitions.scratch(root() / MAKING, name)


def keep(made: Path, kind: str, day: date, rows: int) -> Part:
    """A finished file in its place; it counts once a manifest names it."""
    name, digest = partitions.keep(made, root(), f"values/{kind}", day.isoformat())
    return Part(kind, day, name, digest, rows)


def publish(manifest: Manifest) -> None:
    """Let this manifest count from now on."""
    fresh = scratch(MANIFEST)
    fresh.write_text(written(manifest))
    partitions.put(fresh, root() / MANIFEST)


def sweep(manifest: Manifest, now: datetime) -> int:
    """Delete the files that nobody may read any more; how many."""
    gone = partitions.sweep(root(), "values/*/*.parquet", manifest.read_at(now))
    return gone + partitions.sweep(root(), f"{MAKING}/*", ())


@contextmanager
def writing() -> Iterator[None]:
    """
    One unchanging view of the rows, held by one writer at a time, until the block ends.

    What is deleted in it is what is seen in it: rows that others commit meanwhile stay. Inside a transaction of the caller
    (only tests do so) it is that transaction's view.

    :raises ArchiveBusy: another process writes
    """
    own = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if own:
                cursor.execute("set transaction isolation level repeatable read")
            cursor.execute(LOCK)
            if not cursor.fetchone()[0]:
                raise ArchiveBusy
        yield


def find_last_waiting() -> int:
    """The id up to which rows are taken up now; 0 where nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [AT_ONCE])
        return int(cursor.fetchone()[0] or 0)


def list_groups(last: int) -> list[tuple[str, date, int]]:
    """Kinds and days of the rows up to that id, with how many."""
    with connection.cursor() as cursor:
        cursor.execute(GROUPS, [last])
        return list(cursor.fetchall())


def copy_group(kind: str, day: date, last: int, path: Path) -> None:
    """Write the rows of a kind and day up to that id as CSV with a head."""
    with connection.cursor() as cursor, cursor.copy(ROWS, [last, kind, day]) as copy, path.open("wb") as handle:
        for piece in copy:
            handle.write(piece)


def forget(last: int) -> None:
    """The rows up to that id that are seen are in files now."""
    with connection.cursor() as cursor:
        cursor.execute("delete from telemetry_waiting where id <= %s", [last])


def paths_of(names: Iterable[str]) -> list[Path]:
    """Where these files lie."""
    return [root() / name for name in names]


def find_faults() -> list[str]:
    """The files that the manifest names and that are not there or not what was written."""
    parts = load_manifest().parts
    return [each.file for each in parts if not (root() / each.file).is_file() or partitions.digest_of(root() / each.file) != each.sha256]  # fmt: skip
