"""Readings that thresholds are set on, and whether values reach the archive in time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.urls import reverse

from tinhso.modules.insight.telemetry.models import Waiting
from tinhso.modules.insight.telemetry.queries.definitions import get_definitions
from tinhso.modules.insight.telemetry.queries.devices import DeviceRow, Wanted, list_devices
from tinhso.platform.capability import Reading
from tinhso.platform.wording import language, said

PREFIX: Final = "telemetry."
SILENT: Final = "silent"
BEHIND_AFTER: Final = timedelta(minutes=30)


def list_readings(source: str, now: datetime) -> Iterator[Reading]:
    """
    The readings of a source: of a measure the newest value of every active device (None where it is stale); of
    `telemetry.silent` the whole minutes since something new came (since it was added, where nothing ever did).
    """
    code = source.removeprefix(PREFIX)
    if code == source or (code != SILENT and not get_definitions().measures_named(code)):
        return
    for device in list_devices(Wanted(), now, all_seen=True):
        if device.state != "paused":
            yield from _of_device(device, source, code, now)


def _of_device(device: DeviceRow, source: str, code: str, now: datetime) -> Iterator[Reading]:
    address = reverse("telemetry:device", args=[device.code])
    if code == SILENT:
        since = device.heard_at or device.added_at
        minutes = Decimal(max(0, int((now - since) / timedelta(minutes=1))))
        unit = "minutes" if language() == "en" else "phút"
        yield Reading(source, device.code, device.unit_key, device.name_in(language()), minutes, unit, now, address)
    elif value := device.find(code):
        known = None if value.is_stale else value.amount
        yield Reading(source, device.code, device.unit_key, device.name_in(language()), known, said(value.measure.unit), value.at, f"{address}?measure={code}")  # fmt: skip


def is_archive_behind(now: datetime) -> bool:
    """Whether values have waited for their file longer than they should."""
    return Waiting.objects.filter(received_at__lt=now - BEHIND_AFTER).exists()
