"""The only writers of files: keep a content, and take one in piece by piece."""

import hashlib
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from tinhso.platform.capability import list_files_in_use
from tinhso.platform.files import queries, rules
from tinhso.platform.files.adapters import content_store, inspect
from tinhso.platform.files.models import Deposit, StoredFile, Upload
from tinhso.platform.files.ports import Actor, Readable
from tinhso.platform.files.rules.limits import MOST_OPEN_UPLOADS, in_megabytes

LEFT_BEHIND = timedelta(days=7)
UNUSED_FOR = timedelta(days=30)
TRIES = 3
IN_USE_FOR = timedelta(days=180)
DAY = timedelta(days=1)
ASKED_AT_ONCE, LOOKED_AT_EACH_NIGHT = 1_000, 20_000


class NoSuchUpload(LookupError):
    """The actor has no upload of that id."""


def store_file(
    *,
    content: bytes | Path | Readable,
    name: str,
    actor: Actor,
    now: datetime,
    limits: rules.Limits = rules.DEFAULT_LIMITS,
) -> StoredFile:
    """
    Keep a content, whatever it is called, and remember who handed it in; the same content twice is kept once.

    What is kept may differ from what came: pictures are turned upright and stripped of metadata.
    The bytes are on disk before this returns; should the caller's transaction fail they stay there unused.

    :raises Refusal: it is empty, too large, of a kind not taken, locked, broken or dangerous, or too much for one day;
        nothing is kept
    """
    name = rules.clean_name(name)
    inspected = inspect(_read(content, limits.max_bytes), name=name, limits=limits)
    _check_quota(len(inspected.content), actor, now)
    sha256 = content_store().keep(inspected.content)
    seen = {name: getattr(inspected, name) for name in ("media_type", "width", "height", "pages")}
    with transaction.atomic():
        file = _row_of(sha256, {"size": len(inspected.content), "stored_at": now, **seen}, now)
        Deposit.objects.get_or_create(file=file, actor_code=actor.code, defaults={"name": name, "handed_in_at": now})
    content_store().keep(inspected.content)
    return file


def keep_document(*, content: bytes, media_type: str, actor: Actor, now: datetime) -> StoredFile:
    """Keep a document the platform made itself (a receipt, a signed result), byte for byte, without inspection."""
    sha256 = content_store().keep(content)
    with transaction.atomic():
        file = _row_of(sha256, {"size": len(content), "media_type": media_type, "stored_at": now}, now)
        Deposit.objects.get_or_create(file=file, actor_code=actor.code, defaults={"name": "", "handed_in_at": now})
    content_store().keep(content)
    return file


def _row_of(sha256: str, first: dict[str, Any], now: datetime) -> StoredFile:
    """
    The row of that content, kept for a month from now on however old it is.

    A sweep that is removing the row at this moment is waited for; then there is a new one, and the bytes, which it took
    away before, are written again by the caller.
    """
    for _ in range(TRIES):
        file, is_new = StoredFile.objects.get_or_create(sha256=sha256, defaults={**first, "look_at": now + UNUSED_FOR})
        if is_new or StoredFile.objects.filter(pk=file.pk).update(look_at=now + UNUSED_FOR):
            return file
    raise StoredFile.DoesNotExist(sha256)


def _check_quota(size: int, actor: Actor, now: datetime) -> None:
    quota = rules.QUOTAS.get(actor.kind)
    if quota is None:
        return
    files, total = queries.sum_handed_in(since=now - DAY, actor=actor)
    if files + 1 > quota.max_files or total + size > quota.max_bytes:
        most = in_megabytes(quota.max_bytes)
        raise rules.refuse(
            "too_much_today", files=files, size=in_megabytes(total), most_files=quota.max_files, most=most
        )


def start_upload(
    *, name: str, size: int, actor: Actor, now: datetime, sha256: str = "", limits: rules.Limits = rules.DEFAULT_LIMITS
) -> str:
    """
    Open an upload of `size` bytes and return its id; pieces follow with `append_chunk`.

    :param sha256: of the whole file as it is on the sender's side; checked at the end when given
    :raises Refusal: it would be empty or too large, too much for one day, or too many uploads are half done
    """
    name = rules.clean_name(name)
    if size <= 0:
        raise rules.refuse("empty", name=name)
    if size > limits.max_bytes:
        raise rules.refuse("too_big", name=name, limit=in_megabytes(limits.max_bytes))
    _check_quota(size, actor, now)
    if Upload.objects.filter(owner_code=actor.code, state=Upload.OPEN).count() >= MOST_OPEN_UPLOADS:
        raise rules.refuse("too_many_uploads", limit=MOST_OPEN_UPLOADS)
    public_id = secrets.token_hex(16)
    Upload.objects.create(
        public_id=public_id, owner_code=actor.code, name=name, size=size, expected_sha256=sha256.lower(),
        started_at=now, touched_at=now,
    )  # fmt: skip
    return public_id


