"""A plan on paper: which offers to take for a budget, what the province would then have, and where it would stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tinhso.modules.insight.dti import models
from tinhso.modules.insight.dti.queries.assessments import Opened
from tinhso.modules.insight.dti.queries.published import YearTable, former_of, list_years, read_year, rivals_of
from tinhso.modules.insight.dti.rules import COMPOSITE, half_up
from tinhso.modules.insight.dti.rules.assessing import Total, add_up
from tinhso.modules.insight.dti.rules.criteria import Criterion
from tinhso.modules.insight.dti.rules.planning import Budget, Offer, Plan, choose_offers
from tinhso.modules.insight.dti.rules.published import Published
from tinhso.modules.insight.dti.rules.shapes import score_reach
from tinhso.modules.insight.dti.rules.standing import Bounded, Standing, standing_of, value_for_rank

FIRST_TEN = 10


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer with the points of its criterion before and after."""

    offer: Offer
    criterion: Criterion
    reach: str
    note: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Paper:
    """
    A plan and what it would mean, against what was published for `against.year`.

    `before` and `after` are ranks among all others, as bounds where their values are not known; None where nobody's
    ranks were published; a province merged since is set against the others, without those it was made of. `for_ten` is the least composite that is surely among the first ten.
    """

    opened: Opened
    rows: tuple[OfferRow, ...]
    budget: Budget
    plan: Plan
    after: Total
    against: YearTable
    others: tuple[Bounded, ...]
    standing_before: Standing | None
    standing_after: Standing | None
    for_ten: Decimal | None
    own: Published | None
    former: tuple[str, ...]

    def row(self, key: int) -> OfferRow:
        """The offer of that number."""
        return next(row for row in self.rows if row.offer.key == key)

    @property
    def unknown(self) -> int:
        """How many of the others' composites are only bounded."""
        return sum(not other.is_known for other in self.others)


def list_offers(opened: Opened) -> list[OfferRow]:
    """The offers of an assessment, with what each adds to what is declared now."""
    rows = models.Offer.objects.filter(assessment__public_id=opened.public_id).order_by("criterion", "pk")
    found = []
    for row in rows:
        criterion = opened.criteria.criterion(row.criterion)
        if criterion is None:
            continue
        value = opened.values.get(row.criterion)
        before = value.points if value else Decimal(0)
        after = half_up(score_reach(criterion.shape, criterion.max_points, row.reach))
        offer = Offer(row.pk, row.criterion, _gain(before, after), row.money_dong, row.effort)
        found.append(OfferRow(offer, criterion, row.reach, row.note, before, after))
    return found


def _gain(before: Decimal, after: Decimal) -> Fraction:
    return Fraction(after) - Fraction(before)


def years_to_compare(opened: Opened) -> list[int]:
    """The years whose ranking the plan can be set against: those of the same edition that were published."""
    return [year for year in list_years() if year in opened.edition.years]


def draw_up(opened: Opened, budget: Budget, year: int | None = None) -> Paper:
    """
    The best plan for a budget. :param year: whose ranking to compare with; that of the assessment where published

    :raises Said: there are too many different sums for an exact choice
    """
    rows = list_offers(opened)
    plan = choose_offers([row.offer for row in rows], budget)
    points = {code: value.points for code, value in opened.values.items()}
    points |= {line.offer.criterion: _after(rows, line.offer) for line in plan.lines}
    after = add_up(opened.edition, opened.criteria, points)
    years = years_to_compare(opened)
    chosen = year if year in years else opened.year if opened.year in years else max(years, default=opened.year)
    table = read_year(chosen)
    own = former_of(opened.unit, chosen) or [opened.unit]
    others = rivals_of(table, [unit.name for unit in own])
    return Paper(
        opened=opened,
        rows=tuple(rows),
        budget=budget,
        plan=plan,
        after=after,
        against=table,
        others=tuple(others),
        standing_before=standing_of(opened.total.composite, others) if others else None,
        standing_after=standing_of(after.composite, others) if others else None,
        for_ten=value_for_rank(FIRST_TEN, others) if others else None,
        own=table.figure(COMPOSITE, own[0].name) if len(own) == 1 else None,
        former=tuple(unit.short_name for unit in own) if len(own) > 1 else (),
    )


def _after(rows: Sequence[OfferRow], offer: Offer) -> Decimal:
    return next(row.after for row in rows if row.offer is offer)


def gains_by_index(paper: Paper) -> Mapping[str, Decimal]:
    """Points gained in each main index."""
    found: dict[str, Decimal] = {}
    for line in paper.plan.lines:
        row = paper.row(line.offer.key)
        found[row.criterion.index] = found.get(row.criterion.index, Decimal(0)) + row.after - row.before
    return found
