"""Orders to lamps as somebody wishes them: checked before they are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tinhso.modules.insight.telemetry.rules.devices import Refused, Trouble
from tinhso.platform.people.rules import VIETNAM

LONGEST: Final = timedelta(days=30)
BACK_AT_MOST: Final = timedelta(minutes=10)
LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Wish:
    """How bright (0 to 100), from when until when, and why."""

    level: int
    starts_at: datetime
    ends_at: datetime
    reason: str


def read_wish(sent: Mapping[str, str], now: datetime) -> Wish:
    """
    An order as it was typed; moments without a zone are Vietnam's.

    :raises Refused: with everything that is wrong
    """
    wrong = []
    level = (
        int(sent["level"]) if sent["level"].isascii() and sent["level"].isdigit() and len(sent["level"]) < 4 else 101
    )
    if level > 100:
        wrong.append(Trouble("level", "Mức sáng là số từ 0 đến 100.", "The level is a number from 0 to 100."))
    starts, ends = (_moment(sent[name]) for name in ("starts_at", "ends_at"))
    if starts is None or starts < now - BACK_AT_MOST:
        wrong.append(
            Trouble("starts_at", "Hãy ghi lúc bắt đầu, không ở quá khứ.", "Say when it begins, not in the past.")
        )
    if ends is None or (starts and not timedelta(0) < ends - starts <= LONGEST):
        wrong.append(Trouble("ends_at", "Hãy ghi lúc kết thúc, sau lúc bắt đầu và trong 30 ngày.", "Say when it ends, after it begins and within 30 days."))  # fmt: skip
    reason = " ".join("".join(sign if sign.isprintable() else " " for sign in sent["reason"]).split())
    if not reason or len(reason) > LONGEST_REASON:
        wrong.append(Trouble("reason", "Hãy ghi lý do, tối đa 300 ký tự.", "Give the reason, at most 300 signs."))
    if wrong or starts is None or ends is None:
        raise Refused(wrong)
    return Wish(level, starts, ends, reason)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)
