"""The floor: one hand-written statement per act, prepared on a raw connection, that checks, moves, and chains the fact."""

import json
import os
import secrets
from datetime import timedelta
from functools import cache

import psycopg

from bench.subjects.load import ANSWERS, NOW, carried

UNIT = "06211@2025-07-01"

TABLES = """
create table floor_case (id bigint generated always as identity primary key, public_id text unique not null, state text not null,
    revision int not null, unit_key text not null, applicant_code text not null, applicant_name text not null, title text not null,
    data jsonb not null, filed_at timestamptz not null, due_at timestamptz, resolved_at timestamptz, closed_at timestamptz,
    hash bytea not null);
create table floor_item (id bigint generated always as identity primary key, case_id bigint not null, unit_key text not null,
    role text not null, opened_at timestamptz not null, due_at timestamptz, closed_at timestamptz, closed_by text);
create index on floor_item (unit_key, role, due_at, id) where closed_at is null;
create index on floor_item (case_id) where closed_at is null;
create table floor_fact (id bigint generated always as identity primary key, subject text not null, sequence int not null, kind text not null,
    actor_code text not null, unit_key text not null, happened_at timestamptz not null, body text not null,
    previous_hash bytea not null, hash bytea not null, unique (subject, sequence));
"""
FILE = """
with opened as (
    insert into floor_case (public_id, state, revision, unit_key, applicant_code, applicant_name, title, data, filed_at, hash)
    values (%(id)s::text, 'registered', 1, %(unit)s::text, %(actor)s::text, %(name)s::text, %(title)s::text, %(data)s::jsonb, %(now)s::timestamptz,
        sha256(convert_to(concat_ws(E'\\n', repeat('00', 32), %(id)s::text, '1', 'filed', %(actor)s::text, %(unit)s::text, %(now)s::timestamptz::text, %(body)s::text), 'UTF8')))
    returning id, hash
), held as (
    insert into floor_item (case_id, unit_key, role, opened_at) select id, %(unit)s::text, 'receptionist', %(now)s::timestamptz from opened
)
insert into floor_fact (subject, sequence, kind, actor_code, unit_key, happened_at, body, previous_hash, hash)
select %(id)s::text, 1, 'filed', %(actor)s::text, %(unit)s::text, %(now)s::timestamptz, %(body)s::text, decode(repeat('00', 32), 'hex'), hash from opened
returning id
"""
ACT = """
with found as (
    select id, unit_key, revision, hash from floor_case where public_id = %(id)s::text and state = %(source)s::text for update
), moved as (
    update floor_case c set state = %(target)s::text, revision = c.revision + 1, due_at = coalesce(%(due)s::timestamptz, c.due_at),
        resolved_at = case when %(target)s::text = 'resolved' then %(now)s::timestamptz else c.resolved_at end,
        closed_at = case when %(role)s::text is null then %(now)s::timestamptz end,
        hash = sha256(convert_to(concat_ws(E'\\n', encode(f.hash, 'hex'), %(id)s::text, (f.revision + 1)::text, %(kind)s::text, %(actor)s::text,
            f.unit_key, %(now)s::timestamptz::text, %(body)s::text), 'UTF8'))
    from found f where c.id = f.id returning c.id, c.unit_key, c.revision, c.due_at, f.hash as before, c.hash
), closed as (
    update floor_item i set closed_at = %(now)s::timestamptz, closed_by = %(actor)s::text from moved m where i.case_id = m.id and i.closed_at is null
), opened as (
    insert into floor_item (case_id, unit_key, role, opened_at, due_at)
    select id, unit_key, %(role)s::text, %(now)s::timestamptz, due_at from moved where %(role)s::text is not null
)
insert into floor_fact (subject, sequence, kind, actor_code, unit_key, happened_at, body, previous_hash, hash)
select %(id)s::text, revision, %(kind)s::text, %(actor)s::text, unit_key, %(now)s::timestamptz, %(body)s::text, before, hash from moved
returning id
"""
STEPS = (
    ("registered", "accepted", "handler", "receptionist"),
    ("accepted", "signing", "leader", "handler"),
    ("signing", "resolved", "receptionist", "leader"),
    ("resolved", "returned", None, "receptionist"),
)


@cache
def connected() -> psycopg.Connection:
    """This process's connection; every statement commits by itself."""
    options = "-c plan_cache_mode=force_generic_plan"
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0, options=options)


def prepare(crowd: int) -> None:
    """Tables, and a crowd of cases that lie there already, half of them over."""
    connected().execute(TABLES, prepare=False)
    with connected().transaction():
        for number in range(crowd):
            carry(STEPS if number % 2 else ())
    connected().execute("vacuum analyze")


def carry(steps: tuple = STEPS) -> None:
    """File one case and take these steps."""
    public_id = f"TS-{secrets.token_hex(6)}"
    about = {"id": public_id, "unit": UNIT, "actor": "citizen:bench", "name": "Hoàng Thị Mai", "title": "Hoàng Văn An"}
    body = json.dumps({"procedure": "9.900001", "version": "2025-07-01"})
    connected().execute(FILE, {**about, "data": json.dumps(ANSWERS), "now": NOW, "body": body})
    for source, target, role, by in steps:
        asked = {
            "id": public_id,
            "source": source,
            "target": target,
            "role": role,
            "actor": f"officer:{by}",
            "now": NOW,
        }
        asked["due"] = NOW + timedelta(days=2) if target == "accepted" else None
        asked |= {"kind": f"cases.trial.{target}", "body": json.dumps({"source": source, "state": target})}
        if connected().execute(ACT, asked).fetchone() is None:
            raise LookupError(f"{public_id} is not {source}")


def run(seconds: float, flow: str = "", number: int = 0) -> tuple[int, float]:
    """Carry whole cases for that long; how many, in how many seconds. The flow is written into the statements."""
    return carried(carry, seconds)
