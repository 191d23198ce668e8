"""Anchors: what was sealed, written down once more outside the database, in folders where lines are only ever added."""

import fcntl
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

LINE = re.compile(rb"(\d+) (\S+) ([0-9a-f]{64})\n|restored (\d+) \S+\n")  # what a power cut left of a line is none
LAST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Anchored:
    """One seal as it is written down; its hash closes over its root and over the seal before it."""

    number: int
    sealed_at: datetime
    hash: bytes


class AnchorFolder:
    """
    A folder with a file for each month and a line for each seal: number, moment, hash.

    A line "restored N" says that an older backup was put in place on purpose: what stood beyond seal N counts no more.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def last(self) -> int:
        """The number of the last seal that counts, 0 when there is none; only the end of the last file is read."""
        for path in reversed(self._files()):
            with path.open("rb") as handle:
                handle.seek(max(0, path.stat().st_size - LAST_BYTES))
                found = LINE.findall(handle.read())
            if found:
                return int(found[-1][0] or found[-1][3])
        return 0

    def read(self) -> Mapping[int, bytes]:
        """The hash of each seal that counts, by its number; of two lines for one seal the first."""
        known: dict[int, bytes] = {}
        for number, _moment, value, restored in self._lines():
            if restored:
                known = {each: kept for each, kept in known.items() if each <= int(restored)}
            else:
                known.setdefault(int(number), bytes.fromhex(value.decode()))
        return known

    def add(self, seals: Iterable[Anchored]) -> None:
        """
        Write down the seals that come after the last one written; when this returns they survive a power cut.

        :raises OSError: the folder cannot be written to
        """
        with self._alone():
            last = self.last()
            for each in seals:
                if each.number > last:
                    self._append(each.sealed_at, f"{each.number} {each.sealed_at.isoformat()} {each.hash.hex()}\n")

    def own_up(self, number: int, now: datetime) -> None:
        """Say that the seals beyond `number` were given up by a restore, where any are written down."""
        with self._alone():
            if self.last() > number:
                self._append(now, f"restored {number} {now.isoformat()}\n")

    def _files(self) -> list[Path]:
        return sorted(self.root.glob("*.txt"))

    def _lines(self) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
        for path in self._files():
            with path.open("rb") as handle:
                for line in handle:
                    if fits := LINE.fullmatch(line):
                        yield fits.groups()  # type: ignore[misc]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        held = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
        finally:
            os.close(held)

    def _append(self, moment: datetime, line: str) -> None:
        """Add a line to the file of that month, or to a later one where there is one, so that the order stays."""
        path = max([self.root / f"{moment:%Y-%m}.txt", *self._files()])
        with path.open("a+b") as handle:
            if handle.tell():
                handle.seek(-1, os.SEEK_END)
                line = line if handle.read(1) == b"\n" else "\n" + line
            handle.write(line.encode())
            handle.flush()
            os.fsync(handle.fileno())


def anchor_folders() -> list[AnchorFolder]:
    """Every place where seals are written down."""
    return [AnchorFolder(Path(root)) for root in settings.LEDGER_ANCHORS]
