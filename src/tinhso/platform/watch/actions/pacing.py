"""Counting how long dossiers stood where over the last weeks, by unit, procedure and state."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

WEEKS: Final = 12
LATELY: Final = 4
LONGEST: Final = timedelta(weeks=52)  # what was begun before is not looked for: it would mean to read years of rows
COUNTED: Final = """
with stood as (
    select w.unit_key, c.procedure_code, w.state, w.role, extract(epoch from w.closed_at - w.opened_at)::float / 86400 as days
    from cases_workitem w join cases_case c on c.id = w.case_id
    where w.opened_at >= %(begun)s and w.closed_at >= %(since)s
    union all
    select c.unit_key, c.procedure_code, '', t.awaited, extract(epoch from t.closed_at - t.since)::float / 86400
    from cases_wait t join cases_case c on c.id = t.case_id
    where t.since >= %(begun)s and t.closed_at >= %(since)s and t.awaited in ('applicant', 'payment', 'sub_cases')
)
insert into watch_pace (unit_key, procedure_code, state, role, count, median_days, p90_days, total_days, counted_at)
select coalesce(unit_key, ''), coalesce(procedure_code, ''), state, role, count(*), percentile_cont(0.5) within group (order by days),
    percentile_cont(0.9) within group (order by days), sum(days), %(now)s
from stood group by grouping sets (
    (unit_key, procedure_code, state, role), (procedure_code, state, role), (unit_key, state, role), (state, role)
)
"""
HANDLED: Final = """
insert into watch_handled (unit_key, officer_code, role, count, median_days)
select unit_key, closed_by, role, count(*),
    percentile_cont(0.5) within group (order by extract(epoch from closed_at - opened_at)::float / 86400)
from cases_workitem
where opened_at >= %(begun)s and closed_at >= %(since)s and closed_by like 'officer:%%' group by unit_key, closed_by, role
"""


@transaction.atomic
def count_paces(*, now: datetime) -> int:
    """Count anew what ended in the last twelve weeks, and who finished how much in four; returns how many paces there are."""
    since = now - timedelta(weeks=WEEKS)
    with connection.cursor() as cursor:
        cursor.execute("delete from watch_pace")
        cursor.execute(COUNTED, {"now": now, "since": since, "begun": since - LONGEST})
        counted = int(cursor.rowcount)
        cursor.execute("delete from watch_handled")
        lately = now - timedelta(weeks=LATELY)
        cursor.execute(HANDLED, {"since": lately, "begun": lately - LONGEST})
        return counted
