"""The panels of telemetry that boards are composed of; each also as a table and in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.modules.insight.telemetry import queries
from tinhso.modules.insight.telemetry.pages import courses
from tinhso.modules.insight.telemetry.pages.maps import map_of
from tinhso.modules.insight.telemetry.pages.words import (
    KIND_OF_LEVEL,
    ago,
    amount,
    badge,
    percent,
    unit_of,
    with_unit,
)
from tinhso.modules.insight.telemetry.queries import DeviceRow, Value, Wanted
from tinhso.modules.insight.telemetry.rules.drawing import SPANS
from tinhso.modules.insight.telemetry.rules.kinds import GROUPS, TROUBLE
from tinhso.platform.capability import Panel, PanelAsked
from tinhso.platform.wording import language, moment, said

MOST_TILES, MOST_EVENTS = 12, 8
PATIENCE = timedelta(minutes=10)
Pair = tuple[DeviceRow, Value]


def _devices(asked: PanelAsked) -> list[DeviceRow]:
    """The devices that the board's file means and this actor may see."""
    options = asked.options
    codes = options.get("devices") or ([options["device"]] if options.get("device") else [])
    wanted = Wanted(asked.unit_key, str(options.get("kind", "")), str(options.get("group", "")), list(codes))
    return queries.list_devices(wanted, asked.now, seen_by=asked.actor)


def _state(devices: Sequence[DeviceRow]) -> Any:
    states = {each.state for each in devices}
    if not states - {"paused", "silent"}:
        return "unknown"
    return "trouble" if "trouble" in states else "warning" if states & {"warning", "silent"} else "well"


def _title(asked: PanelAsked, otherwise: str) -> str:
    group = str(asked.options.get("group", ""))
    return f"{otherwise} · {GROUPS[group]}" if group in GROUPS else otherwise


def _latest(pairs: Sequence[Pair]) -> Any:
    return max((value.received_at for _device, value in pairs), default=None)


def newest(asked: PanelAsked) -> Panel | None:
    """Tiles of the newest values; options: `measure`, `kind`, `group`, `devices`, `limit`."""
    devices = _devices(asked)
    if not devices:
        return None
    wanted = str(asked.options.get("measure", ""))
    pairs = [(each, value) for each in devices if (value := each.find(wanted) if wanted else _telling(each))]
    limit = int(asked.options.get("limit", MOST_TILES))
    return Panel(
        title=_title(asked, _("Số đo mới nhất")),
        template="telemetry/panel_newest.html",
        context={"figures": [tile(each, value) for each, value in pairs[:limit]]},
        table=[
            [_("Mã"), _("Thiết bị"), _("Đại lượng"), _("Giá trị"), _("Đơn vị đo"), _("Lúc đo"), _("Trạng thái")],
            *([each.code, each.name_in(language()), said(value.measure.title), value.amount, unit_of(value.measure), moment(value.at), _said_state(value)] for each, value in pairs),
        ],
        as_of=_latest(pairs),
        stale_after=PATIENCE,
        state=_state([each for each, _value in pairs]),
        lines=[f"{each.name_in(language())}: {with_unit(value)}, {_said_state(value)} ({moment(value.at)})" for each, value in pairs[:limit]],
        address=reverse("telemetry:devices"),
    )  # fmt: skip


def _telling(device: DeviceRow) -> Value | None:
    """The value that says most of a device: one past a threshold, else the first of its kind."""
    met = [each for each in device.values if each.threshold and not each.is_stale]
    graver = sorted(met, key=lambda each: each.threshold is None or each.threshold.level != TROUBLE)
    return next(iter(graver or device.values), None)


def _said_state(value: Value) -> str:
    if value.is_stale:
        return _("số liệu cũ")
    return said(value.threshold.text) if value.threshold else _("trong ngưỡng")


def tile(device: DeviceRow, value: Value, *, own: bool = False) -> dict[str, Any]:
    """A value as the component `figure` takes it; grey when stale. On the device's own page the measure is the title."""
    called = said(value.measure.title)
    return {
        "title": called if own else device.name_in(language()),
        "value": amount(value),
        "unit": unit_of(value.measure),
        "kind": KIND_OF_LEVEL[value.threshold.level] if value.threshold and not value.is_stale else "",
        "stale": value.is_stale,
        "period": said(value.threshold.text) if value.threshold else _("mới nhất") if own else called,
        "as_of": moment(value.at),
        "basis": "" if own else _("diễn biến"),
        "url": "" if own else f"{reverse('telemetry:device', args=[device.code])}?measure={value.measure.code}",
    }


def course(asked: PanelAsked) -> Panel | None:
    """The course of one measure of one device; options: `device`, `measure`, `span` (day, week, month)."""
    devices = _devices(asked)
    if not devices or not devices[0].kind.measures:
        return None
    device, span = devices[0], str(asked.options.get("span", "day"))
    measures = device.kind.measures
    measure = measures.get(str(asked.options.get("measure", "")), next(iter(measures.values())))
    drawn = courses.read(device, measure, span if span in SPANS else "day", asked.now)
    value = device.find(measure.code)
    return Panel(
        title=f"{said(measure.title)} · {device.name_in(language())}",
        template="telemetry/panel_course.html",
        context={"course": drawn.context if drawn else None, "now": with_unit(value) if value else ""},
        table=drawn.table if drawn else (),
        as_of=value.at if value else None,
        stale_after=device.kind.stale_after,
        state=_state([device]),
        lines=[f"{device.name_in(language())}: {with_unit(value)} ({moment(value.at)})"] if value else [],
        address=f"{reverse('telemetry:device', args=[device.code])}?measure={measure.code}",
    )


