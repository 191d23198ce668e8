"""What people type about rules and events: read, and refused field by field with what to do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

NUMBER: Final = re.compile(r"-?\d{1,12}([.,]\d{1,2})?")
LONGEST: Final = 300
ADDRESS: Final = re.compile(r"https?://\S{3,490}|")
EVENT_FIELDS: Final = ("unit", "first_on", "last_on", "title_vi", "title_en", "source", "address")
LONGEST_MAIL: Final = 254
MAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one field, in words that say what to do."""

    field: str
    vi: str
    en: str


class Refused(ValueError):
    """What was typed cannot be kept; `troubles` says why, field by field."""

    def __init__(self, troubles: list[Trouble]) -> None:
        self.troubles = troubles
        self.vi, self.en = " ".join(each.vi for each in troubles), " ".join(each.en for each in troubles)
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as it was typed and may be kept."""

    unit_key: str
    first_on: date
    last_on: date | None
    title_vi: str
    title_en: str
    source: str
    address: str


def read_threshold(text: str, least: Decimal | None, most: Decimal | None) -> Decimal:
    """The threshold that was typed. :raises Refused: it is no number, or outside what the rule allows"""
    if least is None or most is None:
        raise Refused([Trouble("threshold", "Ngưỡng của quy tắc này chỉ đổi được trong gói dữ liệu.", "The threshold of this rule is changed in the pack only.")])  # fmt: skip
    words = text.strip()
    if not NUMBER.fullmatch(words):
        raise Refused([Trouble("threshold", "Hãy viết một số, ví dụ 90 hoặc 5,5.", "Write a number, say 90 or 5.5.")])
    value = Decimal(words.replace(",", "."))
    if not least <= value <= most:
        raise Refused([Trouble("threshold", f"Ngưỡng phải từ {_vi(least)} đến {_vi(most)}.", f"The threshold lies between {least} and {most}.")])  # fmt: skip
    return value


def _vi(value: Decimal) -> str:
    return str(value).replace(".", ",")


def read_reason(text: str) -> str:
    """Why something is changed. :raises Refused: nothing was written, or too much"""
    words = " ".join(text.split())
    if not 5 <= len(words) <= LONGEST:
        raise Refused([Trouble("reason", f"Hãy viết lý do, 5 đến {LONGEST} ký tự.", f"Write why, in 5 to {LONGEST} signs.")])  # fmt: skip
    return words


def read_event(sent: Mapping[str, str]) -> EventDraft:
    """The event of a form. :raises Refused: carries everything that is wrong with it"""
    told = {key: " ".join(sent.get(key, "").split()) for key in EVENT_FIELDS}
    troubles = list[Trouble]()
    first, last = (_day(key, told[key], troubles) for key in ("first_on", "last_on"))
    if first is None and not troubles:
        troubles.append(Trouble("first_on", "Hãy chọn ngày bắt đầu.", "Choose the first day."))
    if first and last and last < first:
        troubles.append(
            Trouble("last_on", "Ngày cuối phải từ ngày đầu trở đi.", "The last day is not before the first.")
        )
    for key, most in (("title_vi", 200), ("source", LONGEST)):
        if not 3 <= len(told[key]) <= most:
            troubles.append(Trouble(key, f"Hãy viết 3 đến {most} ký tự.", f"Write 3 to {most} signs."))
    if not ADDRESS.fullmatch(told["address"]):
        troubles.append(Trouble("address", "Địa chỉ bắt đầu bằng https:// hoặc để trống.", "An address begins with https://, or is empty."))  # fmt: skip
    if troubles or first is None:
        raise Refused(troubles)
    return EventDraft(
        told["unit"], first, last, told["title_vi"], told["title_en"][:200], told["source"], told["address"]
    )


def _day(key: str, text: str, troubles: list[Trouble]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        troubles.append(Trouble(key, "Hãy chọn một ngày có thật.", "Choose a day that exists."))
        return None
