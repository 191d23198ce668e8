"""Events that explain figures: those of the packs and those people told of, by unit and time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from tinhso.kernel.flow import Text
from tinhso.modules.insight.alerts import adapters, models
from tinhso.platform.units.queries import NoSuchUnit, get_unit

HIGH = {"country", "province"}
MOST = 200


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event; `public_id` is empty for one of a pack, which nobody withdraws here."""

    public_id: str
    unit_key: str
    first_on: date
    last_on: date | None
    title: Text
    source: str
    address: str
    entered_by: str = ""
    entered_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdraw_reason: str = ""


def list_events_of(unit_key: str, first: date, last: date) -> list[EventRow]:
    """
    What happened between these days (the last included) at that unit, above it or everywhere; withdrawn ones left out.

    Of everything (the empty key) those of provinces count too. One statement, and names of units that are kept.
    """
    told = models.Event.objects.filter(Q(last_on=None) | Q(last_on__gte=first), first_on__lte=last, withdrawn_at=None)
    rows = [_row(each) for each in told.order_by("first_on")[:MOST]]
    packs = adapters.find_definitions().events.values()
    rows += [_of_pack(each) for each in packs if each.touches(first, last)]
    return sorted(
        (row for row in rows if _concerns(row.unit_key, unit_key)), key=lambda row: (row.first_on, row.title.vi)
    )


def _concerns(event_unit: str, unit_key: str) -> bool:
    if not event_unit or event_unit == unit_key:
        return True
    try:
        if not unit_key:
            return get_unit(event_unit).kind in HIGH
        return event_unit in get_unit(unit_key).path
    except (NoSuchUnit, ValueError):
        return False


def list_events() -> list[EventRow]:
    """All events, the latest first, those of packs and withdrawn ones too."""
    rows = [_row(each) for each in models.Event.objects.order_by("-first_on", "-id")[:MOST]]
    rows += [_of_pack(each) for each in adapters.find_definitions().events.values()]
    return sorted(rows, key=lambda row: row.first_on, reverse=True)


def find_event(public_id: str) -> EventRow | None:
    """The event that somebody told of under that id, or None."""
    row = models.Event.objects.filter(public_id=public_id).first()
    return _row(row) if row else None


def _row(each: models.Event) -> EventRow:
    title = Text(each.title_vi, each.title_en)
    return EventRow(
        each.public_id, each.unit_key, each.first_on, each.last_on, title, each.source, each.address,
        each.entered_by, each.entered_at, each.withdrawn_at, each.withdraw_reason,
    )  # fmt: skip


def _of_pack(each: adapters.Happening) -> EventRow:
    return EventRow("", each.unit_key, each.first_on, each.last_on, each.title, each.source, each.address)