def on_map(asked: PanelAsked) -> Panel | None:
    """The province with its devices as dots by state, and the same by commune as a list."""
    devices = _devices(asked)
    if not devices:
        return None
    drawn = map_of(devices, asked.now)
    return Panel(
        title=_title(asked, _("Thiết bị trên bản đồ")),
        template="telemetry/panel_map.html",
        context={"map": drawn, "wall": asked.wall},
        table=[[_("Xã, phường"), _("Thiết bị"), _("Vượt ngưỡng"), _("Mất tín hiệu")], *drawn["rows"]],
        as_of=max((each.heard_at for each in devices if each.heard_at), default=None),
        stale_after=PATIENCE,
        state=_state(devices),
        lines=[f"{name}: {count}" for name, count, *_more in drawn["rows"]],
        address=reverse("telemetry:devices"),
    )


def events(asked: PanelAsked) -> Panel | None:
    """The latest events that nobody has looked at; options: `kind`, `group`, `limit`."""
    devices = _devices(asked)
    if not devices:
        return None
    rows = queries.list_events(devices, review="waiting", limit=int(asked.options.get("limit", MOST_EVENTS)))
    count = queries.count_waiting_events(devices)
    items = [event_item(row) for row in rows]
    grave = {row.event.severity for row in rows}
    return Panel(
        title=_title(asked, _("Sự kiện chờ xem xét")),
        template="telemetry/panel_events.html",
        context={"items": items, "said": ngettext("%(count)d sự kiện chờ người xem xét", "%(count)d sự kiện chờ người xem xét", count) % {"count": count}, "url": reverse("telemetry:events"), "wall": asked.wall},
        table=[[_("Lúc"), _("Sự kiện"), _("Thiết bị"), _("Biển số (đã che)"), _("Nội dung")], *([moment(row.event.happened_at), event_title(row), row.device.name_in(language()), row.event.plate_masked, row.event.text] for row in rows)],
        as_of=asked.now,
        state="trouble" if "trouble" in grave else "warning" if "warning" in grave else "well",
        lines=[f"{each['title']}: {each['text']}" for each in items],
        address=reverse("telemetry:events"),
    )  # fmt: skip


def event_title(row: queries.EventRow) -> str:
    """What kind of event it is."""
    return said(row.type.title) if row.type else row.event.type


def event_item(row: queries.EventRow) -> dict[str, str]:
    """An event as the component `alerts` takes it."""
    about = [moment(row.event.happened_at), row.device.name_in(language()), row.event.plate_masked, row.event.text]
    return {
        "title": event_title(row),
        "text": " · ".join(each for each in about if each),
        "kind": {"trouble": "late", "warning": ""}.get(row.event.severity, "ok"),
        "url": reverse("telemetry:event", args=[row.event.public_id]),
    }


def health(asked: PanelAsked) -> Panel | None:
    """How many devices report, by kind: now, and the share of the last day."""
    devices = _devices(asked)
    if not devices:
        return None
    rows = health_rows(devices, asked)
    silent = [each for each in devices if each.state == "silent"]
    return Panel(
        title=_title(asked, _("Sức khỏe thiết bị")),
        template="telemetry/panel_health.html",
        context={"rows": rows, "silent": [{"text": each.name_in(language()), "ago": ago(each.heard_at, asked.now), "url": reverse("telemetry:device", args=[each.code]), "badge": badge(each.state)} for each in silent[:6]]},
        table=[[_("Loại thiết bị"), _("Thiết bị"), _("Đang có tín hiệu"), _("Có tín hiệu trong 24 giờ qua")], *([each["text"], each["all"], each["up"], each["value"]] for each in rows)],
        as_of=asked.now,
        state="warning" if silent else "well",
        lines=[f"{each['text']}: {each['up']}/{each['all']}, {each['value']}" for each in rows],
        address=reverse("telemetry:devices"),
    )  # fmt: skip


def health_rows(devices: Sequence[DeviceRow], asked: Any) -> list[dict[str, Any]]:
    """By kind: how many there are, how many report, the share of the last day as the component `bars` takes it."""
    shares = queries.read_up_shares(devices, asked.now)
    kinds: dict[str, list[DeviceRow]] = {}
    for each in devices:
        if each.state != "paused":
            kinds.setdefault(each.kind.code, []).append(each)
    found = []
    for rows in kinds.values():
        known = [share for each in rows if (share := shares[each.code]) is not None]
        mean = sum(known) / len(known) if known else None
        up = sum(each.state != "silent" for each in rows)
        found.append({
            "text": f"{said(rows[0].kind.title)}: {up}/{len(rows)}",
            "all": len(rows),
            "up": up,
            "value": percent(mean),
            "percent": 100 * (mean or 0),
            "kind": "none" if mean is None else "late" if mean < 0.8 else "soon" if mean < 0.95 else "",
            "url": f"{reverse('telemetry:devices')}?kind={rows[0].kind.code}",
        })  # fmt: skip
    return found


PANELS: Mapping[str, Callable[[PanelAsked], Panel | None]] = {
    "telemetry.newest": newest,
    "telemetry.course": course,
    "telemetry.map": on_map,
    "telemetry.events": events,
    "telemetry.health": health,
}
