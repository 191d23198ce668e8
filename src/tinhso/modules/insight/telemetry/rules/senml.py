"""SenML (RFC 8428) in JSON: base fields resolved, times made whole, what cannot be read refused record by record."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from tinhso.modules.insight.telemetry.rules.refusals import Refusal

VERSION: Final = 10
LARGEST_BYTES: Final = 256 * 1024
MOST_RECORDS: Final = 2000
RELATIVE_BELOW: Final = 2.0**28  # smaller times are counted from the moment of receipt (RFC 8428, 4.5.3)
LONGEST_NAME: Final = 120
NUMBERS: Final = ("bt", "bv", "bs", "bver", "v", "s", "t", "ut")
TEXTS: Final = ("bn", "bu", "n", "u", "vs", "vd")
MAY_STAND: Final = frozenset((*NUMBERS, *TEXTS, "vb"))


class Malformed(Exception):
    """The message as a whole cannot be read; `code` is the reason under which it is counted."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Record:
    """One resolved record: full name, unit (empty where none is said), value, moment (UTC)."""

    name: str
    unit: str
    value: float
    at: datetime


def parse(content: bytes) -> Any:
    """JSON without NaN and infinity. :raises Malformed: too large, not UTF-8, not JSON, or nested without end, half a sign"""
    if len(content) > LARGEST_BYTES:
        raise Malformed("too_large")
    try:
        found = json.loads(content.decode(), parse_constant=_refuse)
        if rb"\u" in content:
            json.dumps(found, ensure_ascii=False).encode()  # half of a surrogate pair is no text, nowhere to be kept
    except (ValueError, RecursionError):
        raise Malformed("malformed") from None
    return found


def _refuse(name: str) -> None:
    raise ValueError(name)


def read_senml(content: bytes, received_at: datetime) -> tuple[list[Record], list[Refusal]]:
    """
    The records of a pack, and those refused.

    :raises Malformed: it is no SenML pack at all
    """
    whole = parse(content)
    if not isinstance(whole, list) or not whole:
        raise Malformed("malformed")
    if len(whole) > MOST_RECORDS:
        raise Malformed("too_large")
    records, refused = list[Record](), list[Refusal]()
    for found in _resolve(whole, received_at):
        (records if isinstance(found, Record) else refused).append(found)  # type: ignore[arg-type]
    return records, refused


def _resolve(rows: list[Any], received_at: datetime) -> Iterator[Record | Refusal]:
    base: dict[str, Any] = {}
    for row in rows:
        if not _is_record(row):
            yield Refusal("malformed", _said_name(base, row))
            continue
        base |= {key: row[key] for key in ("bn", "bt", "bu", "bv", "bs", "bver") if key in row}
        if base.get("bver", VERSION) > VERSION:
            raise Malformed("malformed")
        if set(row).isdisjoint({"v", "vs", "vb", "vd", "s"}):
            if set(row).isdisjoint({"n", "t", "u"}):
                continue  # only base fields: nothing is said yet
            yield Refusal("no_value", _said_name(base, row))
            continue
        yield _record(base, row, received_at)


def _is_record(row: Any) -> bool:
    if not isinstance(row, dict):
        return False
    if any(key.endswith("_") and key not in MAY_STAND for key in row):
        return False  # RFC 8428, 4.4: whoever does not understand such a label must not take the record
    if any(not _is_number(row[key]) for key in NUMBERS if key in row):
        return False
    return all(isinstance(row[key], str) for key in TEXTS if key in row) and isinstance(row.get("vb", True), bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _said_name(base: dict[str, Any], row: Any) -> str:
    own = row.get("n", "") if isinstance(row, dict) else ""
    return f"{base.get('bn', '')}{own if isinstance(own, str) else ''}"[:LONGEST_NAME]


def _record(base: dict[str, Any], row: dict[str, Any], received_at: datetime) -> Record | Refusal:
    name = f"{base.get('bn', '')}{row.get('n', '')}"
    if not name or len(name) > LONGEST_NAME:
        return Refusal("malformed", name[:LONGEST_NAME])
    try:
        value = float(row["vb"]) if "vb" in row else float(base.get("bv", 0)) + float(row["v"])
        seconds = float(base.get("bt", 0)) + float(row.get("t", 0))
    except (KeyError, OverflowError):
        return Refusal("not_a_number", name)
    if not math.isfinite(value):
        return Refusal("not_a_number", name)
    at = moment_of(seconds, received_at)
    return Record(name, row.get("u", base.get("bu", "")), value, at) if at else Refusal("wrong_time", name)


def moment_of(seconds: float, received_at: datetime) -> datetime | None:
    """The moment that a SenML time means; None for one that no calendar has."""
    try:
        if abs(seconds) < RELATIVE_BELOW:
            return received_at + timedelta(seconds=seconds)
        return datetime.fromtimestamp(seconds, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
