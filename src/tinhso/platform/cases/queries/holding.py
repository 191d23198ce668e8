"""Who holds the open cases of a unit, and for whom they wait: the work of one case, lists and counts by state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from tinhso.kernel.flow import Procedure, State
from tinhso.platform.cases import models
from tinhso.platform.cases.queries.procedures import get_procedure
from tinhso.platform.cases.queries.reading import CaseView, view_of

OPEN_COUNTED_AT_MOST = 2000
PAGE = 50
FIRST = ("-infinity", 0)

OPEN_CASES = """
select id, coalesce(due_at, 'infinity')::text, public_id, code, procedure_code, procedure_version, state, title, applicant_name, filed_at,
    due_at, paused_at, resolved_at, unit_key, applicant_code
from cases_case
where unit_key = %(unit)s and closed_at is null and (%(state)s = '' or state = %(state)s)
    and (not %(running)s or (resolved_at is null and paused_at is null))
    and (coalesce(due_at, 'infinity'), id) > (%(due)s::timestamptz, %(after)s)
order by coalesce(due_at, 'infinity'), id limit %(limit)s
"""
OPEN_STATES = """
select u.unit_key, c.procedure_code, c.procedure_version, c.state, count(*),
    count(*) filter (where c.due_at < %(now)s and c.paused_at is null and c.resolved_at is null)
from unnest(%(units)s::text[]) as u(unit_key) cross join lateral (
    select procedure_code, procedure_version, state, due_at, paused_at, resolved_at from cases_case
    where unit_key = u.unit_key and closed_at is null limit %(limit)s
) c group by 1, 2, 3, 4 order by 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One open case of a unit, as its leader's list shows it."""

    public_id: str
    code: str | None
    procedure: Procedure
    state: State
    title: str
    applicant_name: str
    filed_at: datetime
    due_at: datetime | None
    paused_at: datetime | None
    resolved_at: datetime | None
    unit_key: str
    applicant_code: str


@dataclass(frozen=True, slots=True)
class OpenCases:
    """One page of open cases, the most urgent first; `after` is the key of the next page, or None at the end."""

    rows: tuple[OpenCase, ...]
    after: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many open cases of a unit stand in one state of one procedure, and how many of them are late."""

    unit_key: str
    procedure: Procedure
    state: State
    count: int
    late: int


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch of time in which a role of a unit, or one officer, held a case; open while `closed_at` is None."""

    unit_key: str
    role: str
    officer_code: str
    state: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    closed_by: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """A stretch of time in which a case waited for somebody; open while `closed_at` is None."""

    whom: str
    since: datetime
    until: datetime | None
    closed_at: datetime | None


def list_held(case_id: int) -> list[Held]:
    """Who held the case, in order; the open ones last."""
    fields = ("unit_key", "role", "officer_code", "state", "opened_at", "due_at", "closed_at", "closed_by")
    return [Held(*row) for row in models.WorkItem.objects.filter(case_id=case_id).order_by("id").values_list(*fields)]


def list_awaited(case_id: int) -> list[Awaited]:
    """For whom the case waited, in order."""
    fields = ("awaited", "since", "until", "closed_at")
    return [Awaited(*row) for row in models.Wait.objects.filter(case_id=case_id).order_by("id").values_list(*fields)]


def list_open_cases(
    unit_key: str,
    *,
    state: str = "",
    is_running: bool = False,
    after: tuple[str, int] | None = None,
    limit: int = PAGE,
) -> OpenCases:
    """
    The open cases of a unit, in one state or all, those due first before the others; without a due date last.

    :param is_running: only those whose work is not done and whose clock does not rest
    """
    due, last = after or FIRST
    asked: dict[str, Any] = {
        "unit": unit_key,
        "state": state,
        "running": is_running,
        "due": due,
        "after": last,
        "limit": limit + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(OPEN_CASES, asked)
        found = cursor.fetchall()
    key = (found[limit - 1][1], found[limit - 1][0]) if len(found) > limit else None
    return OpenCases(tuple(_open_case(row[2:]) for row in found[:limit]), key)


def _open_case(row: Sequence[Any]) -> OpenCase:
    public_id, code, procedure_code, version, state, *rest = row
    procedure = get_procedure(procedure_code, version)
    return OpenCase(public_id, code, procedure, procedure.state(state), *rest)


def count_open_states(unit_keys: Sequence[str], now: datetime) -> list[StateCount]:
    """Open cases of these units by unit, procedure and state; each unit counts to 2,000 at most."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_STATES, {"units": list(unit_keys), "now": now, "limit": OPEN_COUNTED_AT_MOST})
        rows = cursor.fetchall()
    found = []
    for unit_key, code, version, state, count, late in rows:
        procedure = get_procedure(code, version)
        found.append(StateCount(unit_key, procedure, procedure.state(state), count, late))
    return found


def get_cases(public_ids: Sequence[str]) -> Mapping[str, CaseView]:
    """The cases with those ids, by id; ids of no case are left out. One statement."""
    return {row.public_id: view_of(row) for row in models.Case.objects.filter(public_id__in=list(public_ids))}


def find_parent(case: CaseView) -> CaseView | None:
    """The case that waits for this one, or None."""
    row = models.Case.objects.filter(pk=case.parent_id).first() if case.parent_id else None
    return view_of(row) if row else None


def list_sub_cases(case_id: int) -> list[CaseView]:
    """The cases that this one waits or waited for, in the order they were opened."""
    return [view_of(row) for row in models.Case.objects.filter(parent_id=case_id).order_by("id")]
