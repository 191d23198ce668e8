"""The hot statements: open a case, see where cases stand, apply any number of moves; one round trip each."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Final

from tinhso.platform.cases.rules import Move, Standing

ALWAYS: Final = "case_id bigint, revision int, act text, state text, fact text"
SHARED: Final = "position int, body text, deliver boolean, actor_code text, actor_name text, moved_at timestamptz"
COLUMNS: Final[Mapping[str, str]] = {
    "code": "code_prefix text",
    "dates": "accepted_at timestamptz, due_at timestamptz, due_first_at timestamptz, paused_at timestamptz, extensions smallint, "
    "extended_days smallint, extended_at timestamptz, resolved_at timestamptz",
    "over": "closed_at timestamptz",
    "item": "holder text, item_due_at timestamptz",
    "wait": "awaited text, wait_until timestamptz, wait_then text",
    "clock": "clock text, clock_reason text",
    "due": "due_changed text, due_before timestamptz",
    "remark": "answers jsonb",
    "data": "patch jsonb",
}
SETS: Final[Mapping[str, str]] = {
    "code": "code = coalesce(c.code, m.issued)",
    "dates": "accepted_at = m.accepted_at, due_at = m.due_at, due_first_at = m.due_first_at, paused_at = m.paused_at, "
    "extensions = m.extensions, extended_days = m.extended_days, extended_at = m.extended_at, resolved_at = m.resolved_at",
    "over": "closed_at = m.closed_at",
    "data": "data = case when m.patch is null then c.data else c.data || m.patch end",
}
LOCKED: Final = """, locked as materialized (
    select c.code as code_before, m.* from move m cross join lateral (
        select code from cases_case where id = m.case_id and revision = m.revision for update
    ) c
)"""
NUMBERED: Final = """, counted as (
    insert into cases_codecounter as k (prefix, last)
    select code_prefix, count(*) from locked where code_prefix is not null and code_before is null
    group by code_prefix order by code_prefix
    on conflict (prefix) do update set last = k.last + excluded.last
    returning prefix, last
), numbered as (
    select n.*, code_prefix || lpad(number::text, greatest(4, length(number::text)), '0') as issued
    from (
        select l.*, k.last - count(*) over one_prefix + row_number() over (one_prefix order by l.position) as number
        from locked l left join counted k on k.prefix = l.code_prefix and l.code_before is null
        window one_prefix as (partition by l.code_prefix, l.code_before is null)
    ) n
)"""
COUNTED: Final = """, counted as (
    insert into cases_codecounter as k (prefix, last) select code_prefix, 1 from locked where code_before is null
    on conflict (prefix) do update set last = k.last + 1 returning last as number
), numbered as (
    select l.*, code_prefix || lpad(number::text, greatest(4, length(number::text)), '0') as issued
    from locked l left join counted on true
)"""
MOVED: Final = """, moved as (
    update cases_case c set {sets} from {source} m where c.id = m.case_id and c.revision = m.revision
    returning m.*, {is_over} as is_over, c.public_id, c.unit_key, c.code, c.parent_id
), closed_items as (
    update cases_workitem w set closed_at = m.moved_at, closed_by = m.actor_code
    from moved m where w.case_id = m.case_id and w.closed_at is null
)"""
TOLD: Final = """
select position, case_id, public_id, code, parent_id,
    ledger_append(fact, public_id, unit_key, actor_code, moved_at, body, deliver)
