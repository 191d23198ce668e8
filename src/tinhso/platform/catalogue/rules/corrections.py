"""Correcting a field of a record: which fields, what may stand there, and what is carried over to a new text."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from tinhso.platform.catalogue.rules.reading import UNITS, tidy

CORRECTABLE = ("name", "sector", "limit", "unit", "fee", "note")
_OF_CHANNEL = frozenset({"limit", "unit", "fee", "note"})


class WrongCorrection(ValueError):
    """What was entered cannot stand there; `vi` and `en` say why."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


@dataclass(frozen=True, slots=True)
class Correction:
    """One field that an officer corrected: where, what the portal says, what holds instead, and why."""

    path: str
    was: Any
    value: Any
    reason: str

    def as_table(self) -> dict[str, Any]:
        """As it is kept."""
        return {"path": self.path, "was": self.was, "value": self.value, "reason": self.reason}


def read_correction(raw: Mapping[str, Any], path: str, entered: str, reason: str) -> Correction:
    """
    The correction of one field ("name", "channels.0.limit") to what was typed.

    :raises WrongCorrection: there is no such field, the value does not fit it, or no reason is given
    """
    if not reason.strip():
        raise WrongCorrection("Hãy ghi lý do sửa.", "Say why it is corrected.")
    field = path.rpartition(".")[2]
    if field not in CORRECTABLE or not _exists(raw, path):
        raise WrongCorrection("Không có chỗ này để sửa.", "There is no such field.")
    return Correction(path, _get(raw, path), _value(field, entered), reason.strip()[:300])


def corrected(raw: Mapping[str, Any], corrections: Iterable[Correction]) -> dict[str, Any]:
    """The record with the corrections; the record itself stays as it is."""
    made = copy.deepcopy(dict(raw))
    for each in corrections:
        if _exists(made, each.path):
            _put(made, each.path, each.value)
    return made


def carried(corrections: Sequence[Correction], new: Mapping[str, Any]) -> tuple[Correction, ...]:
    """Those that still hold for a new text: the portal says there what it said when the field was corrected."""
    return tuple(each for each in corrections if _exists(new, each.path) and _get(new, each.path) == each.was)


def read_corrections(tables: Iterable[Mapping[str, Any]]) -> tuple[Correction, ...]:
    """The corrections as they were kept."""
    return tuple(Correction(each["path"], each["was"], each["value"], each["reason"]) for each in tables)


def _value(field: str, entered: str) -> Any:
    text = tidy(entered)
    if field in {"name", "sector"} and not text:
        raise WrongCorrection("Không được để trống.", "It must not be empty.")
    if field in {"name", "sector", "note"}:
        return text[:1000]
    if field == "unit":
        if text not in UNITS:
            raise WrongCorrection("Hãy chọn đơn vị thời gian.", "Choose a unit of time.")
        return text
    try:
        number = Decimal(text.replace(".", "").replace(",", ".")) if text else None
    except InvalidOperation:
        number = Decimal(-1)
    if number is not None and not (number.is_finite() and 0 <= number < Decimal(10) ** 10):
        raise WrongCorrection("Hãy nhập một số từ 0 trở lên.", "Enter a number from 0 on.")
    return None if number is None else float(number)


def _exists(raw: Mapping[str, Any], path: str) -> bool:
    parts = path.split(".")
    if len(parts) == 1:
        return parts[0] not in _OF_CHANNEL
    rows = raw.get("channels")
    fits = len(parts) == 3 and parts[0] == "channels" and parts[1].isdigit() and parts[2] in _OF_CHANNEL
    return fits and isinstance(rows, list) and int(parts[1]) < len(rows)


def _get(raw: Mapping[str, Any], path: str) -> Any:
    parts = path.split(".")
    return raw.get(path) if len(parts) == 1 else raw["channels"][int(parts[1])].get(parts[2])


def _put(raw: dict[str, Any], path: str, value: Any) -> None:
    parts = path.split(".")
    if len(parts) == 1:
        raw[path] = value
        return
    row = raw["channels"][int(parts[1])]
    row[parts[2]] = value
    if parts[2] == "fee" and value is not None and not row.get("currency"):
        row["currency"] = "VND"
