"""Every indicator gives the same sums on Spark as on DuckDB, over the same Parquet files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tinhso.modules.insight.indicators.adapters.duck import SUMS
from tinhso.modules.insight.indicators.adapters.spark import in_spark
from tinhso.modules.insight.indicators.rules import CASES, FACTS, Definition, read_definition
from tinhso.modules.insight.indicators.tests.conftest import SHIPPED

HEAD = SHIPPED[0].read_text().partition("\nselect")[0]
LAST_ACT_OF_EACH = """
select date_trunc('month', happened_at)::date as month, unit, subject as public_id, score >= 4 as value
from facts where score is not null
qualify row_number() over (partition by subject order by sequence desc) = 1
"""


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
