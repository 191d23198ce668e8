"""What leaves the database for the warehouse: a closed list of columns, none of which tells who somebody is."""
# ruff: noqa: S608 - every piece is ours

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Table:
    """
    One table of the warehouse: its columns with their types, and the PostgreSQL expression each is read from.

    Moments leave as Vietnam's wall-clock time, which has no summer time, so that `date_trunc` and `::date` in an
    indicator mean what people mean by a day. `month_by` is the column whose month is a row's partition; it never changes.
    `key` tells a row from all others, `news` chooses those that facts above an id wrote or changed; `order` is the files'.
    """

    name: str
    month_by: str
    source: str
    columns: Mapping[str, tuple[str, str]]
    key: str
    news: str
    order: str

    @property
    def types(self) -> dict[str, str]:
        """Types by column."""
        return {name: kind for name, (kind, _) in self.columns.items()}


def _moment(column: str) -> tuple[str, str]:
    return "TIMESTAMP", f"{column} at time zone 'Asia/Ho_Chi_Minh'"


def _verb(verb: str) -> str:
    """That fact of the case itself, in SQL."""
    return f"f.kind like 'cases.%.{verb}'"


def _first(verb: str) -> str:
    return f"min(f.happened_at) filter (where {_verb(verb)})"


def _counted(name: str) -> str:
    """A count that the fact of filing carries, in SQL; null where it carries none."""
    told = f"f.body::jsonb ->> '{name}'"
    return f"(max({told}) filter (where {_verb('filed')} and {told} ~ '^[0-9]{{1,3}}$'))::smallint"


def _count(verb: str) -> str:
    return f"count(*) filter (where {_verb(verb)})"


RATED: Final = "f.kind = 'onestop.dossier.rated' and f.body::jsonb ->> 'score' ~ '^[0-9]{1,3}$'"
# What a case went through, gathered from its own facts and waits while its month leaves the database.
STORY: Final = f"""left join cases_procedureversion p on p.code = c.procedure_code and p.version = c.procedure_version
left join lateral (
    select {_first("proposed")} as proposed_at, {_first("signed")} as signed_at, {_first("returned")} as handed_over_at,
        {_count("supplement_required")} as supplements, {_count("lapsed")} as lapses, {_count("sent_back")} as sent_back,
        {_count("transferred")} as transfers, {_count("reopened")} as reopenings, {_count("unanswered")} as unanswered,
        min(f.happened_at) filter (where f.kind like 'cases.%.result_attached') as result_at,
        count(*) filter (where f.kind = 'onestop.result.withdrawn') as corrections,
        max(f.body::jsonb ->> 'way') filter (where f.kind = 'onestop.result.delivered') as delivered_by,
        max(case f.body::jsonb ->> 'provider' when 'cash' then 'cash' else 'transfer' end)
            filter (where f.kind = 'payments.payment.matched') as paid_by,
        (array_agg(f.body::jsonb ->> 'score' order by f.sequence desc) filter (where {RATED}))[1] as score,
        (array_agg(f.happened_at order by f.sequence desc) filter (where {RATED}))[1] as rated_at,
        {_counted("asked")} as asked, {_counted("prefilled")} as prefilled, {_counted("asked_although_held")} as asked_although_held,
        count(*) filter (where f.kind like 'cases.%') as acts,
        count(*) filter (where f.kind like 'cases.%' and f.actor_code like 'system%') as acts_by_machine
    from ledger_fact f where f.subject = c.public_id
) s on true
left join lateral (
    select sum(extract(epoch from w.closed_at - w.since))::bigint as waited_seconds
    from cases_wait w where w.case_id = c.id and w.awaited = 'applicant'
) w on true"""

