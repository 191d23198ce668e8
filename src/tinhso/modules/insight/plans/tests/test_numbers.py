"""Quantities, typed numbers, periods, paths, states, forecasts: by example and for whatever comes."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.modules.insight.plans.rules.forecasts import forecast, outlook_of
from tinhso.modules.insight.plans.rules.numbers import COMPARATORS, NoNumber, Quantity, meets, plain, read_number
from tinhso.modules.insight.plans.rules.paths import make_path
from tinhso.modules.insight.plans.rules.periods import NoPeriod, read_period
from tinhso.modules.insight.plans.rules.states import STATES, Aim, Reading, count_states, judge

D = Decimal
numbers = st.decimals(-1000, 1000, places=2)
days = st.dates(date(2019, 1, 1), date(2032, 12, 31))
single = st.builds(Quantity, st.sampled_from([sign for sign in COMPARATORS if sign != "range"]), numbers)
ranges = st.builds(lambda low, more: Quantity("range", low, low + more), numbers, st.decimals("0.01", 50, places=2))
quantities = single | ranges
sides = st.sampled_from(["higher", "lower"])
DUE = date(2025, 12, 31)


def tried(read, text):
    """What it reads, or why not."""
    try:
        return read(text)
    except (NoNumber, NoPeriod) as refused:
        return refused


@pytest.mark.parametrize(
    ("value", "target", "better", "met"),
    [
        (("=", "80"), ("=", "80"), "higher", True),
        (("=", "79.99"), ("=", "80"), "higher", False),
        (("=", "80"), (">", "80"), "higher", False),
        ((">", "80"), (">", "80"), "higher", True),
        (("<", "80"), ("=", "80"), "higher", False),
        (("~", "14.3"), ("~", "15"), "higher", True),
        (("=", "14.2"), ("~", "15"), "higher", False),
        (("=", "10"), ("<=", "10"), "lower", True),
        (("=", "11"), ("<=", "10"), "lower", False),
        (("=", "3"), ("<=", "10"), "lower", True),
        (("=", "5"), ("range", "5", "10"), "higher", True),
        (("=", "12"), ("range", "5", "10"), "higher", True),
        (("range", "4", "9"), ("range", "5", "10"), "higher", False),
    ],
)
def test_what_meets_a_target(value, target, better, met):
    made = [Quantity(sign, *(D(each) for each in ends)) for sign, *ends in (value, target)]

    assert meets(made[0], made[1], better) is met


@given(value=quantities, target=quantities, better=sides, more=st.decimals("0", 100, places=2))
def test_a_better_number_never_meets_less(value, target, better, more):
    step = more if better == "higher" else -more
    improved = Quantity(value.comparator, value.low + step, None if value.high is None else value.high + step)

    assert meets(improved, target, better) or not meets(value, target, better)


@pytest.mark.parametrize(
    ("typed", "whole", "number"),
    [
        ("98,96", False, "98.96"), ("98.96", False, "98.96"), ("116.000", True, "116000"), ("1.234,5", False, "1234.5"),
        ("1,234,567", False, "1234567"), ("0.353", False, "0.353"), ("0,3535", False, "0.3535"), (" 60 %", False, "60"),
        ("2 300", True, "2300"), ("-3", False, "-3"), ("116.000.000", False, "116000000"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(typed, whole, number):
    assert read_number(typed, whole=whole) == D(number)


@pytest.mark.parametrize(
    "typed", ["", "x", "12.345", "1e5", "nan", "٣", "1..2", "12,34,5", "9" * 30, "0," + "1" * 9, "--1", "#DIV/0!"]
)
def test_what_is_no_number_or_might_be_two_is_refused(typed):
    with pytest.raises(NoNumber):
        read_number(typed)


@given(number=st.decimals(min_value=0, max_value=10**11, places=3))
def test_a_number_written_plain_is_read_back_but_for_what_is_ambiguous(number):
    found = tried(read_number, plain(number))

    assert found == number or "có thể là hai số" in found.vi


@given(text=st.text(max_size=20))
def test_whatever_is_typed_is_a_number_or_refused_in_words(text):
    found = tried(read_number, text)

    assert (found.vi and found.en) if isinstance(found, NoNumber) else found.is_finite()


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"), ("2022-Q1", "2022-01-01", "2022-03-31"), ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-h2", "2025-07-01", "2025-12-31"), ("2025-11-30", "2025-11-30", "2025-11-30"), ("2025-12", "2025-12-01", "2025-12-31"),
    ],
)  # fmt: skip
def test_a_period_ends_on_its_last_day(code, first, last):
    found = read_period(code)

    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@given(text=st.text(alphabet="0123456789-QH/x", max_size=12))
def test_whatever_is_typed_is_a_period_or_refused(text):
    found = tried(read_period, text)

    assert "kỳ" in found.vi if isinstance(found, NoPeriod) else found.first <= found.last


def aim(number="80", better="higher", **more) -> Aim:
    return Aim(Quantity("=", D(number)), better, more.pop("due_on", DUE), **more)


def reading(on, number, sign="=") -> Reading:
    return Reading(date.fromisoformat(on), Quantity(sign, D(number)))


@pytest.mark.parametrize(
    ("readings", "today", "state"),
    [
        ([], "2024-06-01", "no_data"),
        ([], "2026-06-01", "no_data"),
        ([("2023-12-31", "50")], "2024-06-01", "not_due"),
        ([("2022-12-31", "50"), ("2023-12-31", "60")], "2024-06-01", "on_path"),
        ([("2022-12-31", "50"), ("2023-12-31", "59")], "2024-06-01", "behind"),
        ([("2022-12-31", "50"), ("2023-12-31", "80")], "2024-06-01", "reached"),
        ([("2022-12-31", "80"), ("2023-12-31", "79")], "2024-06-01", "behind"),
        ([("2025-12-31", "79")], "2026-06-01", "missed"),
        ([("2026-03-31", "90")], "2026-06-01", "no_data"),
        ([("2025-12-31", "79"), ("2026-03-31", "90")], "2026-06-01", "missed"),
        ([("2021-12-31", "79")], "2026-06-01", "no_data"),
        ([("2021-12-31", "100")], "2026-06-01", "reached"),
        ([("2020-12-31", "10"), ("2021-12-31", "20")], "2024-01-01", "no_data"),
        ([("2025-12-31", "80")], "2025-12-31", "reached"),
        ([("2024-12-31", "70")], "2025-12-31", "not_due"),
    ],
)
def test_where_a_target_stands(readings, today, state):
    assert judge(aim(), [reading(*each) for each in readings], date.fromisoformat(today)).state == state


def test_the_way_of_the_plan_goes_before_a_straight_one():
    steps = aim(baseline=(date(2021, 12, 31), D(20)), given=((date(2024, 12, 31), D(30)),))
    at = [reading("2023-12-31", "28")]

    assert judge(steps, at, date(2024, 6, 1)).state == "on_path"
    assert judge(aim(baseline=(date(2021, 12, 31), D(20))), at, date(2024, 6, 1)).state == "behind"


def test_a_target_of_each_year_is_measured_by_itself():
    yearly = aim("7", flat=True)

    assert judge(yearly, [reading("2023-12-31", "6.9")], date(2024, 6, 1)).state == "behind"
    assert judge(yearly, [reading("2023-12-31", "7")], date(2024, 6, 1)).state == "reached"


def test_a_district_target_stops_when_districts_do():
    districts = aim(ends_on=date(2025, 7, 1))

    assert judge(districts, [], date(2025, 6, 30)).state == "no_data"
    assert judge(districts, [], date(2025, 7, 1)).state == "ended"
    assert (
        judge(districts, [reading("2025-03-31", "70"), reading("2025-12-31", "90")], date(2026, 6, 1)).state == "ended"
    )
    assert judge(districts, [reading("2024-12-31", "90")], date(2026, 6, 1)).state == "reached"


RANKS = {"no_data": 0, "missed": 0, "behind": 0, "ended": 0, "not_due": 1, "on_path": 1, "reached": 2}
courses = st.lists(st.tuples(days, numbers), min_size=1, max_size=6, unique_by=lambda each: each[0])


@given(
    course=courses,
    goal=numbers,
    better=sides,
    today=days,
    more=st.decimals("0", 500, places=2),
    base=st.none() | numbers,
)
def test_a_better_last_figure_never_makes_the_state_worse(course, goal, better, today, more, base):
    aimed = aim(str(goal), better, baseline=None if base is None else (date(2018, 12, 31), base))
    known = sorted(course)
    seen = [each for each in known if each[0] <= min(today, DUE)]
    if len(seen) == 1 and base is None:
        seen = []  # the only figure is the start of the way as well
    step = more if better == "higher" else -more
    improved = [(on, number + step if seen and on == seen[-1][0] else number) for on, number in known]

    before, after = (
        judge(aimed, [Reading(on, Quantity("=", number)) for on, number in each], today).state
        for each in (known, improved)
    )

    assert RANKS[after] >= RANKS[before]


@given(course=courses, goal=numbers, today=days)
def test_nothing_known_later_than_the_day_changes_the_state_of_that_day(course, goal, today):
    readings = [Reading(on, Quantity("=", number)) for on, number in course]
    seen = [each for each in readings if each.on <= today]

    assert judge(aim(str(goal)), readings, today) == judge(aim(str(goal)), seen, today)


@given(states=st.lists(st.sampled_from(sorted(STATES))))
def test_every_state_is_counted(states):
    counts = count_states(states)

    assert sum(counts.values()) == len(states)
    assert counts["no_data"] == states.count("no_data")


@given(
    first=st.tuples(days, numbers),
    end=numbers,
    inner=st.lists(st.tuples(days, numbers), max_size=4, unique_by=lambda each: each[0]),
    on=days,
)
def test_a_path_stays_between_its_points_and_ends_at_the_target(first, end, inner, on):
    found = make_path(end=(DUE, end), given=inner, baseline=first)
    if found is None:
        assert first[0] >= DUE
        assert all(day >= DUE for day, _ in inner)
        return
    assert found.at(DUE) == end
    assert [day for day, _ in found.points] == sorted({day for day, _ in found.points})
    expected = found.at(on)
    if expected is None:
        assert on < found.points[0][0]
    else:
        heights = [number for _, number in found.points]
        assert min(heights) - D("0.000001") <= expected <= max(heights) + D("0.000001")


def test_a_straight_line_is_carried_on_exactly():
    values = [(date(2020 + year, 1, 1), D(10) * year) for year in range(4)]

    found = forecast(values, date(2030, 1, 1))

    assert found
    assert abs(found.number - 100) < D("0.1")
    assert found.high - found.low < D("0.5")
    assert outlook_of(found, Quantity("=", D(90)), "higher") == "likely"
    assert outlook_of(found, Quantity("=", D(110)), "higher") == "unlikely"


def test_two_values_or_two_days_are_too_few_for_a_forecast():
    two = [(date(2020, 1, 1), D(1)), (date(2021, 1, 1), D(2))]

    assert forecast(two, DUE) is None
    assert forecast([*two, (date(2021, 1, 1), D(3))], DUE) is None
    assert forecast([*two, (date(2022, 1, 1), D(3))], DUE) is not None
    assert forecast([*two, (date(2026, 1, 1), D(3))], DUE) is None


def test_three_scattered_values_make_an_honest_wide_interval_within_what_can_be():
    values = [(date(2021, 1, 1), D(40)), (date(2022, 1, 1), D(70)), (date(2023, 1, 1), D(50))]

    found = forecast(values, DUE, D(0), D(100))

    assert found
    assert (found.low, found.high) == (0, 100)
    assert outlook_of(found, Quantity("=", D(80)), "higher") == "open"


@pytest.mark.parametrize("count", [3, 5, 10])
def test_nine_in_ten_of_what_comes_lie_in_the_interval(count):
    dice = random.Random(count)
    start, hits, trials = date(2020, 1, 1), 0, 600
    for _ in range(trials):
        slope, noise = dice.uniform(-5, 5), dice.uniform(0.1, 5)

        def value(on, slope=slope, noise=noise):
            return D(str(round(slope * (on - start).days / 365 + dice.gauss(0, noise), 6)))

        on = [start + timedelta(days=90 * place) for place in range(count)]
        end = on[-1] + timedelta(days=200)
        found = forecast([(day, value(day)) for day in on], end)
        hits += found.low <= value(end) <= found.high

    assert 0.86 <= hits / trials <= 0.94