@transaction.atomic
def append_chunk(*, upload: str, offset: int, chunk: bytes, actor: Actor, now: datetime) -> int:
    """
    Add the next piece and return how many bytes have arrived; they survive a power cut from then on.

    :raises NoSuchUpload: the actor has no upload of that id
    :raises WrongOffset: the piece does not begin where the last one ended; carries where that is
    :raises Refusal: the upload is over, or the piece goes beyond the size that was told
    """
    row = _lock(upload, actor)
    if row.state != Upload.OPEN:
        raise rules.refuse("upload_over", name=row.name)
    expected = min(row.received, content_store().received(upload))
    if offset != expected:
        raise rules.WrongOffset(expected)
    if offset + len(chunk) > row.size:
        raise rules.refuse("differs", name=row.name)
    content_store().append(upload, offset, chunk)
    row.received, row.touched_at = offset + len(chunk), now
    row.save(update_fields=["received", "touched_at"])
    return row.received


def finish_upload(
    *, upload: str, actor: Actor, now: datetime, limits: rules.Limits = rules.DEFAULT_LIMITS
) -> StoredFile:
    """
    Check the whole file and keep it; asked again, the same file is returned.

    :raises NoSuchUpload: the actor has no upload of that id
    :raises Refusal: "incomplete" leaves the upload open; any other ends it, and its pieces are removed
    """
    with transaction.atomic():
        row = _lock(upload, actor)
        if row.state == Upload.FINISHED:
            return StoredFile.objects.get(sha256=row.stored_sha256)
        if row.state == Upload.REFUSED:
            raise rules.refuse("upload_over", name=row.name)
        content = _gathered(row)
        try:
            file = _keep_whole(row, content, actor, now, limits)
            row.state, row.stored_sha256 = Upload.FINISHED, file.sha256
            outcome: StoredFile | rules.Refusal = file
        except rules.Refusal as refusal:
            row.state, outcome = Upload.REFUSED, refusal
        row.touched_at = now
        row.save(update_fields=["state", "stored_sha256", "touched_at"])
        transaction.on_commit(lambda: content_store().forget_pieces(upload))
    if isinstance(outcome, rules.Refusal):
        raise outcome
    return outcome


def _keep_whole(row: Upload, content: bytes, actor: Actor, now: datetime, limits: rules.Limits) -> StoredFile:
    if row.expected_sha256 and hashlib.sha256(content).hexdigest() != row.expected_sha256:
        raise rules.refuse("differs", name=row.name)
    return store_file(content=content, name=row.name, actor=actor, now=now, limits=limits)


@transaction.atomic
def discard_upload(*, upload: str, actor: Actor, now: datetime) -> None:  # noqa: ARG001 - actions take `now`
    """
    Forget an upload and its pieces; a file it became stays.

    :raises NoSuchUpload: the actor has no upload of that id
    """
    _lock(upload, actor).delete()
    transaction.on_commit(lambda: content_store().forget_pieces(upload))


def discard_abandoned_uploads(*, now: datetime, older_than: timedelta = LEFT_BEHIND) -> int:
    """Forget uploads nobody touched for that long, with their pieces, and unfinished writes; how many uploads."""
    stale = list(Upload.objects.filter(touched_at__lt=now - older_than).values_list("public_id", flat=True))
    for public_id in stale:
        content_store().forget_pieces(public_id)
    Upload.objects.filter(public_id__in=stale, touched_at__lt=now - older_than).delete()
    content_store().sweep(before=(now - older_than).timestamp())
    return len(stale)


def sweep_unused(*, now: datetime, limit: int = LOOKED_AT_EACH_NIGHT) -> list[queries.FileRow]:
    """
    Remove files that no app refers to, a month after they were handed in last; those that were removed.

    At most `limit` are looked at; what is in use is looked at again in half a year.
    """
    gone = list[queries.FileRow]()
    for start in range(0, limit, ASKED_AT_ONCE):
        size = min(ASKED_AT_ONCE, limit - start)
        with transaction.atomic():
            due = queries.list_due(now, size, lock=True)
            used = list_files_in_use([file.sha256 for file in due])
            unused = [file for file in due if file.sha256 not in used]
            StoredFile.objects.filter(sha256__in=used).update(look_at=now + IN_USE_FOR)
            Deposit.objects.filter(file__sha256__in=[file.sha256 for file in unused]).delete()
            StoredFile.objects.filter(sha256__in=[file.sha256 for file in unused]).delete()
            for file in unused:
                content_store().forget(file.sha256)
        gone += unused
        if len(due) < size:
            break
    return gone


def _lock(upload: str, actor: Actor) -> Upload:
    row = Upload.objects.select_for_update().filter(public_id=upload, owner_code=actor.code).first()
    if row is None:
        raise NoSuchUpload(upload)
    return row


def _gathered(row: Upload) -> bytes:
    """All bytes of an upload, once all have arrived."""
    received = min(row.received, content_store().received(row.public_id))
    if received < row.size:
        raise rules.refuse("incomplete", name=row.name, received=received, size=row.size)
    return content_store().pieces_of(row.public_id).read_bytes()[: row.size]


def _read(content: bytes | Path | Readable, most: int) -> bytes:
    """The content in memory; of one that is too large, only enough to see that it is."""
    if isinstance(content, bytes):
        return content
    if isinstance(content, Path):
        with content.open("rb") as stream:
            return _drain(stream, most)
    return _drain(content, most)


def _drain(stream: Readable, most: int) -> bytes:
    pieces, held = [], 0
    while held <= most and (piece := stream.read(most + 1 - held)):
        pieces.append(piece)
        held += len(piece)
    return b"".join(pieces)
