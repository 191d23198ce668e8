"""
A province after ten years, made inside the database: cases, who holds them, who held them, who pays, the facts of a sample.

Everything is computed from the row's number, so that two runs make the same province. Every tenth case has its facts (chained as the ledger does)
and its clock; all others have none, since 46 million facts of ten years would only fill the disk: facts are read by
subject alone, one branch of one index, however many there are.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

TODAY = date(2026, 11, 20)
YEARS, WEEKDAYS_A_YEAR = 10, 261
OPEN_SHARE = 0.01  # a month's dossiers are under way
SAMPLE = 10
PEOPLE_PER_CASE = 0.2
PAYING = 4  # of ten cases
Say = Callable[[str], None]

SIGNS = "'23456789ABCDEFGHJKMNPQRTVWXYZ'"
PLACES = [f"x / {29**place} % 29" for place in range(9)]
CHECK = " + ".join(f"({digit}) * {place}" for place, digit in enumerate(PLACES, start=2))
ID = [f"substr({SIGNS}, ({digit})::int + 1, 1)" for digit in (*PLACES, f"({CHECK}) % 29")]
TRACKING_ID = " || ".join(["'TS-'", *ID[:4], "'-'", *ID[4:8], "'-'", *ID[8:]]).replace("%", "%%")
MIXED = "n * 1099511627791 %% 14507145975869"  # modulo 29^9, to which the factor is prime: no two cases share an id
CASES = f"""
insert into cases_case (id, public_id, code, kind, procedure_code, procedure_version, state, revision, unit_key, applicant_code,
    applicant_name, title, helper_code, channel, language, data, proof_nonce, filed_at, accepted_at, due_at, due_first_at,
    extensions, extended_days, resolved_at, closed_at, changed_at)
select n, {TRACKING_ID}, case when step > 0 then agency || '-' || to_char(day, 'YYMMDD') || '-' || lpad((place / %(units)s + 1)::text, 4, '0') end,
    'dossier', %(procedure)s, %(version)s, (array['registered', 'accepted', 'proposed', 'resolved', 'returned'])[step + 1], step, unit,
    'citizen:b' || hashint8extended(n, 3) %% %(people)s, (array['Hoàng Thị Mai', 'Lý Văn Sơn', 'Nông Thị Hoa', 'Vi Văn Khánh'])[1 + n %% 4],
    'Đăng ký khai sinh cho trẻ số ' || n, '', case when n %% 10 < 7 then 'online' else 'counter' end, 'vi', %(answers)s::jsonb, md5(n::text),
    filed, case when step > 0 then filed + interval '20 minutes' end, due, due, 0, 0,
    case when step > 2 then ended end, case when step = 4 then ended + interval '2 hours' end, case when step = 4 then ended else filed end
