"""Money in words for all pages: states of charges and payments, doubts, methods, moments; rows for lists."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.fees import Charge, say_relief
from tinhso.kernel.money import format_dong
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.payments.queries import BillView, ChargeRow, PaymentRow, find_bill
from tinhso.platform.wording import language, moment

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


def is_public_id(text: str) -> bool:
    """Whether that could be one of our ids; anything else is not looked up."""
    return 0 < len(text) <= 20 and text.replace("-", "").isalnum() and text.isascii()


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


def cost_of(charges: Iterable[Charge]) -> dict[str, Any]:
    """What a filing comes to before it is sent, as `payments/cost.html` takes it: each charge, its arithmetic, the sum."""
    listed, say = list(charges), language()
    rows = [
        {
            "name": each.fee.name.in_language(say),
            "amount": _said(each),
            "lines": [line.words.in_language(say) for line in each.lines],
            "exemptions": [say_relief(relief, say) for relief in each.exemptions],
            "note": each.fee.note.in_language(say),
        }
        for each in listed
    ]
    total_dong = sum(each.amount_dong for each in listed)
    return {
        "rows": rows,
        "total": format_dong(total_dong) if total_dong else _("Không mất tiền"),
        "is_sum": len(rows) > 1,
    }


def _said(charge: Charge) -> Any:
    if charge.state == "later":
        return _("%(office)s tính sau") % {"office": charge.fee.assessed_by.in_language(language())}
    if charge.state == "unknown":
        return _("Hội đồng nhân dân tỉnh quyết định; bạn được báo sau khi nộp hồ sơ")
    return format_dong(charge.amount_dong)


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


def money_of(case: CaseView) -> dict[str, Any]:
    """The money of a case for its pages, of its applicant and of officers; empty where its procedure is free."""
    if not case.procedure.fees:
        return {}
    bill = find_bill(case.public_id)
    return {
        "rows": panel_of(bill),
        "due": format_dong(bill.due_dong) if bill and bill.due_dong else "",
        "pay_url": reverse("payments:pay", args=[case.public_id]),
        "desk_url": reverse("payments:case_money", args=[case.public_id]),
    }
