"""How far the signing of many dossiers has come."""

from dataclasses import dataclass
from datetime import datetime

from tinhso.modules.government.onestop.models import SigningBatch
from tinhso.modules.government.onestop.rules import Outcome


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
    outcomes = tuple(Outcome(**each) for each in row.outcomes)
    return Batch(
        row.public_id, row.actor_code, tuple(row.public_ids), outcomes, row.ordered_at, row.finished_at, row.is_sealing
    )
