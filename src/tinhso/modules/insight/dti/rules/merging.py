"""Values of units that were merged: the ministry's plain mean of main-index values, or one weighted by population."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.dti.rules.rounding import half_up
from tinhso.modules.insight.dti.rules.scoring import Row
from tinhso.modules.insight.dti.rules.wording import Said

PLAIN, POPULATION = "plain", "population"
METHODS: Final = (PLAIN, POPULATION)
KEPT_PLACES: Final = 20  # a third has no end; far below what is ever told


def merge_rows(groups: Mapping[str, Sequence[Row]], method: str = PLAIN) -> list[Row]:
    """
    One row for each new unit from the rows of those it was made of, in the order given.

    :param method: "plain" counts each former unit once, as was done for 2024; "population" by its people
    :raises Said: a population is missing, or indices of the former units differ
    """
    return [rows[0] if _stayed(name, rows) else _merged(name, rows, method) for name, rows in groups.items()]


def _stayed(name: str, rows: Sequence[Row]) -> bool:
    return len(rows) == 1 and rows[0].name == name


def _merged(name: str, rows: Sequence[Row], method: str) -> Row:
    weights = _weights(name, rows, method)
    codes = [code for code in rows[0].values if all(code in row.values for row in rows)]
    values = {code: mean_of([row.values[code] for row in rows], weights) for code in codes}
    population = sum(row.population or 0 for row in rows) or None
    return Row(name, values, population=population, line=rows[0].line)


def mean_of(values: Sequence[Decimal], weights: Sequence[int]) -> Decimal:
    """The weighted mean; it is rounded only where it has no end."""
    whole = sum((Fraction(value) * weight for value, weight in zip(values, weights, strict=True)), Fraction(0))
    return half_up(whole / sum(weights), KEPT_PLACES).normalize()


def _weights(name: str, rows: Sequence[Row], method: str) -> list[int]:
    if method == PLAIN:
        return [1] * len(rows)
    missing = [row.name for row in rows if not row.population]
    if missing:
        who = ", ".join(missing)
        raise Said(
            Problem(
                "dti_no_population",
                f"Gộp “{name}” theo dân số: thiếu dân số của {who}. Thêm cột “Dân số”, hoặc gộp bằng trung bình cộng (plain).",
                f"Merging “{name}” by population: that of {who} is missing. Add a column “population”, or merge by plain mean.",
            )
        )
    return [row.population or 0 for row in rows]
