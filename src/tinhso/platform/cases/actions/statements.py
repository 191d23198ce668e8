"""The two hot statements: open a case, and apply any number of moves; one round trip each, chained into the ledger."""

from typing import Any, Final

import psycopg
from django.db import connection

MOVE: Final = """
with move as materialized (
    select * from jsonb_to_recordset(%s::jsonb) as m(
        position int, case_id bigint, revision int, act text, state text, fact text, deliver boolean, code_prefix text,
        accepted_at timestamptz, due_at timestamptz, due_first_at timestamptz, paused_at timestamptz, extensions smallint,
        extended_days smallint, extended_at timestamptz, resolved_at timestamptz, closed_at timestamptz, holder text, item_due_at timestamptz, awaited text,
        wait_until timestamptz, wait_then text, clock text, clock_reason text, due_changed text, due_before timestamptz,
        answers jsonb, patch jsonb, body text, actor_code text, actor_name text, moved_at timestamptz)
), eligible as materialized (
    select c.public_id, c.unit_key, c.code as code_before, m.*
    from move m cross join lateral (
        select public_id, unit_key, code from cases_case where id = m.case_id and revision = m.revision for update
    ) c
), counted as (
    insert into cases_codecounter as k (prefix, last)
    select code_prefix, count(*) from eligible where code_prefix is not null and code_before is null
    group by code_prefix order by code_prefix
    on conflict (prefix) do update set last = k.last + excluded.last
    returning prefix, last
), numbered as (
    select case_id, code_prefix || lpad(number::text, greatest(4, length(number::text)), '0') as code
    from (
        select e.case_id, e.code_prefix, k.last - count(*) over one_prefix
            + row_number() over (partition by e.code_prefix order by e.position) as number
        from eligible e join counted k on k.prefix = e.code_prefix
        where e.code_before is null
        window one_prefix as (partition by e.code_prefix)
    ) each_prefix
), moved as (
    update cases_case c set
        state = e.state, revision = c.revision + 1, code = coalesce(c.code, n.code), accepted_at = e.accepted_at,
        due_at = e.due_at, due_first_at = e.due_first_at, paused_at = e.paused_at, extensions = e.extensions,
        extended_days = e.extended_days, extended_at = e.extended_at, resolved_at = e.resolved_at, closed_at = e.closed_at, changed_at = e.moved_at,
        data = case when e.patch is null then c.data else c.data || e.patch end
    from eligible e left join numbered n on n.case_id = e.case_id
    where c.id = e.case_id
    returning c.id, c.code, c.parent_id
), closed_items as (
    update cases_workitem w set closed_at = e.moved_at, closed_by = e.actor_code
    from eligible e where w.case_id = e.case_id and w.closed_at is null
), closed_waits as (
    update cases_wait w set closed_at = e.moved_at from eligible e where w.case_id = e.case_id and w.closed_at is null
), opened_items as (
    insert into cases_workitem (case_id, unit_key, role, officer_code, state, opened_at, due_at, sort_at, closed_by)
    select case_id, unit_key, holder, '', state, moved_at, item_due_at, coalesce(item_due_at, moved_at), ''
    from eligible where holder is not null
), opened_waits as (
    insert into cases_wait (case_id, awaited, since, until, "then")
    select case_id, awaited, moved_at, wait_until, wait_then from eligible where awaited is not null
), stopped as (
    update cases_clocksegment s set stopped_at = e.moved_at, stop_reason = coalesce(nullif(e.clock_reason, ''), e.act)
    from eligible e
    where s.case_id = e.case_id and s.stopped_at is null and (e.clock <> '' or e.closed_at is not null)
), started as (
    insert into cases_clocksegment (case_id, started_at, start_reason, stop_reason)
    select case_id, moved_at, clock_reason, '' from eligible where clock = 'start' and closed_at is null
), rescheduled as (
    insert into cases_deadlinechange (case_id, due_before, due_after, reason, changed_at, changed_by)
    select case_id, due_before, due_at, due_changed, moved_at, actor_code from eligible where due_changed <> ''
), remarked as (
    insert into cases_remark (case_id, revision, act, answers, written_at, written_by, writer_name)
    select case_id, revision + 1, act, answers, moved_at, actor_code, actor_name from eligible where answers <> '{}'::jsonb
)
select e.position, e.case_id, e.public_id, m.code, m.parent_id,
    ledger_append(e.fact, e.public_id, e.unit_key, e.actor_code, e.moved_at, e.body, e.deliver)
from eligible e join moved m on m.id = e.case_id order by e.position
"""

