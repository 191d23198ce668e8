"""Every indicator gives the same sums on Spark as on DuckDB, over the same Parquet files."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from tinhso.modules.insight.indicators.adapters.duck import SUMS
from tinhso.modules.insight.indicators.adapters.spark import in_spark
from tinhso.modules.insight.indicators.rules import CASES, FACTS, Definition, Table, read_definition
from tinhso.modules.insight.indicators.tests.conftest import SHIPPED

KINDS = {
    "cases": ["dossier", "dossier", "dossier", "opinion"],
    "facts": ["queue.ticket.served", "onestop.dossier.rated"],
}
CHOICES = {
    "unit": ["A@2025-07-01", "B@2025-07-01", None], "acts": [4, 9],
    "channel": ["online", "national_portal", "counter", "post"], "state": ["returned", "resolved", "stopped", "withdrawn", "not_accepted"],
    "service_level": ["full", "partial", None], "delivered_by": ["electronic", "counter", None], "paid_by": ["cash", "transfer", None],
}  # fmt: skip
HEAD = SHIPPED[0].read_text().partition("\nselect")[0]
LAST_ACT_OF_EACH = """
select date_trunc('month', happened_at)::date as month, unit, subject as public_id, score >= 4 as value
from facts where score is not null
qualify row_number() over (partition by subject order by sequence desc) = 1
"""


def invented(table: Table, dice: Random, number: int) -> list[Any]:
    """A row of that table with anything at all in it, moments to the microsecond."""
    start = datetime(2026, 1, 1)
    kinds = {
        "BOOLEAN": lambda: dice.random() < 0.4,
        "TIMESTAMP": lambda: None if dice.random() < 0.2 else start + timedelta(microseconds=dice.randrange(10**13)),
        "DATE": start.date,
        "VARCHAR": lambda: f"TS-{dice.randrange(number + 1)}",
    }
    row = {name: kinds.get(kind, lambda: dice.choice([None, 0, 0, 1, 2, 5]))() for name, kind in table.types.items()}
    row |= {name: dice.choice(values) for name, values in {**CHOICES, "kind": KINDS[table.name]}.items() if name in row}
    return list((row | {"public_id": f"TS-{number}"} if "public_id" in row else row | {"sequence": number}).values())


@pytest.fixture(scope="module")
def parquet(tmp_path_factory) -> Path:
    folder, dice = tmp_path_factory.mktemp("spark"), Random(2026)
    maker = duckdb.connect(":memory:")
    for table in (CASES, FACTS):
        maker.execute(
            f"create table {table.name} ({', '.join(f'{name} {kind}' for name, kind in table.types.items())})"
        )
        marks = ", ".join("?" * len(table.columns))
        maker.executemany(
            f"insert into {table.name} values ({marks})", [invented(table, dice, each) for each in range(3000)]
        )
        maker.execute(f"copy {table.name} to '{folder / table.name}.parquet' (format parquet)")
    return folder


@pytest.fixture(scope="module")
def spark(parquet) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.driver.memory": "1g"}
    building = SparkSession.builder.master("local[2]").config(map=settings)
    session = building.config("spark.sql.warehouse.dir", str(parquet / "spark")).getOrCreate()
    for table in (CASES, FACTS):
        session.read.parquet(str(parquet / f"{table.name}.parquet")).createOrReplaceTempView(table.name)
    yield session
    session.stop()


def sums_by_duckdb(parquet: Path, definition: Definition) -> list[tuple[Any, ...]]:
    reader = duckdb.connect(":memory:")
    for table in (CASES, FACTS):
        reader.execute(f"create view {table.name} as select * from '{parquet / table.name}.parquet'")
    return reader.execute(SUMS.format(definition.sql)).fetchall()


@pytest.mark.long
def test_spark_and_duckdb_agree_on_every_indicator(parquet, spark):
    definitions = [read_definition(path.name, path.read_text()) for path in SHIPPED]
    definitions.append(read_definition("last_act_of_each.sql", HEAD + LAST_ACT_OF_EACH))
    for definition in definitions:
        expected = sums_by_duckdb(parquet, definition)
        assert len(expected) > 3, definition.code
        assert sorted(tuple(row) for row in spark.sql(in_spark(definition)).collect()) == sorted(expected), (
            definition.code
        )
