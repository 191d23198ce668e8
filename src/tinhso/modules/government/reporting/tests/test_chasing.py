"""Reports that have not come are asked for on the regime's days: before, on the day, each working day after."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.worktime import DEFAULT_CALENDAR, VIETNAM, read_calendars
from tinhso.modules.government.reporting.rules.chasing import (
    LATE,
    SOON,
    TODAY,
    BadChasing,
    Chasing,
    kind_of_notice,
    list_reminders,
    read_chasing,
    reminder_for,
)

CALENDAR = read_calendars(Path(settings.PACKS_ROOT) / "national")[DEFAULT_CALENDAR]
DUE = datetime(2026, 11, 18, 17, 0, tzinfo=VIETNAM)  # a Wednesday
ASSIGNED = datetime(2026, 11, 1, 8, 0, tzinfo=VIETNAM)
USUAL = Chasing()


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=VIETNAM)


def asked(now: datetime, chasing: Chasing = USUAL) -> str:
    found = reminder_for(DUE, chasing, CALENDAR, assigned_at=ASSIGNED, now=now)
    return found.key if found else ""


def test_three_working_days_before_on_the_day_and_each_working_day_after():
    # the 24th is the new day of culture, off since 2026
    days = [(each.on.day, each.key) for each in list_reminders(DUE.date(), Chasing(most_after=4), CALENDAR)]
    assert days == [
        (13, "before-3"), (18, "today"), (19, "late-1"), (20, "late-2"), (23, "late-3"), (25, "late-4"),
    ]  # fmt: skip


def test_a_weekend_brings_no_new_reminder_and_a_missed_run_is_made_up_for_once():
    assert [asked(at(day)) for day in (12, 13, 14, 16, 17, 18, 19, 21, 22, 23)] == [
        "", "before-3", "before-3", "before-3", "before-3", "today", "late-1", "late-2", "late-2", "late-3",
    ]  # fmt: skip


def test_after_the_last_reminder_nobody_is_asked_anew():
    assert asked(at(30), Chasing(most_after=2)) == "late-2"
    assert asked(at(30), Chasing(most_after=0)) == "today"


def test_days_before_the_report_was_asked_for_do_not_count():
    late = reminder_for(DUE, USUAL, CALENDAR, assigned_at=at(16), now=at(17))
    assert late is None


def test_a_reminder_says_what_is_so_when_it_goes():
    assert kind_of_notice(DUE, at(16)) == SOON
    assert kind_of_notice(DUE, at(18)) == TODAY
    assert kind_of_notice(DUE, at(18, 18)) == LATE


def test_a_due_day_off_is_asked_for_on_the_working_day_before():
    (only,) = list_reminders(date(2026, 11, 22), Chasing(before=(0,), most_after=0), CALENDAR)  # a Sunday
    assert only.on == date(2026, 11, 20)


def test_the_leader_hears_from_the_day_that_the_regime_names():
    told = [each.tells_leader for each in list_reminders(DUE.date(), Chasing(most_after=3, leader_from=2), CALENDAR)]
    assert told == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"befor": [3]}, "befor"),
        ({"before": 3}, "chasing.before"),
        ({"before": [True]}, "chasing.before"),
        ({"every_after": 0}, "chasing.every_after"),
        ({"most_after": "10"}, "chasing.most_after"),
    ],
)
def test_odd_days_are_refused_by_name(table, named):
    with pytest.raises(BadChasing, match=named):
        read_chasing(table)


def test_what_a_regime_does_not_say_is_the_usual():
    assert read_chasing(None) == Chasing()
    assert read_chasing({"before": [1, 5], "most_after": 3}) == Chasing(before=(5, 1), most_after=3)


@given(
    due=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    chasing=st.builds(
        Chasing,
        before=st.lists(st.integers(0, 10), unique=True, max_size=3).map(
            lambda days: tuple(sorted(days, reverse=True))
        ),
        every_after=st.integers(1, 4),
        most_after=st.integers(0, 6),
    ),
    days=st.integers(-20, 40),
)
def test_reminders_fall_on_working_days_in_order_and_each_bears_its_own_key(due, chasing, days):
    found = list(list_reminders(due, chasing, CALENDAR))
    assert all(CALENDAR.day(each.on).counted for each in found)
    assert [each.on for each in found] == sorted(each.on for each in found)
    assert len({each.key for each in found}) == len(found)
    assert all((each.on <= due) == (each.left >= 0) for each in found)

    moment = datetime(due.year, due.month, due.day, 17, tzinfo=VIETNAM)
    now = moment + timedelta(days=days)
    one = reminder_for(moment, chasing, CALENDAR, assigned_at=moment - timedelta(days=90), now=now)
    assert one is None or one.on <= now.date()
    assert one is not None or all(each.on > now.date() for each in found)
