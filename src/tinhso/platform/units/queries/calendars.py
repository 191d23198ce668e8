"""Working calendars as the packs decided them, ready to compute with."""

from datetime import date

from tinhso.kernel.worktime import EVERY_CALENDAR, Calendar, build_calendars, parse_override
from tinhso.platform.units import models
from tinhso.platform.units.queries.keeping import Kept
from tinhso.platform.units.queries.units import NoSuchUnit, get_unit, successors_of

_calendars: Kept[str, Calendar] = Kept()


def get_calendar(unit_key: str, on: date) -> Calendar:
    """
    The calendar by which a unit works: its own, else that of the nearest unit above which has one.

    A unit that no longer stands on that day has the calendar of what succeeded it (the first by key, when split),
    since its open cases went there. The calendar holds all its versions; it is kept in the process until packs are loaded.

    :raises NoSuchUnit: the unit, or a calendar for it, does not exist
    """
    unit = get_unit(unit_key)
    if not unit.is_valid(on):
        unit = next((found for found, _ in successors_of(unit_key, on)), unit)
    for key in reversed(unit.path):
        if code := get_unit(key).calendar:
            return get_calendar_by_code(code)
    raise NoSuchUnit(f"{unit.name} chưa có lịch làm việc.", f"{unit.name_en} has no working calendar.")


def get_calendar_by_code(code: str) -> Calendar:
    """
    The calendar of that code, such as "national".

    :raises NoSuchUnit: there is none
    """
    return _calendars.get(code, _read_calendar)


def list_calendar_codes() -> list[str]:
    """The codes of all calendars, by alphabet."""
    return list(models.CalendarVersion.objects.order_by("code").values_list("code", flat=True).distinct())


def _read_calendar(code: str) -> Calendar:
    tables = list(models.CalendarVersion.objects.filter(code=code).order_by("version").values_list("body", flat=True))
    if not tables:
        raise NoSuchUnit(f"Không có lịch làm việc “{code}”.", f"There is no working calendar “{code}”.")
    days = models.DecidedDay.objects.filter(calendar__in=[EVERY_CALENDAR, code]).order_by("id")
    return build_calendars(tables, [parse_override(day) for day in days.values_list("body", flat=True)])[code]
