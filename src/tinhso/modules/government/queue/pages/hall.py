"""For everybody, without signing in: taking a number, following it on the phone, the screen in the waiting room."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.government.queue import queries
from tinhso.modules.government.queue.actions import take_ticket
from tinhso.modules.government.queue.adapters import find_rules
from tinhso.modules.government.queue.models import Ticket
from tinhso.modules.government.queue.queries import Turn
from tinhso.modules.government.queue.rules import ABSENT, CALLED, DONE, CannotQueue, day_of
from tinhso.platform.clock import now
from tinhso.platform.units.queries import get_unit
from tinhso.platform.units.rules import UnitRow
from tinhso.platform.wording import language, said

KIOSK_COOKIE, KIOSK_SALT = "queue_kiosk", "tinhso.queue.kiosk"
TURN_SECONDS, SCREEN_SECONDS, KIOSK_SECONDS, IDLE_SECONDS = "15", "5", "20", "60"
TRACKED, RATE = "/t/{}", "/dossiers/{}/rate/"
LOOPBACK = frozenset({"127.0.0.1", "::1"})


@never_cache
def kiosk(request: HttpRequest, place: str) -> HttpResponse:
    """Choose the matter with one touch and get a number; by a machine in the hall or on one's own phone."""
    unit, refusal, status = _place(place), "", 200
    if request.method == "POST":
        try:
            ticket = take_ticket(
                unit_key=unit.key,
                group_code=request.POST.get("group", "")[:30],
                priority_code=request.POST.get("priority", "")[:30],
                address="" if _is_kiosk(request, unit) else _address(request),
                now=now(),
            )
        except CannotQueue as refused:
            refusal, status = said(refused), 422
        else:
            return HttpResponseRedirect(reverse("queue:ticket", args=[ticket.public_id]))
    chosen = request.POST.get("priority", request.GET.get("priority", ""))
    context = {
        "unit_name": unit.name_in(language()),
        "refusal": refusal,
        "groups": _groups(unit),
        "priorities": _priorities(request, chosen),
        "priority": chosen,
    }
    response = render(request, "queue/kiosk.html", context, status=status)
    if _is_kiosk(request, unit):
        response["Refresh"] = f"{IDLE_SECONDS}; url={request.path}"
    return response


@never_cache
def ticket(request: HttpRequest, ticket: str) -> HttpResponse:
    """One number: to be printed 80 mm wide, or followed on the phone until it is called."""
    found = _ticket(ticket)
    turn, unit, is_today = queries.get_turn(found), get_unit(found.unit_key), found.taken_on == day_of(now())
    is_kiosk = _is_kiosk(request, unit)
    again = reverse("queue:kiosk", args=[unit.key])
    context = {
        "unit_name": unit.name_in(language()),
        "number": str(found),
        "ticket": found.public_id,
        "told": _told(turn, is_today=is_today),
        "is_called": is_today and found.state == CALLED,
        "is_over": found.state == DONE or not is_today,
        "rows": _rows(found),
        "address": _own_address(found).partition("://")[2],
        "again_url": again if is_kiosk else "",
        "links": _links(turn),
    }
    response = render(request, "queue/ticket.html", context)
    if is_kiosk:
        response["Refresh"] = f"{KIOSK_SECONDS}; url={again}"
    elif not context["is_over"]:
        response["Refresh"] = TURN_SECONDS
    return response


@never_cache
def ticket_qr(request: HttpRequest, ticket: str) -> HttpResponse:  # noqa: ARG001 - as views are called
    """The QR code that leads to the number's own page."""
    drawn = BytesIO()
    address = _own_address(_ticket(ticket))
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, scale=5, light="#fff")
    return HttpResponse(drawn.getvalue(), "image/svg+xml")


@never_cache
def screen(request: HttpRequest, place: str) -> HttpResponse:
    """The numbers being called, large, with their desks; `?theme=light` for a bright room."""
    unit, at = _place(place), now()
    waiting = queries.count_waiting(unit.key, day_of(at))
    groups = [(group, waiting[group.code]) for group in find_rules().groups]
    context = {
        "theme": "light" if request.GET.get("theme") == "light" else "dark",
        "unit_name": unit.name_in(language()),
        "calls": queries.list_calls(unit.key, day_of(at)),
        "waiting": [{"letter": group.letter, "name": said(group.name), "count": count} for group, count in groups],
        "as_of": f"{at.astimezone(VIETNAM):%H:%M}",
    }
    response = render(request, "queue/screen.html", context)
    response["Refresh"] = SCREEN_SECONDS
    return response


