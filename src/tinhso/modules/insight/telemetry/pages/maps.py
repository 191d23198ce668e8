"""The province with its devices: each commune a cell, each device a dot in the colour of its state, the same as a list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.telemetry import queries
from tinhso.modules.insight.telemetry.pages.words import STATES, name_units
from tinhso.modules.insight.telemetry.queries import DeviceRow
from tinhso.platform.people.rules import day_of
from tinhso.platform.wording import language

KEPT_SECONDS = 600
WHOLE, ROOM, LEAST = 1012.0, 70.0, 220.0
RADIUS = {"trouble": 17, "silent": 13, "warning": 13, "well": 10, "paused": 8, "retired": 8}


def map_of(devices: Sequence[DeviceRow], now: datetime) -> dict[str, Any]:
    """What the template draws: outlines and dots (none without a province), and the devices by commune."""
    found = {"rows": _rows(devices), "legend": _legend(devices), "dots": [], "outlines": [], "box": ""}
    ground = _ground(devices, now)
    if ground is None or len(ground.outlines) < 2:
        return found
    drawn = [each for each in devices if each.placement.latitude is not None and each.placement.longitude is not None]
    places = {each.code: ground.place(each.placement.latitude or 0, each.placement.longitude or 0) for each in drawn}
    left, top, wide, tall = _window(list(places.values()), ground.height)
    return found | {
        "box": f"{left:.0f} {top:.0f} {wide:.0f} {tall:.0f}",
        "outlines": ["M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in each) + "Z" for each in ground.outlines.values()],
        "dots": [_dot(each, places[each.code], wide / WHOLE) for each in reversed(drawn)],
    }


def _ground(devices: Sequence[DeviceRow], now: datetime) -> queries.Ground | None:
    province = next((key for each in devices for key in each.line[1:2]), "")
    if not province:
        return None
    name, on = "telemetry:ground", day_of(now)
    kept = cache.get(f"{name}:{province}:{on}")
    if kept is None:
        kept = queries.read_ground(province, on)
        cache.set(f"{name}:{province}:{on}", kept, KEPT_SECONDS)
    found: queries.Ground | None = kept
    return found


def _window(places: Sequence[tuple[float, float]], height: float) -> tuple[float, float, float, float]:
    """What of the picture is shown (left, top, width, height): all of it, or nearer where the devices lie close together."""
    if not places:
        return -6, -6, WHOLE, height + 12
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*places, strict=True))
    side = max(right - left, bottom - top) + 2 * ROOM
    if side > WHOLE / 2:
        return -6, -6, WHOLE, height + 12
    side = max(side, LEAST)
    return (left + right - side) / 2, (top + bottom - side) / 2, side, side


def _dot(device: DeviceRow, place: tuple[float, float], scale: float) -> dict[str, Any]:
    (x, y), (kind, text) = place, STATES[device.state]
    return {
        "x": f"{x:.1f}",
        "y": f"{y:.1f}",
        "r": f"{RADIUS[device.state] * scale:.1f}",
        "edge": f"{(2 if kind else 5) * scale:.1f}",
        "kind": kind,
        "is_silent": not kind,
        "title": f"{device.name_in(language())}: {text}",
        "url": reverse("telemetry:device", args=[device.code]),
    }


def _legend(devices: Sequence[DeviceRow]) -> list[dict[str, Any]]:
    counts = {state: sum(each.state == state for each in devices) for state in STATES}
    return [
        {"kind": kind, "text": f"{text}: {counts[state]}"} for state, (kind, text) in STATES.items() if counts[state]
    ]


def _rows(devices: Sequence[DeviceRow]) -> list[list[Any]]:
    """Communes with how many devices, how many over a threshold, how many silent; the worst first."""
    names = name_units(each.placement.commune_key for each in devices)
    groups: dict[str, list[DeviceRow]] = {}
    for each in devices:
        groups.setdefault(names.get(each.placement.commune_key, _("chưa ghi xã, phường")), []).append(each)
    rows = [[name, len(found), sum(each.state in {"trouble", "warning"} for each in found), sum(each.state == "silent" for each in found)] for name, found in groups.items()]  # fmt: skip
    return sorted(rows, key=lambda row: (-row[2], -row[3], -row[1], row[0]))
