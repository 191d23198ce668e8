"""When a rule fires and clears, whatever values come: it never flaps, and never fires sooner than it may."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from tinhso.modules.insight.alerts.rules.holding import ABOVE, BELOW, UNTOUCHED, Bounds, judge

START = datetime(2026, 11, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BOUNDS = some.builds(
    lambda comparator, threshold, away, minutes: Bounds(
        comparator, Decimal(threshold), Decimal(threshold - away if comparator == ABOVE else threshold + away), minutes * MINUTE
    ),
    some.sampled_from([ABOVE, BELOW]), some.integers(-20, 20), some.integers(0, 10), some.integers(0, 6),
)  # fmt: skip
VALUES = some.lists(some.none() | some.integers(-35, 35).map(Decimal), max_size=60)


def lived_through(bounds: Bounds, values: list[Decimal | None]) -> list[str]:
    """What happened at each minute."""
    course, changes = UNTOUCHED, []
    for minute, value in enumerate(values):
        course, change = judge(course, value, bounds, START + minute * MINUTE)
        changes.append(change)
    return changes


@given(BOUNDS, VALUES)
def test_between_two_alarms_the_value_was_well(bounds, values):
    changes = lived_through(bounds, values)
    told = [change for change in changes if change]

    assert told == ["fired", "cleared"] * (len(told) // 2) + ["fired"] * (len(told) % 2)
    for minute, change in enumerate(changes):
        if change == "cleared":
            assert bounds.is_clear(values[minute])


@given(BOUNDS, VALUES)
def test_nothing_fires_before_it_has_lasted(bounds, values):
    for minute, change in enumerate(lived_through(bounds, values)):
        if change != "fired":
            continue
        back, known = minute, minute
        while back >= 0 and (values[back] is None or bounds.is_beyond(values[back])):
            known = back if values[back] is not None else known
            back -= 1
        assert (minute - known) * MINUTE >= bounds.lasting


@given(BOUNDS, VALUES)
def test_what_lasts_fires_once_at_the_latest_when_its_time_is_over(bounds, values):
    beyond = bounds.threshold + (1 if bounds.comparator == ABOVE else -1)
    steady = [*values, *[beyond] * 8]

    changes = lived_through(bounds, steady)

    told = [change for change in changes if change]
    assert told
    assert told[-1] == "fired"


def test_a_value_between_the_two_levels_neither_fires_nor_clears():
    bounds = Bounds(ABOVE, Decimal(5), Decimal(4))

    assert lived_through(bounds, [Decimal("4.5"), Decimal(6), Decimal("4.5"), Decimal("5.5"), Decimal(4), Decimal("4.5")]) == [
        "", "fired", "", "", "cleared", "",
    ]  # fmt: skip


def test_exactly_on_the_threshold_is_not_beyond_it():
    assert lived_through(Bounds(BELOW, Decimal(90), Decimal(90)), [Decimal(90)]) == [""]
