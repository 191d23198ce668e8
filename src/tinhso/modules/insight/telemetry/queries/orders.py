"""Orders to devices: those of one with what became of them, and those on their way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from tinhso.modules.insight.telemetry.models import Order
from tinhso.modules.insight.telemetry.queries.devices import DeviceRow
from tinhso.modules.insight.telemetry.rules.judging import ACTIVE
from tinhso.platform.people.queries import get_names


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order with the name of who gave it."""

    order: Order
    ordered_by: str


def list_orders(device: DeviceRow, limit: int = 20) -> list[OrderRow]:
    """The latest orders to a device."""
    found = list(Order.objects.filter(device_id=device.id).order_by("-ordered_at", "-id")[:limit])
    names = get_names({each.ordered_by for each in found})
    return [OrderRow(each, names.get(each.ordered_by, each.ordered_by)) for each in found]


def list_unsent(now: datetime) -> list[Order]:
    """Orders to active devices that have not left yet, are not answered and not over, the oldest first."""
    return list(_open(now).filter(sent_at=None))


def list_unanswered(now: datetime, code: str) -> list[Order]:
    """Orders to that device, while it is active, that it has not answered and that are not over, the oldest first."""
    return list(_open(now).filter(device__code=code))


def _open(now: datetime) -> QuerySet[Order]:
    found = Order.objects.filter(answered_at=None, ends_at__gt=now, device__state=ACTIVE)
    return found.select_related("device").order_by("ordered_at", "id")


def tell_order(order: Order) -> dict[str, Any]:
    """An order as its device reads it; moments are seconds since 1970 (UTC)."""
    return {"id": order.public_id, "level": order.level, "starts": order.starts_at.timestamp(), "ends": order.ends_at.timestamp()}  # fmt: skip
