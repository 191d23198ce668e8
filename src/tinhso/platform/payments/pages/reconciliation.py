"""Reconciliation for officers: payments that matched, are in doubt, belong to nobody; matching, refunds, days, export."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from openpyxl import Workbook

from tinhso.kernel.money import NotAnAmount, format_dong, parse_dong
from tinhso.platform.clock import now
from tinhso.platform.payments import actions, queries, rules
from tinhso.platform.payments.pages.desk import for_officers, officer_in, show
from tinhso.platform.payments.pages.words import DOUBTS, METHODS, PAYMENTS, REASONS, REFUNDS, badge, is_public_id
from tinhso.platform.people.queries import get_names
from tinhso.platform.people.rules import Actor
from tinhso.platform.wording import language, moment

MATCHERS = frozenset({"receptionist", "leader", "administrator"})
APPROVER = "leader"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 5000
NO_BREAK = "\N{NO-BREAK SPACE}"
STATES = ("unmatched", "doubtful", "matched", "returned")


def _units(actor: Actor) -> list[str]:
    """The units whose money the officer looks at."""
    keys = sorted({post.unit_key for post in actor.posts if post.role in MATCHERS})
    if not keys:
        raise PermissionDenied
    return keys


@for_officers
def reconciliation(request: HttpRequest) -> HttpResponse:
    """The payments of one's units by how they stand, refunds to be approved, the last days' statements."""
    keys = _units(officer_in(request))
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    before = request.GET.get("before", "")
    found, following = queries.list_payments(keys, state=state, before=int(before) if before.isdecimal() and len(before) < 18 else None)  # fmt: skip
    totals = {each.state: each for each in queries.totals_of(keys, now())}
    here = reverse("payments:reconciliation")
    context = {
        "counts": [_count(each, totals.get(each), f"{here}?state={each}", current=each == state) for each in STATES],
        "table": _table(_("Các khoản đã nhận"), [_("Nhận lúc"), _("Số tiền"), _("Tình trạng"), _("Nội dung"), _("Người trả")], [_row(each) for each in found]),
        "has_rows": bool(found),
        "next_url": f"{here}?state={state}&before={following}" if following else "",
        "refunds": _refunds(queries.list_refunds(keys)),
        "days": _days(),
        "all_url": here,
    }  # fmt: skip
    return show(request, "payments/reconciliation.html", context)


def _count(state: str, totals: queries.Totals | None, url: str, *, current: bool) -> dict[str, Any]:
    words = badge(PAYMENTS, state)
    dong = totals.amount_dong if totals else 0
    return {"text": f"{words['text']} · {format_dong(dong)}", "value": totals.count if totals else 0, "url": url, "current": current}  # fmt: skip


def _table(caption: str, columns: list[str], rows: list[list[dict[str, Any]]]) -> dict[str, Any]:
    cells = [
        {"cells": [{**cell, "heads": at == 0, "label": columns[at] if at else ""} for at, cell in enumerate(row)]}
        for row in rows
    ]
    return {"caption": caption, "caption_hidden": True, "columns": [{"title": title} for title in columns], "rows": cells}  # fmt: skip


def _row(each: queries.PaymentRow) -> list[dict[str, Any]]:
    doubt = DOUBTS.get(each.doubt, "") if each.left_dong else ""
    return [
        {"text": moment(each.paid_at), "url": reverse("payments:payment", args=[each.public_id])},
        {"text": format_dong(each.amount_dong).replace(" ", NO_BREAK), "kind": "num"},
        {"badge": badge(PAYMENTS, each.state), "note": doubt},
        {
            "text": each.content or METHODS.get(each.method, each.method),
            "note": "" if each.reference in each.content else each.reference,
        },
        {"text": each.payer_name},
    ]


def _refunds(rows: list[queries.RefundRow]) -> list[dict[str, Any]]:
    names = get_names({code for each in rows for code in (each.proposed_by, each.decided_by) if code})
    return [
        {
            "id": each.public_id,
            "amount": format_dong(each.amount_dong),
            "badge": badge(REFUNDS, each.state),
            "reason": each.reason,
            "by": names.get(each.proposed_by, ""),
            "at": moment(each.proposed_at),
            "trouble": each.trouble if each.state in {"failed", "unsure"} else "",
            "url": reverse("payments:payment", args=[each.payment_id]),
            "is_open": each.state == "proposed",
        }
        for each in rows
    ]


def _days() -> list[dict[str, Any]]:
    rows = []
    for each in queries.list_reconciliations():
        agrees = each.told_dong == each.known_dong and not each.differing
        said = _("sao kê %(told)s · đã ghi %(known)s · bổ sung %(added)s") % {"told": format_dong(each.told_dong), "known": format_dong(each.known_dong), "added": each.added}  # fmt: skip
        words = {"kind": "ok", "text": _("khớp")} if agrees else {"kind": "late", "text": _("lệch %(count)s") % {"count": len(each.differing)}}  # fmt: skip
        note = ", ".join(number for number, _why in each.differing[:5])
        rows.append({"key": f"{each.on:%d/%m/%Y}", "value": said, "badge": words, "note": note})
    return rows


@for_officers
def payment(request: HttpRequest, public_id: str) -> HttpResponse:
    """One payment: where it lies, what it might be meant for, its refunds; matching by hand and proposing a refund."""
    actor = officer_in(request)
    found = queries.find_payment(public_id) if is_public_id(public_id) else None
    if found is None or found.unit_key not in _units(actor):
        raise Http404
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            messages.success(request, _do(request, found, actor))
            return HttpResponseRedirect(reverse("payments:payment", args=[public_id]))
        except (actions.CannotCharge, NotAnAmount) as refused:
            errors = [{"text": refused.en if language() == "en" else refused.vi}]
    refunds = queries.list_refunds([found.unit_key], payment_id=public_id)
    suggestions: Sequence[rules.Suggestion] = (
        () if found.case_id or not found.left_dong else queries.list_suggestions(found)
    )
    context = {
        "title": format_dong(found.amount_dong),
        "badge": badge(PAYMENTS, found.state),
        "rows": _facts(found),
        "case_id": found.case_id,
        "errors": errors,
        "can_match": bool(found.left_dong),
        "suggestions": [
            {"reference": each.reference, "why": ", ".join(str(REASONS[one]) for one in each.reasons)}
            for each in suggestions
        ],
        "refunds": _refunds(refunds),
        "may_decide": APPROVER in actor.roles_in(found.unit_key),
        "match_field": {"name": "reference", "kind": "text", "label": _("Mã nộp tiền của hồ sơ"), "required": True},
        "refund_fields": [
            {"name": "amount", "kind": "text", "label": _("Số tiền hoàn (đồng)"), "inputmode": "numeric", "value": found.left_dong or found.amount_dong, "required": True},
            {"name": "reason", "kind": "text", "label": _("Lý do hoàn"), "required": True},
        ],
    }  # fmt: skip
    return show(request, "payments/payment.html", context, status=422 if errors else 200)


def _facts(found: queries.PaymentRow) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"key": _("Nhận lúc"), "value": moment(found.paid_at)},
        {"key": _("Biết lúc"), "value": moment(found.recorded_at)},
        {"key": _("Cách trả"), "value": METHODS.get(found.method, found.method)},
        {"key": _("Người trả"), "value": found.payer_name},
        {"key": _("Nội dung"), "value": found.content},
        {"key": _("Mã nộp tiền"), "value": found.reference},
        {"key": _("Chưa ghép"), "value": format_dong(found.left_dong) if found.left_dong else ""},
        {"key": _("Vì sao"), "value": DOUBTS.get(found.doubt, "") if found.left_dong else ""},
    ]
    return [row for row in rows if row["value"]]


def _do(request: HttpRequest, found: queries.PaymentRow, actor: Actor) -> str:
    at, sent, payment_id = now(), request.POST, found.public_id
    what = sent.get("what", "")
    if what == "match":
        reference = sent.get("reference", "").strip().upper()[:25]
        dong = actions.match_by_hand(payment_id=payment_id, reference=reference, actor=actor, now=at)
        return _("Đã ghép %(amount)s.") % {"amount": format_dong(dong)}
    if what == "refund":
        amount_dong = parse_dong(sent.get("amount", ""))
        actions.propose_refund(payment_id=payment_id, amount_dong=amount_dong, reason=_plain(sent.get("reason", "")), actor=actor, now=at)  # fmt: skip
        return _("Đã đề nghị hoàn %(amount)s; người khác phải duyệt.") % {"amount": format_dong(amount_dong)}
    known = {each.public_id for each in queries.list_refunds([found.unit_key], payment_id=payment_id)}
    if what in {"approve", "reject"} and APPROVER in actor.roles_in(found.unit_key) and sent.get("refund") in known:
        refund_id = str(sent.get("refund"))
        actions.decide_refund(refund_id=refund_id, approved=what == "approve", actor=actor, now=at)
        if what == "reject":
            return _("Đã từ chối đề nghị hoàn tiền.")
        state = actions.carry_out_refund(refund_id=refund_id, now=at)
        return str(badge(REFUNDS, state)["text"]).capitalize() + "."
    raise PermissionDenied


@for_officers
def export(request: HttpRequest) -> HttpResponse:
    """The payments of one's units as a workbook."""
    keys = _units(officer_in(request))
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Đối soát"))
    sheet.append([_("Mã"), _("Nhận lúc"), _("Số tiền"), _("Chưa ghép"), _("Tình trạng"), _("Mã nộp tiền"), _("Hồ sơ"), _("Nội dung"), _("Người trả")])  # fmt: skip
    for each in queries.list_payments(keys, limit=MOST_ROWS)[0]:
        texts = (each.reference, each.case_id, each.content, each.payer_name)
        sheet.append([each.public_id, moment(each.paid_at), each.amount_dong, each.left_dong, str(badge(PAYMENTS, each.state)["text"]), *map(_harmless, texts)])  # fmt: skip
    content = BytesIO()
    book.save(content)
    return HttpResponse(content.getvalue(), XLSX, headers={"Content-Disposition": 'attachment; filename="doi-soat.xlsx"'})  # fmt: skip


def _plain(text: str) -> str:
    """What was typed, without signs that no keyboard has."""
    return "".join(sign for sign in text if sign.isprintable())


def _harmless(text: str) -> str:
    """What strangers wrote never begins a formula, and has no sign that a workbook cannot hold."""
    kept = _plain(text)
    return f"'{kept}" if kept[:1] in {"=", "+", "-", "@"} else kept


urlpatterns = [
    path("work/payments/", reconciliation, name="reconciliation"),
    path("work/payments/export.xlsx", export, name="export"),
    path("work/payments/<str:public_id>/", payment, name="payment"),
]
