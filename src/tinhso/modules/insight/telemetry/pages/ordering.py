"""Lamps: tell a cabinet how bright to be, after a page that says first what will happen."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.telemetry import actions
from tinhso.modules.insight.telemetry.pages.doors import find_device, for_officers, officer_in
from tinhso.modules.insight.telemetry.pages.words import with_unit
from tinhso.modules.insight.telemetry.rules.devices import Refused
from tinhso.modules.insight.telemetry.rules.orders import Wish, read_wish
from tinhso.modules.insight.telemetry.rules.powers import check_may_command
from tinhso.platform.clock import now
from tinhso.platform.people.rules import VIETNAM, Actor
from tinhso.platform.wording import language, moment, said

NAMES = ("level", "starts_at", "ends_at", "reason")


@for_officers
def order(request: HttpRequest, code: str) -> HttpResponse:
    """The form of an order, then what it will do, then the order."""
    device, actor, at = find_device(request, code), officer_in(request), now()
    check_may_command(actor, device.line)
    if not device.kind.takes_orders:
        raise Http404
    sent = {name: request.POST.get(name, "").replace("\0", "").strip() for name in NAMES}
    context: dict[str, Any] = {
        "title": _("Ra lệnh cho %(name)s") % {"name": device.name_in(language())},
        "crumbs": [
            {"url": reverse("telemetry:devices"), "text": _("Quan trắc")},
            {"url": reverse("telemetry:device", args=[code]), "text": device.name_in(language())},
            {"text": _("Ra lệnh")},
        ],
        "now": [with_unit(value) for value in device.values[:1]],
        "errors": [],
        "device_url": reverse("telemetry:device", args=[code]),
    }
    wish, troubles = None, []
    if request.method == "POST":
        try:
            wish = read_wish(sent, at)
            if request.POST.get("sure"):
                return _give(request, code, wish, actor, at)
        except Refused as refused:
            troubles = refused.troubles
    context["errors"] = [{"href": f"#{each.field}", "text": said(each)} for each in troubles]
    if wish:
        context |= {"wish": sent, "rows": _told(wish)}
    else:
        context["fields"] = _fields(sent, {each.field: said(each) for each in troubles})
    return render(request, "telemetry/order.html", context, status=422 if troubles else 200)


def _give(request: HttpRequest, code: str, wish: Wish, actor: Actor, at: datetime) -> HttpResponse:
    actions.give_order(code=code, wish=wish, actor=actor, now=at)
    messages.success(request, _("Đã ra lệnh. Trang này chỉ hiện mức sáng do tủ đèn báo về, không hiện mức đã ra lệnh."))
    return HttpResponseRedirect(reverse("telemetry:device", args=[code]))


def _told(wish: Wish) -> list[dict[str, str]]:
    level = _("tắt") if wish.level == 0 else f"{wish.level}%"
    told = [(_("Mức sáng"), level), (_("Từ lúc"), moment(wish.starts_at)), (_("Tới lúc"), moment(wish.ends_at)), (_("Lý do"), wish.reason), (_("Sau đó"), _("tủ đèn trở lại lịch của nó"))]  # fmt: skip
    return [{"key": key, "value": value} for key, value in told]


def _fields(sent: dict[str, str], errors: dict[str, str]) -> list[dict[str, Any]]:
    start = now().astimezone(VIETNAM)
    fields: list[dict[str, Any]] = [
        {"name": "level", "label": _("Mức sáng"), "hint": _("0 là tắt, 100 là sáng hết"), "unit": "%", "inputmode": "numeric", "width": "3", "value": sent["level"]},
        {"name": "starts_at", "kind": "datetime-local", "label": _("Từ lúc"), "value": sent["starts_at"] or f"{start:%Y-%m-%dT%H:%M}"},
        {"name": "ends_at", "kind": "datetime-local", "label": _("Tới lúc"), "hint": _("Tối đa 30 ngày. Hết giờ, tủ đèn trở lại lịch của nó."), "value": sent["ends_at"]},
        {"name": "reason", "kind": "textarea", "rows": 2, "label": _("Lý do"), "hint": _("Giữ cùng lệnh này và tên người ra lệnh. Đừng ghi thông tin cá nhân."), "max_length": 300, "value": sent["reason"]},
    ]  # fmt: skip
    return [{**each, "error": errors.get(each["name"], "")} for each in fields]
