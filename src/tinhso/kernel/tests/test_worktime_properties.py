"""What holds for every receipt, limit and calendar, tried with many."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.kernel.worktime import (
    VIETNAM,
    Calendar,
    ClockRule,
    Duration,
    Pause,
    Segment,
    Text,
    due,
    due_after_pause,
    due_on_clock,
    due_with_pauses,
    elapsed_working,
    parse_week,
    read_calendars,
    working_days_between,
)

CALENDARS = read_calendars(Path(__file__).parents[4] / "packs" / "national")
NATIONAL = CALENDARS["national"]

OFFICE = ["07:30-11:30", "13:30-17:00"]
# A desk with odd hours, whose summer week takes effect in the middle of a year.
WINTER = parse_week(date(2000, 1, 1), {"monday": OFFICE, "tuesday": ["08:00-12:00"], "friday": ["07:00-19:00"]})
SUMMER = parse_week(date(2026, 4, 15), {"monday": ["07:00-11:00", "14:00-17:30", "18:00-20:00"], "thursday": OFFICE})
ODD = Calendar("odd", Text("Quầy lẻ", "Odd desk"), [SUMMER, WINTER])

calendars = st.sampled_from([*CALENDARS.values(), ODD])
moments = st.datetimes(datetime(2024, 12, 15), datetime(2028, 3, 1), timezones=st.just(VIETNAM))
cut_offs = st.one_of(st.none(), st.sampled_from([time(15), time(11), time(7, 30)]))
halves = st.integers(0, 80).map(lambda n: Duration(Decimal(n) / 2, "working_day"))
days = st.integers(1, 60).map(lambda n: Duration(n, "working_day"))
working_hours = st.integers(1, 400).map(lambda n: Duration(Decimal(n) / 4, "working_hour"))
calendar_limits = st.one_of(
    st.integers(1, 400).map(lambda n: Duration(n, "day")), st.integers(1, 24).map(lambda n: Duration(n, "month"))
)
elapsed_limits = st.one_of(
    st.integers(1, 500).map(lambda n: Duration(n, "hour")), st.integers(1, 5000).map(lambda n: Duration(n, "minute"))
)
limits = st.one_of(halves, working_hours, calendar_limits, elapsed_limits)


def day_zero(found, received):
    steps = [step for step in found.steps if step.kind == "day_zero"]
    return steps[0].on if steps else received.date()


@given(moments, days, calendars, cut_offs)
def test_adding_working_days_and_counting_them_gives_the_same_number(received, limit, calendar, cut_off):
    found = due(received, limit, calendar, cut_off=cut_off)

    assert working_days_between(day_zero(found, received), found.due_on, calendar) == limit.amount


@given(moments, working_hours, calendars, cut_offs)
def test_adding_working_hours_and_measuring_them_gives_the_same_time(received, limit, calendar, cut_off):
    found = due(received, limit, calendar, cut_off=cut_off)
    moved = [step.at for step in found.steps if step.kind in {"cut_off", "received_day_off"}]

    start = moved[0] if moved else received.replace(microsecond=0)
    assert elapsed_working(start, found.due_at, calendar) == timedelta(hours=float(limit.amount))


@given(moments, moments, limits, calendars, cut_offs)
def test_who_comes_later_is_never_served_earlier(one, other, limit, calendar, cut_off):
    early, late = sorted([one, other])

    assert due(early, limit, calendar, cut_off=cut_off).due_at <= due(late, limit, calendar, cut_off=cut_off).due_at


@given(moments, st.integers(0, 3 * 24 * 60), limits, calendars, cut_offs)
def test_who_comes_a_little_later_is_never_served_earlier(received, minutes, limit, calendar, cut_off):
    later = received + timedelta(minutes=minutes)

    assert due(received, limit, calendar, cut_off=cut_off).due_at <= due(later, limit, calendar, cut_off=cut_off).due_at


@given(moments, halves, halves, calendars, cut_offs)
def test_a_longer_limit_never_ends_before_a_shorter_one(received, one, other, calendar, cut_off):
    short, long = sorted([one, other], key=lambda limit: limit.amount)

    assert (
        due(received, short, calendar, cut_off=cut_off).due_at <= due(received, long, calendar, cut_off=cut_off).due_at
    )


@given(moments, days, calendars)
def test_one_working_day_more_is_the_next_working_day(received, limit, calendar):
    longer = Duration(limit.amount + 1, "working_day")

    found = due(received, limit, calendar).due_on
    assert due(received, longer, calendar).due_on == calendar.next_working(found).on


@given(moments, limits, calendars, cut_offs)
def test_a_deadline_lies_after_the_receipt(received, limit, calendar, cut_off):
    assert due(received, limit, calendar, cut_off=cut_off).due_at > received.replace(microsecond=0)


@given(moments, st.one_of(halves, calendar_limits), calendars, cut_offs)
def test_a_deadline_in_days_is_the_end_of_a_session_of_a_working_day(received, limit, calendar, cut_off):
    found = due(received, limit, calendar, cut_off=cut_off)

    day = calendar.day(found.due_on)
    assert day.counted
    assert found.due_at.time() in {session.closes for session in day.sessions}


@given(moments, working_hours, calendars)
def test_a_deadline_in_working_hours_lies_inside_a_session_or_at_its_end(received, limit, calendar):
    found = due(received, limit, calendar)

    day = calendar.day(found.due_on)
    assert day.counted
    assert any(session.opens < found.due_at.time() <= session.closes for session in day.sessions)


@given(moments, calendar_limits, calendars)
def test_a_deadline_in_calendar_days_only_moves_over_days_off(received, limit, calendar):
    found = due(received, limit, calendar)

    unmoved = next(step.on for step in found.steps if step.kind in {"calendar_days", "months", "month_end"})
    assert working_days_between(unmoved - timedelta(days=1), found.due_on, calendar) == 1


@given(moments, st.one_of(halves, days), calendars, st.lists(moments, min_size=2, max_size=6))
def test_a_pause_of_k_working_days_moves_the_deadline_by_k(received, limit, calendar, stops):
    stops = sorted(stop for stop in stops if stop >= received)
    pauses = [Pause(a, b, "payment") for a, b in zip(stops[::2], stops[1::2], strict=False)]
    k = sum(working_days_between(a, b, calendar) for a, b, _ in pauses)

    moved = due_with_pauses(received, limit, calendar, pauses=pauses)

    assert working_days_between(due(received, limit, calendar).due_on, moved.due_on, calendar) == k
    if limit.amount % 1 == 0:
        longer = Duration(limit.amount + k, "working_day")
        assert moved.due_at == due(received, longer, calendar).due_at or limit.amount == 0


@given(moments, st.one_of(days, working_hours, elapsed_limits), calendars, moments, moments)
def test_moving_a_date_by_a_pause_agrees_with_counting_from_the_receipt(received, limit, calendar, one, other):
    stopped, resumed = (max(received, at) for at in sorted([one, other]))

    counted = due_with_pauses(received, limit, calendar, pauses=[Pause(stopped, resumed)])
    moved = due_after_pause(due(received, limit, calendar).due_at, stopped, resumed, calendar, unit=limit.unit)

    # Both cut off fractions of a second, one of the pause and one of the receipt.
    assert abs(moved.due_at - counted.due_at) <= timedelta(seconds=1) or limit.unit == "working_hour"
    if limit.unit == "working_hour":
        assert abs(elapsed_working(moved.due_at, counted.due_at, calendar)) <= timedelta(seconds=1)


@given(moments, limits, calendars, cut_offs, st.lists(moments, min_size=1, max_size=3))
def test_a_reset_gives_a_fresh_limit_whatever_went_before(received, limit, calendar, cut_off, others):
    stopped, resumed = received, max([received, *others])
    before = Segment(received - timedelta(days=30), stopped, "supplement", ClockRule.RESET)

    found = due_on_clock([before, Segment(resumed)], limit, calendar, cut_off=cut_off)

    assert found.due_at == due(resumed, limit, calendar, cut_off=cut_off).due_at


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)), calendars)
@settings(max_examples=30)
def test_working_days_between_two_days_are_the_opposite_the_other_way_round(one, other, calendar):
    assert working_days_between(one, other, calendar) == -working_days_between(other, one, calendar)


@given(moments, moments, moments, calendars)
def test_working_time_adds_up(one, two, three, calendar):
    a, b, c = sorted([one, two, three])

    parts = elapsed_working(a, b, calendar) + elapsed_working(b, c, calendar)
    assert parts == elapsed_working(a, c, calendar)


@given(moments, limits, calendars, cut_offs)
def test_every_step_reads_as_a_sentence_in_both_languages(received, limit, calendar, cut_off):
    for step in due(received, limit, calendar, cut_off=cut_off).as_dict()["steps"]:
        for language in ("vi", "en"):
            sentence = step[language]
            assert sentence.endswith(".")
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert "{" not in sentence
            assert "  " not in sentence


@given(moments, days, calendars, cut_offs)
def test_the_steps_account_for_every_day_up_to_the_deadline(received, limit, calendar, cut_off):
    found = due(received, limit, calendar, cut_off=cut_off)
    told, zero = set(), day_zero(found, received)
    for step in found.steps:
        if step.on > zero and step.kind in {"working", "swapped", "worked", "day_off"}:
            told |= {step.on + timedelta(days=n) for n in range((step.last - step.on).days + 1)}

    assert told == {zero + timedelta(days=n) for n in range(1, (found.due_on - zero).days + 1)}
    assert [step.upto for step in found.steps if step.number and step.kind != "undecided"][-1] == limit.amount
