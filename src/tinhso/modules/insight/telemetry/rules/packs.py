"""Reading a pack's files about telemetry: each mistake becomes a problem with its place, and reading goes on."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tinhso.kernel.flow import Place, Problem
from tinhso.kernel.flow.tables import Table
from tinhso.modules.insight.telemetry.rules.kinds import (
    GROUPS,
    LEVELS,
    SEVERITIES,
    Definitions,
    EventType,
    Invented,
    Kind,
    Measure,
    Threshold,
)
from tinhso.modules.insight.telemetry.rules.names import DEVICE, is_ours

FAULTS = ("", "silent", "late", "doubled", "absurd", "broken")


def read_telemetry(table: Mapping[str, Any], problems: list[Problem]) -> Definitions:
    """What one file says: kinds of devices and devices of the demonstration."""
    whole = Table(table, problems)
    found = Definitions()
    for row in whole.tables("kind"):
        _keep(found.kinds, _kind(row), row)
    for row in whole.tables("device"):
        _keep(found.invented, _device(row), row)
    whole.close()
    return found


def find_dangling(found: Definitions) -> Iterable[tuple[str, Problem]]:
    """Devices of a kind that is nowhere; with the code of the device."""
    for place, device in enumerate(found.invented.values()):
        if device.kind not in found.kinds:
            yield device.code, _problem("unknown_kind", ("device", place, "kind"), device.kind)


def _problem(code: str, place: Place, value: object) -> Problem:
    vi, en = {
        "unknown_kind": ("Không có loại thiết bị “{}”.", "There is no kind of device “{}”."),
        "unknown_value": ("“{}” không phải là giá trị được dùng ở đây.", "“{}” is not a value used here."),
        "wrong_device_code": (
            "“{}” không phải mã thiết bị (chữ không dấu, số, gạch, dài 2 đến 40).",
            "“{}” is no code of a device (letters without marks, digits, dashes, 2 to 40).",
        ),
        "wrong_range": ("Khoảng giá trị ngược: {}", "The range of values is upside down: {}"),
        "said_twice": ("“{}” đã có.", "“{}” is there already."),
    }[code]
    return Problem(code, vi.format(value), en.format(value), place)


def _keep(place: dict[str, Any], one: Any, row: Table) -> None:
    if one.code in place:
        row.problems.append(_problem("said_twice", (*row.place, "code"), one.code))
    place[one.code] = one


def _one_of(row: Table, key: str, known: Iterable[str], default: str) -> str:
    found = row.string(key, default)
    if found not in known:
        row.problems.append(_problem("unknown_value", (*row.place, key), found))
        return default
    return found


def _kind(row: Table) -> Kind:
    measures: dict[str, Measure] = {}
    events: dict[str, EventType] = {}
    for each in row.tables("measure"):
        _keep(measures, _measure(each), each)
    for each in row.tables("event"):
        _keep(events, _event(each), each)
    found = Kind(
        code=row.code("code"),
        title=row.text("title"),
        group=_one_of(row, "group", GROUPS, "other"),
        every_seconds=row.whole("every_seconds", 60, 1),
        stale_after=timedelta(minutes=row.whole("stale_after_minutes", 30, 1)),
        retention_days=row.whole("retention_days", 365, 1),
        measures=measures,
        events=events,
        is_local=row.yes("is_local", default=False),
        takes_orders=row.yes("takes_orders", default=False),
        source=row.string("source", ""),
    )
    row.close()
    return found


def _measure(row: Table) -> Measure:
    found = Measure(
        code=row.code("code"),
        title=row.text("title"),
        unit=row.text("unit"),
        senml_unit=row.string("senml_unit", ""),
        least=row.amount("least") or Decimal(0),
        most=row.amount("most") or Decimal(0),
        decimals=row.whole("decimals", 1),
        thresholds=tuple(_threshold(each) for each in row.tables("threshold")),
    )
    if found.least >= found.most:
        row.problems.append(_problem("wrong_range", (*row.place, "most"), f"{found.least} … {found.most}"))
    row.close()
    return found


def _threshold(row: Table) -> Threshold:
    under = "under" in row.values
    value = row.amount("under" if under else "over") or Decimal(0)
    found = Threshold(_one_of(row, "level", LEVELS, LEVELS[0]), value, row.text("text"), under)
    row.close()
    return found


def _event(row: Table) -> EventType:
    found = EventType(
        code=row.code("code"),
        title=row.text("title"),
        severity=_one_of(row, "severity", SEVERITIES, "notice"),
        has_plate=row.yes("has_plate", default=False),
    )
    row.close()
    return found


def _device(row: Table) -> Invented:
    thresholds: dict[str, tuple[Threshold, ...]] = {}
    for each in row.tables("threshold"):
        measure = each.code("measure")
        thresholds[measure] = (*thresholds.get(measure, ()), _threshold(each))
    code = row.string("code")
    if code and (not DEVICE.fullmatch(code) or is_ours(code)):
        row.problems.append(_problem("wrong_device_code", (*row.place, "code"), code))
    found = Invented(
        code=code,
        name=row.text("name"),
        kind=row.string("kind"),
        unit_key=row.string("unit"),
        commune_key=row.string("commune", ""),
        place=row.string("place", ""),
        owner=row.string("owner", ""),
        purpose=row.string("purpose", ""),
        latitude=_degrees(row, "latitude"),
        longitude=_degrees(row, "longitude"),
        fault=_one_of(row, "fault", FAULTS, ""),
        thresholds=thresholds,
    )
    row.close()
    return found


def _degrees(row: Table, key: str) -> float | None:
    return float(row.amount(key) or 0) if key in row.values else None
