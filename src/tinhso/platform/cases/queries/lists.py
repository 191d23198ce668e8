"""Lists of cases: inboxes, a person's own, waits that are over, and what hangs. Keyset pages, never an exact count."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from types import MappingProxyType
from typing import Any

from django.db import connection

from tinhso.kernel.flow import Procedure, State
from tinhso.kernel.identifiers import read_tracking_id
from tinhso.platform.cases import models
from tinhso.platform.cases.queries.procedures import get_procedure
from tinhso.platform.people.rules import Actor

PAGE = 50
COUNTED_FOR = timedelta(minutes=1)
COUNT_AT_MOST = 1000
GRACE = timedelta(minutes=15)

INBOX = """
select w.id, w.sort_at, w.due_at, w.role, c.public_id, c.code, c.procedure_code, c.procedure_version, c.state, c.title,
    c.applicant_name, c.unit_key, c.filed_at, c.applicant_code
from unnest(%(units)s::text[], %(roles)s::text[], %(scopes)s::text[]) as held(unit_key, role, scope)
cross join lateral (
    select i.id, i.sort_at, i.due_at, i.role, i.case_id from cases_workitem i
    where i.unit_key = held.unit_key and i.role = held.role and i.closed_at is null and i.officer_code in ('', %(officer)s)
        and (held.scope = '' or exists (select from cases_case d where d.id = i.case_id
            and d.procedure_code = any(string_to_array(held.scope, ' '))))
        and (i.sort_at, i.id) > (%(sort_at)s, %(after)s)
        and (%(kinds)s::text[] is null or (select kind from cases_case k where k.id = i.case_id) = any(%(kinds)s::text[]))
    order by i.sort_at, i.id limit %(limit)s
) w join cases_case c on c.id = w.case_id
order by w.sort_at, w.id limit %(limit)s
"""
COUNTS = """
select count(*) filter (where sort_at < %(now)s and due_at is not null), count(*) filter (where due_at >= %(now)s and due_at < %(tonight)s),
    count(*) filter (where due_at >= %(tonight)s and due_at < %(tomorrow)s), count(*)
from (
    select w.sort_at, w.due_at from unnest(%(units)s::text[], %(roles)s::text[], %(scopes)s::text[]) as held(unit_key, role, scope)
    cross join lateral (
        select sort_at, due_at from cases_workitem i
        where i.unit_key = held.unit_key and i.role = held.role and i.closed_at is null and i.officer_code in ('', %(officer)s)
        and (held.scope = '' or exists (select from cases_case d where d.id = i.case_id
            and d.procedure_code = any(string_to_array(held.scope, ' '))))
        order by sort_at limit %(limit)s) w
) bounded
"""
HANGING = """
select c.public_id, c.code, c.state, c.unit_key, c.changed_at, 'nobody holds it' as trouble, null::jsonb as refusal
from cases_case c
where c.closed_at is null
    and not exists (select from cases_workitem w where w.case_id = c.id and w.closed_at is null)
    and not exists (select from cases_wait t where t.case_id = c.id and t.closed_at is null)
union all
select c.public_id, c.code, c.state, c.unit_key, t.until, 'its wait is over', t.refusal from cases_wait t join cases_case c on c.id = t.case_id
where t.closed_at is null and t.until < %(late)s
union all
select c.public_id, c.code, c.state, c.unit_key, t.since, 'its sub-cases are over', null from cases_wait t join cases_case c on c.id = t.case_id
where t.closed_at is null and t.awaited = 'sub_cases' and c.closed_at is null
    and not exists (select from cases_case s where s.parent_id = c.id and s.closed_at is null)
order by 5 limit 200
"""


class _Counted:
    """The last count of what hangs, in this process."""

    at: datetime | None = None
    by_unit: Mapping[str, int] = MappingProxyType({})


_counted, _counting = _Counted(), Lock()


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One piece of open work."""

    item_id: int
    sort_at: datetime
    due_at: datetime | None
    role: str
    public_id: str
    code: str | None
    procedure: Procedure
    state: State
    title: str
    applicant_name: str
    unit_key: str
    filed_at: datetime
    applicant_code: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of an inbox; `after` is the key of the next page, or None at the end."""

    rows: tuple[InboxRow, ...]
    after: tuple[datetime, int] | None


def _held(actor: Actor, roles: Sequence[str] | None) -> dict[str, Any]:
    """The actor's posts as three columns; `scope` names the procedures a delegated post is limited to."""
    posts = sorted(
        {
            (each.unit_key, each.role, " ".join(sorted(each.procedures)))
            for each in actor.posts
            if not roles or each.role in roles
        }
    )
    units, held_roles, scopes = ([post[n] for post in posts] for n in range(3))
    return {"units": units, "roles": held_roles, "scopes": scopes, "officer": actor.code}


