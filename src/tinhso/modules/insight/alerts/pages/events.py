"""What happened that explains figures: the list, a form for those who may tell, taking one back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.alerts import actions, queries
from tinhso.modules.insight.alerts.pages.lists import links_of
from tinhso.modules.insight.alerts.pages.words import for_roles, officer_in
from tinhso.modules.insight.alerts.queries import EventRow
from tinhso.modules.insight.alerts.rules.drafts import EVENT_FIELDS, Refused
from tinhso.modules.insight.alerts.rules.powers import TELLERS, units_told_of
from tinhso.platform.clock import now as present
from tinhso.platform.people.queries import get_names
from tinhso.platform.people.rules import Actor, NotAllowed, day_of
from tinhso.platform.units.queries import get_units, list_children
from tinhso.platform.wording import day, language, said


@for_roles()
def show_events(request: HttpRequest) -> HttpResponse:
    """Every event, withdrawn ones too; the form where the actor may tell of one."""
    sent = {name: request.POST.get(name, "") for name in EVENT_FIELDS}
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            actions.enter_event(sent=sent, actor=officer_in(request), now=present())
            messages.success(request, _("Đã ghi sự kiện; nó hiện bên cạnh các biểu đồ."))
            return HttpResponseRedirect(reverse("alerts:events"))
        except Refused as refused:
            errors = [{"text": said(each), "href": f"#{each.field}"} for each in refused.troubles]
        except NotAllowed as refused:
            raise PermissionDenied from refused
    actor = officer_in(request)
    context = {
        "table": _table(queries.list_events(), actor),
        "fields": _fields(actor, sent, {each["href"][1:]: each["text"] for each in errors}) if units_told_of(actor) else [],
        "errors": errors,
        "links": links_of("events"),
    }  # fmt: skip
    return render(request, "alerts/events.html", context, status=422 if errors else 200)


def _table(rows: list[EventRow], actor: Actor) -> dict[str, Any]:
    titles = [_("Sự kiện"), _("Từ"), _("Đến"), _("Đơn vị"), _("Nguồn"), _("Ai ghi")]
    units = get_units({row.unit_key for row in rows if row.unit_key})
    names = get_names({row.entered_by for row in rows if row.entered_by})
    mine = units_told_of(actor)
    shown = []
    for row in rows:
        unit = units.get(row.unit_key)
        may = bool(row.public_id and not row.withdrawn_at and unit and not mine.isdisjoint(unit.path))
        who = names.get(row.entered_by, row.entered_by) if row.public_id else _("gói dữ liệu")
        note = _("đã rút: %(reason)s") % {"reason": row.withdraw_reason} if row.withdrawn_at else ""
        withdraw = (
            {"text": _("Rút lại"), "url": reverse("alerts:withdraw", args=[row.public_id])} if may else {"text": ""}
        )
        shown.append({"cells": [
            {"text": said(row.title), "heads": True, "note": note},
            {"text": day(row.first_on), "label": titles[1]},
            {"text": day(row.last_on) or _("đang tiếp diễn"), "label": titles[2]},
            {"text": unit.name_in(language()) if unit else row.unit_key or _("cả nước"), "label": titles[3]},
            {"text": row.source, "label": titles[4], "url": row.address},
            {**withdraw, "note": who, "label": titles[5]},
        ]})  # fmt: skip
    return {"caption": _("Đã ghi"), "columns": [{"title": title} for title in titles], "rows": shown}


def _fields(actor: Actor, sent: dict[str, str], told: dict[str, str]) -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = [
        {"name": "title_vi", "label": _("Chuyện gì đã xảy ra"), "hint": _("Ngắn gọn, ví dụ: Hệ thống ngừng từ 8 đến 10 tháng 3"), "max_length": 200},
        {"name": "title_en", "label": _("Bằng tiếng Anh"), "optional": True, "max_length": 200},
        {"name": "first_on", "kind": "date", "label": _("Từ ngày"), "width": "10"},
        {"name": "last_on", "kind": "date", "label": _("Đến hết ngày"), "optional": True, "hint": _("Để trống nếu còn tiếp diễn"), "width": "10"},
        {"name": "unit", "kind": "select", "label": _("Ở đơn vị"), "options": _units(actor), "no_blank": True},
        {"name": "source", "label": _("Nguồn"), "hint": _("Văn bản, thông báo hoặc ai cho biết"), "max_length": 300},
        {"name": "address", "label": _("Địa chỉ của nguồn"), "optional": True, "hint": "https://…"},
    ]  # fmt: skip
    return [{**field, "value": sent[field["name"]], "error": told.get(field["name"], "")} for field in fields]


def _units(actor: Actor) -> list[dict[str, str]]:
    """The actor's own units with those right below them."""
    on = day_of(present())
    found = []
    for key, unit in sorted(get_units(units_told_of(actor)).items()):
        below = list_children(key, on, kinds=["commune", "department"]) if unit.kind == "province" else []
        found += [{"value": each.key, "text": each.name_in(language())} for each in (unit, *below)]
    return found


@for_roles(*TELLERS)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an event back, with the reason."""
    row = queries.find_event(public_id)
    if row is None:
        raise Http404
    errors: list[dict[str, str]] = []
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            actions.withdraw_event(public_id=public_id, reason=reason, actor=officer_in(request), now=present())
            messages.success(request, _("Đã rút sự kiện."))
            return HttpResponseRedirect(reverse("alerts:events"))
        except Refused as refused:
            errors = [{"text": said(each), "href": f"#{each.field}"} for each in refused.troubles]
        except NotAllowed as refused:
            raise PermissionDenied from refused
    context = {
        "title": said(row.title),
        "field": {"name": "reason", "kind": "textarea", "label": _("Vì sao rút"), "value": reason, "rows": 2, "error": errors[0]["text"] if errors else ""},
        "errors": errors,
        "crumbs": [{"url": reverse("alerts:events"), "text": _("Sự kiện")}, {"text": said(row.title)}],
    }  # fmt: skip
    return render(request, "alerts/withdraw.html", context, status=422 if errors else 200)
