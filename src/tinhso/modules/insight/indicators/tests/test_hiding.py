"""Small numbers stay hidden whatever somebody asks and subtracts: months, runs of months, units, what is above them."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from tinhso.modules.insight.indicators.queries import Board
from tinhso.modules.insight.indicators.rules import (
    REST,
    Figure,
    Manifest,
    Period,
    Run,
    is_hidden_from,
    publish,
    read_definition,
)
from tinhso.modules.insight.indicators.tests.conftest import INDICATORS, NOW
from tinhso.platform.cases.tests.conftest import PROVINCE

CARDS = {path.stem: read_definition(path.name, path.read_text()).card for path in INDICATORS}
TEXT = next(path.read_text() for path in INDICATORS if path.stem == "on_time_rate")
RUN = Run("on_time_rate", TEXT, "", "", "", "", 0, NOW)
UNITS, WARDS = ("a", "b", "c", "d"), ("c", "d")  # the last two lie in one district
LINES = {unit: (PROVINCE, *(["district"] if unit in WARDS else []), unit) for unit in UNITS}
MONTHS = [date(2026, month, 1) for month in range(1, 5)]
RANGES = [Period(first, last) for first in MONTHS for last in MONTHS if first <= last]
cells = some.integers(0, 9).flatmap(lambda size: some.tuples(some.integers(0, size), some.just(size)))
tables = some.lists(some.fixed_dictionaries(dict.fromkeys(UNITS, cells)), min_size=4, max_size=4)
Table = list[dict[str, tuple[int, int]]]


def board_of(table: Table) -> Board:
    sums = {
        month: {unit: cell for unit, cell in cells.items() if cell[1]}
        for month, cells in zip(MONTHS, table, strict=True)
    }
    published = {month: publish(cells) for month, cells in sums.items()}
    return Board(Manifest(as_of=NOW, runs=(RUN,)), {RUN.code: sums}, {RUN.code: published}, LINES, {})


def all_that_can_be_asked(table: Table) -> Mapping[tuple[str, Period], Figure]:
    board = board_of(table)
    found = {}
    for period in RANGES:
        for unit in ("", PROVINCE, "district", *UNITS):
            found[unit, period] = board.figure(RUN.code, unit, period, public=True)
        for parent in ("", PROVINCE, "district"):
            for each in board.by_unit(RUN.code, parent, period, public=True):
                assert each == found.get((each.unit_key, period), each)
    return found


def test_small_cells_are_hidden_from_the_public_and_ratings_from_officers_too():
    on_time, ratings = CARDS["on_time_rate"], CARDS["satisfaction"]
    assert [is_hidden_from(card, officer=who) for card in (on_time, ratings) for who in (False, True)] == [
        True, False, True, True
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ([40, 30, 20], ""),
        ([40, 3, 7, 0], "bc"),
        ([40, 1, 1, 9], "bcd"),
        ([40, 2, 3], "bc"),
        ([3], "a"),
        ([40], ""),
        ([3, 10], "ab"),
    ],
)
def test_small_cells_take_others_along_until_their_sum_tells_of_nobody(sizes, hidden):
    month = publish({unit: (0, size) for unit, size in zip(UNITS, sizes, strict=False)})
    assert month.hidden == set(hidden)
    assert sum(cell[1] for cell in month.cells.values()) in (sum(sizes), 0)


@given(tables, some.data())
def test_nothing_that_can_be_asked_tells_hidden_cells_apart(table, draw):
    choices = [
        (number, one, other)
        for number, month in enumerate(board_of(table).published[RUN.code].values())
        for one in month.hidden
        for other in month.hidden
        if one != other and table[number][one][1] > 1
    ]
    assume(choices)
    number, one, other = draw.draw(some.sampled_from(choices))
    moved = [dict(month) for month in table]
    for unit, more in ((one, -1), (other, +1)):
        numerator, size = moved[number][unit]
        moved[number][unit] = (numerator, size + more)
    assume(moved[number][one][0] < moved[number][one][1])
    assume(publish(moved[number]).hidden == publish(table[number]).hidden)

    assert all_that_can_be_asked(moved) == all_that_can_be_asked(table)


@given(tables)
def test_what_is_shown_is_never_less_than_five_and_the_province_is_exact_where_its_months_are_not_small(table):
    found, exact = all_that_can_be_asked(table), board_of(table)
    for (unit, period), figure in found.items():
        assert figure.denominator == 0 or figure.denominator >= 5
        assert figure.hidden == (figure.partial and not figure.denominator)
        if unit == "" and not figure.partial:
            whole = exact.figure(RUN.code, "", period)
            assert (figure.numerator, figure.denominator) == (whole.numerator, whole.denominator)


@given(tables)
def test_a_month_less_than_a_run_of_months_gives_no_hidden_month_away(table):
    board = board_of(table)
    for number, month in enumerate(MONTHS[:-1]):
        hidden = board.published[RUN.code][month].hidden
        for unit in hidden:
            both = board.figure(RUN.code, unit, Period(month, MONTHS[number + 1]), public=True)
            alone = board.figure(RUN.code, unit, Period(MONTHS[number + 1], MONTHS[number + 1]), public=True)
            assert both.denominator == alone.denominator, "the hidden month adds nothing that could be subtracted"
            assert both.partial


def test_the_rest_of_a_month_belongs_to_no_unit():
    assert REST not in UNITS
    assert publish({"a": (0, 2), "b": (1, 3), "c": (9, 9)}).cells == {"c": (9, 9), REST: (1, 5)}