CASES: Final = Table(
    name="cases",
    month_by="c.filed_at",
    source=f"cases_case c {STORY}",
    columns={
        "public_id": ("VARCHAR", "c.public_id"),
        "kind": ("VARCHAR", "c.kind"),
        "procedure_code": ("VARCHAR", "c.procedure_code"),
        "procedure_version": ("DATE", "c.procedure_version"),
        "unit": ("VARCHAR", "c.unit_key"),
        "channel": ("VARCHAR", "c.channel"),
        "state": ("VARCHAR", "c.state"),
        "is_sub_case": ("BOOLEAN", "c.parent_id is not null"),
        "is_helped": ("BOOLEAN", "c.helper_code <> ''"),
        "filed_at": _moment("c.filed_at"),
        "accepted_at": _moment("c.accepted_at"),
        "due_at": _moment("c.due_at"),
        "due_first_at": _moment("c.due_first_at"),
        "paused_at": _moment("c.paused_at"),
        "extensions": ("SMALLINT", "c.extensions"),
        "extended_at": _moment("c.extended_at"),
        "resolved_at": _moment("c.resolved_at"),
        "closed_at": _moment("c.closed_at"),
        "service_level": ("VARCHAR", "p.body ->> 'service_level'"),
        "proposed_at": _moment("s.proposed_at"),
        "signed_at": _moment("coalesce(s.signed_at, c.resolved_at)"),
        "result_at": _moment("s.result_at"),
        "handed_over_at": _moment("s.handed_over_at"),
        "delivered_by": ("VARCHAR", "s.delivered_by"),
        "paid_by": ("VARCHAR", "s.paid_by"),
        "score": ("SMALLINT", "s.score::smallint"),
        "rated_at": _moment("s.rated_at"),
        "supplements": ("SMALLINT", "s.supplements"),
        "waited_seconds": ("BIGINT", "w.waited_seconds"),
        "lapses": ("SMALLINT", "s.lapses"),
        "sent_back": ("SMALLINT", "s.sent_back"),
        "transfers": ("SMALLINT", "s.transfers"),
        "reopenings": ("SMALLINT", "s.reopenings"),
        "unanswered": ("SMALLINT", "s.unanswered"),
        "corrections": ("SMALLINT", "s.corrections"),
        "asked": ("SMALLINT", "s.asked"),
        "prefilled": ("SMALLINT", "s.prefilled"),
        "asked_although_held": ("SMALLINT", "s.asked_although_held"),
        "acts": ("SMALLINT", "s.acts"),
        "acts_by_machine": ("SMALLINT", "s.acts_by_machine"),
    },
    key="public_id",
    news="c.public_id in (select subject from ledger_fact where id > %s)",
    order="unit, filed_at, public_id",
)

# Facts about cases and about numbers at a desk, told by their subjects: those of other facts may be people. Of a body, these
# keys and no others.
FACTS: Final = Table(
    name="facts",
    month_by="f.happened_at",
    source=(
        "ledger_fact f cross join lateral jsonb_to_record(f.body::jsonb)"
        " as b(procedure text, act text, source text, state text, channel text, score text, waiting_seconds text)"
    ),
    columns={
        "id": ("BIGINT", "f.id"),
        "subject": ("VARCHAR", "f.subject"),
        "sequence": ("INTEGER", "f.sequence"),
        "kind": ("VARCHAR", "f.kind"),
        "actor_kind": ("VARCHAR", "split_part(f.actor_code, ':', 1)"),
        "unit": ("VARCHAR", "f.unit_key"),
        "happened_at": _moment("f.happened_at"),
        "procedure_code": ("VARCHAR", "b.procedure"),
        "act": ("VARCHAR", "b.act"),
        "source_state": ("VARCHAR", "b.source"),
        "state": ("VARCHAR", "b.state"),
        "channel": ("VARCHAR", "b.channel"),
        "score": ("SMALLINT", "case when b.score ~ '^[0-9]{1,3}$' then b.score::smallint end"),
        "waiting_seconds": (
            "INTEGER",
            "case when b.waiting_seconds ~ '^[0-9]{1,6}$' then b.waiting_seconds::integer end",
        ),
    },
    key="id",
    news="f.id > %s",
    order="unit, id",
)
COUNTED_FACTS: Final = "(starts_with(f.subject, 'TS-') or starts_with(f.subject, 'ticket:'))"
TABLES: Final[tuple[Table, ...]] = (CASES, FACTS)
