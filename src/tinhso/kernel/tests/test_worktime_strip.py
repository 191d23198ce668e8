"""The picture of the days: every day from receipt to the promised day stands there once and says how it counts."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.kernel.worktime import VIETNAM, Duration, draw_strip, due, read_calendars, weeks_of

NATIONAL = read_calendars(Path(__file__).parents[4] / "packs" / "national")["national"]
FRIDAY = datetime(2026, 11, 20, 15, 30, tzinfo=VIETNAM)


def told(days):
    return [(f"{day.on:%d/%m}", day.kind, day.number) for day in days]


def test_a_dossier_received_after_three_shows_the_weekend_day_zero_and_the_holiday():
    days = draw_strip(due(FRIDAY, Duration(2, "working_day"), NATIONAL, cut_off=time(15)))
    assert told(days) == [
        ("20/11", "received", 0),
        ("21/11", "off", 0),
        ("22/11", "off", 0),
        ("23/11", "zero", 0),
        ("24/11", "off", 0),
        ("25/11", "counted", 1),
        ("26/11", "counted", 2),
    ]
    assert days[4].name.vi == "Ngày Văn hóa Việt Nam"
    assert [day.on for day in days if day.is_due] == [date(2026, 11, 26)]


def test_calendar_days_count_weekends_too_and_a_day_off_at_the_end_is_passed_over():
    days = draw_strip(due(FRIDAY, Duration(8, "day"), NATIONAL))
    assert [day.number for day in days[:9]] == [0, 1, 2, 3, 4, 5, 6, 7, 8]
    assert told(days)[9:] == [("29/11", "off", 0), ("30/11", "", 0)]
    assert days[-1].is_due


def test_rows_are_weeks_from_monday_to_sunday():
    days = draw_strip(due(FRIDAY, Duration(2, "working_day"), NATIONAL, cut_off=time(15)))
    first, second = weeks_of(days)
    assert [day and day.on.day for day in first] == [None, None, None, None, 20, 21, 22]
    assert [day and day.on.day for day in second] == [23, 24, 25, 26, None, None, None]
    assert weeks_of(()) == []


def test_a_limit_of_months_is_too_long_for_a_picture():
    assert draw_strip(due(FRIDAY, Duration(6, "month"), NATIONAL)) == ()


@settings(max_examples=80, deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)),
    st.integers(1, 25),
    st.sampled_from(["working_day", "day", "working_hour"]),
    st.booleans(),
)
def test_each_day_stands_once_and_working_days_are_numbered_without_a_gap(at, amount, unit, late_counts):
    promised = due(
        at.replace(tzinfo=VIETNAM), Duration(amount, unit), NATIONAL, cut_off=time(15) if late_counts else None
    )
    days = draw_strip(promised)
    assert days[0].on == at.date()
    assert days[-1].on == promised.due_on
    assert all(after.on - before.on == timedelta(days=1) for before, after in pairwise(days))
    numbers = [day.number for day in days if day.number]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("hours", [4, 12])
def test_working_hours_mark_the_days_they_are_worked_on(hours):
    days = draw_strip(due(FRIDAY, Duration(hours, "working_hour"), NATIONAL))
    assert {day.kind for day in days} <= {"received", "counted", "off"}
    assert days[-1].is_due
