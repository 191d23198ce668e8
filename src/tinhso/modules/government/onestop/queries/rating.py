"""What the nine indices are counted from: finished dossiers with their clocks, requests and agencies, and what applicants said."""
# ruff: noqa: S608 - the pieces are ours; what is asked for goes in as parameters

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection

from tinhso.modules.government.onestop.adapters.rating_rules import list_rating_sets
from tinhso.modules.government.onestop.rules.quarters import Quarter, quarter_of
from tinhso.modules.government.onestop.rules.rating import Cell, IndexSet, set_on
from tinhso.platform.cases.rules import VIETNAM

Key = tuple[str, Quarter]  # of a unit or an officer
ONLINE: Final = ["online", "national_portal"]
AT_WORK: Final = ["receptionist", "handler"]  # those whose work the officers' indices speak of
MOST_COMMENTS: Final = 50
LONGEST: Final = timedelta(
    days=3 * 366
)  # a dossier under way for longer is in no evaluation; the month of filing finds the others

LOCAL = "({} at time zone 'Asia/Ho_Chi_Minh')"
QUARTER = f"date_trunc('quarter', {LOCAL})::date"
EARLY = f"case when {{done}} > {{due}} then -1 else {LOCAL.format('{due}')}::date - {LOCAL.format('{done}')}::date end"
MEASURED = f"""
with done as materialized (
    select c.id, c.public_id, c.unit_key, c.channel, c.due_at, c.resolved_at, coalesce(c.resolved_at, c.closed_at) as over_at
    from cases_case c
    where c.unit_key = any(%(units)s::text[]) and c.kind = 'dossier' and c.parent_id is null
        and c.filed_at >= %(oldest)s and c.filed_at < %(end)s
        and coalesce(c.resolved_at, c.closed_at) >= %(start)s and coalesce(c.resolved_at, c.closed_at) < %(end)s
), family as materialized (
    select id as root, id, public_id, unit_key from done
    union all select s.parent_id, s.id, s.public_id, s.unit_key from cases_case s join done d on s.parent_id = d.id
), stages as (
    select f.root, min({EARLY.format(done="w.closed_at", due="w.due_at")}) as days
    from family f join done d on d.id = f.root join cases_workitem w on w.case_id = f.id
    where w.due_at is not null and w.closed_at is not null and w.opened_at < d.over_at
    group by f.root
), back as (
    select f.root, count(*) as times from family f join ledger_fact t on t.subject = f.public_id
    where t.body::jsonb -> 'effects' ? 'issue_supplement_request' group by f.root
), met as (
    select f.root, count(distinct f.unit_key) as others from family f join done d on d.id = f.root
    where f.unit_key <> d.unit_key and exists (select from cases_wait t where t.case_id = f.id and t.awaited = 'applicant')
    group by f.root
), measured as (
    select d.id, d.unit_key, {QUARTER.format("d.over_at")} as quarter, d.channel = any(%(online)s::text[]) as is_online,
        coalesce(d.resolved_at > d.due_at, false) as is_late,
        case when d.due_at is null or d.resolved_at is null then null else {EARLY.format(done="d.resolved_at", due="d.due_at")} end as early,
        stages.days as stage_early, coalesce(back.times, 0) as back, 1 + coalesce(met.others, 0) as agencies,
        exists (select from onestop_rating r where r.case_public_id = d.public_id) as is_rated
    from done d left join stages on stages.root = d.id left join back on back.root = d.id left join met on met.root = d.id
)"""
COLUMNS = "m.quarter, m.is_online, m.is_late, m.early, m.stage_early, m.back, m.agencies, m.is_rated"
OF_UNITS = f"{MEASURED} select m.unit_key, {COLUMNS}, count(*) from measured m group by m.unit_key, {COLUMNS}"
OF_OFFICERS = f"""{MEASURED}, hands as (
    select distinct f.root, w.closed_by from family f join cases_workitem w on w.case_id = f.id
    where w.closed_by like 'officer:%%' and w.role = any(%(roles)s::text[]) and w.unit_key = any(%(units)s::text[])
)
select h.closed_by, {COLUMNS}, count(*) from measured m join hands h on h.root = m.id group by h.closed_by, {COLUMNS}"""
LAST = f"""
with last as (
    select distinct on (case_public_id, {QUARTER.format("rated_at")}) case_public_id, unit_key, {QUARTER.format("rated_at")} as quarter, score, points
    from onestop_rating where unit_key = any(%(units)s::text[]) and rated_at >= %(start)s and rated_at < %(end)s
    order by case_public_id, {QUARTER.format("rated_at")}, rated_at desc
)"""
SAID_OF_UNITS = (
    f"{LAST} select unit_key, quarter, score, points, count(*) from last group by unit_key, quarter, score, points"
)
SAID_OF_OFFICERS = f"""{LAST}, hands as (
    select distinct l.case_public_id, w.closed_by from last l join cases_case c on c.public_id = l.case_public_id
    join cases_workitem w on w.case_id = c.id
    where w.closed_by like 'officer:%%' and w.role = any(%(roles)s::text[]) and w.unit_key = any(%(units)s::text[])
)
select h.closed_by, quarter, score, points, count(*) from last join hands h using (case_public_id)
group by h.closed_by, quarter, score, points"""
FEEDBACK = f"""
select c.unit_key, {QUARTER.format("c.resolved_at")}, count(*), count(*) filter (where c.due_at is null or c.resolved_at <= c.due_at)
from cases_case c where c.unit_key = any(%(units)s::text[]) and c.kind = %(feedback)s
    and c.resolved_at >= %(start)s and c.resolved_at < %(end)s
group by 1, 2"""
COMMENTS = f"""
select procedure_code, date_trunc('month', {LOCAL.format("rated_at")})::date, comment, unit_key, {QUARTER.format("rated_at")}
from onestop_rating where unit_key = any(%(units)s::text[]) and rated_at >= %(start)s and rated_at < %(end)s and comment <> ''
order by md5(id::text || comment) limit %(limit)s"""
FINISHED_BY_MONTH = f"""
select c.procedure_code, date_trunc('month', {LOCAL.format("coalesce(c.resolved_at, c.closed_at)")})::date, count(*)
from cases_case c where c.unit_key = any(%(units)s::text[]) and c.kind = 'dossier' and c.filed_at >= %(oldest)s and c.filed_at < %(end)s
    and coalesce(c.resolved_at, c.closed_at) >= %(start)s and coalesce(c.resolved_at, c.closed_at) < %(end)s
group by 1, 2"""


