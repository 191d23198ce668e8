"""How long dossiers usually stand where: as it was last counted, over the last weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tinhso.platform.watch.models import Pace


@dataclass(frozen=True, slots=True)
class PaceRow:
    """How long the cases of one procedure stood in one state at one unit: how many did, and days."""

    unit_key: str
    procedure_code: str
    state: str
    role: str
    count: int
    median_days: float
    p90_days: float
    total_days: float
    counted_at: datetime


def list_paces(unit_keys: Sequence[str]) -> list[PaceRow]:
    """The paces of these units, what took the most days in all first."""
    fields = (
        "unit_key",
        "procedure_code",
        "state",
        "role",
        "count",
        "median_days",
        "p90_days",
        "total_days",
        "counted_at",
    )
    rows = Pace.objects.filter(unit_key__in=list(unit_keys)).order_by("-total_days").values_list(*fields)
    return [PaceRow(*row) for row in rows]
