"""Reading the warehouse: only what the manifest names, and once more when it was replaced meanwhile."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from tinhso.modules.insight.indicators.adapters import duck, files
from tinhso.modules.insight.indicators.rules import Definition, Manifest, PublicMonth, Run, publish, read_definition

Sums = Mapping[date, Mapping[str, tuple[int, int]]]  # numerator and denominator by month and unit
Answer = TypeVar("Answer")
Month = TypeVar("Month", bound=object)


def get_manifest() -> Manifest:
    """What may be read now."""
    return files.load_manifest()


def read_steadily(read: Callable[[Manifest], Answer]) -> Answer:
    """What `read` answers on the manifest in force; asked again on the next one when files of this one are gone."""
    manifest = files.load_manifest()
    try:
        return read(manifest)
    except (OSError, duck.Error):
        fresh = files.load_manifest()
        if fresh == manifest:
            raise
        return read(fresh)


def sums_of(run: Run) -> Sums:
    """An indicator's sums, read a year at a time as they are asked for; kept, since a file never changes under its name."""
    return _ByMonth(run, _sums)


def published_of(run: Run) -> Mapping[date, PublicMonth]:
    """An indicator's sums as the public sees them, read and kept in the same way."""
    return _ByMonth(run, _published)


def units_of(manifest: Manifest) -> frozenset[str]:
    """The keys of all units for which any indicator ever counted anything."""
    return frozenset(unit for path in _paths(manifest) for unit in _distinct("unit", path))


def first_month_of(manifest: Manifest) -> date | None:
    """The first month for which any indicator counted anything."""
    return min((month for path in _paths(manifest) for month in _distinct("month", path)[:1]), default=None)


def _paths(manifest: Manifest) -> set[Path]:
    return {files.root() / run.file for run in manifest.runs}


def definition_of(run: Run) -> Definition:
    """The indicator as it was computed."""
    return _definition(run.code, run.sql)


class _ByMonth(Mapping[date, Month], Generic[Month]):
    """What `read` gives for each month of a file of sums; months without any are not in it."""

    def __init__(self, run: Run, read: Callable[[Path, str, int], Mapping[date, Month]]) -> None:
        self._path, self._code, self._read = files.root() / run.file, run.code, read

    def __getitem__(self, month: date) -> Month:
        return self._read(self._path, self._code, month.year)[month]

    def __iter__(self) -> Iterator[date]:
        return iter(_distinct("month", self._path, self._code))

    def __len__(self) -> int:
        return len(_distinct("month", self._path, self._code))


@lru_cache(maxsize=128)
def _definition(code: str, sql: str) -> Definition:
    return read_definition(f"{code}.sql", sql)


@lru_cache(maxsize=64)
def _distinct(column: str, path: Path, code: str = "") -> tuple[Any, ...]:
    return tuple(duck.read_distinct(column, path, code))


@lru_cache(maxsize=128)
def _sums(path: Path, code: str, year: int) -> dict[date, dict[str, tuple[int, int]]]:
    found: dict[date, dict[str, tuple[int, int]]] = {}
    for row in duck.read_sums(path, code, year):
        found.setdefault(row.month, {})[row.unit] = (row.numerator, row.denominator)
    return found


@lru_cache(maxsize=128)
def _published(path: Path, code: str, year: int) -> dict[date, PublicMonth]:
    return {month: publish(cells) for month, cells in _sums(path, code, year).items()}