from moved order by position"""
WRITES: Final[Mapping[str, str]] = {
    "waited": """, closed_waits as (
    update cases_wait w set closed_at = m.moved_at from moved m where w.case_id = m.case_id and w.closed_at is null
)""",
    "item": """, opened_items as (
    insert into cases_workitem (case_id, unit_key, role, officer_code, state, opened_at, due_at, sort_at, closed_by)
    select case_id, unit_key, holder, '', state, moved_at, item_due_at, coalesce(item_due_at, moved_at), ''
    from moved where holder is not null
)""",
    "wait": """, opened_waits as (
    insert into cases_wait (case_id, awaited, since, until, "then")
    select case_id, awaited, moved_at, wait_until, wait_then from moved where awaited is not null
)""",
    "clock": """, stopped as (
    update cases_clocksegment s set stopped_at = m.moved_at, stop_reason = coalesce(nullif(m.clock_reason, ''), m.act)
    from moved m where s.case_id = m.case_id and s.stopped_at is null and (m.clock <> '' or m.is_over)
)""",
    "start": """, started as (
    insert into cases_clocksegment (case_id, started_at, start_reason, stop_reason)
    select case_id, moved_at, clock_reason, '' from moved where clock = 'start' and not is_over
)""",
    "due": """, rescheduled as (
    insert into cases_deadlinechange (case_id, due_before, due_after, reason, changed_at, changed_by)
    select case_id, due_before, due_at, due_changed, moved_at, actor_code from moved where due_changed <> ''
)""",
    "remark": """, remarked as (
    insert into cases_remark (case_id, revision, act, answers, written_at, written_by, writer_name)
    select case_id, revision + 1, act, answers, moved_at, actor_code, actor_name from moved where answers <> '{}'::jsonb
)""",
}

ASKED: Final = """with asked as materialized (
    select * from jsonb_to_record($1::jsonb) as a(
        public_id text, kind text, procedure_code text, procedure_version date, state text, unit_key text,
        applicant_code text, applicant_name text, title text, helper_code text, channel text, language text, data jsonb,
        proof_nonce text, parent_id bigint, filed_at timestamptz, accepted_at timestamptz, due_at timestamptz,
        due_first_at timestamptz, clock_reason text, holder text, item_due_at timestamptz, awaited text, wait_until timestamptz,
        wait_then text, papers jsonb, actor_code text, request_key text, fingerprint text, fact text, body text, deliver boolean)
), opened as (
    insert into cases_case (public_id, kind, procedure_code, procedure_version, state, revision, unit_key, applicant_code,
        applicant_name, title, helper_code, channel, language, data, proof_nonce, parent_id, filed_at, accepted_at, due_at,
        due_first_at, extensions, extended_days, changed_at)
    select public_id, kind, procedure_code, procedure_version, state, 0, unit_key, applicant_code,
        applicant_name, title, helper_code, channel, language, data, proof_nonce, parent_id, filed_at, accepted_at, due_at,
        due_first_at, 0, 0, filed_at
    from asked returning id
)"""
HANGS: Final[Mapping[str, str]] = {
    "key": """, requested as (
    insert into cases_request (actor_code, key, fingerprint, case_public_id, answer, received_at)
    select actor_code, request_key, fingerprint, public_id, '{}'::jsonb, filed_at from asked
)""",
    "item": """, held as (
    insert into cases_workitem (case_id, unit_key, role, officer_code, state, opened_at, due_at, sort_at, closed_by)
    select o.id, unit_key, holder, '', state, filed_at, item_due_at, coalesce(item_due_at, filed_at), '' from asked, opened o
)""",
    "wait": """, waiting as (
    insert into cases_wait (case_id, awaited, since, until, "then")
    select o.id, awaited, filed_at, wait_until, wait_then from asked, opened o
)""",
    "start": """, started as (
    insert into cases_clocksegment (case_id, started_at, start_reason, stop_reason)
    select o.id, filed_at, clock_reason, '' from asked, opened o
)""",
    "papers": """, handed_in as (
    insert into cases_paper (case_id, code, file_sha256, name, media_type, size, added_at, added_by)
    select o.id, p.code, p.file_sha256, p.name, p.media_type, p.size, a.filed_at, a.actor_code
    from asked a, opened o, jsonb_to_recordset(a.papers) as p(code text, file_sha256 text, name text, media_type text, size bigint)
)""",
}
FILED: Final = """
select o.id, ledger_append(a.fact, a.public_id, a.unit_key, a.actor_code, a.filed_at, a.body, a.deliver) from asked a, opened o
"""

STANDING: Final = """
select c.id, public_id, code, procedure_code, procedure_version, state, revision, unit_key, applicant_code, channel, parent_id,
    accepted_at, due_at, due_first_at, paused_at, extensions, extended_days, extended_at, resolved_at, c.closed_at,
    data::text, exists (select from cases_wait w where w.case_id = c.id and w.closed_at is null)
