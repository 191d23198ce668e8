"""Reading the register of dossiers: by unit and period in the order they were accepted, page after page, whatever its length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from tinhso.modules.government.onestop.models import RegisterOrder
from tinhso.modules.government.onestop.queries.oversight import may_watch, watched_units
from tinhso.modules.government.onestop.rules.register import Asked, Line
from tinhso.platform.cases.queries import get_procedure
from tinhso.platform.people.queries.contacts import get_phones
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_unit, list_children

PAGE, BATCH = 50, 1000
BELOW = ("commune", "agency", "department")
Key = tuple[str, int]  # accepted at, as PostgreSQL writes it, and id

LINES = """
select id, accepted_at::text as key_at, public_id, coalesce(code, ''), procedure_code, procedure_version, state, applicant_name, applicant_code,
    channel, coalesce(data->>'delivery', ''), accepted_at, due_at, paused_at, resolved_at, closed_at
from cases_case
where unit_key = %(unit)s and accepted_at >= %(start)s and accepted_at < %(end)s and kind = 'dossier'
    and (accepted_at, id) > (%(after_at)s::timestamptz, %(after_id)s)
    and (%(procedure)s = '' or procedure_code = %(procedure)s)
    and (%(channel)s = '' or channel = %(channel)s)
    and case %(standing)s
        when 'open' then resolved_at is null and closed_at is null
        when 'late' then due_at < coalesce(resolved_at, %(now)s) and (resolved_at is not null or (paused_at is null and closed_at is null))
        when 'in_time' then resolved_at <= due_at
        when 'returned' then closed_at is not null and resolved_at is not null and state = 'returned'
        else true end
order by cases_case.accepted_at, id limit %(limit)s
"""
COUNT = """
select count(*) from (select from cases_case where unit_key = %(unit)s and accepted_at >= %(start)s and accepted_at < %(end)s
    and kind = 'dossier' limit %(limit)s) bounded
"""


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of the register; `after` continues them, None at the end."""

    lines: tuple[Line, ...]
    after: Key | None


def list_lines(asked: Asked, now: datetime, *, after: Key | None = None, limit: int = PAGE) -> Page:
    """The lines after that key, the first accepted first. Two statements, and one for the telephone numbers of organisations."""
    with connection.cursor() as cursor:
        cursor.execute(LINES, _values(asked, now) | {"limit": limit + 1} | _after(after))
        rows = cursor.fetchall()
    phones = get_phones({row[8] for row in rows[:limit] if row[8]}) if rows else {}
    key = (rows[limit - 1][1], rows[limit - 1][0]) if len(rows) > limit else None
    return Page(tuple(_line(row, phones) for row in rows[:limit]), key)


def iterate_lines(asked: Asked, now: datetime, *, batch: int = BATCH) -> Iterator[Sequence[Line]]:
    """All lines, some at a time, so that memory does not grow with the register."""
    after: Key | None = None
    while True:
        page = list_lines(asked, now, after=after, limit=batch)
        if page.lines:
            yield page.lines
        after = page.after
        if after is None:
            return


def count_lines(asked: Asked, now: datetime, *, most: int) -> int:
    """How many dossiers the period has, before filters, to that number at most."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, _values(asked, now) | {"limit": most})
        found: int = cursor.fetchone()[0]
    return found


def units_of_register(actor: Actor) -> list[str]:
    """Units whose register the officer may open: where a post is held, and those right below the ones watched over."""
    own = [post.unit_key for post in actor.posts if not post.procedures]
    return list(dict.fromkeys(own))


def list_units_below(unit_key: str, now: datetime) -> list[tuple[str, str]]:
    """Keys and names of the units right below, to choose from."""
    rows = list_children(unit_key, now.date(), kinds=BELOW)
    return sorted(((row.key, row.name) for row in rows), key=lambda each: each[1])


def may_read_register(actor: Actor, unit_key: str) -> bool:
    """Whether the officer works at the unit, or watches over it."""
    return unit_key in units_of_register(actor) or may_watch(actor, unit_key)


def watches_below(actor: Actor, unit_key: str) -> bool:
    """Whether the officer may choose among the units below that one."""
    return unit_key in watched_units(actor) or any(key in get_unit(unit_key).path for key in watched_units(actor))


def find_order(public_id: str, actor: Actor) -> RegisterOrder | None:
    """That order of the actor's, or None."""
    return RegisterOrder.objects.filter(public_id=public_id, actor_code=actor.code).first()


def _values(asked: Asked, now: datetime) -> dict[str, Any]:
    return {
        "unit": asked.unit_key, "start": asked.start, "end": asked.end, "now": now,
        "procedure": asked.procedure, "standing": asked.standing, "channel": asked.channel,
    }  # fmt: skip


def _after(after: Key | None) -> dict[str, Any]:
    return {"after_at": after[0] if after else "-infinity", "after_id": after[1] if after else 0}


def _line(row: Sequence[Any], phones: Any) -> Line:
    case_id, _at, public_id, code, procedure_code, version, state, name, person, channel, delivery, *times = row
    procedure = get_procedure(procedure_code, version)
    return Line(
        case_id, public_id, code, procedure, procedure.state(state), name, phones.get(person, ""), channel, delivery, *(*times, person)
    )  # fmt: skip
