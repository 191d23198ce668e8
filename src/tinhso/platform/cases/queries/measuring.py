"""What thresholds can be set on: how many dossiers are late, and how many cases hang, unit by unit, at this moment."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.flow import Text
from tinhso.platform.capability import Reading
from tinhso.platform.cases.queries.lists import count_hanging
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.units.queries import get_units, list_with_agency

KINDS: Final = ("commune", "department", "agency", "office", "province")
LATE: Final = """
select unit_key, count(*) from cases_case
where closed_at is null and kind = 'dossier' and due_at < %s and paused_at is null and resolved_at is null group by unit_key
"""


def read_late(now: datetime) -> Iterator[Reading]:
    """The open dossiers whose promised moment has passed while their clock runs, for each unit that takes cases in."""
    with connection.cursor() as cursor:
        cursor.execute(LATE, [now])
        counts = dict(cursor.fetchall())
    return _readings("cases.late", counts, "onestop:progress", now)


def read_hanging(now: datetime) -> Iterator[Reading]:
    """Open cases that nobody holds and that wait for nobody, or whose wait is over; as of a minute ago at most."""
    return _readings("cases.hanging", count_hanging(now), "onestop:hanging", now)


def _readings(source: str, counts: Mapping[str, int], page: str, now: datetime) -> Iterator[Reading]:
    """A reading for each unit that takes cases in or has some: none is a count too."""
    units = {unit.key: unit for unit in list_with_agency(now.astimezone(VIETNAM).date(), kinds=KINDS)}
    units |= get_units(counts.keys() - units.keys())
    for key, unit in units.items():
        name = Text(unit.name, unit.name_en or unit.name)
        value = Decimal(counts.get(key, 0))
        yield Reading(source, key, key, name, value, _("hồ sơ"), now, _page_of(page, key))


def _page_of(page: str, unit_key: str) -> str:
    try:
        return f"{reverse(page)}?unit={unit_key}"
    except NoReverseMatch:  # the page is a module's, which may not be there
        return ""
