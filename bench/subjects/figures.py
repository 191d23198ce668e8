"""The warehouse of ten years, made by DuckDB from row numbers, and every indicator over it; the same rows in PostgreSQL."""
# ruff: noqa: E402 - Django reads its settings first; every piece of SQL is ours

import os
import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.host.settings")

import django

django.setup()

import duckdb
import sqlglot
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from sqlglot import exp

from bench.subjects import ours
from tinhso.modules.insight.indicators.adapters import duck, files
from tinhso.modules.insight.indicators.adapters.spark import in_spark
from tinhso.modules.insight.indicators.queries import warehouse
from tinhso.modules.insight.indicators.rules import (
    CASES,
    FACTS,
    Definition,
    Manifest,
    Partition,
    Run,
    Table,
    months_back,
    read_definition,
)  # fmt: skip

MONTHS = [months_back(date(2026, 11, 1), back) for back in reversed(range(120))]
DOCUMENTS_PER_CASE = 4
HEAD = "select date_trunc('month', happened_at)::date as month, unit, subject as public_id, "
DOCUMENTS = f"{HEAD}score >= 4 as value\nfrom facts\nwhere kind = 'documents.document.sent'\n"
DAY = "interval 1 day"
FILED = "month + to_seconds(hash(n) % 2400000)"
CASE = {
    "public_id": "'TS-' || n", "kind": "case when n % 10 = 0 then 'opinion' else 'dossier' end", "unit": "units[1 + n % len(units)]",
    "is_sub_case": "n % 10 = 0", "is_helped": "n % 20 = 1", "filed_at": "filed", "accepted_at": "filed + interval 20 minute",
    "channel": "['online', 'national_portal', 'counter', 'post'][1 + n % 4]", "service_level": "['full', 'partial'][1 + n % 2]",
    "state": "['returned', 'returned', 'returned', 'stopped'][1 + n % 4]", "due_at": f"filed + 3 * {DAY}", "due_first_at": f"filed + 3 * {DAY}",
    "proposed_at": f"filed + {DAY}", "signed_at": f"filed + 2 * {DAY}", "resolved_at": f"filed + (2 + n % 7 // 6 * 2) * {DAY}",
    "result_at": f"filed + 2 * {DAY}", "handed_over_at": f"filed + 5 * {DAY}", "closed_at": f"filed + 5 * {DAY}",
    "delivered_by": "['electronic', 'counter'][1 + n % 2]", "paid_by": "['cash', 'transfer', null][1 + n % 3]",
    "score": "case when n % 3 = 0 then 1 + n % 5 end", "rated_at": f"case when n % 3 = 0 then filed + 6 * {DAY} end",
    "waited_seconds": "n % 5 * 3600", "procedure_code": "'1.001193'", "procedure_version": "date '2025-07-01'",
}  # fmt: skip
FACT = {
    "id": "n", "subject": "'D-' || n", "sequence": "1", "kind": "'documents.document.sent'", "actor_kind": "'officer'",
    "unit": "units[1 + n % len(units)]", "happened_at": "filed", "score": "n % 6",
}  # fmt: skip


def prepare(crowd: int) -> None:
    """Tables and packs; `make` makes the warehouse."""
    ours.prepare(min(crowd, 10))
    call_command("collectstatic", verbosity=0, interactive=False)


def definitions() -> list[Definition]:
    """Every indicator of the packs, and one over documents."""
    paths = sorted((settings.PACKS_ROOT / "national" / "indicators").glob("*.sql"))
    found = [read_definition(path.name, path.read_text()) for path in paths]
    head = paths[0].read_text().partition("\nselect")[0]
    return [*found, read_definition("documents_signed.sql", f"{head}\n{DOCUMENTS}")]


def make(cases: int) -> float:
    """Make the files of ten years with that many cases and four times as many documents; seconds."""
    begun = time.perf_counter()
    partitions = [_made(table, number, cases) for table in (CASES, FACTS) for number in range(len(MONTHS))]
    files.publish(files.write_manifest(Manifest(partitions=tuple(partitions))))
    return time.perf_counter() - begun


