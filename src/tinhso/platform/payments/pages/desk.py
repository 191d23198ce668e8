"""For officers: the money of one case. Take cash, waive by class and reason, enter what another office assessed."""

from collections.abc import Callable
from functools import wraps
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.kernel.money import NotAnAmount, format_dong, parse_dong
from tinhso.platform.cases.queries import get_cases
from tinhso.platform.clock import now
from tinhso.platform.payments import actions, queries
from tinhso.platform.payments.pages.words import charge_rows, is_public_id, payment_rows, receipt_rows
from tinhso.platform.people.actions import record_sight
from tinhso.platform.people.pages.doors import needs_officer
from tinhso.platform.people.queries import get_unit_names
from tinhso.platform.people.rules import Actor
from tinhso.platform.wording import language

View = Callable[..., HttpResponse]
WORKERS = frozenset({"receptionist", "handler", "leader", "clerk", "administrator"})
CASHIER = "receptionist"
WAIVERS = frozenset({"receptionist", "handler", "leader"})


def for_officers(view: View) -> View:
    """Open the page to officers who hold a post; nothing of it is kept by caches."""

    @wraps(view)
    @never_cache
    @needs_officer
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return guarded


def officer_in(request: HttpRequest) -> Actor:
    """Who makes the request, behind `for_officers`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page in the frame of the workspace, with the units of whoever asks."""
    held = list(dict.fromkeys(post.unit_key for post in officer_in(request).posts))[:2]
    names = get_unit_names(held)
    frame = {"unit_name": ", ".join(names.get(key, key) for key in held)}
    return render(request, template, {**frame, **context}, status=status)


@for_officers
def case_money(request: HttpRequest, case_id: str) -> HttpResponse:
    """What the case owes, what came in, and what the officer can do about it."""
    actor = officer_in(request)
    case = get_cases([case_id]).get(case_id) if is_public_id(case_id) else None
    if case is None:
        raise Http404
    roles = actor.roles_in(case.unit_key, case.procedure.code)
    if not roles & WORKERS:
        raise PermissionDenied
    error = ""
    if request.method == "POST":
        try:
            messages.success(request, _do(request, case_id, roles))
            return HttpResponseRedirect(reverse("payments:case_money", args=[case_id]))
        except actions.CannotCharge as refused:
            error = refused.en if language() == "en" else refused.vi
        except NotAnAmount as wrong:
            error = wrong.en if language() == "en" else wrong.vi
    record_sight(
        actor=actor, subject_code=case.applicant_code, case_id=case_id, purpose="handle_case", unit_key=case.unit_key, now=now()
    )  # fmt: skip
    bill = queries.find_bill(case_id)
    context = {
        "code": case.code or case.public_id,
        "about": case.title or case.applicant_name,
        "case_id": case_id,
        "errors": [{"text": error}] if error else [],
        "bill": bill,
        "due": format_dong(bill.due_dong) if bill and bill.due_dong else "",
        "charges": charge_rows(bill.charges) if bill else [],
        "payments": payment_rows(bill.payments) if bill else [],
        "receipts": receipt_rows(bill) if bill else [],
        "forms": _forms(bill, roles) if bill else [],
    }
    return show(request, "payments/case.html", context, status=422 if error else 200)


def _do(request: HttpRequest, case_id: str, roles: frozenset[str]) -> str:
    """What was sent, done; the sentence that says so."""
    actor, at = officer_in(request), now()
    sent = {
        name: "".join(sign for sign in text if sign.isprintable())
        for name, text in request.POST.items()
        if isinstance(text, str)
    }
    what = sent.get("what", "")
    if what == "cash" and CASHIER in roles:
        amount_dong = parse_dong(sent.get("amount", ""))
        actions.take_cash(case_id=case_id, amount_dong=amount_dong, key=sent.get("key", "")[:80] or token_hex(16), actor=actor, now=at)  # fmt: skip
        return _("Đã thu %(amount)s tiền mặt. Biên lai sẵn sàng sau ít giây.") % {"amount": format_dong(amount_dong)}
    if what not in {"waive", "amount"} or not roles & WAIVERS:
        raise PermissionDenied
    charge_id = _charge_of(case_id, sent.get("charge", ""))
    if what == "waive":
        actions.waive(charge_id=charge_id, relief=sent.get("relief", ""), reason=sent.get("reason", ""), actor=actor, now=at)  # fmt: skip
        return _("Đã ghi miễn, giảm.")
    amount_dong = parse_dong(sent.get("amount", ""))
    actions.enter_amount(charge_id=charge_id, amount_dong=amount_dong, reason=sent.get("reason", ""), actor=actor, now=at)  # fmt: skip
    return _("Đã ghi số tiền phải nộp.")


def _charge_of(case_id: str, sent: str) -> int:
    """The charge that was named, if it is of that case."""
    bill = queries.find_bill(case_id)
    if bill is None or sent not in {str(each.id) for each in bill.charges}:
        raise Http404
    return int(sent)


def _forms(bill: queries.BillView, roles: frozenset[str]) -> list[dict[str, Any]]:
    """One small form for each thing the officer can do."""
    forms: list[dict[str, Any]] = []
    for each in bill.charges:
        name = each.name_in(language())
        if each.state == "unassessed" and roles & WAIVERS:
            fields = [
                {"name": "amount", "id": f"amount-{each.id}", "kind": "text", "label": _("Số tiền (đồng)"), "inputmode": "numeric", "required": True},
                {"name": "reason", "id": f"notice-{each.id}", "kind": "text", "label": _("Theo thông báo số"), "required": True},
            ]  # fmt: skip
            forms.append({"what": "amount", "charge": each.id, "title": _("Nhập số tiền: %(name)s") % {"name": name}, "fields": fields, "button": _("Ghi số tiền")})  # fmt: skip
        elif each.state == "due" and each.exemptions and not each.relief and roles & WAIVERS:
            options = [
                {"value": one["code"], "text": one["en" if language() == "en" else "vi"]} for one in each.exemptions
            ]
            fields = [
                {"name": "relief", "id": f"relief-{each.id}", "kind": "select", "label": _("Diện được miễn, giảm"), "options": options, "value": ""},
                {"name": "reason", "id": f"reason-{each.id}", "kind": "text", "label": _("Căn cứ (số sổ, quyết định)"), "required": True},
            ]  # fmt: skip
            forms.append({"what": "waive", "charge": each.id, "title": _("Miễn, giảm: %(name)s") % {"name": name}, "fields": fields, "button": _("Ghi miễn, giảm")})  # fmt: skip
    if bill.due_dong and CASHIER in roles:
        field = {"name": "amount", "id": "cash", "kind": "text", "label": _("Số tiền thu (đồng)"), "inputmode": "numeric", "value": bill.due_dong, "required": True}  # fmt: skip
        forms.insert(0, {"what": "cash", "charge": "", "title": _("Thu tiền mặt tại quầy"), "fields": [field], "button": _("Đã thu tiền"), "key": token_hex(16)})  # fmt: skip
    return forms


urlpatterns = [path("work/payments/cases/<str:case_id>/", case_money, name="case_money")]
