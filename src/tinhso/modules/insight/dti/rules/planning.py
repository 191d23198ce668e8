"""Which improvements give the most points for a budget: an exact choice, at most one level of each criterion."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.dti.rules.rounding import half_up
from tinhso.modules.insight.dti.rules.wording import Said

MOST_STATES: Final = 200_000


@dataclass(frozen=True, slots=True)
class Offer:
    """
    One level to which a criterion could be brought: what it adds and what it takes.

    `gain` is exact, in points; `money` in whole đồng, `effort` in whole points of effort (say, days of people).
    """

    key: int
    criterion: str
    gain: Fraction
    money: int = 0
    effort: int = 0


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent; None is no limit."""

    money: int | None = None
    effort: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the arithmetic: an offer, whether it was taken, and what is gained and spent up to here."""

    offer: Offer
    gain: Fraction
    money: int
    effort: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The choice: lines in the order of points for money, and the offers that were left."""

    lines: tuple[Line, ...]
    left: tuple[Offer, ...]

    @property
    def gain(self) -> Fraction:
        """All points gained, exact."""
        return self.lines[-1].gain if self.lines else Fraction(0)

    @property
    def money(self) -> int:
        """All money spent."""
        return self.lines[-1].money if self.lines else 0

    @property
    def effort(self) -> int:
        """All effort spent."""
        return self.lines[-1].effort if self.lines else 0


@dataclass(frozen=True, slots=True)
class _State:
    gain: Fraction
    money: int
    effort: int
    chosen: tuple[Offer, ...]

    @property
    def order(self) -> tuple[Fraction, int, int, int]:
        return (-self.gain, self.money, self.effort, len(self.chosen))


NOTHING: Final = _State(Fraction(0), 0, 0, ())


def choose_offers(offers: Sequence[Offer], budget: Budget) -> Plan:
    """
    The choice with the most points within the budget; of equal ones the cheapest, then the one with the least effort.

    It is exact: states that another beats in points, money and effort at once are dropped, no other is.
    :raises Said: there are so many different sums that the exact choice would take too long
    """
    states = [NOTHING]
    for criterion in dict.fromkeys(offer.criterion for offer in offers):
        levels = [offer for offer in offers if offer.criterion == criterion and offer.gain > 0]
        grown = [*states, *(_with(state, level) for state in states for level in levels)]
        states = _undominated([state for state in grown if _fits(state, budget)], budget)
        if len(states) > MOST_STATES:
            vi = "Quá nhiều phương án để chọn chính xác. Làm tròn chi phí (ví dụ đến triệu đồng) rồi thử lại."
            en = "Too many sums for an exact choice. Round the costs (say to millions) and try again."
            raise Said(Problem("dti_too_many_states", vi, en))
    best = min(states, key=lambda state: state.order)
    return Plan(tuple(_lines(best.chosen)), tuple(offer for offer in offers if offer not in best.chosen))


def _with(state: _State, offer: Offer) -> _State:
    return _State(
        state.gain + offer.gain, state.money + offer.money, state.effort + offer.effort, (*state.chosen, offer)
    )


def _fits(state: _State, budget: Budget) -> bool:
    return (budget.money is None or state.money <= budget.money) and (
        budget.effort is None or state.effort <= budget.effort
    )


def _undominated(states: Sequence[_State], budget: Budget) -> list[_State]:
    """The states that no other beats in gain and in all that is limited; money and effort without limit only break ties."""
    kept: list[_State] = []
    frontier: list[tuple[int, int]] = []
    for state in sorted(states, key=lambda each: each.order):
        spent = (state.money if budget.money is not None else 0, state.effort if budget.effort is not None else 0)
        if not any(money <= spent[0] and effort <= spent[1] for money, effort in frontier):
            kept.append(state)
            frontier = [one for one in frontier if not (spent[0] <= one[0] and spent[1] <= one[1])] + [spent]
    return kept


def _lines(chosen: Iterable[Offer]) -> Iterable[Line]:
    gain, money, effort = Fraction(0), 0, 0
    for offer in sorted(chosen, key=_by_worth):
        gain, money, effort = gain + offer.gain, money + offer.money, effort + offer.effort
        yield Line(offer, gain, money, effort)


def _by_worth(offer: Offer) -> tuple[Fraction, Fraction]:
    """Free ones first, then by points for money; without money by points for effort."""
    return Fraction(offer.money) / offer.gain, Fraction(offer.effort) / offer.gain


def why_left(offer: Offer, plan: Plan, budget: Budget) -> str:
    """Why an offer was not taken: "nothing" (it adds no points), "level" (another level was), "money", "effort", "swap"."""
    if offer.gain <= 0:
        return "nothing"
    if any(line.offer.criterion == offer.criterion for line in plan.lines):
        return "level"
    if budget.money is not None and plan.money + offer.money > budget.money:
        return "money"
    if budget.effort is not None and plan.effort + offer.effort > budget.effort:
        return "effort"
    return "swap"


def points_for_money(offer: Offer, money: int) -> Decimal | None:
    """Points for so much money, two places; None for what costs nothing."""
    return half_up(offer.gain * money / offer.money, 2) if offer.money else None
