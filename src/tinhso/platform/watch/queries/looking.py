"""What each kind of rule looks at: open cases and units that give cause for a warning now. Reads open cases only."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from tinhso.kernel.worktime import VIETNAM, Calendar, Duration, due, elapsed_working
from tinhso.platform.units.queries import get_calendar
from tinhso.platform.watch.rules import Rule
from tinhso.platform.watch.rules.reading import ASKED_AGAIN, LATE_AT_UNIT, LONGER, SHARE, TIME_LEFT

SHORTEST_DAYS = 1  # what usually takes an hour is no worry before a day has gone by
UNITS = "select distinct unit_key from cases_case where closed_at is null"
RUNNING = "c.closed_at is null and c.paused_at is null and c.resolved_at is null"
SOON = f"""
select c.public_id, c.unit_key, c.due_at
from unnest(%(units)s::text[], %(moments)s::timestamptz[]) as u(unit_key, before) join cases_case c on c.unit_key = u.unit_key
where {RUNNING} and c.due_at >= %(now)s and c.due_at < u.before and c.state = any(%(states)s) order by c.due_at
"""  # noqa: S608 - constants
LIMITED = f"""
select c.public_id, c.unit_key, c.filed_at, c.due_at from cases_case c
where {RUNNING} and c.due_at is not null and c.kind = any(%(kinds)s) order by c.due_at
"""  # noqa: S608
LATE = f"""
select c.unit_key, c.unit_key, count(*) from cases_case c where {RUNNING} and c.due_at < %(now)s
group by c.unit_key having count(*) > %(measure)s order by 3 desc
"""  # noqa: S608
SLOW = """
select c.public_id, c.unit_key, extract(epoch from %(now)s - w.opened_at)::float / 86400
from cases_workitem w join cases_case c on c.id = w.case_id
join watch_pace p on p.unit_key = '' and p.procedure_code = c.procedure_code and p.state = w.state and p.role = w.role
where w.closed_at is null and c.resolved_at is null and p.count >= %(measure)s
    and w.opened_at < %(now)s - greatest(p.p90_days, %(shortest)s) * interval '1 day'
order by w.opened_at
"""
AGAIN = """
select c.public_id, c.unit_key, count(*) from cases_case c join cases_remark r on r.case_id = c.id
where c.closed_at is null and c.resolved_at is null and r.answers ? 'papers'
group by c.public_id, c.unit_key having count(*) >= %(measure)s
"""


@dataclass(frozen=True, slots=True)
class Found:
    """One cause for a warning: the case (tracking id) or unit (key), its unit, and the measure as it is said."""

    subject: str
    unit_key: str
    measure: str


def _read(statement: str, asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(asked))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _calendar(unit_key: str, now: datetime) -> Calendar:
    return get_calendar(unit_key, now.astimezone(VIETNAM).date())


def find_with_little_time(rule: Rule, now: datetime) -> list[Found]:
    """Cases in these states, not late yet, that are due before so many working hours have gone by, by the calendar of their unit."""
    units = [key for (key,) in _read(UNITS, {})]
    hours = Duration(Decimal(rule.measure), "working_hour")
    moments: dict[Calendar, datetime] = {}
    for calendar in {id(each): each for each in (_calendar(key, now) for key in units)}.values():
        moments[calendar] = due(now, hours, calendar).due_at
    asked = {
        "units": units,
        "moments": [moments[_calendar(key, now)] for key in units],
        "states": list(rule.states),
        "now": now,
    }
    return [Found(subject, unit, _said(due_at)) for subject, unit, due_at in _read(SOON, asked)]


def find_unanswered(rule: Rule, now: datetime) -> list[Found]:
    """Cases of these kinds of whose limit so many percent have gone by, in working time."""
    found = []
    for subject, unit, begun, due_at in _read(LIMITED, {"kinds": list(rule.kinds)}):
        calendar = _calendar(unit, now)
        whole = elapsed_working(begun, due_at, calendar).total_seconds()
        gone = elapsed_working(begun, now, calendar).total_seconds() if now > begun else 0.0
        if now >= due_at or (whole and gone * 100 >= whole * rule.measure):
            found.append(Found(subject, unit, f"{min(100, int(gone * 100 / whole)) if whole else 100}%"))
    return found


def find_late_units(rule: Rule, now: datetime) -> list[Found]:
    """Units with more late cases than that."""
    rows = _read(LATE, {"now": now, "measure": rule.measure})
    return [Found(subject, unit, str(count)) for subject, unit, count in rows]


def find_slow(rule: Rule, now: datetime) -> list[Found]:
    """Cases that somebody holds for longer than nine of ten such cases were held, where enough are known."""
    rows = _read(SLOW, {"now": now, "measure": rule.measure, "shortest": SHORTEST_DAYS})
    return [Found(subject, unit, str(int(days))) for subject, unit, days in rows]


def find_asked_again(rule: Rule, now: datetime) -> list[Found]:  # noqa: ARG001 - one shape for all
    """Open cases whose applicant was asked for papers that often."""
    rows = _read(AGAIN, {"measure": rule.measure})
    return [Found(subject, unit, str(count)) for subject, unit, count in rows]


def _said(at: datetime) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m}"


LOOKERS: Final[Mapping[str, Callable[[Rule, datetime], list[Found]]]] = {
    TIME_LEFT: find_with_little_time,
    SHARE: find_unanswered,
    LATE_AT_UNIT: find_late_units,
    LONGER: find_slow,
    ASKED_AGAIN: find_asked_again,
}
