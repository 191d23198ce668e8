"""DuckDB in this process: CSV to Parquet, indicators over Parquet; it reads the warehouse's folder and nothing else."""
# ruff: noqa: S608 - columns and paths are ours, quoted; what readers ask for goes in as parameters

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

import duckdb

from tinhso.modules.insight.indicators.adapters.files import MAKING, root
from tinhso.modules.insight.indicators.adapters.together import count_together, in_one_reading
from tinhso.modules.insight.indicators.rules import (
    TABLES,
    Definition,
    Manifest,
    Period,
    Table,
    Which,
)

CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "256MB",
    "autoinstall_known_extensions": False,
    "parquet_metadata_cache": True,
}
# The one reading of an indicator's select, for its sums and for the list behind them.
COUNTED = (
    "(select month, unit, public_id, coalesce(value::bigint, 0) as value from (\n{}\n)"
    " where month is not null and unit is not null)"
)
SUMS = f"select month, unit, sum(value)::bigint as numerator, count(*) as denominator from {COUNTED} group by all order by all"
BY_MONTH = (
    "select month, sum(numerator)::bigint, sum(denominator)::bigint from ({}) group by month order by month limit 3000"
)
# Where a share failed, what missed its day by most stands first; of durations the longest; then the oldest, as codes go.
LATE = "greatest(coalesce(date_diff('second', c.due_at, c.resolved_at), 0), 0)"
LISTED = f"""
select * from (
    select d.public_id, d.value, d.unit, c.procedure_code, c.procedure_version, c.filed_at, c.accepted_at, c.due_at, c.resolved_at,
        -{{}} as rank, coalesce(epoch_us(c.filed_at), 0) as since
    from {COUNTED} d left join cases c on c.public_id = d.public_id
    where d.month between ? and ? and list_contains(?, d.unit) and {{}}
)
where ? is null or (rank, since, public_id) > (?, ?, ?)
order by rank, since, public_id limit ?
"""
CHOSEN = {"denominator": "true", "numerator": "d.value > 0", "failed": "d.value = 0"}

GATHERED = {"code": "varchar", "month": "date", "unit": "varchar", "numerator": "bigint", "denominator": "bigint"}
ROWS_OF_A_GROUP = 16_384

Error = duckdb.Error
Interrupted = duckdb.InterruptException
log = logging.getLogger(__name__)


def _in_silence(_code: str) -> None:
    """Tell nobody which one was counted."""


def quoted(path: Path) -> str:
    """A path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"


class Sum(NamedTuple):
    """One row of an indicator's sums."""

    month: date
    unit: str
    numerator: int
    denominator: int


class Listed(NamedTuple):
    """One case behind a figure; `value` as it was counted; moments are Vietnam's wall-clock time, without a zone."""

    public_id: str
    value: int
    unit: str
    procedure_code: str | None
    procedure_version: date | None
    filed_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    resolved_at: datetime | None
    rank: int
    since: int


def _connect() -> duckdb.DuckDBPyConnection:
    """A DuckDB of this process alone; what does not fit in its memory goes to the warehouse's scratch folder."""
    return duckdb.connect(":memory:", config={**CONFIGURATION, "temp_directory": str(root() / MAKING / "spill")})


@contextmanager
def opened(manifest: Manifest) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse with the views `cases` and `facts` over what the manifest names, closed to the rest of the machine."""
    with _connect() as warehouse:
        for table in TABLES:
            files = ", ".join(quoted(root() / name) for name in manifest.files_of(table.name))
            columns = ", ".join(f"null::{kind} as {name}" for name, kind in table.types.items())
            rows = f"select * from read_parquet([{files}])" if files else f"select {columns} where false"
            warehouse.execute(f"create view {table.name} as {rows}")
        warehouse.execute(f"set allowed_directories = [{quoted(root())}]")
        warehouse.execute("set enable_external_access = false")
        warehouse.execute("set lock_configuration = true")
        yield warehouse


def make_partition(table: Table, csv: Path, parquet: Path, known: Path | None = None) -> tuple[int, str, str]:
    """
    Write a month's CSV as Parquet; how many rows, and the bounds of the moment it is partitioned by.

    With `known`, the month as it was, the CSV holds what is new or changed, and the other rows are taken from there.
    """
    moment = table.month_by.rpartition(".")[2]
    fresh = (
        f"select * from read_csv({quoted(csv)}, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
        f" nullstr = '', columns = {table.types})"
    )
    rows = f"({fresh})"
    if known:
        rows = (
            f"(select * from read_parquet({quoted(known)}) anti join ({fresh}) using ({table.key}) union all {fresh})"
        )
    copying = (
        f"copy (select * from {rows} order by {table.order}) to {quoted(parquet)} (format parquet, compression zstd)"
    )
    with _connect() as maker:
        maker.execute(copying)
        bounds = f"select count(*), min({moment})::varchar, max({moment})::varchar from read_parquet({quoted(parquet)})"
        count, least, most = maker.execute(bounds).fetchall()[0]
    return count, least or "", most or ""


def count_differences(left: Path, right: Path) -> int:
    """How many rows are in one of two Parquet files and not in the other."""
    one, other = (f"select * from read_parquet({quoted(path)})" for path in (left, right))
    query = f"select count(*) from ((({one}) except all ({other})) union all (({other}) except all ({one})))"
    with _connect() as reader:
        found: int = reader.execute(query).fetchall()[0][0]
    return found


def in_duckdb(definition: Definition) -> str:
    """The statement that gives an indicator's sums, over the views `cases` and `facts`."""
    return SUMS.format(definition.sql)