from (
    select n, {MIXED} as x, day, place, units.unit, units.agency, filed, case when n <= %(over)s then 4 else (array[0, 1, 1, 2, 3])[1 + n %% 5] end as step,
        filed + interval '1 day 3 hours' as due,
        filed + case when abs(hashint8extended(n, 5)) %% 10000 < 9896 then interval '6 hours' else interval '2 days' end as ended
    from (
        select n, day, n - 1 - first as place,
            (day + time '00:30' + (abs(hashint8extended(n, 7)) %% 30600) * interval '1 second') at time zone 'UTC' as filed
        from (
            select n, date '2016-11-21' + ((n - 1) * %(days)s / %(cases)s / 5 * 7 + (n - 1) * %(days)s / %(cases)s %% 5)::int as day,
                ((n - 1) * %(days)s / %(cases)s * %(cases)s + %(days)s - 1) / %(days)s as first
            from generate_series(%(low)s::bigint, %(high)s::bigint) n
        ) dated
    ) placed join lateral (select (%(keys)s::text[])[1 + place %% %(units)s] as unit, (%(agencies)s::text[])[1 + place %% %(units)s] as agency) units on true
) stepped
"""
OPEN_ITEMS = """
insert into cases_workitem (case_id, unit_key, role, officer_code, state, opened_at, due_at, sort_at, closed_by)
select id, unit_key, (array['receptionist', 'handler', 'leader', 'receptionist'])[revision + 1], '', state, filed_at, due_at, due_at, ''
from cases_case where closed_at is null
"""
CLOSED_ITEMS = """
insert into cases_workitem (case_id, unit_key, role, officer_code, state, opened_at, due_at, sort_at, closed_at, closed_by)
select id, unit_key, 'receptionist', '', 'resolved', resolved_at, due_at, due_at, closed_at, 'officer:bench'
from cases_case where closed_at is not null and id between %(low)s and %(high)s
"""
CLOCKS = """
insert into cases_clocksegment (case_id, started_at, stopped_at, start_reason, stop_reason)
select id, accepted_at, resolved_at, 'start_clock', case when resolved_at is null then '' else 'stop_clock' end
from cases_case where id %% %(sample)s = 0 and accepted_at is not null
"""
FACTS = """
insert into ledger_fact (subject, sequence, kind, actor_code, unit_key, happened_at, body, previous_hash, hash)
with recursive chain as (
    select public_id, unit_key, revision, filed_at, 0 as sequence, ''::text as kind, ''::text as actor, filed_at as at, ''::text as body,
        null::bytea as previous, decode(repeat('00', 32), 'hex') as hash
    from cases_case where id %% %(sample)s = 0
    union all
    select public_id, unit_key, revision, filed_at, c.sequence + 1, next.kind, next.actor, next.at, next.body, c.hash,
        sha256(convert_to(concat_ws(E'\\n', encode(c.hash, 'hex'), public_id, (c.sequence + 1)::text, next.kind, next.actor, unit_key,
            to_char(next.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), next.body), 'UTF8'))
    from chain c cross join lateral (
        select 'cases.dossier.' || (array['filed', 'accepted', 'proposed', 'resolved', 'returned'])[c.sequence + 1] as kind,
            case when c.sequence = 0 then 'citizen:bench' else 'officer:bench' end as actor, c.filed_at + c.sequence * interval '20 minutes' as at,
            '{"act":"' || (array['file', 'accept', 'propose', 'sign', 'hand_over'])[c.sequence + 1] || '","procedure":"1.001193"}' as body
    ) next where c.sequence <= c.revision
)
select public_id, sequence, kind, actor, unit_key, at, body, previous, hash from chain where sequence > 0
"""
HEADS = """
insert into ledger_head (subject, sequence, previous_hash, hash)
select distinct on (subject) subject, sequence, previous_hash, hash from ledger_fact order by subject, sequence desc
"""
PEOPLE = """
insert into people_person (code, name, personal_number, sex, phone, email, residence_key, identity_level, source, registered_at)
select 'citizen:b' || n, 'Hoàng Thị Mai', '020' || lpad(n::text, 9, '0'), '', '', '', '', 2, 'counter', '2016-11-21'
from generate_series(0, %(people)s - 1) n
"""
BILLS = """
insert into payments_bill (id, reference, case_id, procedure_code, unit_key, payer_code, payer_name, language, opened_at, settled_at, due_dong)
select id, 'TS' || id, public_id, procedure_code, unit_key, applicant_code, applicant_name, 'vi', filed_at,
    case when id %% 200 > 0 then filed_at + interval '1 hour' end, case when id %% 200 > 0 then 0 else 16000 end
from cases_case where id %% 10 < %(paying)s and id between %(low)s and %(high)s
"""
CHARGES = """
insert into payments_obligation (bill_id, fee_code, occasion, kind, name_vi, name_en, full_dong, amount_dong, paid_dong, refunded_dong,
    state, is_assessed, lines, exemptions, source, relief, reason, ended, created_at, changed_at, changed_by)
select id, 'copies', '', 'fee', 'Phí cấp bản sao', 'Copies', 16000, 16000, 16000 - due_dong, 0,
    case when due_dong = 0 then 'paid' else 'due' end, true, '[]', '[]', '', '', '', '', opened_at, opened_at, 'system'
from payments_bill where id between %(low)s and %(high)s
"""
PAYMENTS = """
insert into payments_payment (public_id, provider, provider_id, bill_id, unit_key, amount_dong, left_dong, state, doubt, method, content,
    payer_name, account, paid_at, recorded_at, heard_by)
