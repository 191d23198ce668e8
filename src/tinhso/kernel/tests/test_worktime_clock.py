"""Stops, restarts and the one extension, on the national calendar around March 2026 (the 2nd is a Monday)."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tinhso.kernel.worktime import (
    VIETNAM,
    AlreadyExtendedError,
    ClockError,
    ClockRule,
    Duration,
    Extension,
    Pause,
    Segment,
    TooLateToExtendError,
    WorktimeError,
    due,
    due_after_pause,
    due_on_clock,
    due_with_pauses,
    elapsed_on_clock,
    elapsed_working,
    extend,
    parse_time,
    read_calendars,
    remaining,
    working_days_between,
)

CALENDARS = read_calendars(Path(__file__).parents[4] / "packs" / "national")
NATIONAL = CALENDARS["national"]
FIVE_DAYS = Duration(5, "working_day")


def at(written):
    return datetime.fromisoformat(written).replace(tzinfo=VIETNAM)


def written(found):
    return found.due_at.replace(tzinfo=None).isoformat(timespec="minutes")


RECEIVED = at("2026-03-02T09:00")


def test_a_pause_of_two_working_days_moves_the_date_by_two():
    pauses = [Pause(at("2026-03-04T10:00"), at("2026-03-06T09:00"), "payment")]

    assert written(due(RECEIVED, FIVE_DAYS, NATIONAL)) == "2026-03-09T17:00"
    assert written(due_with_pauses(RECEIVED, FIVE_DAYS, NATIONAL, pauses=pauses)) == "2026-03-11T17:00"


def test_a_pause_within_one_day_moves_nothing():
    found = due_after_pause(at("2026-03-09T17:00"), at("2026-03-04T08:00"), at("2026-03-04T16:00"), NATIONAL)

    assert written(found) == "2026-03-09T17:00"


def test_a_pause_over_the_weekend_counts_no_day_off():
    found = due_after_pause(at("2026-03-09T17:00"), at("2026-03-06T16:00"), at("2026-03-08T20:00"), NATIONAL)

    assert written(found) == "2026-03-09T17:00"


def test_a_pause_all_through_tet_counts_the_days_that_were_worked():
    # Stopped Thursday the 12th, resumed Tuesday the 24th: Friday 13, Monday 23, Tuesday 24.
    found = due_after_pause(at("2026-02-23T17:00"), at("2026-02-12T10:00"), at("2026-02-24T10:00"), NATIONAL)

    assert written(found) == "2026-02-26T17:00"


def test_a_date_promised_before_the_days_off_were_decided_moves_from_there():
    # The 16th of February was a working day when it was promised; it is Tết now.
    found = due_after_pause(at("2026-02-16T17:00"), at("2026-02-12T10:00"), at("2026-02-23T10:00"), NATIONAL)

    assert written(found) == "2026-02-24T17:00"


def test_who_was_two_days_late_stays_two_days_late():
    late = at("2026-03-11T10:00")
    found = due_after_pause(at("2026-03-09T17:00"), late, at("2026-03-18T10:00"), NATIONAL)

    assert working_days_between(found.due_at, at("2026-03-18T10:00"), NATIONAL) == 2


def test_a_half_day_keeps_its_session_through_a_pause():
    morning = Duration("1.5", "working_day")
    pauses = [Pause(at("2026-03-02T10:00"), at("2026-03-03T10:00"))]

    assert written(due_with_pauses(RECEIVED, morning, NATIONAL, pauses=pauses)) == "2026-03-05T11:30"
    assert written(due_after_pause(at("2026-03-04T11:30"), *pauses[0][:2], NATIONAL)) == "2026-03-05T11:30"


def test_two_pauses_add_up_and_both_are_explained():
    pauses = [
        Pause(at("2026-03-03T10:00"), at("2026-03-04T10:00"), "opinion"),
        Pause(at("2026-03-05T10:00"), at("2026-03-09T10:00"), "chờ bản đồ"),
    ]
    found = due_with_pauses(RECEIVED, FIVE_DAYS, NATIONAL, pauses=pauses)

    assert written(found) == "2026-03-12T17:00"
    told = [step.vi for step in found.steps if step.kind == "paused"]
    assert told == [
        "Đồng hồ dừng từ thứ Ba 03/03/2026 đến thứ Tư 04/03/2026 (chờ ý kiến cơ quan khác): cộng thêm 1 ngày làm việc.",
        "Đồng hồ dừng từ thứ Năm 05/03/2026 đến thứ Hai 09/03/2026 (chờ bản đồ): cộng thêm 2 ngày làm việc.",
    ]


def test_working_hours_pause_by_working_time_alone():
    # Four hours from nine; away from ten on Friday to ten on Monday, a working day of seven and a half hours.
    pauses = [Pause(at("2026-03-06T10:00"), at("2026-03-09T10:00"))]
    found = due_with_pauses(at("2026-03-06T09:00"), Duration(4, "working_hour"), NATIONAL, pauses=pauses)

    assert written(found) == "2026-03-09T15:00"


def test_hours_pause_by_elapsed_time():
    found = due_after_pause(
        at("2026-03-03T09:00"), at("2026-03-02T20:00"), at("2026-03-02T23:00"), NATIONAL, unit="hour"
    )

    assert written(found) == "2026-03-03T12:00"


def test_calendar_days_pause_from_the_day_they_would_have_ended_not_from_where_they_had_moved_to():
    five = Duration(5, "day")  # ends on Saturday the 7th, moved to Monday the 9th
    pause = Pause(at("2026-03-03T10:00"), at("2026-03-04T10:00"))

    assert written(due(RECEIVED, five, NATIONAL)) == "2026-03-09T17:00"
    assert written(due_with_pauses(RECEIVED, five, NATIONAL, pauses=[pause])) == "2026-03-09T17:00"
    assert written(due_after_pause(at("2026-03-09T17:00"), *pause[:2], NATIONAL, unit="day")) == "2026-03-10T17:00"


def test_months_pause_by_days_and_an_applicants_midnight_stays_midnight():
    found = due_after_pause(
        at("2026-04-01T23:59:59"), at("2026-03-10T10:00"), at("2026-03-13T10:00"), NATIONAL, unit="month"
    )

    assert found.due_at == at("2026-04-06T23:59:59")  # the 4th is a Saturday


def test_a_pause_cannot_end_before_it_begins():
    with pytest.raises(ClockError, match="sai thứ tự"):
        due_after_pause(at("2026-03-09T17:00"), at("2026-03-05T10:00"), at("2026-03-04T10:00"), NATIONAL)


def test_a_pause_cannot_begin_before_the_receipt():
    with pytest.raises(ClockError, match="08:00, thứ Hai 02/03/2026"):
        due_with_pauses(RECEIVED, FIVE_DAYS, NATIONAL, pauses=[Pause(at("2026-03-02T08:00"), at("2026-03-03T08:00"))])


def test_while_the_clock_stands_still_nothing_is_due():
    assert due_on_clock([Segment(RECEIVED, at("2026-03-04T10:00"), "payment")], FIVE_DAYS, NATIONAL) is None


def test_missing_papers_start_the_limit_afresh():
    segments = [
        Segment(RECEIVED, at("2026-03-04T10:00"), "supplement", ClockRule.RESET),
        Segment(at("2026-03-16T09:00")),
    ]
    found = due_on_clock(segments, FIVE_DAYS, NATIONAL)

    assert written(found) == "2026-03-23T17:00"
    assert found.steps[0].vi == "Tính lại từ đầu kể từ 09:00, thứ Hai 16/03/2026 (chờ bổ sung hồ sơ)."


def test_a_restart_after_the_cut_off_counts_from_the_next_day():
    segments = [
        Segment(RECEIVED, at("2026-03-04T10:00"), "supplement", ClockRule.RESET),
        Segment(at("2026-03-16T15:30")),
    ]

    assert written(due_on_clock(segments, FIVE_DAYS, NATIONAL, cut_off=parse_time("15:00"))) == "2026-03-24T17:00"


def test_a_pause_after_a_restart_counts_and_one_before_it_is_forgotten():
    segments = [
        Segment(RECEIVED, at("2026-03-03T10:00"), "payment"),
        Segment(at("2026-03-05T10:00"), at("2026-03-06T10:00"), "supplement", ClockRule.RESET),
        Segment(at("2026-03-16T09:00"), at("2026-03-17T10:00"), "payment"),
        Segment(at("2026-03-18T10:00")),
    ]

    assert written(due_on_clock(segments, FIVE_DAYS, NATIONAL)) == "2026-03-24T17:00"


def test_a_clock_that_runs_twice_at_once_is_refused():
    for segments in (
        [],
        [Segment(RECEIVED), Segment(at("2026-03-05T10:00"))],
        [Segment(RECEIVED, at("2026-03-05T10:00")), Segment(at("2026-03-04T10:00"))],
        [Segment(RECEIVED, at("2026-03-01T10:00"))],
    ):
        with pytest.raises(ClockError):
            due_on_clock(segments, FIVE_DAYS, NATIONAL)


def test_an_extension_counts_from_the_promised_date():
    promised = due(RECEIVED, FIVE_DAYS, NATIONAL)
    later = extend(promised, Duration(2, "working_day"), NATIONAL, already_extended=False, now=at("2026-03-06T10:00"))

    assert written(later) == "2026-03-11T17:00"
    assert "Gia hạn một lần, thêm 2 ngày làm việc kể từ hạn 17:00, thứ Hai 09/03/2026." in [s.vi for s in later.steps]


def test_a_second_extension_is_refused():
    promised = due(RECEIVED, FIVE_DAYS, NATIONAL)

    with pytest.raises(AlreadyExtendedError, match="lần thứ hai"):
        extend(promised, Duration(2, "working_day"), NATIONAL, already_extended=True, now=at("2026-03-06T10:00"))


@pytest.mark.parametrize("asked", ["2026-03-09T17:00", "2026-03-09T17:01", "2026-03-20T08:00"])
def test_an_extension_is_refused_once_the_promised_moment_has_come(asked):
    promised = due(RECEIVED, FIVE_DAYS, NATIONAL)

    with pytest.raises(TooLateToExtendError, match="17:00, thứ Hai 09/03/2026"):
        extend(promised, Duration(2, "working_day"), NATIONAL, already_extended=False, now=at(asked))


def test_where_the_law_asks_a_day_ahead_the_last_day_is_too_late():
    promised, two = due(RECEIVED, FIVE_DAYS, NATIONAL), Duration(2, "working_day")

    extend(promised, two, NATIONAL, already_extended=False, days_before=1, now=at("2026-03-08T23:00"))
    with pytest.raises(TooLateToExtendError, match="ít nhất 1 ngày"):
        extend(promised, two, NATIONAL, already_extended=False, days_before=1, now=at("2026-03-09T08:00"))


def test_an_extension_of_half_a_day_or_of_nothing_is_refused():
    promised = due(RECEIVED, FIVE_DAYS, NATIONAL)

    for by in ("0", "0.5"):
        with pytest.raises(ClockError, match="ngày làm việc nguyên"):
            extend(promised, Duration(by, "working_day"), NATIONAL, already_extended=False, now=RECEIVED)


def test_an_extension_stands_through_a_pause_and_falls_with_a_restart():
    extension = Extension(Duration(2, "working_day"), at("2026-03-03T09:00"))
    paused = [Segment(RECEIVED, at("2026-03-04T10:00"), "payment"), Segment(at("2026-03-05T10:00"))]
    restarted = [
        Segment(RECEIVED, at("2026-03-04T10:00"), "supplement", ClockRule.RESET),
        Segment(at("2026-03-16T09:00")),
    ]

    assert written(due_on_clock(paused, FIVE_DAYS, NATIONAL, extension=extension)) == "2026-03-12T17:00"
    assert written(due_on_clock(restarted, FIVE_DAYS, NATIONAL, extension=extension)) == "2026-03-23T17:00"


def test_the_clock_measures_only_what_it_ran():
    segments = [Segment(RECEIVED, at("2026-03-02T10:00"), "payment"), Segment(at("2026-03-04T16:00"))]

    assert elapsed_on_clock(segments, NATIONAL, now=at("2026-03-04T20:00")) == timedelta(hours=2)


def test_a_moment_without_a_time_zone_is_refused_everywhere():
    naive = datetime(2026, 3, 2, 9)

    for asked in (
        lambda: due(naive, FIVE_DAYS, NATIONAL),
        lambda: remaining(naive, NATIONAL, now=RECEIVED),
        lambda: elapsed_working(naive, RECEIVED, NATIONAL),
        lambda: due_on_clock([Segment(naive)], FIVE_DAYS, NATIONAL),
    ):
        with pytest.raises(WorktimeError, match="thiếu múi giờ"):
            asked()