def gather_sums(
    manifest: Manifest, definitions: Sequence[Definition], path: Path, counted: Callable[[str], None] = _in_silence
) -> list[str]:
    """
    Compute the sums of these indicators over what that manifest names into one Parquet file, each row under its code.

    :returns: the codes of those that could be computed; the log tells why the others could not
    """
    done = []
    with opened(manifest) as warehouse:
        warehouse.execute(
            f"create temp table gathered ({', '.join(f'{name} {kind}' for name, kind in GATHERED.items())})"
        )
        for group in count_together(definitions):
            for each in _gather(warehouse, group):
                done.append(each)
                counted(each)
        warehouse.execute(f"copy gathered to {quoted(path)} (format parquet)")
    return done


def _gather(warehouse: duckdb.DuckDBPyConnection, group: Sequence[Definition]) -> list[str]:
    """Count what goes together; where that fails each by itself, so that one that is broken stops no other."""
    if len(group) > 1:
        with suppress(duckdb.Error):
            warehouse.execute(f"insert into gathered {in_one_reading(group)}")
            return [each.code for each in group]
    done = []
    for each in group:
        try:
            warehouse.execute(f"insert into gathered select '{each.code}', * from ({SUMS.format(each.sql)})")
        except duckdb.Error:
            log.exception("indicator %s cannot be computed; the others are", each.code)
            continue
        done.append(each.code)
    return done


def add_up(known: Path | None, codes: Sequence[str], pieces: Sequence[tuple[int, Path]], fresh: Path) -> dict[str, int]:
    """
    Add gathered sums, each with its sign, to those known of these codes, into one file; how many rows each code has there.
    """
    parts = [f"select code, month, unit, {sign} * numerator as n, {sign} * denominator as d from read_parquet({quoted(path)})" for sign, path in pieces]  # fmt: skip
    if known and codes:
        named = ", ".join(f"'{code}'" for code in codes)
        parts.append(
            f"select code, month, unit, numerator, denominator from read_parquet({quoted(known)}) where code in ({named})"
        )
    rows = (
        "select code, month, unit, sum(n)::bigint as numerator, sum(d)::bigint as denominator"
        f" from ({' union all '.join(parts)}) group by code, month, unit having sum(d) > 0 order by code, month, unit"
    )
    with _connect() as maker:
        maker.execute(f"copy ({rows}) to {quoted(fresh)} (format parquet, row_group_size {ROWS_OF_A_GROUP})")
        counts = maker.execute(f"select code, count(*) from read_parquet({quoted(fresh)}) group by code").fetchall()
    return dict(counts)


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    """One DuckDB of this process for files of sums, which are small; a cursor of it for each reading."""
    return duckdb.connect(":memory:", config={**CONFIGURATION})


def read_sums(path: Path, code: str, year: int | None = None) -> list[Sum]:
    """An indicator's sums in such a file, of one year or all."""
    asked = "" if year is None else f" and month between '{year:04}-01-01' and '{year:04}-12-31'"
    query = f"select month, unit, numerator, denominator from read_parquet({quoted(path)}) where code = '{code}'{asked}"
    with _reader().cursor() as reader:
        return [Sum(*row) for row in reader.execute(query).fetchall()]


def read_distinct(column: str, path: Path, code: str = "") -> list[Any]:
    """The months, or the units, that such a file has anything of, for one indicator or all, in order."""
    asked = f" where code = '{code}'" if code else ""
    with _reader().cursor() as reader:
        query = f"select distinct {column} from read_parquet({quoted(path)}){asked} order by all"
        return [found for (found,) in reader.execute(query).fetchall()]


def compute_sums(warehouse: duckdb.DuckDBPyConnection, definition: Definition) -> list[Sum]:
    """The same sums, not from a file."""
    return [Sum(*row) for row in warehouse.execute(SUMS.format(definition.sql)).fetchall()]


def sum_by_month(
    warehouse: duckdb.DuckDBPyConnection, definition: Definition, longest_seconds: float
) -> dict[date, tuple[int, int]]:
    """Numerator and denominator by month, of all units together. :raises Interrupted: it took longer than that"""
    timer = Timer(longest_seconds, warehouse.interrupt)
    timer.start()
    try:
        rows = warehouse.execute(BY_MONTH.format(SUMS.format(definition.sql))).fetchall()
    finally:
        timer.cancel()
    return {month: (numerator, denominator) for month, numerator, denominator in rows}


class Asked(NamedTuple):
    """Which cases of a figure: of what period and units, what part of it, after which row, how many at most."""

    period: Period
    units: Sequence[str]
    which: Which
    after: tuple[int, int, str] | None
    limit: int


def list_counted(warehouse: duckdb.DuckDBPyConnection, definition: Definition, asked: Asked) -> list[Listed]:
    """The cases behind a figure: of a share those furthest past their day first, of durations the longest; then the oldest."""
    rank, since, public_id = asked.after or (None, None, None)
    greatest = LATE if definition.card.measure.is_share else "d.value"
    query = LISTED.format(greatest, definition.sql, CHOSEN[asked.which])
    parameters: list[Any] = [asked.period.first, asked.period.last, list(asked.units)]
    parameters += [public_id, rank, since, public_id, asked.limit]
    return [Listed(*row) for row in warehouse.execute(query, parameters).fetchall()]
