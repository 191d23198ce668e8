"""The simulated bank of a demonstration: a page to pay on, with everything that can go wrong, and its HTTP interface."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from tinhso.kernel.money import NotAnAmount, format_dong, parse_dong
from tinhso.platform.clock import now
from tinhso.platform.outside import Refused, Unreachable
from tinhso.platform.payments import actions, models, queries, rules
from tinhso.platform.payments.actions import simulating
from tinhso.platform.payments.adapters.simulator import FAULTS, SimulatedGateway
from tinhso.platform.payments.ports import RefundOrder
from tinhso.platform.wording import moment

WAYS = {
    "right": gettext_lazy("Đúng, ngân hàng báo có ngay"),
    "late": gettext_lazy("Đúng, nhưng ngân hàng báo muộn"),
    "twice": gettext_lazy("Trả hai lần"),
    "short": gettext_lazy("Trả thiếu một nửa"),
    "over": gettext_lazy("Trả thừa 10.000 đ"),
    "wrong_reference": gettext_lazy("Quên ghi mã nộp tiền"),
    "told_twice": gettext_lazy("Ngân hàng báo có hai lần cho một lần trả"),
    "wrong_amount": gettext_lazy("Báo có ghi sai số tiền"),
    "forged": gettext_lazy("Ai đó giả báo có (sai chữ ký)"),
}


def bank(request: HttpRequest) -> HttpResponse:
    """Pay, see what was paid, and let the bank tell what it has not told."""
    if request.method == "POST":
        return _act(request)
    reference = request.GET.get("reference", "")[:25]
    rows = models.SimulatedTransfer.objects.order_by("-id")[:20]
    context = {
        "fields": [
            {"name": "reference", "kind": "text", "label": _("Nội dung chuyển khoản (mã nộp tiền)"), "value": reference},
            {"name": "amount", "kind": "text", "label": _("Số tiền (đồng)"), "inputmode": "numeric", "value": request.GET.get("amount", "")[:15]},
            {"name": "payer", "kind": "text", "label": _("Người chuyển"), "value": "HOANG THI MAI"},
            {"name": "way", "kind": "radios", "label": _("Chuyện gì xảy ra?"), "options": [{"value": key, "text": text} for key, text in WAYS.items()], "value": "right"},
        ],
        "fault_field": {"name": "fault", "kind": "select", "label": _("Lần gọi ngân hàng tới sẽ"), "options": [{"value": "no_answer", "text": _("không trả lời")}, {"value": "refusal", "text": _("từ chối hoàn tiền")}, {"value": "lost_answer", "text": _("làm xong nhưng không trả lời")}], "value": "no_answer"},
        "rows": [
            {"key": moment(row.paid_at), "value": f"{format_dong(row.amount_dong)} · {row.content}", "badge": {"kind": "ok", "text": _("đã báo")} if row.told_at else {"kind": "soon", "text": _("chưa báo")}}
            for row in rows
        ],
        "has_untold": any(row.told_at is None for row in rows),
    }  # fmt: skip
    return render(request, "payments/bank.html", context)


def _act(request: HttpRequest) -> HttpResponse:
    sent, at = request.POST, now()
    what = sent.get("what", "pay")
    if what == "fault" and sent.get("fault") in FAULTS:
        models.SimulatedFault.objects.create(kind=sent["fault"])
        messages.info(request, _("Lần gọi ngân hàng tới sẽ gặp sự cố này."))
    elif what == "tell":
        for row in models.SimulatedTransfer.objects.filter(told_at=None).order_by("id"):
            simulating.tell_of(transfer=row, way="late", now=at)
        messages.success(request, _("Ngân hàng đã báo các khoản chưa báo."))
    elif what == "poll":
        count = actions.poll_payments(now=at)
        messages.success(request, _("Đã hỏi ngân hàng: %(count)s khoản mới.") % {"count": count})
    elif what == "pay":
        _pay(request, at)
    return HttpResponseRedirect(reverse("payments:bank"))


def _pay(request: HttpRequest, at: datetime) -> None:
    sent = request.POST
    try:
        amount_dong = parse_dong(sent.get("amount", ""))
    except NotAnAmount as wrong:
        messages.error(request, wrong.vi)
        return
    way = sent.get("way", "")
    if way not in WAYS or not 0 < amount_dong <= 10**11:
        messages.error(request, _("Hãy ghi số tiền và chọn chuyện gì xảy ra."))
        return
    reference = sent.get("reference", "")[:25]
    simulating.pay_at_simulated_bank(
        reference=reference, amount_dong=amount_dong, way=way, payer_name=sent.get("payer", "")[:60],
        account=queries.account_for(reference), now=at,
    )  # fmt: skip
    messages.success(request, _("Ngân hàng mô phỏng đã chuyển tiền."))


@csrf_exempt
def interface(request: HttpRequest, what: str) -> HttpResponse:
    """What a real gateway offers over HTTP, answered by the simulator; each request must be signed."""
    whole = request.get_full_path()
    signed = request.body or whole[whole.index("/simulators/bank/api") + len("/simulators/bank/api") :].encode()
    headers = request.headers
    try:
        rules.check(
            signed, moment=headers.get("X-Payment-Moment", ""), signature=headers.get("X-Payment-Signature", ""),
            secret=settings.PAYMENT_GATEWAY["secret"], now=now(),
        )  # fmt: skip
        return _answer(request, what)
    except rules.Forged:
        return JsonResponse({"reason": "signature"}, status=401)
    except Unreachable as trouble:
        return JsonResponse({"reason": str(trouble)}, status=503)
    except (Refused, ValueError, KeyError) as trouble:
        return JsonResponse({"reason": str(trouble)}, status=422)


def _answer(request: HttpRequest, what: str) -> HttpResponse:
    gateway, (first, _slash, rest) = SimulatedGateway(), what.partition("/")
    if first == "payments":
        since, until = (datetime.fromisoformat(request.GET[name]) for name in ("since", "until"))
        found = gateway.list_payments(since, until)
        return JsonResponse({"payments": [rules.payment_as_json(each) for each in found]})
    if first == "statements":
        on = date.fromisoformat(rest.removesuffix(".csv"))
        return HttpResponse(gateway.get_statement(on), "text/csv; charset=utf-8")
    if request.method == "POST":
        told: dict[str, Any] = json.loads(request.body)
        order = RefundOrder(told["key"], told["payment_id"], told["amount_dong"], told.get("reason", ""))
        return JsonResponse({"id": gateway.refund(order)})
    number = gateway.find_refund(rest)
    return JsonResponse({"id": number} if number else {"reason": "unknown"}, status=200 if number else 404)


urlpatterns = [
    path("simulators/bank/", bank, name="bank"),
    path("simulators/bank/api/<path:what>", interface, name="simulator_bank"),
]
