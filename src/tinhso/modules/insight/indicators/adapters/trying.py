"""What is wrong with an indicator's select, found by DuckDB over an empty warehouse."""

import re

import duckdb

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.indicators.adapters.duck import opened
from tinhso.modules.insight.indicators.rules import Definition, Manifest, find_fleeting, problem

WHOLE_NUMBERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}


def find_sql_problem(definition: Definition, path: str) -> Problem | None:
    """What is wrong with an indicator's select: it is not one, cannot run over these columns, or gives other ones than it must."""
    above = 0  # lines of ours above the select
    try:
        with opened(Manifest()) as warehouse:
            statements = warehouse.extract_statements(definition.sql)
            if [each.type for each in statements] != [duckdb.StatementType.SELECT]:
                return problem("indicator_no_select", path, 1)
            above = 1
            rows = warehouse.execute(f"describe select * from (\n{definition.sql}\n)").fetchall()  # noqa: S608
    except duckdb.Error as error:
        line = re.search(r"LINE (\d+):", str(error))
        said = str(error).splitlines()[0]
        return problem("indicator_wrong_sql", path, max(1, int(line[1]) - above) if line else 1, said=said)
    if name := find_fleeting(definition.sql):
        return problem("indicator_fleeting", path, 1, name=name)
    found = {name: kind for name, kind, *_ in rows}
    values = {"BOOLEAN"} if definition.card.measure.is_share else WHOLE_NUMBERS
    fits = [found.get("month") == "DATE", found.get("unit") == "VARCHAR", found.get("public_id") == "VARCHAR"]
    if all(fits) and len(found) == 4 and found.get("value") in values:
        return None
    shown = ", ".join(f"{name} {kind}" for name, kind in found.items())
    wanted = "BOOLEAN" if definition.card.measure.is_share else "BIGINT"
    expected = f"month DATE, unit VARCHAR, public_id VARCHAR, value {wanted}"
    return problem("indicator_wrong_columns", path, 1, expected=expected, found=shown)
