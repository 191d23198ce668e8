"""The list of devices with their state, and one device with its course."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.modules.insight.telemetry import queries
from tinhso.modules.insight.telemetry.pages import courses
from tinhso.modules.insight.telemetry.pages.doors import find_device, for_officers, officer_in
from tinhso.modules.insight.telemetry.pages.maps import map_of
from tinhso.modules.insight.telemetry.pages.panels import health_rows, tile
from tinhso.modules.insight.telemetry.pages.words import STATES, ago, badge, name_units, percent, with_unit
from tinhso.modules.insight.telemetry.queries import DeviceRow, Wanted
from tinhso.modules.insight.telemetry.rules.drawing import SPANS
from tinhso.modules.insight.telemetry.rules.kinds import GROUPS, Measure
from tinhso.modules.insight.telemetry.rules.powers import may_administer, may_command, units_of
from tinhso.modules.insight.telemetry.rules.refusals import REASONS
from tinhso.platform.capability import PanelAsked
from tinhso.platform.clock import now
from tinhso.platform.people.rules import ADMINISTRATOR
from tinhso.platform.wording import day, language, moment, number, said


@for_officers
def show_devices(request: HttpRequest) -> HttpResponse:
    """Every device the officer may see, by kind, what needs a look first."""
    at, actor = now(), officer_in(request)
    group, kind = (request.GET.get(name, "").replace("\0", "") for name in ("group", "kind"))
    everything = queries.list_devices(Wanted(), at, seen_by=actor)
    devices = [each for each in everything if group in ("", each.kind.group) and kind in ("", each.kind.code)]
    asked = PanelAsked("", "", actor, at, wall=False, options={})
    context = {
        "as_of": moment(at),
        "counts": [{"value": sum(each.state == state for each in devices), "text": str(text), "kind": code if any(each.state == state for each in devices) else ""} for state, (code, text) in STATES.items() if state not in {"paused", "retired"}],
        "groups": _groups(everything, group),
        "first": _first(devices, at),
        "tables": _tables(devices, at),
        "map": map_of(devices, at) if devices else None,
        "health": health_rows(devices, asked),
        "waiting": queries.count_waiting_events(devices),
        "may_add": bool(units_of(actor, frozenset({ADMINISTRATOR}))),
        "is_filtered": bool(group or kind),
    }  # fmt: skip
    return render(request, "telemetry/devices.html", context)


def _groups(devices: list[DeviceRow], chosen: str) -> list[dict[str, Any]]:
    found = {each.kind.group for each in devices}
    url = reverse("telemetry:devices")
    every = [{"url": url, "text": _("Tất cả"), "current": not chosen}]
    return every + [{"url": f"{url}?group={code}", "text": str(name), "current": code == chosen} for code, name in GROUPS.items() if code in found]  # fmt: skip


def _first(devices: list[DeviceRow], at: Any) -> list[dict[str, str]]:
    """What needs a look before all else, as the component `alerts` takes it."""
    found = []
    for each in devices:
        if each.state not in {"trouble", "silent", "warning"}:
            continue
        met = [
            f"{said(value.threshold.text)}: {with_unit(value)}"
            for value in each.values
            if value.threshold and not value.is_stale
        ]
        text = " · ".join(met) or f"{STATES[each.state][1]}, {ago(each.heard_at, at)}"
        kind = "late" if each.state == "trouble" else ""
        found.append(
            {
                "title": each.name_in(language()),
                "text": text,
                "kind": kind,
                "url": reverse("telemetry:device", args=[each.code]),
            }
        )
    return found[:8]


def _tables(devices: list[DeviceRow], at: Any) -> list[dict[str, Any]]:
    titles = [_("Thiết bị"), _("Số đo mới nhất"), _("Nghe lần cuối"), _("Trạng thái"), _("Nơi đặt")]
    names = name_units(each.placement.commune_key for each in devices)
    tables: dict[str, list[dict[str, Any]]] = {}
    for each in devices:
        values = with_unit(each.values[0]) if each.values else _("chưa có")
        others = " · ".join(f"{said(value.measure.title)} {with_unit(value)}" for value in each.values[1:])
        state = badge(each.state)
        met = next((said(value.threshold.text) for value in each.values if value.threshold and not value.is_stale), "")
        cells = [
            {"text": each.name_in(language()), "url": reverse("telemetry:device", args=[each.code]), "heads": True, "note": f"{each.code}{' · ' + _('bịa để trình diễn') if each.is_invented else ''}"},
            {"text": values, "label": titles[1], "kind": "soft" if each.state == "silent" else "", "note": others},
            {"text": ago(each.heard_at, at), "label": titles[2]},
            {"badge": state, "label": titles[3], "note": met},
            {"text": names.get(each.placement.commune_key, each.placement.place), "label": titles[4]},
        ]  # fmt: skip
        tables.setdefault(said(each.kind.title), []).append({"cells": cells})
    return [
        {"caption": name, "columns": [{"title": title} for title in titles], "rows": rows}
        for name, rows in tables.items()
    ]


@for_officers
def show_device(request: HttpRequest, code: str) -> HttpResponse:
    """One device: newest values, the course of a measure, where it stands, what was refused of it."""
    at, actor = now(), officer_in(request)
    device = find_device(request, code)
    span, measure = chosen(request, device)
    name = device.name_in(language())
    context: dict[str, Any] = {
        "title": name,
        "device": device,
        "badge": badge(device.state),
        "as_of": moment(at),
        "crumbs": [{"url": reverse("telemetry:devices"), "text": _("Quan trắc")}, {"text": name}],
        "figures": [tile(device, value, own=True) for value in device.values],
        "rows": _about(device, at),
        "placements": _placements(device),
        "refusals": _refusals(device, at),
        "administers": may_administer(actor, device.line) and device.state != "retired",
        "commands": may_command(actor, device.line) and device.kind.takes_orders and device.state not in {"paused", "retired"},
        "orders": queries.list_orders(device) if device.kind.takes_orders else [],
        "events": len(device.kind.events),
    }  # fmt: skip
    if measure:
        context |= _course(device, measure, span, at)
    return render(request, "telemetry/device.html", context)


def chosen(request: HttpRequest, device: DeviceRow) -> tuple[str, Measure | None]:
    """Span and measure that are asked for, or the first ones."""
    span = request.GET.get("span", "")
    first = next(iter(device.kind.measures.values()), None)
    return span if span in SPANS else "day", device.kind.measures.get(request.GET.get("measure", ""), first)


def _course(device: DeviceRow, measure: Measure, span: str, at: Any) -> dict[str, Any]:
    url = reverse("telemetry:device", args=[device.code])
    spans = {"day": _("24 giờ"), "week": _("7 ngày"), "month": _("30 ngày")}
    asked = f"?measure={measure.code}&span={span}"
    drawn = courses.read(device, measure, span, at)
    return {
        "course": drawn.context if drawn else None,
        "course_title": said(measure.title),
        "spans": [{"url": f"{url}?measure={measure.code}&span={code}#course", "text": text, "current": code == span} for code, text in spans.items()],
        "measures": [{"url": f"{url}?measure={code}&span={span}#course", "text": said(each.title), "current": code == measure.code} for code, each in device.kind.measures.items()],
        "downloads": [
            {"url": reverse("telemetry:csv", args=[device.code]) + asked, "text": _("Tải bảng (CSV)")},
            {"url": reverse("telemetry:xlsx", args=[device.code]) + asked, "text": _("Tải bảng (Excel)")},
        ],
    }  # fmt: skip


def _about(device: DeviceRow, at: Any) -> list[dict[str, str]]:
    place = device.placement
    names = name_units([device.unit_key, place.commune_key])
    where = f"{number_of(place.latitude)}, {number_of(place.longitude)}" if place.latitude is not None else ""
    up = queries.read_up_shares([device], at)[device.code]
    patience = int(device.kind.stale_after.total_seconds() // 60)
    told = [
        (_("Mã"), device.code + (" · " + _("bịa để trình diễn") if device.is_invented else "")),
        (_("Loại thiết bị"), said(device.kind.title)),
        (_("Đơn vị phụ trách"), names[device.unit_key]),
        (_("Chủ sở hữu"), place.owner),
        (_("Mục đích"), place.purpose),
        (_("Nơi đặt"), " · ".join(each for each in (place.place, names.get(place.commune_key, ""), where) if each)),
        (_("Nghe lần cuối"), f"{ago(device.heard_at, at)}{f' ({moment(device.heard_at)})' if device.heard_at else ''}"),
        (_("Có tín hiệu trong 24 giờ qua"), percent(up)),
        (_("Coi là mất tín hiệu sau"), ngettext("%(count)d phút", "%(count)d phút", patience) % {"count": patience}),
        (_("Giữ số đo gốc"), ngettext("%(count)d ngày", "%(count)d ngày", device.kind.retention_days) % {"count": device.kind.retention_days}),
        (_("Lý do"), device.state_reason),
        (_("Khóa đổi lần cuối"), moment(device.key_changed_at)),
        (_("Nguồn của ngưỡng, khoảng giá trị"), device.kind.source),
    ]  # fmt: skip
    return [{"key": key, "value": value} for key, value in told if value]


def number_of(degrees: float | None) -> str:
    """Degrees in digits."""
    return number(Decimal(str(degrees)), 5) if degrees is not None else ""


def _placements(device: DeviceRow) -> list[str]:
    found = queries.list_placements(device.id)
    names = name_units(each.unit_key for each in found)
    return [
        f"{day(each.valid_from)} – {day(each.valid_to)}: {names[each.unit_key]}, {each.place}"
        for each in found
        if each.valid_to
    ]


def _refusals(device: DeviceRow, at: Any) -> list[dict[str, Any]]:
    return [
        {"on": day(each.on), "reason": str(REASONS.get(each.reason, each.reason)), "count": number(each.count), "name": each.last_name}
        for each in queries.list_refusals([device.code], at)
    ]  # fmt: skip
