"""What a figure may say: exact, never finer than may be seen, never rounded into perfection; periods and charts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tinhso.modules.insight.indicators.rules import (
    MEASURES,
    Figure,
    NoPeriod,
    Period,
    draw_chart,
    from_the_first,
    last_months,
    month_of,
    read_definition,
    read_period,
    units_open_to,
)
from tinhso.modules.insight.indicators.rules.figures import rounded
from tinhso.modules.insight.indicators.tests.conftest import FIRST, INDICATORS, NOW, SECOND, officer
from tinhso.platform.cases.tests.conftest import CITIZEN, PROVINCE
from tinhso.platform.people.rules import Actor, Post

CARDS = {path.stem: read_definition(path.name, path.read_text()).card for path in INDICATORS}
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 1))
months = some.dates(date(1950, 1, 1), date(2150, 1, 1)).map(lambda day: day.replace(day=1))


def figure(numerator: int, denominator: int, unit: str = "", code: str = "on_time_rate") -> Figure:
    return Figure(CARDS[code], unit, NOVEMBER, numerator, denominator, as_of=NOW)


@pytest.mark.parametrize(
    ("code", "first", "count"),
    [("2026-11", date(2026, 11, 1), 1), ("2026-Q4", date(2026, 10, 1), 3), ("2026", date(2026, 1, 1), 12),
     ("2025-12..2026-02", date(2025, 12, 1), 3)],
)  # fmt: skip
def test_a_period_is_read_as_it_is_written(code, first, count):
    period = read_period(code)
    assert (period.first, period.count, period.code) == (first, count, code)
    assert len(list(period.months())) == count


@given(months, some.integers(0, 599))
def test_every_period_is_read_back_from_its_code(first, more):
    whole = first.year * 12 + first.month - 1 + more
    period = Period(first, date(whole // 12, whole % 12 + 1, 1))
    if period.last.year <= 2200:
        assert read_period(period.code) == period


@pytest.mark.parametrize(
    "text", ["", "nay", "2026-13", "2026-Q5", "26", "2026-1", "2026-02..2026-01", "1900", "..", "..........", "2026..3000", "٢٠٢٦", "x" * 9999]
)  # fmt: skip
def test_what_is_no_period_is_refused_in_words(text):
    with pytest.raises(NoPeriod, match="không phải là kỳ"):
        read_period(text)


def test_a_moment_late_in_the_evening_belongs_to_vietnams_month():
    assert month_of(datetime(2026, 10, 31, 17, 0, tzinfo=UTC)) == date(2026, 11, 1)
    assert last_months(NOW, 3) == read_period("2026-09..2026-11")


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(99_999, 100_000, "99.99"), (1, 100_000, "0.01"), (100, 100, "100.0"), (0, 7, "0.0"), (31_204, 31_615, "98.70")],
)  # fmt: skip
def test_one_late_dossier_always_shows(numerator, denominator, shown):
    assert figure(numerator, denominator).shown == Decimal(shown)


@given(some.integers(1, 10**6), some.integers(0, 10**6))
def test_a_share_reads_100_or_0_only_when_it_is(denominator, part):
    share = Fraction(min(part, denominator), denominator) * 100
    shown = rounded(share, MEASURES["percent"])
    assert (shown == 100) == (share == 100)
    assert (shown == 0) == (share == 0)
    assert abs(Fraction(shown) - share) <= Fraction(1, 10)


def test_nothing_counted_is_no_figure_and_a_mean_is_told_in_days():
    assert figure(0, 0).value is None
    assert figure(86_400 * 3, 2, code="mean_time").shown == Decimal("1.5")


LINES = {FIRST: (PROVINCE, FIRST), SECOND: (PROVINCE, SECOND)}


@pytest.mark.parametrize(
    ("actor", "opened"),
    [
        (None, set()),
        (CITIZEN, set()),
        (officer(FIRST, "receptionist"), {FIRST}),
        (officer(PROVINCE, "leader"), {FIRST, SECOND}),
        (officer(PROVINCE, "administrator"), {FIRST, SECOND}),
        (officer(PROVINCE, "clerk"), set()),
        (Actor("officer:x", "officer", "x", (Post(FIRST, "leader", "officer:y", frozenset({"1.001193"})),)), set()),
    ],
)
def test_officers_open_what_is_theirs_and_leaders_what_lies_below(actor, opened):
    assert units_open_to(actor, LINES) == opened


@given(some.lists(some.tuples(some.integers(0, 50), some.integers(0, 50)), min_size=1, max_size=14))
def test_a_chart_keeps_every_value_in_its_box_and_leaves_gaps_where_nothing_was_counted(cells):
    figures = [figure(min(top, bottom), bottom) for top, bottom in cells]
    chart = draw_chart(figures)
    told = [place for place, each in enumerate(figures) if each.value is not None]
    if len(told) < 2:
        assert chart is None
        return
    assert len(chart.points) == len(told)
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y, _ in chart.points)
    assert len(chart.pieces) == sum(after - before == 1 for before, after in pairwise(told))
    heights = sorted((y, -each.value) for _, y, each in chart.points)
    assert [value for _, value in heights] == sorted(value for _, value in heights), (
        "the higher the value, the higher the point"
    )


def test_figures_turn_stale_after_two_minutes():
    assert not figure(1, 1).is_stale(NOW + timedelta(seconds=120))
    assert figure(1, 1).is_stale(NOW + timedelta(seconds=121))
    assert replace(figure(1, 1), as_of=None).is_stale(NOW)


def test_a_chart_begins_with_the_first_month_that_has_a_figure_but_shows_half_a_year():
    months = [
        replace(figure(0, 0), period=Period(date(2026, number, 1), date(2026, number, 1))) for number in range(1, 11)
    ]
    late = [*months[:9], replace(months[9], numerator=1, denominator=2)]
    early = [months[0], *(replace(each, numerator=1, denominator=2) for each in months[1:])]
    assert [each.period.first.month for each in from_the_first(late)] == [5, 6, 7, 8, 9, 10]
    assert len(from_the_first(early)) == 9
    assert len(from_the_first(months[:3])) == 3


def test_the_target_is_a_line_where_it_lies_within_the_chart():
    course = [
        replace(figure(numerator, 100), card=replace(figure(1, 1).card, target=Decimal(90))) for numerator in (80, 100)
    ]
    chart = draw_chart(course)
    assert chart.rules[0][0] > chart.target > chart.rules[-1][0]
    assert draw_chart([replace(each, card=replace(each.card, target=None)) for each in course]).target is None
    assert [x for x, _ in chart.months] == [x for x, _, _ in chart.points]
