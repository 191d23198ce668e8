"""Periods of reports: from the 15th to the 14th, none left out, none counted twice; when reports are due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.worktime import DEFAULT_CALENDAR, VIETNAM, read_calendars
from tinhso.modules.government.reporting.rules.periods import (
    HALF,
    MONTH,
    MONTHS_IN,
    ONCE,
    QUARTER,
    WEEK,
    YEAR,
    DueRule,
    NoPeriod,
    Override,
    PeriodRule,
    code_after,
    code_before,
    find_breaks,
    last_closed,
    period_of,
    period_on,
    periods_between,
)

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
KINDS = st.sampled_from([WEEK, MONTH, QUARTER, HALF, YEAR])
ENDS = st.integers(1, 7)


@pytest.fixture(scope="module")
def calendar(settings_root):
    return read_calendars(settings_root / "national")[DEFAULT_CALENDAR]


@pytest.fixture(scope="module")
def settings_root():
    from django.conf import settings

    return settings.PACKS_ROOT


@pytest.mark.parametrize(
    ("kind", "code", "first", "last"),
    [
        (MONTH, "2026-11", date(2026, 10, 15), date(2026, 11, 14)),
        (MONTH, "2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        (QUARTER, "2026-Q4", date(2026, 9, 15), date(2026, 12, 14)),
        (QUARTER, "2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        (HALF, "2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        (HALF, "2026-H2", date(2026, 6, 15), date(2026, 12, 14)),
        (YEAR, "2026", date(2025, 12, 15), date(2026, 12, 14)),
        (WEEK, "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        (ONCE, "2026-11-01..2026-11-30", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_a_period_has_the_days_of_the_decree(kind, code, first, last):
    period = period_of(PeriodRule(kind), code)

    assert (period.start_on, period.cut_off_on) == (first, last)


@given(KINDS, ENDS, DAYS)
def test_each_day_lies_in_one_period_and_the_next_one_begins_the_day_after(kind, week_ends, on):
    rule = PeriodRule(kind, week_ends=week_ends)
    period = period_on(rule, on)
    after, before = period_of(rule, code_after(rule, period.code)), period_of(rule, code_before(rule, period.code))

    assert period.holds(on)
    assert after.start_on == period.cut_off_on + timedelta(days=1)
    assert before.cut_off_on == period.start_on - timedelta(days=1)
    assert code_before(rule, after.code) == code_after(rule, before.code) == period.code


@given(st.integers(2015, 2040), st.sampled_from([MONTH, QUARTER, HALF]))
def test_the_months_quarters_and_halves_tile_the_reporting_year(year, kind):
    whole = period_of(PeriodRule(YEAR), str(year))
    parts = list(periods_between(PeriodRule(kind), whole.start_on, whole.cut_off_on))

    assert len(parts) == 12 // MONTHS_IN[kind]
    assert sum(part.days for part in parts) == whole.days
    assert (parts[0].start_on, parts[-1].cut_off_on) == (whole.start_on, whole.cut_off_on)
    assert all(part.code.startswith(str(year)) for part in parts)


@given(st.integers(2016, 2039), st.integers(1, 12), st.integers(-10, 10), DAYS)
def test_a_year_that_ends_a_month_on_another_day_leaves_no_day_out(year, month, shift, on):
    plain = period_of(PeriodRule(MONTH), f"{year}-{month:02d}")
    moved = Override(plain.code, cut_off_on=plain.cut_off_on + timedelta(days=shift))
    rule = PeriodRule(MONTH, overrides={plain.code: moved})
    period, after = period_of(rule, plain.code), period_of(rule, code_after(rule, plain.code))

    assert after.start_on == period.cut_off_on + timedelta(days=1)
    assert period_on(rule, on).holds(on)
    assert not list(find_breaks(rule))


def test_an_override_that_leaves_days_out_or_counts_them_twice_is_found():
    def breaks(start_on):
        rule = PeriodRule(MONTH, overrides={"2026-03": Override("2026-03", start_on=start_on)})
        return [what for _, what in find_breaks(rule)]

    assert breaks(date(2026, 2, 20)) == ["gap"]
    assert breaks(date(2026, 2, 10)) == ["overlap"]
    assert breaks(date(2026, 2, 15)) == []


@pytest.mark.parametrize(
    ("due", "code", "day"),
    [
        (DueRule(amount=2, unit="working_day"), "2026-11", date(2026, 11, 17)),  # the 14th is a Saturday
        (DueRule(amount=3), "2026-11", date(2026, 11, 17)),
        (DueRule(day=15), "2026-11", date(2026, 11, 16)),  # the 15th is a Sunday
        (DueRule(day=10), "2026-11", date(2026, 12, 10)),
        (DueRule(day=31), "2026-02", date(2026, 3, 2)),  # the 28th is a Saturday
    ],
)
def test_a_report_is_due_when_its_working_day_ends(calendar, due, code, day):
    due_at = period_of(PeriodRule(MONTH, due), code, calendar).due_at

    assert due_at.astimezone(VIETNAM).date() == day
    assert due_at == calendar.day(day).closes_at


def test_a_deadline_that_is_decided_for_one_period_counts(calendar):
    rule = PeriodRule(MONTH, DueRule(day=17), overrides={"2026-11": Override("2026-11", due_on=date(2026, 11, 25))})

    assert period_of(rule, "2026-11", calendar).due_at == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@given(KINDS, DAYS)
def test_the_last_closed_period_ended_before_the_day(kind, on):
    rule = PeriodRule(kind)
    period = last_closed(rule, on)

    assert period.cut_off_on < on
    assert period_of(rule, code_after(rule, period.code)).holds(on)


@pytest.mark.parametrize(
    ("kind", "code"),
    [(MONTH, "2026-13"), (MONTH, "2026-00"), (MONTH, "2026"), (YEAR, "2026-11"), (QUARTER, "2026-11"), (WEEK, "2026-W54"),
     (ONCE, "2026-12-01..2026-11-01"), (ONCE, "2026-11"), (ONCE, "2026-13-01..2026-13-02"), (MONTH, "9999-01"), (MONTH, "x")],
)  # fmt: skip
def test_a_code_that_names_no_period_is_refused_in_words(kind, code):
    with pytest.raises(NoPeriod) as refused:
        period_of(PeriodRule(kind), code)

    assert "viết như" in refused.value.vi
    assert "write it like" in refused.value.en