OPEN: Final = """
with asked as materialized (
    select * from jsonb_to_record(%s::jsonb) as a(
        public_id text, kind text, procedure_code text, procedure_version date, state text, unit_key text,
        applicant_code text, applicant_name text, title text, helper_code text, channel text, language text, data jsonb,
        proof_nonce text, parent_id bigint, filed_at timestamptz, accepted_at timestamptz, due_at timestamptz,
        due_first_at timestamptz, clock text, clock_reason text,
        holder text, item_due_at timestamptz, awaited text, wait_until timestamptz, wait_then text,
        papers jsonb, actor_code text, request_key text, fingerprint text, fact text, body text, deliver boolean)
), requested as (
    insert into cases_request (actor_code, key, fingerprint, case_public_id, answer, received_at)
    select actor_code, request_key, fingerprint, public_id, '{}'::jsonb, filed_at from asked where request_key is not null
), opened as (
    insert into cases_case (public_id, kind, procedure_code, procedure_version, state, revision, unit_key, applicant_code,
        applicant_name, title, helper_code, channel, language, data, proof_nonce, parent_id, filed_at, accepted_at, due_at,
        due_first_at, extensions, extended_days, changed_at)
    select public_id, kind, procedure_code, procedure_version, state, 0, unit_key, applicant_code,
        applicant_name, title, helper_code, channel, language, data, proof_nonce, parent_id, filed_at, accepted_at, due_at,
        due_first_at, 0, 0, filed_at
    from asked returning id
), held as (
    insert into cases_workitem (case_id, unit_key, role, officer_code, state, opened_at, due_at, sort_at, closed_by)
    select o.id, unit_key, holder, '', state, filed_at, item_due_at, coalesce(item_due_at, filed_at), ''
    from asked, opened o where holder is not null
), waiting as (
    insert into cases_wait (case_id, awaited, since, until, "then")
    select o.id, awaited, filed_at, wait_until, wait_then from asked, opened o where awaited is not null
), started as (
    insert into cases_clocksegment (case_id, started_at, start_reason, stop_reason)
    select o.id, filed_at, clock_reason, '' from asked, opened o where clock = 'start'
), handed_in as (
    insert into cases_paper (case_id, code, file_sha256, name, media_type, size, added_at, added_by)
    select o.id, p.code, p.file_sha256, p.name, p.media_type, p.size, a.filed_at, a.actor_code
    from asked a, opened o, jsonb_to_recordset(a.papers) as p(code text, file_sha256 text, name text, media_type text, size bigint)
)
select o.id, ledger_append(a.fact, a.public_id, a.unit_key, a.actor_code, a.filed_at, a.body, a.deliver) from asked a, opened o
"""

STANDING: Final = """
select id, public_id, code, procedure_code, procedure_version, state, revision, unit_key, applicant_code, parent_id,
    accepted_at, due_at, due_first_at, paused_at, extensions, extended_days, extended_at, resolved_at, closed_at,
    data::text
from cases_case where public_id = any(%s::text[]) order by id
"""


def run(statement: str, parameter: Any) -> list[tuple[Any, ...]]:
    """
    Run a statement of one parameter, prepared on the server, on Django's own connection (and so in its transaction).

    Django's cursors bind on the client and cannot prepare; planning these statements costs more than running them.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, [parameter], prepare=True).fetchall()
