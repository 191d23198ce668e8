"""Indicators in Spark's words: the same select over the same Parquet files, for a cluster."""

from typing import TYPE_CHECKING

from tinhso.modules.insight.indicators.adapters.duck import in_duckdb
from tinhso.modules.insight.indicators.rules import Definition

if TYPE_CHECKING:
    from sqlglot import exp


def in_spark(definition: Definition) -> str:
    """The statement that gives an indicator's sums in Spark SQL, over the views `cases` and `facts`."""
    import sqlglot  # large, and only a command needs it

    told = sqlglot.parse_one(in_duckdb(definition), read="duckdb").transform(_in_whole_seconds)
    return told.sql(dialect="spark", pretty=True, comments=False)


def _in_whole_seconds(node: "exp.Expression") -> "exp.Expression":
    """DuckDB counts the seconds that begin between two moments, Spark those that pass: on whole seconds they agree."""
    from sqlglot import exp

    if isinstance(node, exp.DateDiff) and str(node.args.get("unit")).upper() == "SECOND":
        for side in ("this", "expression"):
            node.set(side, exp.TimestampTrunc(this=node.args[side].copy(), unit=exp.var("SECOND")))
    return node
