"""Working calendars as the packs decided them, ready to compute with."""

from datetime import date

from tinhso.kernel.worktime.calendars import EVERY_CALENDAR, Calendar, Override
from tinhso.kernel.worktime.days import parse_sessions, parse_week
from tinhso.kernel.worktime.texts import Text
from tinhso.platform.units import models
from tinhso.platform.units.queries.keeping import Kept
from tinhso.platform.units.queries.units import NoSuchUnit, get_unit, successors_of

_calendars: Kept[str, Calendar] = Kept()


def get_calendar(unit_key: str, on: date) -> Calendar:
    """
    The calendar by which a unit works: its own, else that of the nearest unit above which has one.

    A unit that no longer stands on that day has the calendar of what succeeded it (the first by key, when split),
    since its open cases went there. The calendar holds all its versions; it is kept in the process for up to a minute.

    :raises NoSuchUnit: the unit, or a calendar for it, does not exist
    """
    unit = get_unit(unit_key)
    if not unit.is_valid(on):
        unit = next((found for found, _ in successors_of(unit_key, on)), unit)
    for key in reversed(unit.keys):
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
    versions = list(models.CalendarVersion.objects.filter(code=code).order_by("version"))
    if not versions:
        raise NoSuchUnit(f"Không có lịch làm việc “{code}”.", f"There is no working calendar “{code}”.")
    newest = versions[-1].body
    decided = newest["decided_until"]
    return Calendar(
        code,
        Text(*newest["name"]),
        [parse_week(row.version, row.body["week"], row.body["reception_only"]) for row in versions],
        [
            _override(row)
            for row in models.DecidedDay.objects.filter(calendar__in=[EVERY_CALENDAR, code]).order_by("on")
        ],
        decided_until=date.fromisoformat(decided) if decided else None,
    )


def _override(row: models.DecidedDay) -> Override:
    instead_of = row.body["instead_of"]
    return Override(
        on=row.on,
        kind=row.body["kind"],
        calendar=row.calendar,
        reason=Text(*row.body["reason"]),
        source=row.body["source"],
        instead_of=date.fromisoformat(instead_of) if instead_of else None,
        sessions=parse_sessions(row.body["sessions"]),
    )
