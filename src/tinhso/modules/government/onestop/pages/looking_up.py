"""Looking a dossier up without signing in: states and days only, nothing of anybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.modules.government.onestop.actions.looking_up import look_up
from tinhso.modules.government.onestop.pages.visit import CaseView
from tinhso.modules.government.onestop.queries.tracking import public_journey
from tinhso.modules.government.onestop.rules.journey import tell_journey
from tinhso.modules.government.onestop.rules.looking_up import TooOften, asked_from
from tinhso.modules.government.onestop.rules.words import in_words, moment, said
from tinhso.platform.clock import now
from tinhso.platform.people.pages.doors import actor_in
from tinhso.platform.units.queries import get_unit
from tinhso.platform.wording import language

TYPED = ("tracking", "code", "last")


@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """Ask for a tracking id, or a dossier code with the last four signs of it."""
    typed = {name: request.GET.get(name, "").strip()[:60] for name in TYPED}
    if not (typed["tracking"] or typed["code"]):
        return _form(request, typed, "")
    try:
        case = look_up(
            tracking_id=typed["tracking"],
            code=typed["code"],
            last_signs=typed["last"],
            address=asked_from(request.META),
            now=now(),
        )
    except TooOften as refused:
        return _later(refused, _form(request, typed, said(refused), status=429))
    if case is None:
        return _form(
            request, typed, _("Không tìm thấy hồ sơ này. Hãy xem lại từng chữ, từng số trên biên nhận."), status=404
        )
    return _shown(request, case)


@never_cache
def tracked(request: HttpRequest, public_id: str) -> HttpResponse:
    """The address printed as QR code: its applicant comes to the whole page, others to what anybody may know."""
    try:
        case = look_up(tracking_id=public_id[:40], address=asked_from(request.META), now=now())
    except TooOften as refused:
        return _later(refused, _form(request, {}, said(refused), status=429))
    if case is None:
        return _form(request, {"tracking": public_id[:40]}, _("Không tìm thấy hồ sơ này."), status=404)
    return _shown(request, case)


def _later(refused: TooOften, answer: HttpResponse) -> HttpResponse:
    answer["Retry-After"] = str(refused.seconds)
    return answer


def _shown(request: HttpRequest, case: CaseView) -> HttpResponse:
    actor = actor_in(request)
    if actor and actor.code == case.applicant_code and "family" not in request.GET:
        return HttpResponseRedirect(reverse("onestop:dossier", args=[case.public_id]))
    at = now()
    shows_due = case.due_at and not case.paused_at and not case.resolved_at and not case.closed_at
    context = {
        "name": in_words(case.procedure.name),
        "code": case.code or "",
        "unit_name": get_unit(case.unit_key).name_in(language()),
        "due": _("Hẹn trả trước %(due)s") % {"due": moment(case.due_at, at)} if shows_due and case.due_at else "",
        "is_late": bool(shows_due) and case.is_overdue(at),
        "steps": tell_journey(public_journey(case, at)),
        "dossier_url": reverse("onestop:dossier", args=[case.public_id]),
    }
    return render(request, "onestop/tracked.html", context)


def _form(request: HttpRequest, typed: dict[str, str], error: str, *, status: int = 200) -> HttpResponse:
    by_code = bool(typed.get("code"))
    context: dict[str, Any] = {
        "errors": [{"text": error, "href": "#code" if by_code else "#tracking"}] if error else [],
        "tracking": {
            "name": "tracking", "label": _("Mã theo dõi"), "hint": _("In trên biên nhận, ví dụ TS-7K3M-9QXD-46."), "width": 20,
            "value": typed.get("tracking", ""), "error": "" if by_code else error, "autocomplete": "off", "spellcheck": False,
        },
        "code": {
            "name": "code", "label": _("Mã hồ sơ"), "hint": _("In trên giấy hẹn, ví dụ H37.20-261120-0042."), "width": 20,
            "value": typed.get("code", ""), "error": error if by_code else "", "autocomplete": "off", "spellcheck": False,
        },
        "last": {
            "name": "last", "label": _("Bốn chữ, số cuối của mã theo dõi"), "width": 5, "value": typed.get("last", ""),
            "autocomplete": "off", "spellcheck": False, "max_length": 5,
        },
    }  # fmt: skip
    return render(request, "onestop/track.html", context, status=status)


urlpatterns = [
    path("track/", track, name="track"),
    path("track/<slug:public_id>/", tracked, name="tracked"),
]
