"""One record of the national portal's catalogue: what it says, tidied, with nothing guessed."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

CHANNELS = ("online", "counter", "post")
LEVELS = ("commune", "province", "ministry", "other")
UNITS = ("working_day", "calendar_day", "hour", "month")
CITIZEN, BUSINESS, OFFICIAL = "citizen", "business", "official"
AUDIENCES = (CITIZEN, BUSINESS, OFFICIAL)
CODE = re.compile(r"\d\.\d{6}(\.[A-Z]\d{2})?")
_SPLIT_BY_COMMA = {
    ("Tổ chức (không bao gồm doanh nghiệp", "HTX)"): "Tổ chức (không bao gồm doanh nghiệp, hợp tác xã)",
    ("Cán bộ", "công chức", "viên chức"): "Cán bộ, công chức, viên chức",
}
_CITIZENS = ("công dân", "người việt nam", "người nước ngoài", "người gốc")
_OFFICIALS = ("cán bộ", "đảng viên", "tổ chức đảng")


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to hand in: how long it takes then, and what it costs; None where the portal gives nothing."""

    channel: str
    limit: Decimal | None
    unit: str | None
    fee: Decimal | None
    currency: str
    note: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that is asked for, in the group (mostly a kind of case) under which the portal lists it."""

    group: str
    name: str
    originals: int
    copies: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One result that the procedure gives."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Description:
    """What the portal says of one procedure."""

    code: str
    name: str
    sector: str
    levels: tuple[str, ...]
    who: tuple[str, ...]
    decision: str
    channels: tuple[Channel, ...]
    papers: tuple[Paper, ...]
    results: tuple[Outcome, ...]
    source_url: str

    @property
    def audiences(self) -> tuple[str, ...]:
        """Whom it is for: citizens, businesses and organisations, officials."""
        found = {_audience(who) for who in self.who}
        return tuple(audience for audience in AUDIENCES if audience in found)


class NotARecord(ValueError):
    """A line of the file is no record at all."""


def tidy(text: Any) -> str:
    """The text in one line, without stray spaces."""
    return " ".join(str(text or "").split())


def read_record(raw: Mapping[str, Any]) -> Description:
    """
    What a record says; what is missing or of a wrong type is left empty for the quality gates to see.

    :raises NotARecord: it is no table, or has no code
    """
    if not isinstance(raw, Mapping) or not tidy(raw.get("code")):
        raise NotARecord(str(raw)[:80])
    url = tidy(raw.get("source_url"))
    return Description(
        code=tidy(raw["code"]),
        name=tidy(raw.get("name")),
        sector=tidy(raw.get("sector")),
        levels=tuple(level for level in LEVELS if level in _list(raw.get("levels"))),
        who=_who(_list(raw.get("who"))),
        decision=tidy(raw.get("decision")),
        channels=tuple(_channel(row) for row in _rows(raw.get("channels"))),
        papers=tuple(_paper(row) for row in _rows(raw.get("papers"))),
        results=tuple(Outcome(tidy(row.get("name")), tidy(row.get("code"))) for row in _rows(raw.get("results"))),
        source_url=url if url.startswith("https://") else "",
    )


def digest(raw: Mapping[str, Any]) -> str:
    """The same for the same record, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(raw, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in _list(value) if isinstance(row, Mapping)]


def _who(parts: Iterable[Any]) -> tuple[str, ...]:
    """The kinds of people, those that the portal cut at a comma made whole again."""
    names = [tidy(part) for part in parts]
    for pieces, whole in _SPLIT_BY_COMMA.items():
        if all(piece in names for piece in pieces):
            names = [whole if name == pieces[0] else name for name in names if name not in pieces[1:]]
    return tuple(name for name in names if name)


def _audience(who: str) -> str:
    small = who.lower()
    if small.startswith(_CITIZENS):
        return CITIZEN
    return OFFICIAL if small.startswith(_OFFICIALS) else BUSINESS


def _channel(row: Mapping[str, Any]) -> Channel:
    unit = row.get("unit")
    return Channel(
        channel=tidy(row.get("channel")),
        limit=_number(row.get("limit")),
        unit=unit if unit in UNITS else None,
        fee=_number(row.get("fee")),
        currency=tidy(row.get("currency")),
        note=tidy(row.get("note")),
    )


def _paper(row: Mapping[str, Any]) -> Paper:
    return Paper(tidy(row.get("group")), tidy(row.get("name")), _count(row.get("originals")), _count(row.get("copies")))


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 1000 else 0


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number < Decimal(10) ** 12 else None
