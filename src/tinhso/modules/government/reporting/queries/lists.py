"""Lists of reports: what a unit owes, what comes to a receiver, what may be asked for by hand."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.queries.regimes import list_regimes
from tinhso.modules.government.reporting.queries.reporters import assignments_of
from tinhso.modules.government.reporting.rules.powers import units_filled, units_seen
from tinhso.modules.government.reporting.rules.states import ASSIGNED, OWED
from tinhso.modules.government.reporting.rules.templates import Regime
from tinhso.platform.people.rules import Actor, day_of

PAGE = 100
SOON = timedelta(days=3)


def list_reports(
    actor: Actor, *, units: Iterable[str] | None = None, owed: bool | None = None, limit: int = PAGE
) -> list[Report]:
    """
    The reports of the actor's units (or of some of those the actor sees), late ones first, then by the day they are due.

    :param owed: only what is still to be done, or only what is done; None for both
    """
    keys = units_filled(actor) if units is None else set(units)
    rows = Report.objects.filter(unit_key__in=keys)
    if owed is not None:
        rows = rows.filter(state__in=OWED) if owed else rows.exclude(state__in=OWED)
    return list(rows.order_by("due_at" if owed else "-due_at", "unit_key")[:limit])


def count_due(actor: Actor, now: datetime) -> int:
    """How many reports of the actor's units are late or due within three days."""
    return Report.objects.filter(unit_key__in=units_filled(actor), state__in=OWED, due_at__lt=now + SOON).count()


def list_of_receiver(actor: Actor) -> list[Report]:
    """The summed reports of the units where the actor sees reports, the latest period first."""
    return list(Report.objects.filter(unit_key__in=units_seen(actor), is_summed=True).order_by("-due_at")[:PAGE])


def list_assignable(actor: Actor, now: datetime) -> Sequence[Regime]:
    """The regimes in force that somebody asks for by hand and of which the actor's unit is a receiver."""
    held, on = units_filled(actor), day_of(now)
    regimes = [each for each in list_regimes(on) if not each.is_regular]
    return [each for each in regimes if held & {one.unit_key for one in assignments_of(each, on) if one.is_summed}]


def list_untouched(since: datetime) -> list[str]:
    """The ids of the reports due after `since` that nobody has begun to fill in, sums aside."""
    rows = Report.objects.filter(state=ASSIGNED, is_summed=False, due_at__gt=since)
    return list(rows.order_by("pk").values_list("public_id", flat=True))
