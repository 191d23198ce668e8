"""Reading the warehouse: only what the manifest names, and once more when it was replaced meanwhile."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from tinhso.modules.insight.indicators.adapters import duck, files
from tinhso.modules.insight.indicators.rules import Definition, Manifest, PublicMonth, Run, publish, read_definition

Sums = Mapping[date, Mapping[str, tuple[int, int]]]  # numerator and denominator by month and unit
Answer = TypeVar("Answer")


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
    """An indicator's sums; kept in the process, since a file's content never changes under its name."""
    return _sums(files.root() / run.file)


def published_of(run: Run) -> Mapping[date, PublicMonth]:
    """An indicator's sums as the public sees them, month by month; kept in the process like those."""
    return _published(files.root() / run.file)


def definition_of(run: Run) -> Definition:
    """The indicator as it was computed."""
    return _definition(run.code, run.sql)


@lru_cache(maxsize=64)
def _definition(code: str, sql: str) -> Definition:
    return read_definition(f"{code}.sql", sql)


@lru_cache(maxsize=64)
def _sums(path: Path) -> Sums:
    found: dict[date, dict[str, tuple[int, int]]] = {}
    for row in duck.read_sums(path):
        found.setdefault(row.month, {})[row.unit] = (row.numerator, row.denominator)
    return found


@lru_cache(maxsize=64)
def _published(path: Path) -> dict[date, PublicMonth]:
    return {month: publish(cells) for month, cells in _sums(path).items()}
