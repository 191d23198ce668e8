"""Files that are written once and appear whole or not at all, named by what they hold; the last step of each is one rename."""

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

READ_AT_ONCE: Final = 1 << 20


def scratch(folder: Path, name: str) -> Path:
    """A path for something that is being made; what a killed run left there is gone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    path.unlink(missing_ok=True)
    return path


def keep(made: Path, root: Path, folder: str, stem: str) -> tuple[str, str]:
    """
    Move a finished file to its place below the root, durably.

    Its name ends with its hash, so a file that counts is never overwritten.

    :returns: its name below the root, its SHA-256 (hex)
    """
    digest = digest_of(made)
    name = f"{folder}/{stem}.{digest[:16]}{made.suffix}"
    target = root / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    put(made, target)
    return name, digest


def put(fresh: Path, target: Path) -> None:
    """Let a finished file count under that name from now on: one rename, durable."""
    _make_durable(fresh)
    fresh.replace(target)
    _make_durable(target.parent)


def digest_of(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    whole = sha256()
    with path.open("rb") as handle:
        while piece := handle.read(READ_AT_ONCE):
            whole.update(piece)
    return whole.hexdigest()


def sweep(root: Path, pattern: str, kept: Iterable[str]) -> int:
    """Delete every file below the root that fits the pattern and is not named; how many."""
    names = set(kept)
    gone = [path for path in root.glob(pattern) if path.is_file() and str(path.relative_to(root)) not in names]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
