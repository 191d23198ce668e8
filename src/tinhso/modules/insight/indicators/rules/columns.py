"""What leaves the database for the warehouse: a closed list of columns, none of which tells who somebody is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Table:
    """
    One table of the warehouse: its columns with their types, and the PostgreSQL expression each is read from.

    Moments leave as Vietnam's wall-clock time, which has no summer time, so that `date_trunc` and `::date` in an
    indicator mean what people mean by a day. `month_by` is the column whose month is a row's partition; it never changes.
    """

    name: str
    month_by: str
    source: str
    columns: Mapping[str, tuple[str, str]]
    order: str

    @property
    def types(self) -> dict[str, str]:
        """Types by column."""
        return {name: kind for name, (kind, _) in self.columns.items()}


def _moment(column: str) -> tuple[str, str]:
    return "TIMESTAMP", f"{column} at time zone 'Asia/Ho_Chi_Minh'"


CASES: Final = Table(
    name="cases",
    month_by="c.filed_at",
    source="cases_case c",
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
        "resolved_at": _moment("c.resolved_at"),
        "closed_at": _moment("c.closed_at"),
    },
    order="c.unit_key, c.filed_at, c.id",
)

# Facts about cases only, told by the tracking id: subjects of other facts may be people. Of a body, these keys and no others.
FACTS: Final = Table(
    name="facts",
    month_by="f.happened_at",
    source=(
        "ledger_fact f cross join lateral jsonb_to_record(f.body::jsonb)"
        " as b(procedure text, act text, source text, state text, channel text, score text)"
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
    },
    order="f.unit_key, f.id",
)
ABOUT_A_CASE: Final = "starts_with(f.subject, 'TS-')"
TABLES: Final[tuple[Table, ...]] = (CASES, FACTS)
