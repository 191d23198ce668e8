"""Reads what is kept: contents, who handed them in, uploads under way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader

from django.db.models import Count, Sum

from tinhso.platform.capability import list_files_in_use
from tinhso.platform.files.adapters import content_store
from tinhso.platform.files.models import Deposit, StoredFile, Upload
from tinhso.platform.files.ports import Actor
from tinhso.platform.prepared import read

HANDED_IN = """
select f.sha256, f.size, f.media_type, f.width, f.height, f.pages, f.stored_at
from files_storedfile f where f.sha256 = any($1::text[])
    and exists (select from files_deposit d where d.file_id = f.id and d.actor_code = $2)
"""


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is known of one content; width and height for pictures, pages for PDF."""

    sha256: str
    size: int
    media_type: str
    width: int | None
    height: int | None
    pages: int | None
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class UploadRow:
    """How far one upload has come; `stored_sha256` once it is finished."""

    public_id: str
    name: str
    size: int
    received: int
    state: str
    stored_sha256: str


def get_file(sha256: str) -> FileRow:
    """
    The content of that hash.

    :raises StoredFile.DoesNotExist: nothing is kept under it
    """
    return _row(StoredFile.objects.get(sha256=sha256))


def find_file(sha256: str) -> FileRow | None:
    """The content of that hash, or None."""
    found = StoredFile.objects.filter(sha256=sha256).first()
    return _row(found) if found else None


def list_handed_in(hashes: list[str], *, actor: Actor) -> dict[str, FileRow]:
    """
    Those of the contents of these hashes, by hash, that the actor has handed in; one query.

    Who knows only a hash may not attach what lies under it: contents of others are missing as if they were not kept.
    """
    return {row[0]: FileRow(*row) for row in read(HANDED_IN, hashes, actor.code)} if hashes else {}


def open_file(sha256: str) -> BufferedReader:
    """
    The bytes, opened for reading; whether somebody may see them is for the caller to decide.

    :raises FileNotFoundError: nothing is kept under that hash
    """
    return content_store().open(sha256)


def is_sound(sha256: str) -> bool:
    """Whether the bytes on disk still have that hash."""
    return content_store().is_sound(sha256)


def list_missing() -> Iterator[str]:
    """The hashes that rows name and nothing lies under, in no order; the bytes of the others are not read."""
    store = content_store()
    hashes = StoredFile.objects.values_list("sha256", flat=True).iterator(chunk_size=10_000)
    return (sha256 for sha256 in hashes if not store.has(sha256))


def list_due(now: datetime, limit: int, *, lock: bool = False) -> list[FileRow]:
    """The files of which it is to be asked now whether anybody refers to them; with `lock` no other process has them."""
    rows = StoredFile.objects.filter(look_at__lte=now).order_by("look_at", "pk")
    return [_row(found) for found in (rows.select_for_update(skip_locked=True) if lock else rows)[:limit]]


def list_unused(now: datetime, limit: int) -> list[FileRow]:
    """Those of the first `limit` due files that nobody refers to: what a sweep would remove."""
    due = list_due(now, limit)
    used = list_files_in_use([file.sha256 for file in due])
    return [file for file in due if file.sha256 not in used]


def sum_handed_in(*, since: datetime, actor: Actor) -> tuple[int, int]:
    """How many contents that were new to them the actor has handed in since that moment, and their bytes in all."""
    rows = Deposit.objects.filter(actor_code=actor.code, handed_in_at__gt=since)
    found = rows.aggregate(files=Count("pk"), size=Sum("file__size"))
    return found["files"], found["size"] or 0


def find_upload(public_id: str, *, actor: Actor) -> UploadRow | None:
    """The actor's own upload of that id, or None."""
    found = Upload.objects.filter(public_id=public_id, owner_code=actor.code).first()
    if found is None:
        return None
    return UploadRow(found.public_id, found.name, found.size, found.received, found.state, found.stored_sha256)


def _row(file: StoredFile) -> FileRow:
    return FileRow(file.sha256, file.size, file.media_type, file.width, file.height, file.pages, file.stored_at)