def mark_as_kiosk(response: HttpResponse, unit_key: str) -> HttpResponse:
    """Make the browser that gets this answer the machine in that unit's hall."""
    response.set_signed_cookie(
        KIOSK_COOKIE, unit_key, salt=KIOSK_SALT, max_age=366 * 24 * 3600, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _is_kiosk(request: HttpRequest, unit: UnitRow) -> bool:
    return bool(request.get_signed_cookie(KIOSK_COOKIE, default="", salt=KIOSK_SALT) == unit.key)


def _address(request: HttpRequest) -> str:
    """Where the request comes from: behind a proxy on this machine, the address the proxy added last."""
    near = str(request.META.get("REMOTE_ADDR", ""))
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return told[:64] if told and near in LOOPBACK else near or "unknown"


def _place(place: str) -> UnitRow:
    try:
        return queries.get_place(place[:64], now())
    except CannotQueue as refused:
        raise Http404(said(refused)) from refused


def _ticket(public_id: str) -> Ticket:
    found = queries.find_ticket(public_id)
    if found is None:
        raise Http404(_("Không có số này."))
    return found


def _own_address(ticket: Ticket) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse('queue:ticket', args=[ticket.public_id])}"


def _groups(unit: UnitRow) -> list[dict[str, Any]]:
    waiting = queries.count_waiting(unit.key, day_of(now()))
    return [
        {
            "code": group.code,
            "letter": group.letter,
            "name": said(group.name),
            "examples": said(group.examples),
            "waiting": _say_waiting(waiting[group.code]),
        }
        for group in find_rules().groups
    ]


def _say_waiting(count: int) -> str:
    return ngettext("%(count)s người đang chờ", "%(count)s người đang chờ", count) % {"count": count}


def _priorities(request: HttpRequest, chosen: str) -> list[dict[str, Any]]:
    rows = [("", _("Không ưu tiên")), *((each.code, said(each.name)) for each in find_rules().priorities)]
    return [
        {"text": text, "url": f"{request.path}?{urlencode({'priority': code})}", "current": code == chosen}
        for code, text in rows
    ]


def _told(turn: Turn, *, is_today: bool) -> str:
    if not is_today:
        return _("Số này của ngày khác, không còn dùng được.")
    if turn.ticket.state == CALLED:
        return _("Mời bạn đến quầy %(desk)s.") % {"desk": turn.desk}
    if turn.ticket.state == ABSENT:
        return _("Đã gọi mà chưa thấy bạn. Hãy báo cán bộ ở quầy để được gọi lại, không phải lấy số mới.")
    if turn.ticket.state == DONE:
        return _("Đã phục vụ xong. Cảm ơn bạn.")
    if turn.ticket.to_desk:
        told = {"desk": turn.ticket.to_desk, "count": turn.before}
        return _("Bạn được chuyển sang quầy %(desk)s, còn %(count)s người trước bạn.") % told
    if turn.before == 0:
        return _("Sắp đến lượt bạn: không còn ai trước bạn.")
    return ngettext("Còn %(count)s người trước bạn.", "Còn %(count)s người trước bạn.", turn.before) % {
        "count": turn.before
    }


def _rows(ticket: Ticket) -> list[dict[str, str]]:
    rules = find_rules()
    group = next((each for each in rules.groups if each.code == ticket.group_code), None)
    priority = next((each for each in rules.priorities if each.code == ticket.priority_code), None)
    rows = [
        {"key": _("Việc"), "value": said(group.name) if group else ticket.group_code},
        {"key": _("Ưu tiên"), "value": said(priority.name) if priority else ""},
        {"key": _("Lấy số lúc"), "value": f"{ticket.taken_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"},
    ]
    return [row for row in rows if row["value"]]


def _links(turn: Turn) -> list[dict[str, str]]:
    """What was filed with the number: to be followed, and how it went."""
    return [
        link
        for case in turn.filed
        for link in (
            {"url": TRACKED.format(case), "text": _("Theo dõi hồ sơ %(case)s") % {"case": case}},
            {"url": RATE.format(case), "text": _("Đánh giá việc phục vụ")},
        )
    ]


urlpatterns = [
    path("q/<slug:ticket>/", ticket, name="ticket"),
    path("q/<slug:ticket>/qr.svg", ticket_qr, name="ticket_qr"),
    path("queue/<str:place>/", kiosk, name="kiosk"),
    path("queue/<str:place>/screen/", screen, name="screen"),
]
