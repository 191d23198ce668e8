"""The planner chooses exactly; where others' values are unknown, ranks on paper are bounded and never guessed."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.modules.insight.dti.rules.planning import Budget, Offer, choose_offers, why_left
from tinhso.modules.insight.dti.rules.standing import Bounded, Rival, bound_rivals, standing_of, value_for_rank

offers_of = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 30), st.integers(0, 9), st.integers(0, 9)), max_size=7
).map(lambda rows: [Offer(key, name, Fraction(gain), money, effort) for key, (name, gain, money, effort) in enumerate(rows)])  # fmt: skip
limits = st.one_of(st.none(), st.integers(0, 25))


def try_everything(offers: list[Offer], budget: Budget) -> Fraction:
    """The most that any choice gains, found by trying all of them."""
    best = Fraction(0)
    for taken in product((False, True), repeat=len(offers)):
        chosen = [offer for offer, is_taken in zip(offers, taken, strict=True) if is_taken]
        fits = len({offer.criterion for offer in chosen}) == len(chosen)
        fits = fits and (budget.money is None or sum(offer.money for offer in chosen) <= budget.money)
        if fits and (budget.effort is None or sum(offer.effort for offer in chosen) <= budget.effort):
            best = max(best, sum((offer.gain for offer in chosen), Fraction(0)))
    return best


@settings(max_examples=150)
@given(offers_of, limits, limits)
def test_no_other_choice_within_the_budget_gives_more(offers, money, effort) -> None:
    budget = Budget(money, effort)

    plan = choose_offers(offers, budget)

    assert plan.gain == try_everything(offers, budget)
    assert money is None or plan.money <= money
    assert effort is None or plan.effort <= effort
    assert sum((line.offer.gain for line in plan.lines), Fraction(0)) == plan.gain
    assert len({line.offer.criterion for line in plan.lines}) == len(plan.lines)


def test_what_looks_best_for_its_money_is_left_when_two_others_fill_the_budget_better() -> None:
    offers = [
        Offer(1, "a", Fraction(60), 60),
        Offer(2, "b", Fraction(45), 50),
        Offer(3, "c", Fraction(45), 50),
    ]

    plan = choose_offers(offers, Budget(100))

    assert [line.offer.criterion for line in plan.lines] == ["b", "c"]
    assert plan.gain == 90
    assert why_left(offers[0], plan, Budget(100)) == "money"


def test_of_equal_choices_the_cheaper_is_taken() -> None:
    plan = choose_offers([Offer(1, "a", Fraction(10), 9), Offer(2, "a", Fraction(10), 4)], Budget(10))

    assert plan.money == 4


def test_a_higher_level_replaces_a_lower_one_of_the_same_criterion() -> None:
    low, high = Offer(1, "a", Fraction(10), 10), Offer(2, "a", Fraction(15), 30)

    assert choose_offers([low, high], Budget(20)).lines[0].offer is low
    plan = choose_offers([low, high], Budget(30))
    assert [line.offer for line in plan.lines] == [high]
    assert why_left(low, plan, Budget(30)) == "level"


def test_a_hundred_offers_are_chosen_in_a_moment() -> None:
    offers = [Offer(n, str(n), Fraction(n * 37 % 97, 7), n * 1_000_000 % 17_000_000) for n in range(1, 101)]

    assert choose_offers(offers, Budget(60_000_000)).money <= 60_000_000


KNOWN = [Rival("A", 1, 1, Decimal("0.8")), Rival("B", 2, 2), Rival("C", 3, 3, Decimal("0.6")), Rival("D", 4, 4)]


def test_an_unknown_value_lies_between_its_neighbours() -> None:
    found = {each.rival.name: (str(each.low), str(each.high)) for each in bound_rivals(KNOWN)}

    assert found == {
        "A": ("0.8000", "0.8000"),
        "B": ("0.6000", "0.8000"),
        "C": ("0.6000", "0.6000"),
        "D": ("0.0000", "0.6000"),
    }


def test_the_mean_of_all_narrows_the_bounds() -> None:
    found = {each.rival.name: each for each in bound_rivals(KNOWN, Decimal("0.68"), 4)}

    assert found["D"].low == Decimal("0.5196")  # even with B at 0.8, the mean needs the rest of D, less the rounding
    assert found["B"].low == Decimal("0.7196")
    assert found["B"].high == Decimal("0.8000")


def test_a_value_stands_between_its_best_and_worst_rank() -> None:
    others = bound_rivals(KNOWN)

    assert (standing_of(Decimal("0.7"), others).best, standing_of(Decimal("0.7"), others).worst) == (2, 3)
    assert standing_of(Decimal("0.9"), others).is_certain
    assert standing_of(Decimal("0.6"), others).best == 2


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=25), st.data())
def test_bounds_always_hold_the_true_values_and_ranks(units, chosen) -> None:
    values = sorted((Decimal(unit).scaleb(-4) for unit in units), reverse=True)
    told = chosen.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    rivals = [
        Rival(str(place), 1 + sum(other > value for other in values), None, value if known else None)
        for place, (value, known) in enumerate(zip(values, told, strict=True))
    ]
    mean = (sum(values) / len(values)).quantize(Decimal("0.0001"))

    for mean_told in (None, mean):
        bounded = bound_rivals(rivals, mean_told, len(rivals))
        assert all(each.low <= value <= each.high for each, value in zip(bounded, values, strict=True))
    own = chosen.draw(st.integers(0, 10_000).map(lambda unit: Decimal(unit).scaleb(-4)))
    standing = standing_of(own, bounded)
    assert standing.best <= 1 + sum(value > own for value in values) <= standing.worst


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(5000, 10_000)), min_size=3, max_size=20), st.integers(1, 3))
def test_the_value_for_a_rank_is_the_least_that_surely_reaches_it(pairs, rank) -> None:
    others = [Bounded(Rival("x", None), Decimal(a).scaleb(-4), Decimal(b).scaleb(-4)) for a, b in pairs]

    needed = value_for_rank(rank, others)

    assert standing_of(needed, others).worst <= rank
    assert needed == 0 or standing_of(needed - Decimal("0.0001"), others).worst > rank


def test_lao_cai_of_2022_is_bounded_by_what_is_known_and_not_guessed(printed) -> None:
    known = {row["province"]: Decimal(row["pdti"]) for row in printed("dti_2022_components_top5.csv")}
    known |= {
        row["province"]: Decimal(row["value"])
        for row in printed("dti_known_values.csv")
        if (row["year"], row["metric"], row["rank"]) == ("2022", "dti", "25")
    }
    ranks = printed("dti_2022_rank.csv")
    rivals = [Rival(row["province"], int(row["rank"]), None, known.get(row["province"])) for row in ranks]

    bounded = {each.rival.name: each for each in bound_rivals(rivals, Decimal("0.5786"), 63)}

    assert (bounded["Lào Cai"].low, bounded["Lào Cai"].high) == (Decimal("0.4532"), Decimal("0.6077"))
    assert bounded["Nam Định"].high == Decimal("0.6924")
    others = [each for name, each in bounded.items() if name != "Lào Cai"]
    assert value_for_rank(10, others) == Decimal("0.6924")
    assert standing_of(Decimal("0.6924"), others).worst == 5


def test_a_plan_is_refused_rather_than_endless(monkeypatch) -> None:
    from tinhso.modules.insight.dti.rules import Said, planning

    monkeypatch.setattr(planning, "MOST_STATES", 3)
    with pytest.raises(Said, match="Làm tròn chi phí"):
        choose_offers([Offer(n, str(n), Fraction(n), 2**n) for n in range(1, 6)], Budget(100))
