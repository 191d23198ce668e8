"""The officer's desk: sit down, call the next number, call again, done, absent, pass on; and the machines of the hall."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.modules.government.queue import actions, queries
from tinhso.modules.government.queue.adapters import find_rules
from tinhso.modules.government.queue.models import Seat
from tinhso.modules.government.queue.pages.hall import mark_as_kiosk
from tinhso.modules.government.queue.queries import Desk
from tinhso.modules.government.queue.rules import CannotQueue
from tinhso.platform.clock import now
from tinhso.platform.people.pages.doors import actor_in, needs_officer
from tinhso.platform.people.queries import get_names
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_unit
from tinhso.platform.wording import language, said

COUNTER, CASE_PAGE = "/work/counter/", "/work/cases/{}/"
View = Callable[..., HttpResponse]


def for_receptionists(view: View) -> View:
    """Open the page to officers who receive somewhere; what cannot be is said above the page."""

    @wraps(view)
    @never_cache
    @needs_officer
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queries.units_of_desk(_officer(request)):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except CannotQueue as refused:
            messages.error(request, said(refused))
            return HttpResponseRedirect(reverse("queue:desk"))

    return guarded


@for_receptionists
def desk(request: HttpRequest) -> HttpResponse:
    """The number in hand and who waits; before that, which desk it is."""
    actor = _officer(request)
    if request.method == "POST":
        ACTS.get(request.POST.get("act", ""), _nothing)(request, actor)
        return HttpResponseRedirect(reverse("queue:desk"))
    seat = queries.find_seat(actor)
    if seat is None or seat.unit_key not in queries.units_of_desk(actor):
        return render(request, "queue/sit.html", _sit_context(request, actor))
    return render(request, "queue/desk.html", _desk_context(queries.read_desk(seat, now())))


@for_receptionists
def hall(request: HttpRequest) -> HttpResponse:
    """Make this browser the machine in the hall, from which any number of numbers may be taken."""
    unit_key = request.POST.get("unit", "")
    if request.method != "POST" or unit_key not in queries.units_of_desk(_officer(request)):
        raise PermissionDenied
    return mark_as_kiosk(HttpResponseRedirect(reverse("queue:kiosk", args=[unit_key])), unit_key)


def _officer(request: HttpRequest) -> Actor:
    actor = actor_in(request)
    if actor is None:
        raise PermissionDenied
    return actor


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _sit(request: HttpRequest, actor: Actor) -> None:
    actions.sit_down(
        unit_key=request.POST.get("unit", "")[:64],
        desk=_number(request.POST.get("desk", "")),
        groups=[each[:30] for each in request.POST.getlist("groups")],
        actor=actor,
        now=now(),
    )


def _next(request: HttpRequest, actor: Actor) -> None:
    if actions.call_next(current=_in_hand(request), actor=actor, now=now()) is None:
        messages.info(request, _("Không còn ai chờ ở các nhóm việc của quầy này."))


def _pass_on(request: HttpRequest, actor: Actor) -> None:
    actions.pass_on(
        ticket_id=_in_hand(request), to_desk=_number(request.POST.get("to_desk", "")), actor=actor, now=now()
    )


def _nothing(request: HttpRequest, actor: Actor) -> None:
    """What was sent is none of the acts."""


def _in_hand(request: HttpRequest) -> int:
    """The number that the page shows, by its key: the id that opens its holder's page is not told here."""
    return _number(request.POST.get("ticket", ""))


ACTS: dict[str, Callable[[HttpRequest, Actor], Any]] = {
    "sit": _sit,
    "leave": lambda _request, actor: actions.leave_desk(actor=actor, now=now()),
    "next": _next,
    "again": lambda request, actor: actions.call_again(ticket_id=_in_hand(request), actor=actor, now=now()),
    "finish": lambda request, actor: actions.finish_ticket(ticket_id=_in_hand(request), actor=actor, now=now()),
    "miss": lambda request, actor: actions.miss_ticket(ticket_id=_in_hand(request), actor=actor, now=now()),
    "absent": lambda request, actor: actions.call_absent(ticket_id=_in_hand(request), actor=actor, now=now()),
    "pass_on": _pass_on,
}


def _sit_context(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    units = queries.units_of_desk(actor)
    unit_key = request.GET.get("unit", "") if request.GET.get("unit", "") in units else units[0]
    taken = queries.list_taken_desks(unit_key)
    names = get_names(taken.values())
    desks = [
        {"value": str(number), "text": f"{number} ({names.get(taken[number], '')})" if number in taken else str(number)}
        for number in range(1, find_rules().most_desks + 1)
    ]
    free = next((each["value"] for each in desks if int(each["value"]) not in taken), "1")
    groups = [
        {"value": group.code, "text": f"{group.letter}. {said(group.name)}", "selected": True}
        for group in find_rules().groups
    ]
    return {
        **_around(unit_key),
        "units": [{"value": key, "text": get_unit(key).name_in(language())} for key in units] if len(units) > 1 else [],
        "fields": [
            {"name": "desk", "kind": "select", "label": _("Bạn ngồi quầy số mấy?"), "options": desks, "value": free, "no_blank": True},
            {"name": "groups", "kind": "checkboxes", "label": _("Quầy này nhận việc gì?"), "options": groups},
        ],
    }  # fmt: skip


def _around(unit_key: str) -> dict[str, Any]:
    return {
        "unit_key": unit_key,
        "unit_name": get_unit(unit_key).name_in(language()),
        "kiosk_url": reverse("queue:kiosk", args=[unit_key]),
        "screen_url": reverse("queue:screen", args=[unit_key]),
    }


def _desk_context(found: Desk) -> dict[str, Any]:
    seat, rules, current = found.seat, find_rules(), found.current
    names = {group.code: f"{group.letter}. {said(group.name)}" for group in rules.groups}
    priorities = {each.code: said(each.name) for each in rules.priorities}
    counts = [
        {"value": str(found.waiting[code]), "text": names.get(code, code) + ("" if code in seat.groups else _(" (quầy khác)"))}
        for code in found.waiting
    ]  # fmt: skip
    if found.sent_here:
        counts.append({"value": str(found.sent_here), "text": _("chuyển đến quầy này")})
    return {
        **_around(seat.unit_key),
        "desk": seat.desk,
        "number": str(current.ticket) if current else "",
        "ticket": str(current.ticket.pk) if current else "",
        "about": names.get(current.ticket.group_code, "") if current else "",
        "priority": priorities.get(current.ticket.priority_code, "") if current else "",
        "calls": current.ticket.calls if current else 0,
        "filed": [{"url": CASE_PAGE.format(case), "text": case} for case in current.filed] if current else [],
        "counter_url": COUNTER,
        "counts": counts,
        "absent": [{"number": str(each), "ticket": str(each.pk)} for each in found.absent],
        "others": _others(seat),
    }


def _others(seat: Seat) -> dict[str, Any] | None:
    """The question to which desk a number goes; None where nobody sits at another."""
    numbers = [number for number in queries.list_taken_desks(seat.unit_key) if number != seat.desk]
    if not numbers:
        return None
    options = [{"value": str(number), "text": _("Quầy %(desk)s") % {"desk": number}} for number in numbers]
    return {"name": "to_desk", "kind": "select", "label": _("Chuyển sang quầy"), "options": options, "no_blank": True}


urlpatterns = [
    path("work/queue/", desk, name="desk"),
    path("work/queue/hall/", hall, name="hall"),
]
