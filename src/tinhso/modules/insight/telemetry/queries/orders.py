"""Orders to devices: those of one with what became of them, and those on their way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinhso.modules.insight.telemetry.models import Order
from tinhso.modules.insight.telemetry.queries.devices import DeviceRow
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


def list_unsent(now: datetime, codes: list[str] | None = None) -> list[Order]:
    """Orders that have not left yet and are not over, the oldest first; of all devices or of these."""
    found = Order.objects.filter(sent_at=None, ends_at__gt=now).select_related("device").order_by("ordered_at", "id")
    return list(found if codes is None else found.filter(device__code__in=codes))


def tell_order(order: Order) -> dict[str, Any]:
    """An order as its device reads it; moments are seconds since 1970 (UTC)."""
    return {"id": order.public_id, "level": order.level, "starts": order.starts_at.timestamp(), "ends": order.ends_at.timestamp()}  # fmt: skip
