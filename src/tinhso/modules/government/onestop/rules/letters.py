"""Which letters follow from a fact of a dossier, and the codes under which anybody checks them."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.flow import Procedure
from tinhso.kernel.worktime import VIETNAM

RECEIPT, STOP_NOTICE = "receipt", "stop_notice"
CALLS: Final[Mapping[str, str]] = {
    "issue_receipt": RECEIPT,
    "issue_supplement_request": "supplement",
    "issue_refusal": "refusal",
    "extend_deadline": "apology",
}
NAMES: Final[Mapping[str, Promise]] = {
    RECEIPT: _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "supplement": _("Phiếu yêu cầu bổ sung"),
    "refusal": _("Phiếu từ chối"),
    "apology": _("Thư xin lỗi và hẹn lại"),
    STOP_NOTICE: _("Thông báo dừng giải quyết"),
}
NOT_ACCEPTED, STOPPED = 3, 8  # in the national list of states
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
SIGNS, GROUP = 12, 4


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter that a fact calls for; `is_asked_for` when it is made only for who asks for it."""

    fact_id: int
    kind: str
    is_asked_for: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """What of a fact its letters depend on."""

    fact_id: int
    at: datetime
    by_system: bool
    body: Mapping[str, Any]


def letters_after(happened: Happened, procedure: Procedure) -> tuple[Letter, ...]:
    """
    The letters that follow from an act: receipt, request, refusal, apology, notice that the work has stopped.

    A dossier that ends the day it was taken in needs no receipt unless somebody asks (NĐ 61/2018 Art 17.4); it stands in the
    register all the same. The notice follows every stop that is not a refusal, also when time for papers ran out.
    """
    kinds = [CALLS[effect] for effect in happened.body.get("effects", ()) if effect in CALLS]
    if not kinds and _stops(happened, procedure):
        kinds = [STOP_NOTICE]
    return tuple(Letter(happened.fact_id, kind, kind == RECEIPT and _is_same_day(happened)) for kind in kinds)


def _stops(happened: Happened, procedure: Procedure) -> bool:
    state = next((each for each in procedure.states if each.code == happened.body.get("state")), None)
    if state is None or "act" not in happened.body or procedure.kind != "dossier":
        return False
    return state.national == STOPPED or (state.national == NOT_ACCEPTED and happened.by_system)


def _is_same_day(happened: Happened) -> bool:
    due_at = happened.body.get("due_at")
    if not due_at:
        return False
    return datetime.fromisoformat(due_at).astimezone(VIETNAM).date() == happened.at.astimezone(VIETNAM).date()


def letter_code(secret: str, *names: object) -> str:
    """The code printed on a letter: cannot be guessed (59 bits), and the same again for the same letter."""
    digest = hmac.new(secret.encode(), "\n".join(map(str, names)).encode(), sha256).digest()
    number, signs = int.from_bytes(digest), []
    for _place in range(SIGNS):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return "".join(signs)


def written_code(code: str) -> str:
    """A code as it is printed: "7k3m-9qxd-42ab"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """A code as it is kept, however it was typed; empty for what is none."""
    signs = "".join(sign for sign in typed.lower() if sign.isalnum())
    return signs if len(signs) == SIGNS and set(signs) <= set(ALPHABET) else ""