from cases_case c where """
STANDING_OF_ONE: Final = STANDING + "public_id = $1"
STANDING_OF_MANY: Final = STANDING + "public_id = any($1::text[]) order by c.id"
_dates = attrgetter(*(column.split()[0] for column in COLUMNS["dates"].split(", ")))


def parts_of(standing: Standing, move: Move) -> set[str]:
    """The parts of the statement that a move needs; what is left out costs nothing."""
    needed = {
        "code": move.code_prefix is not None,
        "dates": bool(move.due_changed) or _dates(move) != _dates(standing),
        "over": move.closed_at != standing.closed_at,
        "item": move.holder is not None,
        "wait": move.awaited is not None,
        "waited": standing.is_waiting,
        "clock": bool(move.clock or move.closed_at),
        "start": move.clock == "start",
        "due": bool(move.due_changed),
        "remark": bool(move.answers),
        "data": move.patch is not None,
    }
    return {part for part, is_needed in needed.items() if is_needed}


def values_of(move: Move, parts: frozenset[str]) -> dict[str, Any]:
    """What the statement of these parts reads of the move itself, by column."""
    names, read = _reader(parts)
    return dict(zip(names, read(move), strict=True))


@cache
def _reader(parts: frozenset[str]) -> tuple[tuple[str, ...], Callable[[Move], tuple[Any, ...]]]:
    names = tuple(column.split()[0] for column in _columns(parts).split(", "))
    return names, attrgetter(*names)


def _columns(parts: frozenset[str]) -> str:
    return ", ".join([ALWAYS, *(columns for part, columns in COLUMNS.items() if part in parts)])


def as_json(value: Any) -> str:
    """The parameter of a statement: JSON with moments and days in ISO 8601."""
    return _encoder.encode(value)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be kept")


_encoder = json.JSONEncoder(default=_plain, check_circular=False)


@cache
def open_statement(parts: frozenset[str]) -> str:
    """The statement that opens one case with what hangs on it, and tells the ledger; its parameter is an object."""
    return "".join([ASKED, *(HANGS[part] for part in HANGS if part in parts), FILED])


@cache
def move_statement(parts: frozenset[str], *, many: bool) -> str:
    """
    The statement that checks the revision of cases, moves them, closes and opens what hangs on them, and tells the ledger.

    Its parameter is an object (many: a list) with `values_of` the move and what is SHARED; many cases are locked in the
    order given.
    """
    read = "jsonb_to_recordset" if many else "jsonb_to_record"
    source = "numbered" if "code" in parts else "locked" if many else "move"
    is_over = "m.closed_at is not null" if "over" in parts else "false"
    sets = ["state = m.state", "revision = c.revision + 1", "changed_at = m.moved_at"]
    sets += [SETS[part] for part in SETS if part in parts]
    pieces = [f"with move as materialized (select * from {read}($1::jsonb) as m({_columns(parts)}, {SHARED})\n)"]  # noqa: S608 - constants
    pieces += [LOCKED] if source != "move" else []
    pieces += [NUMBERED if many else COUNTED] if source == "numbered" else []
    pieces.append(MOVED.format(sets=", ".join(sets), source=source, is_over=is_over))
    pieces += [WRITES[part] for part in WRITES if part in parts]
    return "".join([*pieces, TOLD])