def _made(table: Table, number: int, cases: int, turn: int = 0) -> Partition:
    told, each = (CASE, cases) if table is CASES else (FACT, cases * DOCUMENTS_PER_CASE)
    low, high = (each * place // len(MONTHS) for place in (number, number + 1))
    columns = ", ".join(
        f"({told.get(name, 'n % 3' if kind == 'SMALLINT' else 'null')})::{kind} as {name}"
        for name, kind in table.types.items()
    )
    rows = (
        f"select {columns} from (select n, {FILED} as filed, {ours.communes()} as units from"
        f" (select range + {turn} as n, timestamp '{MONTHS[number]}' as month from range({low}, {high}))) order by unit"
    )
    path = files.scratch("made.parquet")
    duckdb.connect(":memory:").execute(f"copy ({rows}) to '{path}' (format parquet, compression zstd)")
    name, digest = files.keep(path, table.name, f"{MONTHS[number]:%Y-%m}")
    return Partition(table.name, MONTHS[number], name, digest, high - low, "", "")


def measured(do: Callable[[], object]) -> dict[str, float]:
    """Seconds that it took, and the most memory of this process meanwhile in MB above what it had before."""
    Path("/proc/self/clear_refs").write_text("5")
    before, begun = _peak(), time.perf_counter()
    do()
    return {"seconds": time.perf_counter() - begun, "megabytes": _peak() - before}


def _peak() -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024 if line else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def count_all() -> dict[str, float]:
    """All indicators over everything, as a rebuild does it."""
    return measured(_count_all)


def _count_all() -> None:
    manifest = files.load_manifest()
    gathered, made = files.scratch("whole.parquet"), files.scratch("sums.parquet")
    duck.gather_sums(manifest, definitions(), gathered)
    rows = duck.add_up(None, [], [(1, gathered)], made)
    name, digest = files.keep(made, "sums", "all")
    runs = [
        Run(each.code, each.sql, each.sha256, manifest.source_sha256, name, digest, rows.get(each.code, 0), ours.NOW)
        for each in definitions()
    ]
    fresh = Manifest(ours.NOW, partitions=manifest.partitions, runs=tuple(runs))
    files.publish(files.write_manifest(fresh))


def read_once() -> float:
    """Every column of every file read once; seconds."""
    with duck.opened(files.load_manifest()) as reader:
        begun = time.perf_counter()
        for table in (CASES, FACTS):
            reader.execute(
                f"select {', '.join(f'bit_xor(hash({name}))' for name in table.columns)} from {table.name}"
            ).fetchall()
        return time.perf_counter() - begun


def count_again(cases: int) -> float:
    """What counting costs after a day in which the cases of the last two months changed; seconds."""
    manifest = files.load_manifest()
    fresh = manifest.with_partitions([_made(CASES, number, cases, turn=1) for number in (118, 119)])
    gone, come = files.scratch("gone.parquet"), files.scratch("come.parquet")
    moving = [each for each in definitions() if each.adds_up]
    begun = time.perf_counter()
    duck.gather_sums(Manifest(partitions=fresh.missing_from(manifest)), moving, gone)
    duck.gather_sums(Manifest(partitions=manifest.missing_from(fresh)), moving, come)
    known = files.root() / manifest.runs[0].file
    duck.add_up(known, [each.code for each in moving], [(-1, gone), (1, come)], files.scratch("sums.parquet"))
    return time.perf_counter() - begun


def look(times: int) -> dict[str, list[float]]:
    """Milliseconds of the board and the catalogue of all figures: with nothing kept in the process, and with everything."""
    found: dict[str, list[float]] = {}
    for name, address in (("board", "/board/"), ("catalogue", "/indicators/")):
        for state in ("cold", "warm"):
            for _ in range(times):
                if state == "cold":
                    for kept in (warehouse._distinct, warehouse._sums, warehouse._published):
                        kept.cache_clear()
                cache.clear()  # tiles that were drawn for somebody else a moment ago
                begun = time.perf_counter()
                assert Client().get(address).status_code == 200
                found.setdefault(f"{name}, {state}", []).append((time.perf_counter() - begun) * 1000)
    return found


def load_postgres(table: str) -> float:
    """The same rows of that table in PostgreSQL, analysed; seconds."""
    begun, path = time.perf_counter(), files.scratch("rows.csv")
    kinds = {"VARCHAR": "text", "SMALLINT": "smallint", "BIGINT": "bigint"}
    types = {each.name: each.types for each in (CASES, FACTS)}[table]
    with duck.opened(files.load_manifest()) as reader, connection.cursor() as cursor:
        cursor.execute("create schema if not exists figures")
        cursor.execute("set search_path = figures")
        columns = ", ".join(f"{name} {kinds.get(kind, kind)}" for name, kind in types.items())
        cursor.execute(f"create unlogged table {table} ({columns})")
        reader.execute(f"copy {table} to '{path}' (format csv, header false)")
        with cursor.copy(f"copy {table} from stdin (format csv)") as copying, path.open("rb") as rows:
            while piece := rows.read(1 << 20):
                copying.write(piece)
        cursor.execute(f"vacuum analyze {table}")
    path.unlink()
    return time.perf_counter() - begun


def count_in_postgres(code: str) -> float:
    """One indicator in PostgreSQL; seconds."""
    definition = next(each for each in definitions() if each.code == code)
    told = (
        sqlglot.parse_one(duck.in_duckdb(definition), read="duckdb").transform(_whole_of_truth).sql(dialect="postgres")
    )
    with connection.cursor() as cursor:
        cursor.execute("set search_path = figures")
        begun = time.perf_counter()
        told = told.replace("GROUP BY ALL ORDER BY ALL", "GROUP BY 1, 2 ORDER BY 1, 2")
        cursor.execute(told.replace("UNNEST(GENERATE_SERIES", "(GENERATE_SERIES"))
        cursor.fetchall()
        return time.perf_counter() - begun


def _whole_of_truth(node: exp.Expression) -> exp.Expression:
    """PostgreSQL turns a truth into an int, not at once into a bigint."""
    if isinstance(node, exp.Cast) and node.this.name == "value":
        return exp.cast(exp.cast(node.this.copy(), "int"), "bigint")
    return node


def codes() -> list[str]:
    """The indicators by code."""
    return [each.code for each in definitions()]


def statements() -> list[str]:
    """What Spark is asked, for each of them."""
    return [in_spark(each) for each in definitions()]


def folder() -> str:
    """Where the files lie."""
    return str(files.root())
