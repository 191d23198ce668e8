"""Which records of a device are taken: its own, of a measure its kind has, in range, neither too old nor of tomorrow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tinhso.modules.insight.telemetry.rules.kinds import Kind, Measure
from tinhso.modules.insight.telemetry.rules.names import split_name
from tinhso.modules.insight.telemetry.rules.refusals import Refusal
from tinhso.modules.insight.telemetry.rules.senml import Record

OLDEST: Final = timedelta(days=7)
AHEAD_AT_MOST: Final = timedelta(minutes=5)
ACTIVE, PAUSED, RETIRED = "active", "paused", "retired"


@dataclass(frozen=True, slots=True)
class Known:
    """A device as messages are judged by it."""

    id: int
    code: str
    kind: Kind
    state: str
    key_hash: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """One value that is taken; device, measure and moment name it, so that what comes twice is there once."""

    device_id: int
    device: str
    kind: str
    measure: str
    at: datetime
    value: float


def judge(records: Iterable[Record], device: Known, now: datetime) -> tuple[list[Sample], list[Refusal]]:
    """What is taken of these records that this device sent, and why the others are not."""
    taken, refused = list[Sample](), list[Refusal]()
    for record in records:
        reason = _reason(record, device, now)
        if reason:
            refused.append(Refusal(reason, record.name))
        else:
            taken.append(Sample(device.id, device.code, device.kind.code, split_name(record.name)[1], record.at, record.value))  # fmt: skip
    return taken, refused


def _reason(record: Record, device: Known, now: datetime) -> str:
    said, code = split_name(record.name)
    if said not in ("", device.code):
        return "not_its_own"
    if device.state != ACTIVE:
        return "paused"
    measure = device.kind.measures.get(code)
    if measure is None:
        return "unknown_measure"
    return _wrong_value(record, measure) or wrong_moment(record.at, now)


def _wrong_value(record: Record, measure: Measure) -> str:
    if record.unit and record.unit != measure.senml_unit:
        return "wrong_unit"
    return "" if measure.least <= record.value <= measure.most else "out_of_range"


def wrong_moment(at: datetime, now: datetime) -> str:
    """Why something of that moment is not taken now; empty where it is."""
    if at > now + AHEAD_AT_MOST:
        return "from_the_future"
    return "too_old" if at < now - OLDEST else ""
