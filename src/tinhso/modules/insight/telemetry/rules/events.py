"""Events that devices tell of: read from JSON, number plates masked before anything is kept."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tinhso.modules.insight.telemetry.rules.judging import ACTIVE, Known, wrong_moment
from tinhso.modules.insight.telemetry.rules.refusals import Refusal
from tinhso.modules.insight.telemetry.rules.senml import Malformed, moment_of, parse

WAITING, CONFIRMED, REJECTED = "waiting", "confirmed", "rejected"
MOST_EVENTS: Final = 100
LONGEST_TEXT, LONGEST_PLATE = 300, 30
SENT_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,64}")
# 12A-123.45, 29 MĐ1 234.56, 80-NG-123-45: two digits, a series, four or five digits
PLATE: Final = re.compile(r"(\d{2})[\s.-]*([A-ZĐ]{1,2}\d?)[\s.-]*(\d{2,3})[\s.-]*(\d{2})(?!\d)", re.IGNORECASE)
# also 0912 345 678, 012.345.678.901
LONG_NUMBER: Final = re.compile(r"\d(?:[\s.–-]{0,3}\d){5,}")


@dataclass(frozen=True, slots=True)
class Told:
    """One event that is taken; device and the device's own number of it name it."""

    device_id: int
    sent_id: str
    type: str
    severity: str
    happened_at: datetime
    confidence: float | None
    plate: str
    text: str


def mask_plate(text: str) -> str:
    """A number plate of which only province and the last two digits can be read: 12A-•••45."""
    return mask_text(text) if PLATE.search(text) else "•" * len(text)


def mask_text(text: str) -> str:
    """A text without plates and long numbers, which might be somebody's."""
    return LONG_NUMBER.sub(lambda found: "•" * len(found[0]), PLATE.sub(lambda found: f"{found[1]}{found[2].upper()}-•••{found[4]}", text))  # fmt: skip


def read_events(content: bytes, device: Known, now: datetime) -> tuple[list[Told], list[Refusal]]:
    """
    The events of a message, one or a list of them, and those refused.

    :raises Malformed: it is no JSON of events
    """
    whole = parse(content)
    rows = whole if isinstance(whole, list) else [whole]
    if len(rows) > MOST_EVENTS:
        raise Malformed("too_large")
    taken, refused = list[Told](), list[Refusal]()
    for row in rows:
        found = _event(row, device, now)
        (taken if isinstance(found, Told) else refused).append(found)  # type: ignore[arg-type]
    return taken, refused


def _event(row: Any, device: Known, now: datetime) -> Told | Refusal:
    if not isinstance(row, dict):
        return Refusal("malformed")
    code = str(row.get("type", ""))[:40]
    reason = _reason(row, code, device)
    at = None if reason else moment_of(float(row.get("t") or 0), now)
    if not reason and at is None:
        reason = "wrong_time"
    reason = reason or wrong_moment(at or now, now)
    if reason or at is None:
        return Refusal(reason, code)
    kind = device.kind.events[code]
    plate = mask_plate(row.get("plate", ""))[:LONGEST_PLATE] if kind.has_plate else ""
    confidence = row.get("confidence")
    return Told(device.id, row["id"], code, kind.severity, at, None if confidence is None else float(confidence), plate, mask_text(" ".join(row.get("text", "").split()))[:LONGEST_TEXT])  # fmt: skip


def _reason(row: dict[str, Any], code: str, device: Known) -> str:
    texts = [row.get(name, "") for name in ("id", "plate", "text")]
    if not all(isinstance(each, str) and "\0" not in each for each in texts) or not SENT_ID.fullmatch(texts[0]):
        return "malformed"
    for name, least, most in (("t", -1e15, 1e15), ("confidence", 0, 1)):
        value = row.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float | None) or not least <= (value or 0) <= most:
            return "malformed"
    if device.state != ACTIVE:
        return "paused"
    return "" if code in device.kind.events else "unknown_event"
