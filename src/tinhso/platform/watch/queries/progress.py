"""How the open cases of units stand against their deadlines: by unit, state and who is waited for. Reads open cases only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from tinhso.kernel.flow import Procedure, State
from tinhso.platform.cases.queries import get_procedure

COUNTED_AT_MOST: Final = 2000  # of one unit
SHOWN: Final = 50
LATE, TODAY, SOON, LATER, RESTING, READY, UNDATED = "late", "today", "soon", "later", "resting", "ready", "undated"
BUCKETS: Final = (LATE, TODAY, SOON, LATER, UNDATED, RESTING, READY)
STANDING: Final = """
select u.unit_key, c.procedure_code, c.procedure_version, c.state,
    case when c.resolved_at is not null then 'ready' when c.paused_at is not null then 'resting' when c.due_at is null then 'undated'
        when c.due_at < %(now)s then 'late' when c.due_at < %(tonight)s then 'today' when c.due_at < %(soon)s then 'soon'
        else 'later' end as bucket,
    count(*), min(c.filed_at)
from unnest(%(units)s::text[]) as u(unit_key) cross join lateral (
    select procedure_code, procedure_version, state, due_at, paused_at, resolved_at, filed_at from cases_case
    where unit_key = u.unit_key and closed_at is null limit %(limit)s
) c group by 1, 2, 3, 4, 5
"""
AWAITED: Final = """
select t.awaited, count(*), min(t.since) from cases_case c join cases_wait t on t.case_id = c.id and t.closed_at is null
where c.unit_key = %(unit)s and c.closed_at is null and t.awaited in ('applicant', 'payment', 'sub_cases')
group by 1 order by 2 desc
"""
PARTS: Final = """
select p.public_id, p.code, s.procedure_code, s.procedure_version, s.state, s.unit_key, s.filed_at, s.due_at
from cases_case p join cases_case s on s.parent_id = p.id and s.closed_at is null
where p.unit_key = %(unit)s and p.closed_at is null order by s.due_at nulls last, s.id limit %(limit)s
"""
ITEMS: Final = """
select role, state, count(*), count(*) filter (where due_at < %(now)s), min(opened_at) from cases_workitem
where unit_key = %(unit)s and closed_at is null group by 1, 2 order by 3 desc, 1, 2
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many open cases of a unit stand in one state of one procedure, in one bucket of time; the oldest of them."""

    unit_key: str
    procedure: Procedure
    state: State
    bucket: str
    count: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class AwaitedCount:
    """For whom open cases of a unit wait, how many, since when the oldest."""

    whom: str
    count: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """An open sub-case at another agency, with a clock of its own, and the case that waits for it."""

    parent_id: str
    parent_code: str | None
    procedure: Procedure
    state: State
    unit_key: str
    opened_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldCount:
    """How much work a role of a unit holds in one state, how much of it is late, since when the oldest lies there."""

    role: str
    state: str
    count: int
    late: int
    since: datetime


def count_standing(unit_keys: Sequence[str], now: datetime, *, tonight: datetime, soon: datetime) -> list[Standing]:
    """Open cases of these units by unit, procedure, state and time left; each unit counts to 2,000 at most."""
    asked = {"units": list(unit_keys), "now": now, "tonight": tonight, "soon": soon, "limit": COUNTED_AT_MOST}
    return [
        Standing(unit_key, *_placed(code, version, state), bucket, count, oldest)
        for unit_key, code, version, state, bucket, count, oldest in _read(STANDING, asked)
    ]


def count_awaited(unit_key: str) -> list[AwaitedCount]:
    """For whom the open cases of a unit wait."""
    return [AwaitedCount(*row) for row in _read(AWAITED, {"unit": unit_key})]


def list_parts(unit_key: str, *, limit: int = SHOWN) -> list[Part]:
    """The open sub-cases that the cases of a unit wait for, those due first before the others."""
    rows = _read(PARTS, {"unit": unit_key, "limit": limit})
    return [
        Part(parent, code, *_placed(procedure, version, state), *rest)
        for parent, code, procedure, version, state, *rest in rows
    ]


def count_held(unit_key: str, now: datetime) -> list[HeldCount]:
    """The open work of a unit by role and state."""
    return [HeldCount(*row) for row in _read(ITEMS, {"unit": unit_key, "now": now})]


def _placed(code: str, version: date, state: str) -> tuple[Procedure, State]:
    procedure = get_procedure(code, version)
    return procedure, procedure.state(state)


def _read(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
