"""How far the signing of many dossiers has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from tinhso.modules.government.onestop.models import SigningBatch
from tinhso.modules.government.onestop.rules import Outcome

ONE_DAY, JUST_NOW, SHOWN = timedelta(days=1), timedelta(minutes=10), 3


@dataclass(frozen=True, slots=True)
class Batch:
    """One order to sign many dossiers; `outcomes` are those that are through, in the order asked."""

    public_id: str
    actor_code: str
    asked: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    ordered_at: datetime
    finished_at: datetime | None
    is_sealing: bool = False


class NoSuchBatch(LookupError):
    """There is no batch of that id."""


def get_batch(public_id: str) -> Batch:
    """
    That batch.

    :raises NoSuchBatch: there is none
    """
    row = SigningBatch.objects.filter(public_id=public_id).first()
    if row is None:
        raise NoSuchBatch(public_id)
    return _batch(row)


def list_recent(actor_code: str, now: datetime, *, is_sealing: bool) -> list[Batch]:
    """The actor's orders that are under way, or ended in the last ten minutes, the newest first; at most three."""
    rows = SigningBatch.objects.filter(actor_code=actor_code, is_sealing=is_sealing, ordered_at__gte=now - ONE_DAY)
    under_way = Q(finished_at=None) | Q(finished_at__gte=now - JUST_NOW)
    return [_batch(row) for row in rows.filter(under_way).order_by("-id")[:SHOWN]]


def _batch(row: SigningBatch) -> Batch:
    outcomes = tuple(Outcome(**each) for each in row.outcomes)
    return Batch(
        row.public_id, row.actor_code, tuple(row.public_ids), outcomes, row.ordered_at, row.finished_at, row.is_sealing
    )
