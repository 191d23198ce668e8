"""
Units in time: every place is a version with validity, a parent, and successors; no code is read without a day.

A code alone is ambiguous: 52 was Bình Định and is Gia Lai since 2025-07-01. A version's key is "<code>@<valid_from>".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


class BareCode(ValueError):
    """A code was given where a day is needed with it; `vi` (also the message) and `en` say so."""

    def __init__(self, code: str) -> None:
        self.vi = f"Mã “{code}” chưa đủ để biết là đơn vị nào: phải kèm ngày, vì mã được dùng lại sau sắp xếp."
        self.en = f"The code “{code}” does not tell which unit is meant without a day, since codes were used again."
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class PlaceVersion:
    """One place as it was from `valid_from` until the day before `valid_to` (open when None)."""

    key: str
    code: str
    kind: str
    name: str
    parent_key: str
    valid_from: date
    valid_to: date | None = None

    def is_valid(self, on: date) -> bool:
        """Whether the version stands on that day; the day `valid_to` itself is outside."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Succession:
    """The older place went into the newer one: wholly, or `partly` when only some of its land and people did."""

    from_key: str
    to_key: str
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Where a place is found on a later day; `partly` when some of it went elsewhere, at this step or before."""

    place: PlaceVersion
    partly: bool


def place_key(code: str, valid_from: date) -> str:
    """The key of a version, such as "06184@2025-07-01"."""
    return f"{code}@{valid_from.isoformat()}"


def split_key(key: str) -> tuple[str, date]:
    """
    The code and the first day behind a key.

    :raises BareCode: it is a code without a day
    """
    code, mark, day = key.partition("@")
    if not (code and mark):
        raise BareCode(key)
    return code, date.fromisoformat(day)


class Places:
    """All versions of all places and how they followed one another. Built once, then only read."""

    def __init__(self, versions: Iterable[PlaceVersion], successions: Iterable[Succession] = ()) -> None:
        self._versions = {version.key: version for version in versions}
        self._by_code: dict[tuple[str, str], list[PlaceVersion]] = defaultdict(list)
        self._children: dict[str, list[PlaceVersion]] = defaultdict(list)
        self._later: dict[str, list[Succession]] = defaultdict(list)
        self._earlier: dict[str, list[Succession]] = defaultdict(list)
        for version in self._versions.values():
            self._by_code[version.kind, version.code].append(version)
            self._children[version.parent_key].append(version)
        for succession in successions:
            self._later[succession.from_key].append(succession)
            self._earlier[succession.to_key].append(succession)

    def __len__(self) -> int:
        """How many versions there are, over all time."""
        return len(self._versions)

    def get(self, key: str) -> PlaceVersion:
        """
        The version with that key.

        :raises BareCode: it is a code without a day
        :raises KeyError: there is no such version
        """
        split_key(key)
        return self._versions[key]

    def on(self, day: date) -> tuple[PlaceVersion, ...]:
        """All places that stand on that day."""
        return tuple(version for version in self._versions.values() if version.is_valid(day))

    def find(self, code: str, kind: str, on: date) -> PlaceVersion | None:
        """The place of that kind that had the code on that day."""
        return next((version for version in self._by_code[kind, code] if version.is_valid(on)), None)

    def children(self, key: str, on: date) -> tuple[PlaceVersion, ...]:
        """The places right below, on that day."""
        return tuple(version for version in self._children[key] if version.is_valid(on))

    def descendants(self, key: str, on: date) -> Iterator[PlaceVersion]:
        """Every place below on that day, a parent before its children."""
        for child in self.children(key, on):
            yield child
            yield from self.descendants(child.key, on)

    def ancestors(self, key: str) -> Iterator[PlaceVersion]:
        """The places above, the nearest first."""
        parent = self._versions.get(self.get(key).parent_key)
        while parent is not None:
            yield parent
            parent = self._versions.get(parent.parent_key)

    def moved_to(self, key: str, on: date) -> tuple[Move, ...]:
        """
        Where the place is found on a day: itself while it stands, else what became of it, over any number of steps.

        Empty when the day lies before the place, or when nothing succeeded it. More than one means that it was split.
        """
        found: dict[str, Move] = {}
        self._follow(self.get(key), on, found, partly=False)
        return tuple(found.values())

    def came_from(self, key: str) -> tuple[Succession, ...]:
        """What the place was made of, one step back."""
        return tuple(self._earlier[self.get(key).key])

    def became(self, key: str) -> tuple[Succession, ...]:
        """What the place went into, one step on."""
        return tuple(self._later[self.get(key).key])

    def _follow(self, version: PlaceVersion, on: date, found: dict[str, Move], *, partly: bool) -> None:
        if version.is_valid(on):
            seen = found.get(version.key)
            found[version.key] = Move(version, partly=partly or (seen is not None and seen.partly))
        elif version.valid_to is not None and version.valid_to <= on:
            for succession in self._later[version.key]:
                self._follow(self._versions[succession.to_key], on, found, partly=partly or succession.partly)


def list_faults(versions: Iterable[PlaceVersion], successions: Iterable[Succession] = ()) -> list[str]:
    """What contradicts itself in a table of places, as Vietnamese sentences; empty when all is well."""
    known = {version.key: version for version in versions}
    faults = [fault for version in known.values() for fault in _version_faults(version, known.get(version.parent_key))]
    faults += _overlaps(known.values())
    for succession in successions:
        older, newer = known.get(succession.from_key), known.get(succession.to_key)
        if older is None or newer is None:
            faults.append(f"Kế thừa {succession.from_key} → {succession.to_key}: không có đơn vị này.")
        elif older.valid_to is None or older.valid_to > newer.valid_from:
            faults.append(f"Kế thừa {older.key} → {newer.key}: đơn vị cũ chưa kết thúc khi đơn vị mới bắt đầu.")
    return faults


def _version_faults(version: PlaceVersion, parent: PlaceVersion | None) -> Iterator[str]:
    if version.key != place_key(version.code, version.valid_from):
        yield f"{version.key}: khóa phải là {place_key(version.code, version.valid_from)}."
    if version.valid_to is not None and version.valid_to <= version.valid_from:
        yield f"{version.key}: ngày kết thúc không sau ngày bắt đầu."
    if version.parent_key and parent is None:
        yield f"{version.key}: không có đơn vị cấp trên {version.parent_key}."
    elif parent is not None and not _covers(parent, version):
        yield f"{version.key}: có hiệu lực ngoài thời gian của cấp trên {parent.key}."


def _covers(parent: PlaceVersion, version: PlaceVersion) -> bool:
    """Whether the parent stands on every day of the version."""
    if version.valid_from < parent.valid_from:
        return False
    return parent.valid_to is None or (version.valid_to is not None and version.valid_to <= parent.valid_to)


def _overlaps(versions: Iterable[PlaceVersion]) -> Iterator[str]:
    """Versions of one code and kind that stand on the same day."""
    ordered = sorted(versions, key=lambda version: (version.kind, version.code, version.valid_from))
    for before, after in pairwise(ordered):
        if (before.kind, before.code) == (after.kind, after.code) and before.is_valid(after.valid_from):
            yield f"{before.key} và {after.key}: cùng mã, cùng loại, trùng thời gian."
