"""The warehouse's folder: files that appear whole or not at all, and the manifest that says which of them count."""

import os
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from tinhso.modules.insight.indicators.rules import Manifest, read_manifest, written

MANIFEST = "manifest.json"
MAKING = "making"
FOLDERS = (MAKING, "cases", "facts", "sums")
READ_AT_ONCE = 1 << 20


def root() -> Path:
    """Where the warehouse lies."""
    return Path(settings.WAREHOUSE_ROOT)


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
    """A path for something that is being made; what a killed run left there is overwritten or swept away."""
    folder = root() / MAKING
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    path.unlink(missing_ok=True)
    return path


def keep(made: Path, folder: str, stem: str) -> tuple[str, str]:
    """
    Move a finished file to its place, durably.

    Its name ends with its hash, so a file that counts is never overwritten.

    :returns: its name below the root, its SHA-256 (hex)
    """
    digest = digest_of(made)
    name = f"{folder}/{stem}.{digest[:16]}{made.suffix}"
    target = root() / name
    target.parent.mkdir(mode=0o700, exist_ok=True)
    _make_durable(made)
    made.replace(target)
    _make_durable(target.parent)
    return name, digest


def digest_of(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    whole = sha256()
    with path.open("rb") as handle:
        while piece := handle.read(READ_AT_ONCE):
            whole.update(piece)
    return whole.hexdigest()


def write_manifest(manifest: Manifest) -> Path:
    """Write a manifest beside the one in force; `publish` puts it in force."""
    path = scratch(MANIFEST)
    path.write_text(written(manifest))
    _make_durable(path)
    return path


def publish(fresh: Path) -> None:
    """Let a written manifest count from now on: one rename, durable."""
    fresh.replace(root() / MANIFEST)
    _make_durable(root())


def sweep(kept: Iterable[str]) -> int:
    """Delete every file in the warehouse's own folders that is not named; how many."""
    names = set(kept)
    found = (path for folder in FOLDERS for path in (root() / folder).glob("*") if path.is_file())
    gone = [path for path in found if f"{path.parent.name}/{path.name}" not in names]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
