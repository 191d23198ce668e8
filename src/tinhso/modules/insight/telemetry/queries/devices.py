"""Devices as people see them: where they stand, who answers for them, their newest values, how they fare."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from django.db.models import Max

from tinhso.modules.insight.telemetry.models import Device, Newest, Placement, Presence
from tinhso.modules.insight.telemetry.queries.definitions import get_definitions
from tinhso.modules.insight.telemetry.queries.senders import get_kind
from tinhso.modules.insight.telemetry.rules.health import up_share
from tinhso.modules.insight.telemetry.rules.judging import ACTIVE, RETIRED
from tinhso.modules.insight.telemetry.rules.kinds import TROUBLE, Kind, Measure, Threshold, state_of, threshold_from
from tinhso.modules.insight.telemetry.rules.powers import may_see
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_units

State = Literal["well", "warning", "trouble", "silent", "paused", "retired"]
DAY = timedelta(days=1)
ORDER: Mapping[str, int] = {"trouble": 0, "silent": 1, "warning": 2, "well": 3, "paused": 4, "retired": 5}


@dataclass(frozen=True, slots=True)
class Value:
    """The newest value of a measure, the threshold it has come to, and whether it is too old to be trusted."""

    measure: Measure
    value: float
    at: datetime
    received_at: datetime
    threshold: Threshold | None
    is_stale: bool

    @property
    def amount(self) -> Decimal:
        """The value with as many decimals as its measure has."""
        return round(Decimal(repr(self.value)), self.measure.decimals)


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """
    A device today. `line`: the keys from the country down to the unit that answers for it; `seen_from`: these and those
    down to the commune where it stands, whose officers see it too; `heard_at`: when something new of it last came.
    """

    id: int
    code: str
    kind: Kind
    names: tuple[str, str]
    state: State
    is_invented: bool
    unit_key: str
    line: tuple[str, ...]
    placement: Placement
    values: tuple[Value, ...]
    heard_at: datetime | None
    added_at: datetime
    state_reason: str = ""
    key_changed_at: datetime | None = None
    seen_from: frozenset[str] = frozenset()
    thresholds: Mapping[str, tuple[Threshold, ...]] = field(default_factory=dict)

    def name_in(self, language: str) -> str:
        """What people call it."""
        return (language == "en" and self.names[1]) or self.names[0]

    def find(self, measure: str) -> Value | None:
        """Its newest value of that measure."""
        return next((each for each in self.values if each.measure.code == measure), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which devices: those of a unit and below (empty: all), of a kind, of a group; retired ones only where asked for."""

    unit_key: str = ""
    kind: str = ""
    group: str = ""
    codes: Sequence[str] = ()
    with_retired: bool = False


def list_devices(
    wanted: Wanted, now: datetime, *, seen_by: Actor | None = None, all_seen: bool = False
) -> list[DeviceRow]:
    """The devices wanted that this actor may see (all with `all_seen`), those in trouble first."""
    found = Placement.objects.filter(valid_to=None).select_related("device")
    if wanted.codes:
        found = found.filter(device__code__in=wanted.codes)
    if wanted.kind:
        found = found.filter(device__kind=wanted.kind)
    if not wanted.with_retired:
        found = found.exclude(device__state=RETIRED)
    units = get_units({key for each in found for key in (each.unit_key, each.commune_key) if key})
    lines = {
        key: units[key].path if key in units else (key,) for each in found for key in (each.unit_key, each.commune_key)
    }
    seen = {each.pk: _seen_from(each, lines) for each in found}
    chosen = [
        each for each in found if _is_wanted(each, wanted, lines) and (all_seen or may_see(seen_by, seen[each.pk]))
    ]
    newest = _newest(each.device_id for each in chosen)
    rows = [_row(each, newest.get(each.device_id, []), (lines[each.unit_key], seen[each.pk]), now) for each in chosen]
    return sorted(rows, key=lambda row: (ORDER[row.state], row.code))


