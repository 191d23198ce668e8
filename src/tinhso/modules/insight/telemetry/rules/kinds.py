"""What packs decide about telemetry: kinds of devices, what each measures, which events it tells of; devices of a demonstration."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.flow import Text

GROUPS: Final[dict[str, Promise]] = {
    "water": _("Nước và mưa"),
    "air": _("Không khí"),
    "traffic": _("Giao thông"),
    "lighting": _("Chiếu sáng"),
    "security": _("An ninh, an toàn thông tin"),
    "other": _("Nhóm khác"),
}
WARNING, TROUBLE, NOTICE = "warning", "trouble", "notice"
LEVELS: Final = (WARNING, TROUBLE)
SEVERITIES: Final[dict[str, Promise]] = {NOTICE: _("Để biết"), WARNING: _("Cần chú ý"), TROUBLE: _("Nghiêm trọng")}


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which value on (below it, where `under`) something is to be watched or is trouble; `text` is what it is called."""

    level: str
    value: Decimal
    text: Text
    under: bool = False

    def is_met(self, value: float) -> bool:
        """Whether the value has come so far."""
        return value <= self.value if self.under else value >= self.value

    def as_row(self) -> dict[str, Any]:
        """The same for a JSON column."""
        return {"level": self.level, "value": str(self.value), "vi": self.text.vi, "en": self.text.en, "under": self.under}  # fmt: skip


def threshold_from(row: dict[str, Any]) -> Threshold:
    """A threshold as it lies in a JSON column."""
    return Threshold(row["level"], Decimal(row["value"]), Text(row["vi"], row["en"]), bool(row.get("under")))


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One quantity that a kind of device reports: values outside `least` to `most` are refused as absurd.

    `senml_unit` is the unit's name in the register of RFC 8428; a record that names another one is refused.
    """

    code: str
    title: Text
    unit: Text
    senml_unit: str
    least: Decimal
    most: Decimal
    decimals: int = 1
    thresholds: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True)
class EventType:
    """One thing that a device may tell of besides values; `has_plate`: it may name a number plate, which is masked."""

    code: str
    title: Text
    severity: str
    has_plate: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of device: how often it reports, when it counts as silent, how long its raw values are kept.

    `is_local`: officers of the commune where it stands see it too; `takes_orders`: it can be told to do something (lamps); `source` says where numbers of this kind's file come from.
    """

    code: str
    title: Text
    group: str
    every_seconds: int
    stale_after: timedelta
    retention_days: int
    measures: dict[str, Measure] = field(default_factory=dict)
    events: dict[str, EventType] = field(default_factory=dict)
    takes_orders: bool = False
    is_local: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Invented:
    """A device of the demonstration, as a pack invents it; `fault` is what its simulator does wrong now and then."""

    code: str
    name: Text
    kind: str
    unit_key: str
    commune_key: str
    place: str
    owner: str
    purpose: str
    latitude: float | None = None
    longitude: float | None = None
    fault: str = ""
    thresholds: dict[str, tuple[Threshold, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definitions:
    """All that the chosen packs say about telemetry, by code."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    invented: dict[str, Invented] = field(default_factory=dict)

    def find_measure(self, kind: str, measure: str) -> Measure | None:
        """The measure of that code of that kind of device."""
        found = self.kinds.get(kind)
        return found.measures.get(measure) if found else None

    def measures_named(self, code: str) -> dict[str, Measure]:
        """That measure by kind: several kinds may report the same quantity."""
        return {kind.code: kind.measures[code] for kind in self.kinds.values() if code in kind.measures}


def state_of(value: float, thresholds: tuple[Threshold, ...]) -> Threshold | None:
    """The gravest threshold that the value meets: trouble before warning, then the furthest; None where all is well."""
    met = [each for each in thresholds if each.is_met(value)]
    return max(met, key=lambda each: (each.level == TROUBLE, -each.value if each.under else each.value), default=None)
