"""Dossiers counted over any days, and which they are: received, carried over, resolved early, on time, late, still open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

LISTED_AT_MOST: Final = 500
ONLINE: Final = "c.channel in ('online', 'national_portal')"
OPEN_AT_END: Final = "(c.resolved_at is null or c.resolved_at >= %(end)s)"
RECEIVED: Final = "c.accepted_at >= %(start)s and c.accepted_at < %(end)s"
RESOLVED: Final = "c.resolved_at >= %(start)s and c.resolved_at < %(end)s"
DAY: Final = "(c.{}_at at time zone 'Asia/Ho_Chi_Minh')::date"
EARLY: Final = f"coalesce({DAY.format('resolved')} < {DAY.format('due')}, false)"
LATE: Final = "coalesce(c.resolved_at > c.due_at, false)"
LATE_AT_END: Final = "coalesce(c.due_at < %(end)s, false) and c.paused_at is null"
# A dossier that was accepted is in one of the first three, and in one of the last five: both add up to the same.
MEASURES: Final[dict[str, str]] = {
    "filed_online": f"{RECEIVED} and {ONLINE}",
    "filed_direct": f"{RECEIVED} and not {ONLINE}",
    "carried_over": "c.accepted_at < %(start)s and (c.resolved_at is null or c.resolved_at >= %(start)s)",
    "resolved_early": f"{RESOLVED} and {EARLY}",
    "resolved_on_time": f"{RESOLVED} and not {EARLY} and not {LATE}",
    "resolved_late": f"{RESOLVED} and {LATE}",
    "open_in_time": f"c.accepted_at < %(end)s and {OPEN_AT_END} and not ({LATE_AT_END})",
    "open_late": f"c.accepted_at < %(end)s and {OPEN_AT_END} and {LATE_AT_END}",
}
WHERE: Final = (
    "c.kind = 'dossier' and c.unit_key = any(%(units)s) and c.accepted_at is not null and c.accepted_at < %(end)s"
)


@dataclass(frozen=True, slots=True)
class Tallied:
    """One dossier that was counted."""

    public_id: str
    code: str
    procedure_code: str
    unit_key: str
    accepted_at: datetime
    due_at: datetime | None
    resolved_at: datetime | None


def tally(unit_keys: Collection[str], start: datetime, end: datetime) -> dict[str, int]:
    """
    How many dossiers of these units fall under each measure from `start` until (not with) `end`.

    Received and carried over together are as many as resolved and still open together.
    """
    counted = ", ".join(f"count(*) filter (where {condition})" for condition in MEASURES.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {counted} from cases_case c where {WHERE}",  # noqa: S608 - our own words only
            {"units": list(unit_keys), "start": start, "end": end},
        )
        return dict(zip(MEASURES, cursor.fetchone(), strict=True))


def list_tallied(unit_keys: Collection[str], measure: str, start: datetime, end: datetime) -> list[Tallied]:
    """The dossiers behind one measure, the earliest first; at most 500. :raises KeyError: there is no such measure"""
    columns = "public_id, coalesce(code, ''), procedure_code, unit_key, accepted_at, due_at, resolved_at"
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {columns} from cases_case c where {WHERE} and {MEASURES[measure]} "  # noqa: S608 - as above
            f"order by c.accepted_at, c.id limit {LISTED_AT_MOST}",
            {"units": list(unit_keys), "start": start, "end": end},
        )
        return [Tallied(*row) for row in cursor.fetchall()]
