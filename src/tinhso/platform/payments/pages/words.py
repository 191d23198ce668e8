"""Money in words for all pages: states of charges and payments, doubts, methods, moments; rows for lists."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.money import format_dong
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.payments.queries import BillView, ChargeRow, PaymentRow

CHARGES: Mapping[str, tuple[str, Promise]] = {
    "unassessed": ("soon", _("chờ báo số tiền")),
    "due": ("soon", _("phải nộp")),
    "partly_paid": ("soon", _("nộp một phần")),
    "paid": ("ok", _("đã nộp")),
    "overpaid": ("soon", _("nộp thừa")),
    "waived": ("ok", _("được miễn")),
    "refunded": ("", _("đã hoàn tiền")),
    "cancelled": ("", _("không phải nộp nữa")),
}
PAYMENTS: Mapping[str, tuple[str, Promise]] = {
    "matched": ("ok", _("đã khớp")),
    "doubtful": ("soon", _("cần xem lại")),
    "unmatched": ("late", _("chưa biết của hồ sơ nào")),
    "returned": ("", _("đã hoàn lại")),
}
DOUBTS: Mapping[str, Promise] = {
    "short": _("Nộp thiếu: phần còn lại vẫn phải nộp."),
    "over": _("Nộp thừa so với số phải nộp."),
    "nothing_due": _("Hồ sơ không còn khoản phải nộp: có thể nộp hai lần, hoặc nộp khi hồ sơ đã dừng."),
    "no_bill": _("Nội dung chuyển khoản không có mã nộp tiền nào của chúng tôi."),
    "several_bills": _("Nội dung chuyển khoản có nhiều mã nộp tiền."),
}
METHODS: Mapping[str, Promise] = {
    "transfer": _("chuyển khoản"),
    "card": _("thẻ"),
    "wallet": _("ví điện tử"),
    "cash": _("tiền mặt"),
}
REFUNDS: Mapping[str, tuple[str, Promise]] = {
    "proposed": ("soon", _("chờ duyệt")),
    "rejected": ("", _("không duyệt")),
    "approved": ("soon", _("đã duyệt, đang chuyển")),
    "unsure": ("late", _("ngân hàng chưa trả lời, đang hỏi lại")),
    "done": ("ok", _("đã hoàn")),
    "failed": ("late", _("ngân hàng từ chối")),
}
REASONS: Mapping[str, Promise] = {
    "amount": _("đúng số tiền"),
    "payer": _("đúng tên người nộp"),
    "time": _("gần ngày nộp hồ sơ"),
}


def language() -> str:
    """The reader's language, "vi" or "en"."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def moment(at: datetime) -> str:
    """A moment as people write it: "16:30 23/11/2026"."""
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def badge(words: Mapping[str, tuple[str, Promise]], state: str) -> dict[str, Any]:
    """The badge of a state."""
    kind, text = words.get(state, ("", state))
    return {"kind": kind, "text": text}


def charge_rows(charges: Iterable[ChargeRow]) -> list[dict[str, Any]]:
    """The charges as the page of payment lists them, each with its arithmetic and who pays less."""
    index = 1 if language() == "en" else 0
    return [
        {
            "name": each.name_in(language()),
            "amount": "" if each.state == "unassessed" else format_dong(each.amount_dong),
            "badge": badge(CHARGES, each.state),
            "lines": [line[index] for line in each.lines],
            "exemptions": [one["en" if index else "vi"] for one in each.exemptions],
            "reason": each.reason,
        }
        for each in charges
    ]


def payment_rows(payments: Iterable[PaymentRow]) -> list[dict[str, Any]]:
    """The payments of a bill, as a summary list takes them."""
    return [
        {
            "key": moment(each.paid_at),
            "value": f"{format_dong(each.amount_dong)} · {METHODS.get(each.method, each.method)}",
            "note": DOUBTS.get(each.doubt, "") if each.left_dong else "",
            "badge": badge(PAYMENTS, each.state),
        }
        for each in payments
    ]


def receipt_rows(bill: BillView) -> list[dict[str, Any]]:
    """The receipts of a bill, to be downloaded."""
    return [
        {
            "key": _("Biên lai"),
            "value": each.number,
            "url": reverse("payments:receipt", args=[each.public_id]),
            "note": f"{format_dong(each.amount_dong)} · {moment(each.issued_at)}",
        }
        for each in bill.receipts
    ]


def panel_of(bill: BillView | None) -> list[dict[str, Any]]:
    """The money of a case in a few rows, for pages that show the case: charges, what came in, receipts."""
    if bill is None:
        return []
    rows: list[dict[str, Any]] = [
        {"key": each["name"], "value": each["amount"] or "…", "badge": each["badge"], "note": each["reason"]}
        for each in charge_rows(bill.charges)
    ]
    if bill.due_dong and bill.paid_dong:
        rows.append({"key": _("Còn phải nộp"), "value": format_dong(bill.due_dong)})
    if bill.surplus_dong:
        rows.append({"key": _("Nộp thừa, chờ xử lý"), "value": format_dong(bill.surplus_dong)})
    return rows + receipt_rows(bill)