select 'PM-' || id, 'bank', 'B' || id, case when id %% 200 > 0 then id end, unit_key, 16000, case when id %% 100 > 0 then 0 else 16000 end,
    case when id %% 200 = 0 and over then 'returned' when id %% 200 = 0 then 'unmatched' when id %% 100 = 0 and not over then 'doubtful' else 'matched' end,
    '', 'transfer', reference, payer_name, '', opened_at + interval '1 hour', opened_at + interval '1 hour', 'told'
from (select *, opened_at < timestamptz '2026-09-01' as over from payments_bill) b where id between %(low)s and %(high)s
"""
INDEXES = """
select indexname, indexdef from pg_indexes i where tablename in (
    'cases_case', 'cases_workitem', 'cases_clocksegment', 'ledger_fact', 'payments_bill', 'payments_obligation', 'payments_payment')
    and not exists (select from pg_constraint c where c.conname = i.indexname)
"""
TABLES = (
    "cases_case", "cases_workitem", "cases_clocksegment", "ledger_fact", "ledger_head",
    "people_person", "payments_bill", "payments_obligation", "payments_payment",
)  # fmt: skip


def fill(address: str, cases: int, asked: dict[str, Any], say: Say) -> None:
    """
    Fill a database whose tables and packs are there.

    :param asked: `keys` and `agencies` of the units, `procedure`, `version` and `answers` of every case
    """
    days = YEARS * WEEKDAYS_A_YEAR
    known = {**asked, "units": len(asked["keys"]), "cases": cases, "days": days, "sample": SAMPLE, "paying": PAYING,
             "over": int(cases * (1 - OPEN_SHARE)), "people": max(1, int(cases * PEOPLE_PER_CASE))}  # fmt: skip
    with _connected(address) as connection:
        indexes = connection.execute(INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(f'drop index "{name}"')
        say(f"{cases:,} cases")
        _in_halves(address, CASES, known)
        connection.execute("select setval(pg_get_serial_sequence('cases_case', 'id'), max(id)) from cases_case")
        say("work items")
        connection.execute(OPEN_ITEMS)
        _in_halves(address, CLOSED_ITEMS, known)
        say(f"facts and clocks of every {SAMPLE}th")
        for statement in (CLOCKS, FACTS, HEADS):
            connection.execute(statement, known)
        say(f"people, and what {PAYING} of 10 pay")
        connection.execute(PEOPLE, known)
        for statement in (BILLS, CHARGES, PAYMENTS):
            _in_halves(address, statement, known)
        say("indexes")
        _side_by_side(address, [definition for _, definition in indexes])
        say("statistics")
        _side_by_side(address, [f"vacuum (analyze) {table}" for table in TABLES])


def _connected(address: str) -> psycopg.Connection[Any]:
    """A connection that writes without waiting for the disk and without checks: the rows are known to be right."""
    options = (
        "-c session_replication_role=replica -c synchronous_commit=off -c maintenance_work_mem=512MB -c work_mem=256MB"
    )
    return psycopg.connect(address, autocommit=True, options=options, cursor_factory=psycopg.ClientCursor)


def _in_halves(address: str, statement: str, known: dict[str, Any]) -> None:
    middle = known["cases"] // 2
    halves = [{**known, "low": 1, "high": middle}, {**known, "low": middle + 1, "high": known["cases"]}]
    _side_by_side(address, [statement, statement], halves)


def _side_by_side(address: str, statements: Sequence[str], known: Sequence[dict[str, Any]] = ()) -> None:
    """Run statements on two connections at once."""
    waiting = list(zip(statements, known or [{}] * len(statements), strict=True))
    troubles: list[Exception] = []

    def work() -> None:
        with _connected(address) as connection:
            while waiting and not troubles:
                statement, values = waiting.pop(0)
                try:
                    connection.execute(statement, values or None)
                except psycopg.Error as trouble:
                    troubles.append(trouble)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]


def moment() -> datetime:
    """The moment at which the province stands."""
    return datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=2)
