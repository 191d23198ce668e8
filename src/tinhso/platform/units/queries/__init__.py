"""The readers of the units module. Every look-up by a bare code takes a day; a key carries its own."""

from tinhso.platform.units.queries.calendars import get_calendar, get_calendar_by_code, list_calendar_codes
from tinhso.platform.units.queries.keeping import forget_units, forget_when_packs_change, notice_new_packs
from tinhso.platform.units.queries.units import (
    KINDS,
    NoSuchUnit,
    count_units,
    find_nearest,
    find_unit,
    find_units_by_name,
    get_agency_code,
    get_unit,
    get_units,
    list_ancestors,
    list_children,
    list_descendant_keys,
    list_overlaps,
    list_seats,
    list_with_agency,
    predecessors_of,
    successors_of,
)

__all__ = [
    "KINDS",
    "NoSuchUnit",
    "count_units",
    "find_nearest",
    "find_unit",
    "find_units_by_name",
    "forget_units",
    "forget_when_packs_change",
    "get_agency_code",
    "get_calendar",
    "get_calendar_by_code",
    "get_unit",
    "get_units",
    "list_ancestors",
    "list_calendar_codes",
    "list_children",
    "list_descendant_keys",
    "list_overlaps",
    "list_seats",
    "list_with_agency",
    "notice_new_packs",
    "predecessors_of",
    "successors_of",
]
