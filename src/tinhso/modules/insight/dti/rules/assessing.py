"""A self-assessment added up: points of each criterion, values of main indices, composite and pillars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tinhso.modules.insight.dti.rules.criteria import CriteriaList, Criterion
from tinhso.modules.insight.dti.rules.editions import Edition
from tinhso.modules.insight.dti.rules.rounding import half_up


@dataclass(frozen=True, slots=True)
class IndexSum:
    """One main index of an assessment: points earned, what it can give, how many of its criteria are declared."""

    code: str
    points: Decimal
    most: int
    declared: int
    criteria: int

    @property
    def value(self) -> Decimal:
        """The share earned, 0 to 1, four places."""
        return half_up(Fraction(self.points) / self.most)


@dataclass(frozen=True, slots=True)
class Total:
    """The whole assessment: main indices, points, composite and pillars; what is not declared counts nothing."""

    indices: tuple[IndexSum, ...]
    points: Decimal
    composite: Decimal
    pillars: Mapping[str, Decimal]

    @property
    def missing(self) -> int:
        """How many criteria are not declared yet."""
        return sum(index.criteria - index.declared for index in self.indices)

    def values(self) -> dict[str, Decimal]:
        """The share of each main index."""
        return {index.code: index.value for index in self.indices}


def add_up(edition: Edition, criteria: CriteriaList, points: Mapping[str, Decimal]) -> Total:
    """The sums of an assessment. :param points: earned, by criterion, four places"""
    indices = tuple(_sum(index.code, index.max_points or 0, criteria.criteria, points) for index in edition.scored)
    earned = {index.code: index.points for index in indices}
    most = {index.code: index.most for index in indices}
    pillars = {}
    for pillar in edition.pillars:
        codes = [code for code in pillar.of if code in earned]
        if codes:
            pillars[pillar.code] = half_up(
                sum((Fraction(earned[c]) for c in codes), Fraction(0)) / sum(most[c] for c in codes)
            )
    total = sum(earned.values(), Decimal(0))
    return Total(indices, total, half_up(Fraction(total) / edition.total), pillars)


def _sum(code: str, most: int, criteria: Sequence[Criterion], points: Mapping[str, Decimal]) -> IndexSum:
    own = [criterion.code for criterion in criteria if criterion.index == code]
    declared = [points[each] for each in own if each in points]
    return IndexSum(code, sum(declared, Decimal(0)), most, len(declared), len(own))
