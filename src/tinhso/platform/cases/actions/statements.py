"""
The hot statements: open a case, see where cases stand, apply any number of moves; one round trip each.

In their text `m` is what is asked. Where one case is asked for, each `m.column` becomes a parameter of the statement; where
many are, `m` is a CTE over a list of JSON objects.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    "unit": "from_unit text, to_unit text",
    "remark": "answers jsonb",
    "data": "patch jsonb",
}
SETS: Final[Mapping[str, str]] = {
    "code": "code = coalesce(c.code, m.issued)",
    "dates": "accepted_at = m.accepted_at, due_at = m.due_at, due_first_at = m.due_first_at, paused_at = m.paused_at, "
    "extensions = m.extensions, extended_days = m.extended_days, extended_at = m.extended_at, resolved_at = m.resolved_at",
    "over": "closed_at = m.closed_at",
    "unit": "unit_key = coalesce(m.to_unit, c.unit_key)",
    "data": "data = case when m.patch is null then c.data else c.data || m.patch end",
}
LOCKED: Final = """locked as materialized (
    select c.code as code_before, m.* from move m cross join lateral (
        select code from cases_case where id = m.case_id and revision = m.revision for update
    ) c
)"""
NUMBERED: Final = """counted as (
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
COUNTED: Final = """locked as materialized (
    select code as code_before from cases_case where id = m.case_id and revision = m.revision for update
), counted as (
    insert into cases_codecounter as k (prefix, last) select m.code_prefix, 1 from locked where code_before is null
    on conflict (prefix) do update set last = k.last + 1 returning last as number
), numbered as (
    select m.code_prefix || lpad(number::text, greatest(4, length(number::text)), '0') as issued from locked left join counted on true
)"""
MOVED: Final = """moved as (
    update cases_case c set {sets} {source} where c.id = m.case_id and c.revision = m.revision
    returning {told}, c.public_id, c.unit_key, c.code, c.parent_id
), closed_items as (
    update cases_workitem w set closed_at = m.moved_at, closed_by = m.actor_code
    from moved m where w.case_id = m.case_id and w.closed_at is null
)"""
TOLD: Final = """
select {position}, m.case_id, m.public_id, m.code, m.parent_id,
    ledger_append(m.fact, m.public_id, m.unit_key, m.actor_code, m.moved_at, m.body, m.deliver)
from moved m"""
WRITES: Final[Mapping[str, str]] = {
    "waited": """, closed_waits as (
    update cases_wait w set closed_at = m.moved_at from moved m where w.case_id = m.case_id and w.closed_at is null
)""",
    "item": """, opened_items as (
    insert into cases_workitem (case_id, unit_key, role, officer_code, state, opened_at, due_at, sort_at, closed_by)
    select m.case_id, m.unit_key, m.holder, '', m.state, m.moved_at, m.item_due_at, coalesce(m.item_due_at, m.moved_at), ''
    from moved m where m.holder is not null
)""",
    "wait": """, opened_waits as (
    insert into cases_wait (case_id, awaited, since, until, "then")
    select m.case_id, m.awaited, m.moved_at, m.wait_until, m.wait_then from moved m where m.awaited is not null
)""",
    "clock": """, stopped as (
    update cases_clocksegment s set stopped_at = m.moved_at, stop_reason = coalesce(nullif(m.clock_reason, ''), m.act)
    from moved m where s.case_id = m.case_id and s.stopped_at is null and (m.clock <> '' or {is_over})
)""",
    "start": """, started as (
    insert into cases_clocksegment (case_id, started_at, start_reason, stop_reason)
    select m.case_id, m.moved_at, m.clock_reason, '' from moved m where m.clock = 'start' and not {is_over}
)""",
    "due": """, rescheduled as (
    insert into cases_deadlinechange (case_id, due_before, due_after, reason, changed_at, changed_by)
    select m.case_id, m.due_before, m.due_at, m.due_changed, m.moved_at, m.actor_code from moved m where m.due_changed <> ''
)""",
    "unit": """, handed_on as (
    insert into cases_transfer (case_id, from_unit, to_unit, moved_at, moved_by)
    select m.case_id, m.from_unit, m.to_unit, m.moved_at, m.actor_code from moved m where m.to_unit is not null
)""",
    "remark": """, remarked as (
    insert into cases_remark (case_id, revision, act, answers, written_at, written_by, writer_name)
    select m.case_id, m.revision + 1, m.act, m.answers, m.moved_at, m.actor_code, m.actor_name
    from moved m where m.answers <> '{{}}'::jsonb
)""",
}

FILING: Final = (
    "public_id text, kind text, procedure_code text, procedure_version date, state text, unit_key text, applicant_code text, "
    "applicant_name text, title text, helper_code text, channel text, language text, data jsonb, proof_nonce text, "
    "parent_id bigint, filed_at timestamptz, accepted_at timestamptz, due_at timestamptz, due_first_at timestamptz, "
    "clock_reason text, holder text, item_due_at timestamptz, awaited text, wait_until timestamptz, wait_then text, "
    "papers jsonb, actor_code text, request_key text, fingerprint text, fact text, body text, deliver boolean"
)
OPENED: Final = """with opened as (
    insert into cases_case (public_id, kind, procedure_code, procedure_version, state, revision, unit_key, applicant_code,
        applicant_name, title, helper_code, channel, language, data, proof_nonce, parent_id, filed_at, accepted_at, due_at,
        due_first_at, extensions, extended_days, changed_at)
    values (m.public_id, m.kind, m.procedure_code, m.procedure_version, m.state, 0, m.unit_key, m.applicant_code,
        m.applicant_name, m.title, m.helper_code, m.channel, m.language, m.data, m.proof_nonce, m.parent_id, m.filed_at,
        m.accepted_at, m.due_at, m.due_first_at, 0, 0, m.filed_at)
    returning id
)"""
HANGS: Final[Mapping[str, str]] = {
    "key": """, requested as (
    insert into cases_request (actor_code, key, fingerprint, case_public_id, answer, received_at)
    values (m.actor_code, m.request_key, m.fingerprint, m.public_id, '{}'::jsonb, m.filed_at)
)""",
    "item": """, held as (
    insert into cases_workitem (case_id, unit_key, role, officer_code, state, opened_at, due_at, sort_at, closed_by)
    select id, m.unit_key, m.holder, '', m.state, m.filed_at, m.item_due_at, coalesce(m.item_due_at, m.filed_at), '' from opened
)""",
    "wait": """, waiting as (
    insert into cases_wait (case_id, awaited, since, until, "then")
    select id, m.awaited, m.filed_at, m.wait_until, m.wait_then from opened
)""",
    "start": """, started as (
    insert into cases_clocksegment (case_id, started_at, start_reason, stop_reason)
    select id, m.filed_at, m.clock_reason, '' from opened
)""",
    "papers": """, handed_in as (
    insert into cases_paper (case_id, code, file_sha256, name, media_type, size, added_at, added_by)
    select o.id, p.code, p.file_sha256, p.name, p.media_type, p.size, m.filed_at, m.actor_code
    from opened o, jsonb_to_recordset(m.papers) as p(code text, file_sha256 text, name text, media_type text, size bigint)
)""",
}
FILED: Final = """
select id, ledger_append(m.fact, m.public_id, m.unit_key, m.actor_code, m.filed_at, m.body, m.deliver) from opened
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
        "unit": move.to_unit is not None,
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


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement about one case: its text, and which values its parameters are, in their order."""

    text: str
    names: tuple[str, ...]

    def with_values(self, values: Mapping[str, Any]) -> tuple[str, *tuple[str | None, ...]]:
        """The statement and its parameters."""
        found = [values[name] for name in self.names]
        return self.text, *(each if each is None or isinstance(each, str) else _text(each) for each in found)


def _text(value: Any) -> str:
    """A value as PostgreSQL reads it."""
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    return str(value) if isinstance(value, int) else as_json(value)


def _placed(text: str, columns: str) -> Placed:
    types = dict(column.split() for column in columns.split(", "))
    names = tuple(name for name in types if re.search(rf"\bm\.{name}\b", text))

    def parameter(found: re.Match[str]) -> str:
        name = found[1]
        return f"${names.index(name) + 1}::{types[name]}" if name in types else found[0]

    return Placed(re.sub(r"\bm\.(\w+)", parameter, text), names)


@cache
def open_statement(parts: frozenset[str]) -> Placed:
    """The statement that opens one case with what hangs on it, and tells the ledger."""
    return _placed("".join([OPENED, *(HANGS[part] for part in HANGS if part in parts), FILED]), FILING)


@cache
def move_statement(parts: frozenset[str]) -> Placed:
    """The statement that checks the revision of a case, moves it, closes and opens what hangs on it, and tells the ledger."""
    numbered = "code" in parts
    moved = MOVED.format(sets=_sets(parts), source="from numbered m" if numbered else "", told="c.id as case_id")
    pieces = [f"with {COUNTED}, " if numbered else "with ", moved, *_writes(parts), TOLD.format(position=0)]
    return _placed("".join(pieces), f"{_columns(parts)}, {SHARED}")


@cache
def move_many_statement(parts: frozenset[str]) -> str:
    """The same for many cases, locked in the order given; its parameter is a list of `values_of` and what is SHARED."""
    source = "numbered" if "code" in parts else "locked"
    asked = f"select * from jsonb_to_recordset($1::jsonb) as m({_columns(parts)}, {SHARED})"  # noqa: S608 - constants
    pieces = [f"with move as materialized (\n    {asked}\n), "]
    pieces += [LOCKED, ", ", *([NUMBERED, ", "] if source == "numbered" else [])]
    pieces.append(MOVED.format(sets=_sets(parts), source=f"from {source} m", told="m.*"))
    return "".join([*pieces, *_writes(parts), TOLD.format(position="m.position"), " order by m.position"])


def _sets(parts: frozenset[str]) -> str:
    always = ["state = m.state", "revision = c.revision + 1", "changed_at = m.moved_at"]
    return ", ".join([*always, *(SETS[part] for part in SETS if part in parts)])


def _writes(parts: frozenset[str]) -> list[str]:
    is_over = "m.closed_at is not null" if "over" in parts else "false"
    return [WRITES[part].format(is_over=is_over) for part in WRITES if part in parts]