def _seen_from(placement: Placement, lines: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """At which units, or below which, a post lets one see it: those that answer for it, and where it stands if its kind says so."""
    local = get_kind(placement.device.kind).is_local
    return frozenset((*lines[placement.unit_key], *(lines[placement.commune_key] if local else ())))


def find_device(code: str, now: datetime, *, seen_by: Actor | None) -> DeviceRow | None:
    """The device of that code, if there is one that this actor may see."""
    found = list_devices(Wanted(codes=[code], with_retired=True), now, seen_by=seen_by)
    return found[0] if found else None


def _is_wanted(placement: Placement, wanted: Wanted, lines: Mapping[str, tuple[str, ...]]) -> bool:
    if wanted.group and get_kind(placement.device.kind).group != wanted.group:
        return False
    return not wanted.unit_key or wanted.unit_key in (*lines[placement.unit_key], *lines[placement.commune_key])


def _newest(ids: Iterable[int]) -> dict[int, list[Newest]]:
    found: dict[int, list[Newest]] = {}
    for each in Newest.objects.filter(device_id__in=list(ids)):
        found.setdefault(each.device_id, []).append(each)
    return found


def _row(
    placement: Placement, newest: list[Newest], lines: tuple[tuple[str, ...], frozenset[str]], now: datetime
) -> DeviceRow:
    device = placement.device
    kind = get_kind(device.kind)
    own = {measure: tuple(threshold_from(each) for each in rows) for measure, rows in placement.thresholds.items()}
    thresholds = {code: own.get(code, measure.thresholds) for code, measure in kind.measures.items()}
    by_code = {each.measure: each for each in newest}
    values = tuple(
        Value(measure, one.value, one.at, one.received_at, state_of(one.value, thresholds[code]), now - one.at > kind.stale_after)
        for code, measure in kind.measures.items()
        if (one := by_code.get(code))
    )  # fmt: skip
    heard_at = max((each.received_at for each in newest), default=None)
    return DeviceRow(
        id=device.id,
        code=device.code,
        kind=kind,
        names=(device.name, device.name_en),
        state=_state(device, kind, values, now),
        is_invented=device.is_invented,
        unit_key=placement.unit_key,
        line=lines[0],
        seen_from=lines[1],
        placement=placement,
        values=values,
        heard_at=heard_at,
        added_at=device.added_at,
        state_reason=device.state_reason,
        key_changed_at=device.key_changed_at,
        thresholds=thresholds,
    )


def _state(device: Device, kind: Kind, values: tuple[Value, ...], now: datetime) -> State:
    if device.state != ACTIVE:
        return "retired" if device.state == RETIRED else "paused"
    if not any(now - each.at <= kind.stale_after for each in values):
        return "silent"
    met = [each.threshold.level for each in values if each.threshold and not each.is_stale]
    if not met:
        return "well"
    return "trouble" if TROUBLE in met else "warning"


def read_up_shares(rows: Iterable[DeviceRow], now: datetime, over: timedelta = DAY) -> dict[str, float | None]:
    """For each device the share of that time until now in which it reported (from when it was added)."""
    rows = list(rows)
    hours: dict[int, dict[datetime, int]] = {}
    found = Presence.objects.filter(
        device_id__in=[row.id for row in rows], hour_at__gte=now - over - timedelta(hours=1)
    )
    for device, hour, minutes in found.values_list("device_id", "hour_at", "minutes"):
        hours.setdefault(device, {})[hour] = minutes
    return {
        row.code: up_share(hours.get(row.id, {}), max(now - over, row.added_at), now, row.kind.stale_after)
        for row in rows
    }


def list_placements(device_id: int) -> list[Placement]:
    """Where a device has stood, the latest first."""
    return list(Placement.objects.filter(device_id=device_id).order_by("-valid_from", "-id"))


def find_last_moment() -> datetime | None:
    """The latest moment that any device has measured."""
    found: datetime | None = Newest.objects.aggregate(last=Max("at"))["last"]
    return found


def list_kinds() -> list[Kind]:
    """Every kind of device, in the order of the packs."""
    return list(get_definitions().kinds.values())
