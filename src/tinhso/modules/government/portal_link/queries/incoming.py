"""What came in from the portal: what waits, what is in quarantine and why; and which unit an agency's code means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tinhso.modules.government.portal_link.models import Submission
from tinhso.platform.units import queries as units
from tinhso.platform.units.queries import NoSuchUnit

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One thing that the portal sent, as administrators see it."""

    public_id: str
    kind: str
    portal_code: str
    state: str
    reason: str
    details: str
    tries: int
    case_public_id: str
    received_at: datetime
    settled_at: datetime | None
    content: Mapping[str, Any]


def list_submissions(state: str, limit: int = MOST_SHOWN) -> list[SubmissionRow]:
    """What came in and is in that state; in quarantine the oldest first, what was taken in the newest first."""
    order = "-received_at" if state == Submission.TAKEN else "received_at"
    return [_row(row) for row in Submission.objects.filter(state=state).order_by(order, "-id")[:limit]]


def get_submission(public_id: str) -> SubmissionRow:
    """That submission. :raises Submission.DoesNotExist: there is none"""
    return _row(Submission.objects.get(public_id=public_id))


def count_quarantined() -> int:
    """How many things from the portal wait for people."""
    return Submission.objects.filter(state=Submission.QUARANTINED).count()


def list_due_submissions(now: datetime, limit: int = 50) -> list[str]:
    """Public ids of what waits and may be tried now, the oldest first."""
    rows = Submission.objects.filter(state=Submission.WAITING, next_try_at__lte=now).order_by("received_at", "id")
    return list(rows.values_list("public_id", flat=True)[:limit])


def find_unit_of(agency_code: str, kinds: Sequence[str], on: date) -> str | None:
    """The key of the unit that takes such dossiers in and whose dossiers bear that agency code; None when none does."""
    for unit in units.list_with_agency(on, kinds=kinds):
        try:
            if units.get_agency_code(unit.key, on) == agency_code:
                return unit.key
        except NoSuchUnit:
            continue
    return None


def _row(row: Submission) -> SubmissionRow:
    return SubmissionRow(
        row.public_id, row.kind, row.portal_code, row.state, row.reason, row.details, row.tries, row.case_public_id,
        row.received_at, row.settled_at, row.content,
    )  # fmt: skip
