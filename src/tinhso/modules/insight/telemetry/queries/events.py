"""Events of devices and what people said of them; counts of what was taken and refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from tinhso.modules.insight.telemetry.models import Count, Event
from tinhso.modules.insight.telemetry.queries.devices import DeviceRow
from tinhso.modules.insight.telemetry.rules.events import WAITING
from tinhso.modules.insight.telemetry.rules.kinds import EventType
from tinhso.platform.people.rules import day_of

ON_A_PAGE = 50
TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with the device that told of it; `type` is None where its pack names it no more."""

    event: Event
    device: DeviceRow
    type: EventType | None


def list_events(
    devices: Iterable[DeviceRow],
    *,
    review: str = "",
    before: tuple[datetime, int] | None = None,
    limit: int = ON_A_PAGE,
) -> list[EventRow]:
    """The events of these devices, the latest first. :param before: moment and id of the last one that was shown"""
    by_id = {each.id: each for each in devices}
    found = Event.objects.filter(device_id__in=list(by_id)).order_by("-happened_at", "-id")
    if review:
        found = found.filter(review=review)
    if before:
        found = found.filter(Q(happened_at__lt=before[0]) | Q(happened_at=before[0], id__lt=before[1]))
    return [
        EventRow(each, by_id[each.device_id], by_id[each.device_id].kind.events.get(each.type))
        for each in found[:limit]
    ]


def count_waiting_events(devices: Iterable[DeviceRow]) -> int:
    """How many events of these devices nobody has looked at."""
    return Event.objects.filter(device_id__in=[each.id for each in devices], review=WAITING).count()


def find_event(public_id: str) -> Event | None:
    """The event of that id."""
    return Event.objects.filter(public_id=public_id).select_related("device").first()


def list_refusals(codes: Sequence[str], now: datetime, days: int = 7) -> list[Count]:
    """What was refused of these devices (an empty code: of strangers) in the last days, the latest first."""
    since = day_of(now - timedelta(days=days))
    return list(Count.objects.filter(device__in=codes, on__gte=since).exclude(reason=TAKEN).order_by("-last_at")[:200])


def count_today(now: datetime) -> dict[str, int]:
    """What was taken and refused today, by reason."""
    found = Count.objects.filter(on=day_of(now)).values_list("reason").annotate(Sum("count"))
    return {reason: int(count) for reason, count in found}