def list_inbox(
    actor: Actor,
    *,
    roles: Sequence[str] | None = None,
    kinds: Sequence[str] | None = None,
    after: tuple[datetime, int] | None = None,
    limit: int = PAGE,
) -> Inbox:
    """The open work of all the actor's posts (or of some roles, on some kinds of case), most urgent first."""
    floor, last = (after[0].isoformat(), after[1]) if after else ("-infinity", 0)
    asked: dict[str, Any] = {
        "sort_at": floor,
        "after": last,
        "limit": limit + 1,
        "kinds": list(kinds) if kinds else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(INBOX, {**_held(actor, roles), **asked})
        rows = [_inbox_row(row) for row in cursor.fetchall()]
    more = len(rows) > limit
    rows = rows[:limit]
    return Inbox(tuple(rows), (rows[-1].sort_at, rows[-1].item_id) if more else None)


def _inbox_row(row: tuple[Any, ...]) -> InboxRow:
    item_id, sort_at, due_at, role, public_id, code, procedure_code, version, state, *named = row
    procedure = get_procedure(procedure_code, version)
    return InboxRow(item_id, sort_at, due_at, role, public_id, code, procedure, procedure.state(state), *named)


def count_inbox(
    actor: Actor, now: datetime, *, tonight: datetime, roles: Sequence[str] | None = None
) -> dict[str, int]:
    """How much is late, due today, due tomorrow, and open in all; each post counts to 1,000 at most."""
    when: dict[str, Any] = {
        "now": now,
        "tonight": tonight,
        "tomorrow": tonight + timedelta(days=1),
        "limit": COUNT_AT_MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {**_held(actor, roles), **when})
        late, today, tomorrow, open_in_all = cursor.fetchone()
    return {"late": late, "today": today, "tomorrow": tomorrow, "open": open_in_all}


def list_filed_by(applicant_code: str, *, before: int | None = None, limit: int = PAGE) -> list[models.Case]:
    """A person's own cases, the newest first; `before` is the id of the last row of the page before."""
    rows = models.Case.objects.filter(applicant_code=applicant_code, parent=None)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-id")[:limit])


def find_case(text: str) -> models.Case | None:
    """The case with that tracking id or dossier code, however it was typed; None when there is none."""
    typed = "".join(text.split()).upper()
    try:
        typed_id = read_tracking_id(typed)
    except ValueError:
        typed_id = typed
    return models.Case.objects.filter(public_id=typed_id).first() or models.Case.objects.filter(code=typed).first()


def list_expired_waits(now: datetime, limit: int) -> dict[str, list[str]]:
    """Tracking ids of the cases whose wait is over, by the act to do now; not those set back after a refusal."""
    rows = models.Wait.objects.filter(closed_at=None, until__lte=now).exclude(then="").exclude(next_try_at__gt=now)
    rows = rows.order_by("until")[:limit]
    found: dict[str, list[str]] = defaultdict(list)
    for act, public_id in rows.values_list("then", "case__public_id"):
        found[act].append(public_id)
    return found


def list_hanging(now: datetime) -> list[dict[str, Any]]:
    """
    Open cases that nobody holds and that wait for nobody, or whose wait is over and nothing happened; at most 200.

    `refusal` says (`vi`, `en`) why the act that the wait names could not be done, or is None.
    """
    names = ("public_id", "code", "state", "unit_key", "since", "trouble", "refusal")
    with connection.cursor() as cursor:
        cursor.execute(HANGING, {"late": now - GRACE})
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [{**row, "refusal": json.loads(row["refusal"]) if row["refusal"] else None} for row in found]


def count_hanging(now: datetime) -> Mapping[str, int]:
    """How many cases hang by unit, as of a minute ago at most: every page that shows the figure asks for it."""
    with _counting:
        if _counted.at is None or not timedelta(0) <= now - _counted.at < COUNTED_FOR:
            _counted.by_unit = Counter(case["unit_key"] for case in list_hanging(now))
            _counted.at = now
        return _counted.by_unit


def forget_hanging() -> None:
    """Count anew at the next question."""
    _counted.at = None
