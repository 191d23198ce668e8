"""The function that closes a chain over a new fact, and triggers that refuse any change of facts and seals."""

from django.db import migrations

APPEND = """
create function ledger_append(
    p_kind text, p_subject text, p_unit text, p_actor text, p_happened_at timestamptz, p_body text, p_deliver boolean
) returns bigint language plpgsql as $$
declare
    v_tail text := E'\\n' || p_kind || E'\\n' || p_actor || E'\\n' || p_unit || E'\\n'
        || to_char(p_happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\\n' || p_body;
    v_head ledger_head;
    v_fact bigint;
begin
    insert into ledger_head as h (subject, sequence, previous_hash, hash)
    values (p_subject, 1, decode(repeat('00', 32), 'hex'),
            sha256(convert_to(repeat('00', 32) || E'\\n' || p_subject || E'\\n1' || v_tail, 'UTF8')))
    on conflict (subject) do update set
        sequence = h.sequence + 1,
        previous_hash = h.hash,
        hash = sha256(convert_to(
            encode(h.hash, 'hex') || E'\\n' || p_subject || E'\\n' || (h.sequence + 1)::text || v_tail, 'UTF8'))
    returning * into v_head;
    insert into ledger_fact (subject, sequence, kind, actor_code, unit_key, happened_at, body, previous_hash, hash)
    values (p_subject, v_head.sequence, p_kind, p_actor, p_unit, p_happened_at, p_body, v_head.previous_hash, v_head.hash)
    returning id into v_fact;
    if p_deliver then
        perform procrastinate_defer_jobs_v1(array[row(
            'facts', 'tinhso.platform.ledger.jobs.deliver_fact', 0, p_subject, null,
            jsonb_build_object('fact_id', v_fact), null
        )::procrastinate_job_to_defer_v1]);
    end if;
    return v_fact;
end $$;
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: % of % refused', tg_op, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger ledger_fact_append_only before update or delete on ledger_fact
    for each statement execute function ledger_refuse_change();
create trigger ledger_fact_never_emptied before truncate on ledger_fact
    for each statement execute function ledger_refuse_change();
create trigger ledger_seal_append_only before update or delete on ledger_seal
    for each statement execute function ledger_refuse_change();
create trigger ledger_seal_never_emptied before truncate on ledger_seal
    for each statement execute function ledger_refuse_change();
alter table ledger_head set (fillfactor = 70);
"""
UNDO = """
drop trigger ledger_seal_never_emptied on ledger_seal;
drop trigger ledger_fact_never_emptied on ledger_fact;
drop trigger ledger_seal_append_only on ledger_seal;
drop trigger ledger_fact_append_only on ledger_fact;
drop function ledger_refuse_change();
drop function ledger_append(text, text, text, text, timestamptz, text, boolean);
"""


class Migration(migrations.Migration):
    """Append-only, chained."""

    dependencies = [("ledger", "0001_initial"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [migrations.RunSQL(APPEND, UNDO)]
