"""What is so at this moment, from PostgreSQL; every figure over time reads the warehouse instead."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tinhso.modules.insight.indicators.adapters import postgres
from tinhso.modules.insight.indicators.rules import VIETNAM
from tinhso.platform.cases.queries import count_hanging
from tinhso.platform.units.queries import list_descendant_keys


@dataclass(frozen=True, slots=True)
class Live:
    """Dossiers being handled, those due until midnight, those late; and cases that nobody holds, which must be none."""

    handled: int
    due_today: int
    late: int
    hanging: int


def count_live(unit_key: str, now: datetime) -> Live:
    """How things stand now at the unit and all below it (the empty key: everywhere)."""
    today = now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    units = [unit_key, *list_descendant_keys(unit_key, today.date())] if unit_key else None
    handled, due_today, late = postgres.count_open_now(units, now, today + timedelta(days=1))
    hanging = sum(count for unit, count in count_hanging(now).items() if units is None or unit in units)
    return Live(handled, due_today, late, hanging)
