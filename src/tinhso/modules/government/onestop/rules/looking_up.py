"""How often somebody may look for a dossier, and in vain: tracking ids cannot be guessed, and guessing is slowed down too."""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

FROM_AN_ADDRESS: Final = 30
AT_A_CODE: Final = 10  # four signs are few: so many wrong ones at one dossier code, whoever tries
STRETCH: Final = timedelta(minutes=15)
CALLS: Final = (
    120  # of the public API from one address in a minute, whatever they find: two a second suffice any program
)
MINUTE: Final = timedelta(minutes=1)
LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})


class TooOften(Exception):
    """Too many look-ups found nothing; `vi` and `en` say when to try again, `seconds` counts until then."""

    minutes = int(STRETCH.total_seconds() // 60)
    vi = f"Đã tra sai quá {FROM_AN_ADDRESS} lần từ nơi này, hoặc quá {AT_A_CODE} lần với mã này. Hãy thử lại sau {minutes} phút."
    en = f"More than {FROM_AN_ADDRESS} wrong look-ups from here, or {AT_A_CODE} at this code. Try again in {minutes} minutes."

    def __init__(self, until: datetime, now: datetime) -> None:
        self.seconds = max(1, math.ceil((until - now).total_seconds()))
        super().__init__(self.vi)


class TooFast(TooOften):
    """Too many calls of the public API from one address in a minute."""

    vi = f"Nơi này gọi quá {CALLS} lần trong một phút. Hãy gọi chậm lại."
    en = f"More than {CALLS} calls a minute from this address. Slow down."


def asked_from(headers: Mapping[str, Any]) -> str:
    """The address a question comes from: behind a proxy on this machine, the one the proxy added last."""
    near = str(headers.get("REMOTE_ADDR", ""))
    told = str(headers.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return told[:64] if told and near in LOOPBACK else near
