"""Indicators that look at the same rows by the same month, counted in one reading of them instead of one each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tinhso.modules.insight.indicators.rules import Definition, Pieces, take_apart

COUNTED_TOGETHER = """
select t.each.code, month, unit, t.each.numerator, t.each.denominator
from (select {month} as month, {unit} as unit, [{sums}] as every from {table} where {shared} group by all), unnest(every) as t(each)
where month is not null and unit is not null and t.each.denominator > 0
"""
SUM = "{{'code': '{code}', 'numerator': {numerator}, 'denominator': count(*) filter (where {own})}}"
TRUTHS = "count(*) filter (where ({own}) and ({value}))"
AMOUNTS = "coalesce(sum(({value})::bigint) filter (where {own}), 0)::bigint"


def count_together(definitions: Iterable[Definition]) -> list[list[Definition]]:
    """These indicators in groups, each of which one reading counts; those that must be counted by themselves stand alone."""
    groups = defaultdict[object, list[Definition]](list)
    for each in definitions:
        pieces = take_apart(each.sql)
        groups[pieces[:3] if pieces else each.code].append(each)
    return list(groups.values())


def in_one_reading(group: Sequence[Definition]) -> str:
    """The statement that counts such a group: it gives code, month, unit, numerator, denominator."""
    apart = [(each, pieces) for each in group if (pieces := take_apart(each.sql))]
    first = apart[0][1]
    shared = [one for one in first.conditions if all(one in pieces.conditions for _, pieces in apart)]
    sums = ", ".join(_sum(each, pieces, shared) for each, pieces in apart)
    return COUNTED_TOGETHER.format(
        month=first.month, unit=first.unit, sums=sums, table=first.table, shared=_all(shared)
    )


def _sum(definition: Definition, pieces: Pieces, shared: Iterable[str]) -> str:
    own = _all([one for one in pieces.conditions if one not in shared])
    counted = TRUTHS if definition.card.measure.is_share else AMOUNTS
    return SUM.format(code=definition.code, numerator=counted.format(own=own, value=pieces.value), own=own)


def _all(conditions: Iterable[str]) -> str:
    return " and ".join(f"({each})" for each in conditions) or "true"
