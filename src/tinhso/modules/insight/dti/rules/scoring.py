"""From values of main indices to composite, pillars and ranks, by what the edition says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.dti.rules.editions import Edition
from tinhso.modules.insight.dti.rules.ranking import standard_ranks
from tinhso.modules.insight.dti.rules.rounding import half_up
from tinhso.modules.insight.dti.rules.wording import Said

Values = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Row:
    """One province as it came: its name, the value of each index in 0..1, what was published beside, its population."""

    name: str
    values: Values
    published: Mapping[str, Decimal] = field(default_factory=dict)
    population: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of a score: exact, as it is told, and its rank among all rows."""

    exact: Fraction
    value: Decimal
    rank: int


@dataclass(frozen=True, slots=True)
class Score:
    """One province's composite and pillars, with ranks."""

    row: Row
    composite: Part
    pillars: Mapping[str, Part]

    def difference(self) -> Decimal | None:
        """What was worked out less what was published; None where nothing was."""
        printed = self.row.published.get("composite")
        return None if printed is None else self.composite.value - printed


def composite_of(edition: Edition, values: Values) -> Fraction:
    """
    Points of all scored indices over the edition's total, exact.

    :raises Said: the edition's points are not known
    """
    require_weights(edition)
    points = sum((points_of(edition, code, values[code]) for code in (i.code for i in edition.scored)), Fraction(0))
    return points / edition.total


def pillar_of(edition: Edition, pillar: str, values: Values) -> Fraction:
    """
    Points of the pillar's indices over what they can give, exact: foundation indices enter every pillar.

    :raises Said: the edition's points are not known
    """
    require_weights(edition)
    found = edition.pillar(pillar)
    indices = [index for index in edition.scored if found and index.code in found.of]
    points = sum((points_of(edition, index.code, values[index.code]) for index in indices), Fraction(0))
    return points / sum(index.max_points or 0 for index in indices)


def points_of(edition: Edition, code: str, value: Decimal) -> Fraction:
    """The points that a value of an index earns."""
    index = edition.index(code)
    return Fraction(value) * (index.max_points or 0) if index and index.scored else Fraction(0)


def require_weights(edition: Edition) -> None:
    """:raises Said: the points of the edition's indices are not known, so nothing can be added up"""
    if edition.is_weighted:
        return
    legal = edition.legal
    raise Said(
        Problem(
            "dti_no_weights",
            f"Chưa tính được điểm tổng của bộ “{edition.code}”: {legal.vi} chưa có nguồn ghi điểm từng chỉ số chính. "
            f"Khi có phụ lục, ghi total và max_points vào packs/…/dti/{edition.code}.toml, "
            "hoặc đưa tệp bộ chỉ số của mình bằng --edition ĐƯỜNG_DẪN.toml.",
            f"The composite of “{edition.code}” cannot be worked out: no source gives the points of the main indices of "
            f"{legal.en}. Once the annex is at hand, write total and max_points into packs/…/dti/{edition.code}.toml, "
            "or give an edition of your own with --edition PATH.toml.",
        )
    )


def score_rows(edition: Edition, rows: Sequence[Row]) -> list[Score]:
    """
    Composite, pillars and ranks of all rows, in their order; ranks go by the rounded values.

    :raises Said: the edition's points are not known
    """
    composites = _parts(composite_of(edition, row.values) for row in rows)
    pillars = {
        pillar.code: _parts(pillar_of(edition, pillar.code, row.values) for row in rows) for pillar in edition.pillars
    }
    return [
        Score(row, composites[place], {code: parts[place] for code, parts in pillars.items()})
        for place, row in enumerate(rows)
    ]


def _parts(exact: Iterable[Fraction]) -> list[Part]:
    kept = list(exact)
    told = [half_up(value) for value in kept]
    return [Part(*each) for each in zip(kept, told, standard_ranks(told), strict=True)]
