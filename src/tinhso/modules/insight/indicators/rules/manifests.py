"""The warehouse's table of contents: which files count, what each holds, what was computed from them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from tinhso.modules.insight.indicators.rules.cards import Definition, read_definition
from tinhso.modules.insight.indicators.rules.columns import Table

FORM: Final = 3  # another one when a column comes: files without it are made anew
RESTED_SECONDS: Final = 30  # how often an unchanged warehouse says anew that it is up to date
SHARE_OF_TIME: Final = 2  # a refresh rests at least so many times as long as the last one took


@dataclass(frozen=True, slots=True)
class Partition:
    """One Parquet file: the rows of one table and month; `least` and `most` bound the moment it is partitioned by."""

    table: str
    month: date
    file: str
    sha256: str
    rows: int
    least: str
    most: str


@dataclass(frozen=True, slots=True)
class Run:
    """
    One computing of one indicator: from which text, from which files, up to when, and the file of its sums.

    The text is kept whole, so that a figure and the list behind it come from the same definition.
    """

    code: str
    sql: str
    definition_sha256: str
    source_sha256: str
    file: str
    sha256: str
    rows: int
    computed_at: datetime

    @property
    def definition(self) -> Definition:
        """The indicator as it was computed."""
        return read_definition(f"{self.code}.sql", self.sql)


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    What readers may read, all of one snapshot of the database.

    :param as_of: the moment up to which everything is in
    :param sealed_to: id below which no fact can appear any more
    :param beyond: how many facts above it were in, and the highest id of them
    """

    as_of: datetime | None = None
    took_seconds: float = 0.0
    sealed_to: int = 0
    beyond: tuple[int, int] = (0, 0)
    partitions: tuple[Partition, ...] = ()
    runs: tuple[Run, ...] = ()

    @property
    def source_sha256(self) -> str:
        """What tells the content of all partitions from every other content."""
        return sha256("\n".join(sorted(each.sha256 for each in self.partitions)).encode()).hexdigest()

    @property
    def names(self) -> frozenset[str]:
        """Every file that counts."""
        return frozenset(self.digests)

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 (hex) of every file that counts."""
        return {part.file: part.sha256 for part in self.partitions} | {run.file: run.sha256 for run in self.runs}

    def files_of(self, table: str) -> list[str]:
        """The files of one table, by month."""
        return [each.file for each in sorted(self.partitions, key=lambda part: part.month) if each.table == table]

    def run_of(self, code: str) -> Run | None:
        """The computing of that indicator, if there was one."""
        return next((run for run in self.runs if run.code == code), None)

    def with_partitions(self, fresh: Iterable[Partition]) -> "Manifest":
        """The same with some partitions in place of the older ones of their table and month; an empty one goes."""
        kept = {(each.table, each.month): each for each in self.partitions}
        kept |= {(each.table, each.month): each for each in fresh}
        return replace(self, partitions=tuple(kept[key] for key in sorted(kept) if kept[key].rows))

    def missing_from(self, other: "Manifest") -> tuple[Partition, ...]:
        """The other's partitions that this one has not, or has with other content."""
        own = {each.file for each in self.partitions}
        return tuple(each for each in other.partitions if each.file not in own)

    def partition(self, table: Table, month: date) -> Partition | None:
        """That table's partition of that month, if there is one."""
        return next((each for each in self.partitions if (each.table, each.month) == (table.name, month)), None)

    def may_rest(self, now: datetime) -> bool:
        """Whether the last refresh was long, and so recent that another one would keep the machine from its work."""
        return self.as_of is not None and (now - self.as_of).total_seconds() < SHARE_OF_TIME * self.took_seconds

    def says_so_anew(self, now: datetime) -> bool:
        """Whether it is time to say again that an unchanged warehouse is up to date."""
        return self.as_of is None or (now - self.as_of).total_seconds() >= RESTED_SECONDS


def written(manifest: Manifest) -> str:
    """The manifest as the text of its file."""
    return json.dumps(
        {"form": FORM, **asdict(manifest)}, ensure_ascii=False, indent=1, default=lambda day: day.isoformat()
    )


def read_manifest(text: str) -> Manifest:
    """The manifest of that text; an empty one where it is of another form or broken, so that all is made anew."""
    try:
        said = json.loads(text)
        if said.pop("form") != FORM:
            return Manifest()
        return Manifest(
            as_of=datetime.fromisoformat(said["as_of"]) if said["as_of"] else None,
            took_seconds=said["took_seconds"],
            sealed_to=said["sealed_to"],
            beyond=(said["beyond"][0], said["beyond"][1]),
            partitions=tuple(_partition(each) for each in said["partitions"]),
            runs=tuple(_run(each) for each in said["runs"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def _partition(said: Mapping[str, Any]) -> Partition:
    return Partition(**{**said, "month": date.fromisoformat(said["month"])})


def _run(said: Mapping[str, Any]) -> Run:
    return Run(**{**said, "computed_at": datetime.fromisoformat(said["computed_at"])})
