"""Working days and working time between two moments, and what remains of a limit."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tinhso.kernel.worktime import (
    VIETNAM,
    elapsed_working,
    read_calendars,
    remaining,
    working_days_between,
)

NATIONAL = read_calendars(Path(__file__).parents[4] / "packs" / "national")["national"]


def at(written):
    return datetime.fromisoformat(written).replace(tzinfo=VIETNAM)


def test_working_days_between_leave_out_the_first_day_and_the_days_off():
    assert working_days_between(at("2026-02-13T15:30"), at("2026-02-24T08:00"), NATIONAL) == 2
    assert working_days_between(at("2026-03-07T10:00"), at("2026-03-08T10:00"), NATIONAL) == 0
    assert working_days_between(at("2026-02-24T08:00").date(), at("2026-02-13T15:30").date(), NATIONAL) == -2


def test_elapsed_working_time_leaves_out_noon_nights_and_days_off():
    assert elapsed_working(at("2026-03-06T11:00"), at("2026-03-09T08:00"), NATIONAL) == timedelta(hours=4.5)
    assert elapsed_working(at("2026-03-09T08:00"), at("2026-03-06T11:00"), NATIONAL) == timedelta(0)
    monday = at("2026-03-09T00:00")
    assert elapsed_working(monday, monday + timedelta(days=1), NATIONAL) == timedelta(hours=7.5)


@pytest.mark.parametrize(
    ("now", "words", "english"),
    [
        ("2026-03-05T10:00", "Còn 2 ngày làm việc", "2 working days left"),
        ("2026-03-08T10:00", "Còn 1 ngày làm việc", "1 working day left"),
        ("2026-03-09T08:00", "Đến hạn hôm nay", "Due today"),
        ("2026-03-09T17:00", "Đến hạn hôm nay", "Due today"),
        ("2026-03-09T17:00:01", "Quá hạn", "Overdue"),
        ("2026-03-11T08:00", "Quá hạn 2 ngày làm việc", "Overdue by 2 working days"),
    ],
)
def test_what_remains_is_told_in_working_days(now, words, english):
    left = remaining(at("2026-03-09T17:00"), NATIONAL, now=at(now))

    assert (left.text.vi, left.text.en) == (words, english)


def test_what_remains_before_a_deadline_on_a_day_off_is_not_today():
    left = remaining(at("2026-03-08T10:00"), NATIONAL, now=at("2026-03-06T16:00"))

    assert left.text.vi == "Còn chưa đến 1 ngày làm việc"
    assert left.working_time == timedelta(hours=1)
