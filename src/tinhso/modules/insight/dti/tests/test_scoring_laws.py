"""What holds for any values: better never scores less, order does not matter, merging and scoring change places."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.modules.insight.dti.rules import (
    Row,
    Said,
    composite_of,
    half_up,
    mean_of,
    merge_rows,
    pillar_of,
    score_rows,
    standard_ranks,
)
from tinhso.modules.insight.dti.tests.conftest import EDITIONS

EDITION = EDITIONS["2021-2023"]
CODES = [index.code for index in EDITION.scored]
shares = st.integers(0, 10_000).map(lambda units: Decimal(units).scaleb(-4))
all_values = st.fixed_dictionaries(dict.fromkeys(CODES, shares))


@given(all_values, st.sampled_from(CODES), shares)
def test_a_better_index_never_lowers_the_composite_or_a_pillar(values, code, share) -> None:
    better = values | {code: max(share, values[code])}

    assert composite_of(EDITION, better) >= composite_of(EDITION, values)
    for pillar in EDITION.pillars:
        assert pillar_of(EDITION, pillar.code, better) >= pillar_of(EDITION, pillar.code, values)


@given(all_values)
def test_composite_and_pillars_lie_between_nothing_and_everything(values) -> None:
    for found in (composite_of(EDITION, values), *(pillar_of(EDITION, p.code, values) for p in EDITION.pillars)):
        assert min(values.values()) <= found <= max(values.values())


@given(st.lists(all_values, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_the_order_of_rows(rows, dice) -> None:
    named = [Row(f"Tỉnh {number}", values) for number, values in enumerate(rows)]
    shuffled = dice.sample(named, len(named))

    before = {score.row.name: score.composite.rank for score in score_rows(EDITION, named)}
    after = {score.row.name: score.composite.rank for score in score_rows(EDITION, shuffled)}

    assert before == after


@given(st.lists(shares, min_size=1, max_size=30))
def test_a_rank_is_one_more_than_how_many_are_better(values) -> None:
    assert standard_ranks(values) == [1 + sum(other > value for other in values) for value in values]


@given(st.lists(all_values, min_size=1, max_size=4))
def test_the_composite_of_merged_provinces_is_the_mean_of_their_composites(rows) -> None:
    named = [Row(f"Tỉnh {number}", values) for number, values in enumerate(rows)]

    (merged,) = merge_rows({"Tỉnh mới": named})

    mean = sum((composite_of(EDITION, values) for values in rows), Fraction(0)) / len(rows)
    assert abs(composite_of(EDITION, merged.values) - mean) < Fraction(1, 10**15)


@given(st.lists(st.tuples(shares, st.integers(1, 10**7)), min_size=1, max_size=5))
def test_a_mean_lies_among_its_values_and_equal_weights_make_it_plain(pairs) -> None:
    values, weights = [value for value, _ in pairs], [weight for _, weight in pairs]

    assert min(values) <= mean_of(values, weights) <= max(values)
    assert mean_of(values, [7] * len(values)) == mean_of(values, [1] * len(values))


def test_by_population_the_larger_province_weighs_more() -> None:
    small = Row("Lào Cai", dict.fromkeys(CODES, Decimal("0.8")), population=700_000)
    large = Row("Yên Bái", dict.fromkeys(CODES, Decimal("0.6")), population=900_000)

    (plain,) = merge_rows({"Lào Cai mới": [small, large]})
    (weighted,) = merge_rows({"Lào Cai mới": [small, large]}, "population")

    assert plain.values["awareness"] == Decimal("0.7")
    assert weighted.values["awareness"] == Decimal("0.6875")
    assert weighted.population == 1_600_000


def test_without_a_population_the_weighted_mean_is_refused_with_a_remedy() -> None:
    rows = [Row("Lào Cai", {"awareness": Decimal(1)}), Row("Yên Bái", {"awareness": Decimal(0)}, population=1)]

    with pytest.raises(Said, match=r"thiếu dân số của Lào Cai.*“Dân số”"):
        merge_rows({"Lào Cai mới": rows}, "population")


@given(st.fractions(min_value=0, max_value=1), st.integers(0, 6))
def test_rounding_goes_to_the_nearest_and_halves_go_up(value, places) -> None:
    step = Fraction(1, 10**places)

    assert -step / 2 < Fraction(half_up(value, places)) - value <= step / 2
    assert half_up(value + step, places) == half_up(value, places) + Decimal(1).scaleb(-places)


def test_an_edition_without_known_points_adds_nothing_up_and_says_why() -> None:
    values = dict.fromkeys([index.code for index in EDITIONS["2024"].scored], Decimal("0.5"))

    with pytest.raises(Said, match="chưa có nguồn ghi điểm từng chỉ số chính") as refused:
        composite_of(EDITIONS["2024"], values)
    assert "2024.toml" in refused.value.en
