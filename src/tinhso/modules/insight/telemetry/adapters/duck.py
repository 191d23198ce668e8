"""DuckDB in this process: parts of the archive written and merged, the course of a measure read."""
# ruff: noqa: S608 - columns and paths are ours, quoted; what readers ask for goes in as parameters

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from tinhso.modules.insight.telemetry.adapters.archive import MAKING, root

CONFIGURATION: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 1,
    "memory_limit": "128MB",
    "autoinstall_known_extensions": False,
}
COLUMNS: Final = "{'device': 'VARCHAR', 'measure': 'VARCHAR', 'happened_at': 'TIMESTAMP', 'value': 'DOUBLE', 'received_at': 'TIMESTAMP'}"
FORM: Final = "(format parquet, compression zstd, row_group_size 20000)"
# A value that came twice, before and after a part was written, is there once: the first that was received.
ONCE: Final = """
select device, measure, happened_at, arg_min(value, received_at) as value, min(received_at) as received_at
from {} group by device, measure, happened_at order by device, measure, happened_at
"""
ASKED: Final = """
with raw as (
    select happened_at, value, received_at from {} where device = ? and measure = ? and happened_at >= ? and happened_at < ?
    union all
    select unnest(?::timestamp[]), unnest(?::double[]), unnest(?::timestamp[])
), once as (select happened_at, arg_min(value, received_at) as value from raw group by happened_at)
"""
COURSE: Final = f"""{ASKED}
select time_bucket(to_seconds(?), happened_at) as slot, min(value), avg(value), max(value), count(*)
from once group by slot order by slot
"""
VALUES: Final = f"{ASKED} select happened_at, value from once order by happened_at"


class Slot(NamedTuple):
    """What a stretch of time holds: its start (Vietnam's wall-clock time, no zone), least, mean, greatest, how many."""

    start: datetime
    least: float
    mean: float
    most: float
    values: int


class Row(NamedTuple):
    """A value that is not in a file yet; moments as in files."""

    happened_at: datetime
    value: float
    received_at: datetime


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _files(paths: Sequence[Path]) -> str:
    if not paths:
        return "(select null::varchar as device, null::varchar as measure, null::timestamp as happened_at, null::double as value, null::timestamp as received_at where false)"  # fmt: skip
    return f"read_parquet([{', '.join(_quoted(path) for path in paths)}])"


def _connect() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:", config={**CONFIGURATION, "temp_directory": str(root() / MAKING / "spill")})


def write_part(csv: Path, parquet: Path) -> None:
    """Write a day's CSV as Parquet."""
    rows = (
        f"select * from read_csv({_quoted(csv)}, header = true, auto_detect = false, delim = ',', columns = {COLUMNS})"
    )
    with _connect() as maker:
        maker.execute(f"copy ({rows}) to {_quoted(parquet)} {FORM}")


def merge_parts(paths: Sequence[Path], parquet: Path) -> int:
    """Make one of several parts of a day, each value once; how many rows it has."""
    with _connect() as maker:
        maker.execute(f"copy ({ONCE.format(_files(paths))}) to {_quoted(parquet)} {FORM}")
        found = maker.execute(f"select count(*) from read_parquet({_quoted(parquet)})").fetchone()
    return int(found[0]) if found else 0


def read_course(
    paths: Sequence[Path], of: tuple[str, str], between: tuple[datetime, datetime], seconds: int, waiting: Sequence[Row]
) -> list[Slot]:
    """
    A measure of a device in slots of so many seconds, from files and from what waits; moments are Vietnam's wall clock.

    :param of: device and measure
    :param between: from the first moment to before the second
    """
    with _connect() as reader:
        found = reader.execute(COURSE.format(_files(paths)), [*of, *between, *_columns(waiting), seconds]).fetchall()
    return [Slot(*row) for row in found]


def read_values(
    paths: Sequence[Path], of: tuple[str, str], between: tuple[datetime, datetime], waiting: Sequence[Row]
) -> list[tuple[datetime, float]]:
    """Every single value of a measure of a device, in order; as `read_course` otherwise."""
    with _connect() as reader:
        found: list[tuple[datetime, float]] = reader.execute(VALUES.format(_files(paths)), [*of, *between, *_columns(waiting)]).fetchall()  # fmt: skip
    return found


def _columns(waiting: Sequence[Row]) -> list[list[object]]:
    return [list(column) for column in zip(*waiting, strict=True)] or [[], [], []]


def count_rows(paths: Sequence[Path]) -> int:
    """How many values these files hold, each once."""
    with _connect() as reader:
        found = reader.execute(f"select count(*) from ({ONCE.format(_files(paths))})").fetchone()
    return int(found[0]) if found else 0
