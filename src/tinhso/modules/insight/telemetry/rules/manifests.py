"""The archive's table of contents: which files count, and what each holds."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

FORMER_LASTS: Final = timedelta(minutes=10)
MANY_PARTS: Final = 12  # of one day, before they are made one


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file: values of one kind of device and one day (Vietnam's), sorted by device, measure, moment."""

    kind: str
    day: date
    file: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What readers may read; `former` are the files of the manifest before, for those who still read them."""

    written_at: datetime | None = None
    parts: tuple[Part, ...] = ()
    former: tuple[str, ...] = field(default=())

    @property
    def names(self) -> frozenset[str]:
        """Every file that counts."""
        return frozenset(each.file for each in self.parts)

    def read_at(self, now: datetime) -> frozenset[str]:
        """The files that somebody may read: those that count, for a while those of the manifest before."""
        fresh = self.written_at is not None and now - self.written_at < FORMER_LASTS
        return self.names | (frozenset(self.former) if fresh else frozenset())

    def files_of(self, kind: str, first: date, last: date) -> list[str]:
        """The files that may hold values of that kind from one day to another, both included."""
        return [each.file for each in self.parts if each.kind == kind and first <= each.day <= last]

    def changed(self, *, without: Iterable[Part] = (), more: Iterable[Part] = (), now: datetime) -> "Manifest":
        """The manifest that follows this one."""
        gone = set(without)
        kept = [each for each in self.parts if each not in gone]
        fresh = {each.file: each for each in (*kept, *more)}  # the same content twice is the same file
        return replace(self, written_at=now, parts=tuple(sorted(fresh.values(), key=lambda each: (each.kind, each.day, each.file))), former=tuple(sorted(self.names)))  # fmt: skip


def days_to_merge(parts: Sequence[Part], today: date) -> list[list[Part]]:
    """The parts to make one, by kind and day: of days that are over as soon as there are two, of today when they are many."""
    groups: dict[tuple[str, date], list[Part]] = {}
    for each in parts:
        groups.setdefault((each.kind, each.day), []).append(each)
    return [found for (_kind, day), found in sorted(groups.items()) if len(found) > (1 if day < today else MANY_PARTS)]


def outdated(parts: Iterable[Part], kept_days: "dict[str, int]", today: date) -> list[Part]:
    """The parts whose days are past their kind's keeping; of an unknown kind nothing is."""
    return [
        each for each in parts if each.kind in kept_days and each.day < today - timedelta(days=kept_days[each.kind])
    ]


def written(manifest: Manifest) -> str:
    """The manifest as text."""
    parts = [{**asdict(each), "day": each.day.isoformat()} for each in manifest.parts]
    at = manifest.written_at.isoformat() if manifest.written_at else None
    return json.dumps({"form": 1, "written_at": at, "parts": parts, "former": list(manifest.former)}, indent=0)


def read_manifest(text: str) -> Manifest:
    """A manifest from its text."""
    whole = json.loads(text)
    parts = tuple(Part(**{**each, "day": date.fromisoformat(each["day"])}) for each in whole["parts"])
    at = datetime.fromisoformat(whole["written_at"]) if whole["written_at"] else None
    return Manifest(at, parts, tuple(whole["former"]))
