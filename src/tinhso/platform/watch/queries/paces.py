"""How long dossiers usually stand where: as it was last counted, over the last weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tinhso.platform.watch.models import Handled, Pace


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


@dataclass(frozen=True, slots=True)
class HandledRow:
    """How much work of a role an officer of a unit finished lately, and how many days it lay there."""

    officer_code: str
    role: str
    count: int
    median_days: float


def list_handled(unit_key: str) -> list[HandledRow]:
    """Who finished how much at that unit in the last four weeks, the most first."""
    rows = Handled.objects.filter(unit_key=unit_key).order_by("-count", "officer_code")
    return [HandledRow(*row) for row in rows.values_list("officer_code", "role", "count", "median_days")]


def list_paces(unit_keys: Sequence[str], *, over_all: bool = False) -> list[PaceRow]:
    """The paces of these units by procedure (or over all procedures), what took the most days in all first."""
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
    found = Pace.objects.filter(unit_key__in=list(unit_keys))
    found = found.filter(procedure_code="") if over_all else found.exclude(procedure_code="")
    rows = found.order_by("-total_days", "unit_key", "state").values_list(*fields)
    return [PaceRow(*row) for row in rows]
