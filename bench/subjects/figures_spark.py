"""The same files and indicators on Spark in one process of this machine."""

import time
from functools import cache
from pathlib import Path
from typing import Any


def prepare(crowd: int) -> str | None:
    """Whether it is there."""
    try:
        import pyspark  # noqa: F401 - only asked for
    except ImportError:
        return "not installed"
    return None


@cache
def _session(folder: str) -> Any:
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4", "spark.driver.memory": "3g"}
    building = SparkSession.builder.master("local[2]").config(map=settings)
    session = building.config("spark.sql.warehouse.dir", str(Path(folder) / "spark")).getOrCreate()
    for table in ("cases", "facts"):
        session.read.parquet(f"{folder}/{table}").createOrReplaceTempView(table)
    return session


def count(folder: str, statement: str) -> float:
    """One indicator; seconds, without those of starting Spark."""
    session = _session(folder)
    begun = time.perf_counter()
    session.sql(statement).collect()
    return time.perf_counter() - begun
