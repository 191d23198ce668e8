"""How complete reports are: of each regime's latest period, how many came of how many, and how many are late."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.rules import states
from tinhso.platform.units.queries import get_units


@dataclass(frozen=True, slots=True)
class Covered:
    """One summed report with what came for it: reports handed in, all that are owed, late ones that have not come."""

    row: Report
    present: int
    total: int
    late: int


def list_coverage(unit_key: str, now: datetime) -> list[Covered]:
    """
    The latest period of each regime at each receiver below that unit (empty: everywhere), those with most late reports first.
    """
    rows = Report.objects.filter(is_summed=True).defer("content", "summed_from")
    rows = rows.order_by("regime", "unit_key", "-cut_off_on").distinct("regime", "unit_key")
    latest = {(row.regime, row.unit_key): row for row in rows}
    if unit_key:
        units = get_units({row.unit_key for row in latest.values()})
        latest = {
            key: row for key, row in latest.items() if row.unit_key in units and unit_key in units[row.unit_key].path
        }
    counted = _count({(row.regime, row.period, row.unit_key) for row in latest.values()}, now)
    found = [Covered(row, *counted.get((row.regime, row.period, row.unit_key), (0, 0, 0))) for row in latest.values()]
    return sorted(found, key=lambda each: (-each.late, each.row.regime))


def count_late(now: datetime) -> dict[str, int]:
    """How many reports each receiver waits for that are due, of whatever period; one statement, also for none."""
    rows = Report.objects.exclude(receiver_key="").values_list("receiver_key")
    return dict(rows.annotate(late=Count("pk", filter=Q(due_at__lt=now, state__in=states.OWED))).order_by())


def _count(wanted: set[tuple[str, str, str]], now: datetime) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """Of the reports below: handed in, all, late and not there; one statement."""
    rows = (
        Report.objects.filter(
            regime__in={each[0] for each in wanted},
            period__in={each[1] for each in wanted},
            receiver_key__in={each[2] for each in wanted},
        )
        .values("regime", "period", "receiver_key")
        .annotate(
            present=Count("pk", filter=Q(state__in=states.COUNTED)),
            total=Count("pk"),
            late=Count("pk", filter=Q(due_at__lt=now) & ~Q(state__in=states.COUNTED)),
        )
    )
    return {
        (row["regime"], row["period"], row["receiver_key"]): (row["present"], row["total"], row["late"]) for row in rows
    }
