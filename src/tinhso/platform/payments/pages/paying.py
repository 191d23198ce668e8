"""For who pays: what is owed and why, how to pay it, what came in, receipts; and whether a receipt is genuine."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

import segno
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.kernel.identifiers import read_tracking_id
from tinhso.kernel.money import amount_in_words, format_dong
from tinhso.platform.cases.queries import CaseView, get_case, get_cases
from tinhso.platform.files.queries import open_file
from tinhso.platform.payments import queries
from tinhso.platform.payments.adapters import find_gateway
from tinhso.platform.payments.adapters.simulator import SimulatedGateway
from tinhso.platform.payments.pages.words import charge_rows, is_public_id, payment_rows, receipt_rows
from tinhso.platform.people.pages.doors import actor_in, needs_actor, needs_level
from tinhso.platform.people.rules import SEE_LEVEL
from tinhso.platform.units.queries import get_unit
from tinhso.platform.wording import language, moment

View = Callable[..., Any]


def on_own_case(view: View) -> View:
    """Give the page the actor's own case; another's is not there."""

    @wraps(view)
    @never_cache
    @needs_level(SEE_LEVEL)
    def guarded(request: HttpRequest, case_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, _own_case(request, case_id), *args, **kwargs)

    return guarded


def _own_case(request: HttpRequest, case_id: str) -> CaseView:
    actor = actor_in(request)
    try:
        asked = read_tracking_id(case_id[:40])
    except ValueError as wrong:
        raise Http404 from wrong
    case = get_cases([asked]).get(asked)
    if case is None or actor is None or not actor.code or case.applicant_code != actor.code:
        raise Http404
    return case


@on_own_case
def pay(request: HttpRequest, case: CaseView) -> HttpResponse:
    """What the case owes and how to pay it; what came in and its receipts."""
    bill = queries.find_bill(case.public_id)
    transfer = queries.find_transfer(bill) if bill else None
    context: dict[str, Any] = {
        "case": case,
        "name": case.procedure.name.in_language(language()),
        "bill": bill,
        "is_being_reckoned": bill is None and bool(queries.fees_of(case.procedure)),
        "charges": charge_rows(bill.charges) if bill else [],
        "due": format_dong(bill.due_dong) if bill and bill.due_dong else "",
        "due_in_words": amount_in_words(bill.due_dong, language()) if bill and bill.due_dong else "",  # type: ignore[arg-type]
        "payments": payment_rows(bill.payments) if bill else [],
        "receipts": receipt_rows(bill) if bill else [],
        "surplus": format_dong(bill.surplus_dong) if bill and bill.surplus_dong else "",
        "waits_for_it": case.state.wait is not None and case.state.wait.whom == "payment",
    }
    if transfer:
        context |= {
            "qr_url": reverse("payments:pay_qr", args=[case.public_id]),
            "qr_text": transfer.qr,
            "transfer": [
                {"key": _("Ngân hàng"), "value": transfer.bank_name},
                {"key": _("Số tài khoản"), "value": transfer.account},
                {"key": _("Tên tài khoản"), "value": transfer.holder},
                {"key": _("Số tiền"), "value": str(transfer.amount_dong)},
                {"key": _("Nội dung chuyển khoản"), "value": transfer.reference},
            ],
            "reference": transfer.reference,
            "simulator_url": _simulator_url(transfer),
        }
    return render(request, "payments/pay.html", context)


def _simulator_url(transfer: queries.Transfer) -> str:
    if not isinstance(find_gateway(), SimulatedGateway):
        return ""
    return f"{reverse('payments:bank')}?reference={transfer.reference}&amount={transfer.amount_dong}"


@on_own_case
def pay_qr(request: HttpRequest, case: CaseView) -> HttpResponse:  # noqa: ARG001 - as views are called
    """The QR code of what is due now, as a picture."""
    bill = queries.find_bill(case.public_id)
    transfer = queries.find_transfer(bill) if bill else None
    if transfer is None:
        raise Http404
    drawn = BytesIO()
    segno.make(transfer.qr, error="m", micro=False).save(drawn, kind="svg", border=4, scale=6, light="#fff")
    return HttpResponse(drawn.getvalue(), "image/svg+xml")


@never_cache
@needs_actor
def receipt(request: HttpRequest, public_id: str) -> Any:
    """The receipt as PDF, for whoever paid and for officers of the unit."""
    found, actor = queries.find_receipt(public_id) if is_public_id(public_id) else None, actor_in(request)
    if found is None or actor is None:
        raise Http404
    is_own = actor.kind == "citizen" and get_case(found.case_id).applicant_code == actor.code
    if not is_own and not any(post.unit_key == found.unit_key for post in actor.posts):
        raise Http404
    try:
        content = open_file(found.file_sha256)
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    return FileResponse(content, filename=f"{found.number}.pdf", content_type="application/pdf")


def check_receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whether a receipt is genuine, for anybody who holds it: number, agency, amount, day; nobody's name."""
    found = queries.find_receipt(public_id) if is_public_id(public_id) else None
    rows = []
    if found:
        rows = [
            {"key": _("Số biên lai"), "value": found.number},
            {"key": _("Cơ quan thu"), "value": get_unit(found.unit_key).name_in(language())},
            {"key": _("Số tiền"), "value": format_dong(found.amount_dong)},
            {"key": _("Lập lúc"), "value": moment(found.issued_at)},
        ]
    return render(request, "payments/check.html", {"rows": rows}, status=200 if found else 404)


urlpatterns = [
    path("my/payments/<str:case_id>/", pay, name="pay"),
    path("my/payments/<str:case_id>/qr.svg", pay_qr, name="pay_qr"),
    path("payments/receipts/<str:public_id>.pdf", receipt, name="receipt"),
    path("receipts/<str:public_id>/", check_receipt, name="check_receipt"),
]
