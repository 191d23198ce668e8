"""Whose calendar a unit works by."""

from datetime import date

import pytest

from tinhso.kernel.worktime import CalendarError, read_calendars
from tinhso.platform.units import actions, models, queries
from tinhso.platform.units.tests.conftest import FOLDERS, NOW, Loader

TODAY = date(2026, 11, 21)
DONG_DANG = "06184@2025-07-01"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_a_commune_works_by_the_national_calendar():
    calendar = queries.get_calendar(DONG_DANG, TODAY)

    assert calendar.code == "national"
    assert calendar.day(date(2026, 11, 20)).counted
    assert not calendar.day(date(2026, 11, 21)).counted
    assert calendar is queries.get_calendar("H37.44.04@2025-07-01", TODAY)


def test_the_provincial_centre_is_open_on_saturday_morning():
    calendar = queries.get_calendar("H37.20@2025-07-01", TODAY)

    assert calendar.code == "saturday_reception"
    assert calendar.day(TODAY).sessions
    assert not calendar.day(TODAY).counted


def test_a_unit_that_ended_works_by_the_calendar_of_its_successor(django_assert_num_queries):
    models.Unit.objects.filter(key=DONG_DANG).update(calendar="saturday_desk")
    queries.forget_units()

    assert queries.get_calendar("06214@2008-08-01", date(2025, 6, 30)).code == "national"
    assert queries.get_calendar("06214@2008-08-01", TODAY).code == "saturday_desk"
    with django_assert_num_queries(0):
        queries.get_calendar(DONG_DANG, TODAY)
    queries.forget_units()


def test_the_calendar_in_the_database_is_that_of_the_pack():
    shipped = read_calendars(*FOLDERS)

    assert queries.list_calendar_codes() == sorted(shipped)
    for code, calendar in shipped.items():
        kept = queries.get_calendar_by_code(code)
        days = range(date(2024, 12, 1).toordinal(), date(2028, 1, 1).toordinal())
        assert [kept.at(day) for day in days] == [calendar.at(day) for day in days]
        assert (kept.name, kept.decided_until) == (calendar.name, calendar.decided_until)


def test_a_calendar_that_does_not_exist_is_told():
    with pytest.raises(queries.NoSuchUnit, match="moon"):
        queries.get_calendar_by_code("moon")
    models.Unit.objects.create(
        key="X@2026-01-01", code="X", kind="school", name="Trường", path=["X@2026-01-01"], valid_from=date(2026, 1, 1)
    )
    with pytest.raises(queries.NoSuchUnit, match="lịch làm việc"):
        queries.get_calendar("X@2026-01-01", TODAY)


def test_a_calendar_that_cannot_be_is_refused_and_the_old_ones_stay():
    before = queries.list_calendar_codes()

    with pytest.raises(CalendarError):
        actions.load_calendars(
            tables=[{"code": "x", "version": "2026-01-01", "name": {"vi": "x", "en": "x"}, "week": {}}],
            holidays=[],
            actor=Loader(),
            now=NOW,
        )

    assert queries.list_calendar_codes() == before
