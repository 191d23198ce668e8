"""Contents on disk under their SHA-256, written so that a name never stands for half a file."""

import hashlib
import os
import re
import secrets
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from django.conf import settings

_SHA256 = re.compile(r"[0-9a-f]{64}")
_PIECES_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")


class ContentStore:
    """
    A folder of contents: `sha256/ab/cd/abcd…` for what is kept, `incoming/` for what is on its way.

    Both lie on one file system, so that a finished content takes its name in one step.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.incoming = root / "incoming"

    def path_of(self, sha256: str) -> Path:
        """
        Where the content of that hash lies or would lie.

        :raises ValueError: it is not 64 small hexadecimal signs
        """
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.root / "sha256" / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the content of that hash is kept."""
        return self.path_of(sha256).is_file()

    def keep(self, content: bytes) -> str:
        """Keep a content and return its hash; when this returns it survives a power cut. Twice is once."""
        sha256 = hashlib.sha256(content).hexdigest()
        final = self.path_of(sha256)
        if final.exists() and final.stat().st_size == len(content):
            return sha256
        _make_folder(self.incoming)
        _make_folder(final.parent)
        unfinished = self.incoming / f"{secrets.token_hex(16)}.tmp"
        try:
            _write_new(unfinished, content)
            unfinished.replace(final)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _sync_folder(final.parent)
        return sha256

    def open(self, sha256: str) -> BufferedReader:
        """
        The content, opened for reading.

        :raises FileNotFoundError: it is not kept
        """
        return self.path_of(sha256).open("rb")

    def is_sound(self, sha256: str) -> bool:
        """Whether what lies under the hash still has that hash."""
        with suppress(FileNotFoundError), self.open(sha256) as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == sha256
        return False

    def forget(self, sha256: str) -> None:
        """Remove a content; nothing when it is not kept."""
        self.path_of(sha256).unlink(missing_ok=True)

    def pieces_of(self, upload: str) -> Path:
        """Where the pieces of an upload gather."""
        if not _PIECES_ID.fullmatch(upload):
            raise ValueError(f"not an upload: {upload!r}")
        return self.incoming / f"{upload}.part"

    def received(self, upload: str) -> int:
        """How many bytes of an upload lie on disk."""
        with suppress(FileNotFoundError):
            return self.pieces_of(upload).stat().st_size
        return 0

    def append(self, upload: str, offset: int, piece: bytes) -> None:
        """Write a piece at `offset`, over what lay there; when this returns it survives a power cut."""
        _make_folder(self.incoming)
        path = self.pieces_of(upload)
        is_new = not path.exists()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o640)
        with os.fdopen(descriptor, "wb") as pieces:
            pieces.seek(offset)
            pieces.write(piece)
            pieces.flush()
            os.fsync(descriptor)
        if is_new:
            _sync_folder(self.incoming)

    def forget_pieces(self, upload: str) -> None:
        """Remove what an upload left."""
        self.pieces_of(upload).unlink(missing_ok=True)

    def sweep(self, *, before: float) -> int:
        """Remove unfinished writes last touched before that moment (seconds since 1970); how many there were."""
        stale = [path for path in self.incoming.glob("*.tmp") if path.stat().st_mtime < before]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)


def content_store() -> ContentStore:
    """The store of this installation."""
    return ContentStore(Path(settings.MEDIA_ROOT))


def _write_new(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(descriptor)


def _make_folder(folder: Path) -> None:
    """Make a folder and its parents, each lasting."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