def rating_rules_on(on: date) -> IndexSet:
    """The rules of rating in force on a day. :raises LookupError: none is that old"""
    return set_on(list_rating_sets(), on)


def count_units(unit_keys: Sequence[str], quarters: Sequence[Quarter], rules: IndexSet) -> dict[Key, Cell]:
    """What was counted of each of these units in each of these quarters (one after the other); three statements."""
    asked = _asked(unit_keys, quarters) | {"feedback": rules.feedback_kind}
    cells: dict[Key, Cell] = {}
    _gather(cells, _rows(OF_UNITS, asked), lambda row: _finished(row, rules))
    _gather(cells, _rows(SAID_OF_UNITS, asked), lambda row: _said(row, rules))
    _gather(cells, _rows(FEEDBACK, asked), lambda row: Cell(feedback=row[2], feedback_on_time=row[3]))
    return cells


def count_officers(unit_keys: Sequence[str], quarters: Sequence[Quarter], rules: IndexSet) -> dict[Key, Cell]:
    """What was counted of each officer who received or handled there; a dossier counts for each of its officers."""
    asked = _asked(unit_keys, quarters) | {"roles": AT_WORK}
    cells: dict[Key, Cell] = {}
    _gather(cells, _rows(OF_OFFICERS, asked), lambda row: _finished(row, rules))
    _gather(cells, _rows(SAID_OF_OFFICERS, asked), lambda row: _said(row, rules))
    return cells


def list_comments(
    unit_keys: Sequence[str], quarters: Sequence[Quarter], told: Iterable[Key], rules: IndexSet
) -> list[tuple[str, date, str]]:
    """
    What applicants wrote: procedure code, month and words, in no order that tells anything.

    Only of units and quarters in `told`; the procedure is left out (empty) where fewer than `few` dossiers of it were
    finished in that month, so that nobody is known by a rare matter.
    """
    asked = _asked(unit_keys, quarters) | {"limit": MOST_COMMENTS}
    open_cells = set(told)
    usual = {(code, month) for code, month, count in _rows(FINISHED_BY_MONTH, asked) if count >= rules.few}
    return [
        (code if (code, month) in usual else "", month, words)
        for code, month, words, unit, quarter in _rows(COMMENTS, asked)
        if (unit, quarter_of(quarter)) in open_cells
    ]


def _asked(unit_keys: Sequence[str], quarters: Sequence[Quarter]) -> dict[str, Any]:
    start: datetime = min(quarters).bounds[0].astimezone(VIETNAM)
    return {
        "units": list(unit_keys), "oldest": start - LONGEST, "start": start, "end": max(quarters).bounds[1], "online": ONLINE,
    }  # fmt: skip


def _rows(statement: str, asked: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        yield from cursor.fetchall()


def _gather(cells: dict[Key, Cell], rows: Iterable[tuple[Any, ...]], read: Callable[[tuple[Any, ...]], Cell]) -> None:
    for row in rows:
        key = (row[0], quarter_of(row[1]))
        cells[key] = cells.get(key, Cell()) + read(row)


def _finished(row: tuple[Any, ...], rules: IndexSet) -> Cell:
    """Dossiers that were alike in every measure."""
    _who, _quarter, is_online, is_late, early, stage_early, back, agencies, is_rated, count = row
    by_measure = {
        "days_early": early,
        "agency_days_early": early if stage_early is None else stage_early,
        "times_back": back,
        "agencies": agencies,
    }
    measured = {
        each.number: each.points_for(by_measure[each.measure])
        for each in rules.indices
        if each.origin == "records" and by_measure[each.measure] is not None
    }
    return Cell(
        finished=count,
        offered=count,
        rated=count if is_rated else 0,
        online=count if is_online else 0,
        late_online=count if is_online and is_late else 0,
        points={number: points * count for number, points in measured.items()},
        counted=dict.fromkeys(measured, count),
    )


def _said(row: tuple[Any, ...], rules: IndexSet) -> Cell:
    """Ratings that were alike in every answer."""
    _who, _quarter, score, points, count = row
    told = {int(number): int(value) for number, value in _as_table(points).items()}
    return Cell(
        ratings=count,
        satisfied=count if score >= rules.satisfied_from else 0,
        points={number: value * count for number, value in told.items()},
        counted=dict.fromkeys(told, count),
    )


def _as_table(points: Any) -> Mapping[str, Any]:
    """What PostgreSQL gives for a JSON column outside the model: its text."""
    found: Mapping[str, Any] = json.loads(points) if isinstance(points, str) else points
    return found
