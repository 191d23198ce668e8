"""The nine indices as rules: every measure is worth 0, 1 or 2, sums are exact, and no answer differs by what few said."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.flow import Text
from tinhso.modules.government.onestop.adapters.rating_rules import list_rating_sets
from tinhso.modules.government.onestop.rules.quarters import Quarter, quarter_of, read_period, recent_periods
from tinhso.modules.government.onestop.rules.rating import (
    Cell,
    Index,
    Threshold,
    band_of,
    mean,
    occasion_of,
    score_indices,
    set_on,
    total_of,
    without_few,
)

RULES = set_on(list_rating_sets(), date(2026, 11, 22))
INDICES = {each.number: each for each in RULES.indices}
MEASURED = [each for each in RULES.indices if each.origin == "records"]


def cells() -> st.SearchStrategy[Cell]:
    @st.composite
    def build(draw):
        finished = draw(st.integers(0, 40))
        rated = draw(st.integers(0, finished))
        ratings = draw(st.integers(0, 20))
        counted = dict.fromkeys((1, 2, 3, 4), finished)
        counted |= {number: draw(st.integers(0, ratings)) for number in (5, 6, 7)}
        points = {number: draw(st.integers(0, 2 * count)) for number, count in counted.items()}
        online = draw(st.integers(0, finished))
        return Cell(
            finished=finished, offered=finished, rated=rated, ratings=ratings, satisfied=draw(st.integers(0, ratings)),
            online=online, late_online=draw(st.integers(0, online)), points=points, counted=counted,
        )  # fmt: skip

    return build()


def test_there_are_nine_indices_and_only_three_are_asked() -> None:
    assert sorted(INDICES) == list(range(1, 10))
    assert [each.number for each in RULES.asked] == [5, 6, 7]
    assert all(each.source for each in RULES.indices)


@pytest.mark.parametrize(
    ("number", "measured", "points"),
    [
        *((1, 3, 2), (1, 1, 2), (1, 0, 1), (1, -1, 0), (2, 0, 1), (2, -1, 0)),
        *((3, 0, 2), (3, 1, 1), (3, 2, 0), (4, 1, 2), (4, 2, 1), (4, 3, 0)),
        *((8, 100, 2), (8, 90, 1), (8, Decimal("89.9"), 0), (9, 30, 2), (9, Decimal("29.9"), 1), (9, 14, 0)),
    ],
)
def test_a_measure_is_worth_what_the_pack_says(number: int, measured: int, points: int) -> None:
    assert INDICES[number].points_for(measured) == points


def test_one_late_dossier_takes_the_points_for_filing_online() -> None:
    assert INDICES[9].points_for(80, late=1) == 0


def test_rules_change_with_the_day_and_none_is_older_than_the_first() -> None:
    assert set_on(list_rating_sets(), date(2019, 1, 8)).code == "tt01_2018"
    with pytest.raises(LookupError):
        set_on(list_rating_sets(), date(2019, 1, 7))


@given(st.sampled_from(MEASURED), st.integers(-400, 400), st.integers(-400, 400))
def test_more_days_early_or_fewer_trips_never_cost_a_point(index: Index, one: int, other: int) -> None:
    better, worse = (max, min) if index.measure.endswith("early") else (min, max)

    assert 0 <= index.points_for(worse(one, other)) <= index.points_for(better(one, other)) <= 2


@given(st.integers(0, 10_000), st.integers(1, 5_000))
def test_a_mean_has_one_decimal_and_rounds_halves_up(points: int, count: int) -> None:
    found = mean(points, count)

    assert found is not None
    assert found.as_tuple().exponent == -1
    assert -Decimal("0.05") < found - Decimal(points) / count <= Decimal("0.05")
    assert mean(5, 20) == Decimal("0.3")
    assert mean(points, 0) is None


@given(st.lists(cells(), max_size=6))
def test_a_sum_of_cells_does_not_depend_on_how_they_are_grouped(found: list[Cell]) -> None:
    halves = sum(found[::2], Cell()) + sum(found[1::2], Cell())

    assert score_indices(halves, RULES) == score_indices(sum(found, Cell()), RULES)


@given(st.lists(cells(), max_size=6))
def test_what_fewer_than_five_said_is_in_no_sum(found: list[Cell]) -> None:
    told = sum((without_few(each, RULES) for each in found), Cell())
    loud = [each for each in found if each.ratings >= RULES.few]

    assert told.ratings == sum(each.ratings for each in loud)
    assert told.rated == sum(each.rated for each in found if each.rated >= RULES.few)
    assert told.rated <= told.offered
    for number in (5, 6, 7):
        assert told.counted.get(number, 0) == sum(each.counted[number] for each in found if each.counted[number] >= 5)
    assert told.finished == sum(each.finished for each in found), "what records say is told of every number"


@given(st.lists(cells(), min_size=1, max_size=4))
def test_a_total_is_the_sum_of_the_rounded_scores_and_falls_into_one_band(found: list[Cell]) -> None:
    scored = score_indices(sum(found, Cell()), RULES)
    total = total_of(scored)

    if any(each.score is None for each in scored):
        assert total is None
    else:
        assert total == sum(each.score for each in scored)
        assert 0 <= total <= 18
        assert band_of(RULES.agency_bands, total).at_least <= total


@pytest.mark.parametrize(
    ("total", "name"),
    [("15", "Xuất sắc"), ("14.9", "Tốt"), ("12", "Tốt"), ("11.9", "Khá"), ("9", "Khá"), ("6", "Trung bình"), ("5.9", "Yếu")],
)  # fmt: skip
def test_the_bands_of_agencies(total: str, name: str) -> None:
    assert band_of(RULES.agency_bands, Decimal(total)).name.vi == name


def test_the_bands_of_officers_are_over_five_indices() -> None:
    names = [band_of(RULES.officer_bands, Decimal(total)).at_least for total in ("10", "5", "4.9", "3.5", "3.4")]

    assert names == [Decimal(5), Decimal(5), Decimal("3.5"), Decimal("3.5"), Decimal(0)]
    assert RULES.for_officers == (1, 2, 3, 4, 7)


def test_a_rating_is_offered_with_receipt_request_refusal_and_result() -> None:
    def offered(national: int, *, accepted: bool = False, over: bool = False) -> str:
        return occasion_of(national, is_accepted=accepted, is_over=over)

    assert offered(1) == "", "nobody has looked at it yet"
    assert offered(5) == "supplement"
    assert offered(2, accepted=True) == offered(4, accepted=True) == "receipt"
    assert offered(3, over=True) == offered(8, over=True) == "refusal"
    assert offered(9, accepted=True) == offered(10, over=True) == offered(7, over=True) == "result"


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_every_day_lies_in_one_quarter(on: date) -> None:
    quarter = quarter_of(on)
    start, end = quarter.bounds

    assert start.date() <= on < end.date()
    assert read_period(str(quarter), date(2026, 1, 1)) == (quarter,)
    assert quarter.following.bounds[0] == end


def test_periods_as_they_are_written() -> None:
    today = date(2026, 2, 3)

    assert read_period("2025", today) == tuple(Quarter(2025, number) for number in (1, 2, 3, 4))
    assert read_period("2026-Q9", today) == read_period("0", today) == (Quarter(2026, 1),)
    assert recent_periods(today, 3) == ["2026-Q1", "2025-Q4", "2025-Q3", "2026", "2025"]


def test_the_first_threshold_that_holds_counts() -> None:
    index = Index(1, Text("x", "x"), "records", "", thresholds=(Threshold(2, at_most=Decimal(3)), Threshold(1)))

    assert [index.points_for(each) for each in (3, 4)] == [2, 1]
