"""Letters: a person's own subscriptions, asking for one, confirming and ending by the links in letters; contacts for alerts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tinhso.modules.insight.alerts import actions, queries
from tinhso.modules.insight.alerts.models import Subscription
from tinhso.modules.insight.alerts.pages.lists import links_of
from tinhso.modules.insight.alerts.pages.words import for_roles, officer_in
from tinhso.modules.insight.alerts.queries import letters
from tinhso.modules.insight.alerts.rules.drafts import Refused
from tinhso.modules.insight.alerts.rules.letters import DAILY, HOURS, MONTHLY, WEEKLY
from tinhso.platform.capability import list_topics
from tinhso.platform.clock import now as present
from tinhso.platform.people.pages.doors import needs_actor
from tinhso.platform.people.queries import find_person
from tinhso.platform.people.rules import Actor, day_of
from tinhso.platform.units.queries import get_units, list_with_agency
from tinhso.platform.wording import language, moment, said

FIELDS = ("subject", "unit", "rhythm", "hour", "email")
RHYTHM_NAMES = {
    DAILY: gettext_lazy("Mỗi ngày làm việc"),
    WEEKLY: gettext_lazy("Mỗi tuần, ngày làm việc đầu tiên"),
    MONTHLY: gettext_lazy("Mỗi tháng, ngày làm việc đầu tiên"),
}


@never_cache
@needs_actor
def show_letters(request: HttpRequest) -> HttpResponse:
    """One's own subscriptions, and the form to ask for another."""
    actor = officer_in(request)
    sent = {name: request.POST.get(name, "") for name in FIELDS}
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            row = actions.subscribe(sent=sent, actor=actor, now=present())
            messages.success(request, _("Hãy mở thư vừa gửi đến %(email)s và bấm xác nhận. Chưa xác nhận thì chưa có thư nào.") % {"email": row.email})  # fmt: skip
            return HttpResponseRedirect(reverse("alerts:letters"))
        except Refused as refused:
            errors = [{"text": said(each), "href": f"#{each.field}"} for each in refused.troubles]
    else:
        sent |= {"subject": request.GET.get("subject", ""), "unit": request.GET.get("unit", ""), "hour": "7", "rhythm": WEEKLY, "email": _known_address(actor)}  # fmt: skip
    contact = queries.find_contact(actor.code) if actor.kind == "officer" else None
    context = {
        "table": _table(queries.list_own(actor.code)),
        "fields": _fields(sent, {each["href"][1:]: each["text"] for each in errors}),
        "errors": errors,
        "links": links_of("letters") if actor.kind == "officer" else [],
        "contact": _contact(contact.email if contact else "", contact.phone if contact else "", {}) if actor.kind == "officer" else [],
    }  # fmt: skip
    return render(request, "alerts/letters.html", context, status=422 if errors else 200)


def _known_address(actor: Actor) -> str:
    if actor.kind == "officer":
        contact = queries.find_contact(actor.code)
        return contact.email if contact else ""
    person = find_person(actor.code)
    return person.email if person else ""


def _table(rows: list[Subscription]) -> dict[str, Any]:
    titles = [_("Điều muốn theo dõi"), _("Đơn vị"), _("Khi nào"), _("Gửi đến"), _("Thư tiếp theo"), ""]
    topics, units = list_topics(), get_units({row.unit_key for row in rows if row.unit_key})
    shown = []
    for row in rows:
        topic = topics.get(row.subject)
        waiting = {"badge": {"kind": "soon", "text": _("chờ xác nhận")}}
        shown.append({"cells": [
            {"text": said(topic.title) if topic else row.subject, "heads": True},
            {"text": units[row.unit_key].name_in(language()) if row.unit_key in units else _("Toàn tỉnh"), "label": titles[1]},
            {"text": f"{RHYTHM_NAMES[row.rhythm]}, {row.hour}:00", "label": titles[2]},
            {"text": row.email, "label": titles[3]},
            {**({"text": moment(row.next_at)} if row.confirmed_at else waiting), "label": titles[4]},
            {"text": _("Thôi nhận"), "url": reverse("alerts:stop", args=[queries.sign(row.public_id, letters.STOP)])},
        ]})  # fmt: skip
    return {"caption": _("Thư đang đăng ký"), "columns": [{"title": title} for title in titles], "rows": shown}


def _fields(sent: dict[str, str], told: dict[str, str]) -> list[dict[str, Any]]:
    topics = [{"value": code, "text": said(topic.title)} for code, topic in list_topics().items()]
    communes = list_with_agency(day_of(present()), kinds=("commune",))
    units = [
        {"value": "", "text": _("Toàn tỉnh")},
        *({"value": unit.key, "text": unit.name_in(language())} for unit in communes),
    ]
    rhythms = [{"value": code, "text": str(name)} for code, name in RHYTHM_NAMES.items()]
    fields: list[dict[str, Any]] = [
        {"name": "subject", "kind": "select", "label": _("Điều muốn theo dõi"), "options": topics},
        {"name": "unit", "kind": "select", "label": _("Của đơn vị"), "options": units, "no_blank": True},
        {"name": "rhythm", "kind": "select", "label": _("Khi nào"), "options": rhythms, "no_blank": True},
        {"name": "hour", "kind": "select", "label": _("Lúc mấy giờ"), "options": [{"value": str(hour), "text": f"{hour}:00"} for hour in HOURS], "no_blank": True},
        {"name": "email", "label": _("Gửi đến thư điện tử"), "width": "30", "inputmode": "email"},
    ]  # fmt: skip
    return [{**field, "value": sent[field["name"]], "error": told.get(field["name"], "")} for field in fields]


def _contact(email: str, phone: str, told: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"name": "contact_email", "label": _("Thư điện tử"), "value": email, "optional": True, "inputmode": "email", "width": "30", "error": told.get("contact_email", "")},
        {"name": "contact_phone", "label": _("Số điện thoại"), "value": phone, "optional": True, "inputmode": "tel", "width": "20", "error": told.get("contact_phone", "")},
    ]  # fmt: skip


@require_POST
@for_roles()
def keep_contact(request: HttpRequest) -> HttpResponse:
    """Where an officer is told of alerts."""
    try:
        actions.set_contact(
            email=request.POST.get("contact_email", ""),
            phone=request.POST.get("contact_phone", ""),
            actor=officer_in(request),
            now=present(),
        )
        messages.success(request, _("Đã ghi nơi nhận cảnh báo."))
    except Refused as refused:
        messages.error(request, said(refused))
    return HttpResponseRedirect(reverse("alerts:letters"))


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the first letter: asks once more, by a button, since mail programs open links by themselves."""
    row = letters.read_token(token, letters.CONFIRM)
    if row is None or row.ended_at:
        raise Http404
    if request.method == "POST":
        actions.confirm(token=token, now=present())
        row.refresh_from_db()
    context = {
        "row": row,
        "is_done": row.confirmed_at is not None,
        "next_at": moment(row.next_at),
        "title": _topic_of(row),
    }
    return render(request, "alerts/confirm.html", context)


@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link at the end of each letter: one button ends it, without signing in."""
    row = letters.read_token(token, letters.STOP)
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.unsubscribe(row=row, now=present())
        row.refresh_from_db()
    return render(request, "alerts/stop.html", {"is_done": row.ended_at is not None, "title": _topic_of(row)})


def _topic_of(row: Subscription) -> str:
    topic = list_topics().get(row.subject)
    return said(topic.title) if topic else row.subject
