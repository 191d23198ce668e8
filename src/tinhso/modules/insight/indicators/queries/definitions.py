"""The indicators in force, and those in files that are about to be."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.indicators import models
from tinhso.modules.insight.indicators.adapters import duck, spark
from tinhso.modules.insight.indicators.adapters.trying import find_sql_problem
from tinhso.modules.insight.indicators.rules import BadIndicators, Definition, read_definition


def list_definitions() -> list[Definition]:
    """The indicators as they were last loaded from the packs, in their order."""
    rows = models.Indicator.objects.order_by("place").values_list("code", "sql")
    return [read_definition(f"{code}.sql", sql) for code, sql in rows]


def list_statements(dialect: str) -> dict[str, str]:
    """The statement that gives each indicator's sums, by code, in their order. :raises KeyError: no such dialect"""
    tell: Mapping[str, Callable[[Definition], str]] = {"duckdb": duck.in_duckdb, "spark": spark.in_spark}
    return {each.code: tell[dialect](each) for each in list_definitions()}


def read_definitions(paths: Iterable[Path]) -> tuple[list[Definition], list[Problem]]:
    """
    The indicators in these files, by the order their cards say (a later file of the same name wins), and everything wrong with any.

    Each select is tried on an empty warehouse, so a column that does not exist is found here and not at night.
    """
    found: dict[str, Definition] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            definition = read_definition(str(path), path.read_text(encoding="utf-8"))
        except BadIndicators as bad:
            problems += bad.problems
            continue
        wrong = find_sql_problem(definition, str(path))
        if wrong:
            problems.append(wrong)
        else:
            found[definition.code] = definition
    return sorted(found.values(), key=lambda each: (each.card.order, each.code)), problems
