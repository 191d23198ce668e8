"""What comes in from the portal: which kind it is, under which key it is known, why it cannot be taken in, in words."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.modules.government.portal_link.rules.states import (
    PROGRESS,
    REGISTERED,
    SUPPLEMENT_REQUIRED,
    WHOLE,
    WITHDRAWAL_REQUESTED,
)

FILING, SUPPLEMENT, WITHDRAWAL, UNKNOWN = "filing", "supplement", "withdrawal", "unknown"
MOST_DOWNLOADS_TRIED: Final = 8
SIGNATURE_LASTS: Final = timedelta(minutes=5)
KIND_NAMES: Final[dict[str, Promise]] = {
    FILING: gettext_lazy("Nộp hồ sơ"),
    SUPPLEMENT: gettext_lazy("Nộp bổ sung"),
    WITHDRAWAL: gettext_lazy("Xin rút hồ sơ"),
    UNKNOWN: gettext_lazy("Không rõ là việc gì"),
}
REASONS: Final[dict[str, Promise]] = {
    "unknown_kind": gettext_lazy("Không rõ Cổng muốn làm gì: lời gọi và trạng thái không khớp việc nào."),
    "unreadable": gettext_lazy("Thiếu hoặc sai trường"),
    "unknown_procedure": gettext_lazy("Hệ thống của tỉnh chưa có thủ tục này đang áp dụng"),
    "unknown_agency": gettext_lazy("Không có đơn vị nào của tỉnh nhận thủ tục này dưới mã cơ quan"),
    "bad_number": gettext_lazy("Số định danh hoặc mã số thuế của người nộp không đúng"),
    "answers": gettext_lazy("Dữ liệu biểu mẫu thiếu hoặc sai"),
    "unknown_paper": gettext_lazy("Thủ tục không có thành phần hồ sơ này"),
    "paper_refused": gettext_lazy("Không nhận được tệp"),
    "papers_unreachable": gettext_lazy("Không tải được tệp từ Cổng sau nhiều lần thử"),
    "unknown_dossier": gettext_lazy("Chưa có hồ sơ nào của Cổng mang mã này"),
    "not_open": gettext_lazy("Hồ sơ không chờ việc này"),
    "failed": gettext_lazy("Hệ thống của tỉnh gặp lỗi khi nhận"),
    "other_content": gettext_lazy("Cổng đã gửi hồ sơ này trước đó với nội dung khác; bản trước đã được nhận"),
}


class Unacceptable(Exception):
    """Something cannot be taken in: the reason's code, and what in particular."""

    def __init__(self, reason: str, details: str = "") -> None:
        self.reason, self.details = reason, details
        super().__init__(f"{reason}: {details}")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that the portal sent, before it is looked at closely."""

    kind: str
    portal_code: str
    event_key: str
    content: Mapping[str, Any]

    @property
    def fingerprint(self) -> str:
        """What tells two contents under one key apart."""
        return fingerprint_of(self.content)


def fingerprint_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a content, whatever the order of its names."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def read_arrivals(body: Mapping[str, Any]) -> list[Arrival]:
    """The things in one call of the portal; what is not understood is kept as of unknown kind, nothing is dropped."""
    call = str(body.get("service", ""))
    found = body.get("data")
    rows = found if isinstance(found, list) else [found if found is not None else dict(body)]
    return [_arrival(call, row if isinstance(row, Mapping) else {"data": row}) for row in rows]


def _arrival(call: str, content: Mapping[str, Any]) -> Arrival:
    code = str(content.get("MaHoSo") or "")[:60]
    kind, event_key = UNKNOWN, ""
    asked = content.get("DanhSachHoSoBoSung")
    if call == WHOLE and str(content.get("TrangThaiHoSo")) == str(REGISTERED):
        kind = FILING
    elif call == WHOLE and str(content.get("TrangThaiHoSo")) == str(SUPPLEMENT_REQUIRED) and isinstance(asked, list):
        kind, event_key = SUPPLEMENT, _supplement_key(asked)
    elif call == PROGRESS and str(content.get("TrangThai")) == str(WITHDRAWAL_REQUESTED):
        kind, event_key = WITHDRAWAL, str(content.get("ThoiDiemXuLy") or "")[:64]
    if kind == UNKNOWN or not code:
        event_key = fingerprint_of(content)
    return Arrival(kind, code, event_key, content)


def _supplement_key(asked: list[Any]) -> str:
    last = asked[-1] if asked and isinstance(asked[-1], Mapping) else {}
    return str(last.get("HoSoBoSungId") or "")[:64]


def reason_in_words(reason: str, details: str) -> str:
    """Why something waits in quarantine, for an administrator."""
    said = str(REASONS.get(reason, reason))
    return _("%(reason)s: %(details)s") % {"reason": said, "details": details} if details else said


def reason_in_short(reason: str, details: str) -> str:
    """The reason with the first of its details, and how many there are more."""
    first, *more = details.splitlines() or [""]
    said = reason_in_words(reason, first)
    return _("%(said)s (và %(count)s chỗ nữa)") % {"said": said, "count": len(more)} if more else said


def signature_of(secret: str, moment: str, body: bytes) -> str:
    """What the portal puts beside a call to us: HMAC-SHA256 over the moment and the body, under the shared secret."""
    return hmac.new(secret.encode(), moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def is_signed(secret: str, moment: str, signature: str, body: bytes, now: datetime) -> bool:
    """Whether the call was signed with the secret, and not long ago; `moment` is in seconds since 1970."""
    if not secret or not (moment.isascii() and moment.isdigit() and len(moment) <= 12):
        return False
    fresh = abs(now.timestamp() - int(moment)) <= SIGNATURE_LASTS.total_seconds()
    return fresh and hmac.compare_digest(signature_of(secret, moment, body), signature)
