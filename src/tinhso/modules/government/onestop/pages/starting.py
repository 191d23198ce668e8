"""Before a filing: what it takes, where it goes, a draft to go on with; and choosing another place later."""

import re
import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.kernel.fees import fee_notes, say_cost
from tinhso.kernel.flow import Procedure
from tinhso.modules.government.onestop.actions.drafting import begin_filing, choose_desk, look_again
from tinhso.modules.government.onestop.pages.visit import after, around, on_own_filing, the_actor, today
from tinhso.modules.government.onestop.queries.filing import (
    Begun,
    NoSuchProcedure,
    desk_names,
    form_of,
    get_fileable,
    home_desk,
    list_desks,
)
from tinhso.modules.government.onestop.rules.filing import WHERE
from tinhso.modules.government.onestop.rules.saying import say_deadline
from tinhso.modules.government.onestop.rules.words import moment
from tinhso.platform.clock import now
from tinhso.platform.forms.actions import TooManyDrafts
from tinhso.platform.forms.queries import find_open_draft
from tinhso.platform.payments.queries import fees_of
from tinhso.platform.people.pages.doors import needs_level
from tinhso.platform.people.rules import FILE_LEVEL
from tinhso.platform.wording import language

KEY = re.compile(r"[0-9a-f]{32}")


@needs_level(FILE_LEVEL)
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the filing takes, ask where it should go, and begin; or go on with what was begun."""
    try:
        procedure = get_fileable(code, today())
        form = form_of(procedure, today())
    except NoSuchProcedure:
        raise Http404(_("Thủ tục này không nộp ở đây.")) from None
    actor = the_actor(request)
    desks = list_desks(procedure, today())
    chosen, errors = request.POST.get("unit", ""), []
    if request.method == "POST":
        if chosen in {unit.key for unit in desks}:
            typed = request.POST.get("key", "")
            key, another = typed if KEY.fullmatch(typed) else "", request.POST.get("another") == "1"
            try:
                draft = begin_filing(
                    procedure=procedure, form=form, unit_key=chosen, key=key, another=another, actor=actor, now=now()
                )
                return HttpResponseRedirect(reverse("onestop:filing_begin", args=[draft.public_id]))
            except TooManyDrafts:
                errors = [
                    {
                        "text": _("Bạn đang có 50 bản nháp. Hãy bỏ bớt ở “Hồ sơ của tôi”."),
                        "href": reverse("onestop:mine"),
                    }
                ]
        else:
            errors = [{"text": _not_chosen(), "href": "#unit"}]
    draft_row = find_open_draft(procedure.code, actor=actor)
    context = _told(procedure) | {
        "errors": errors,
        "field": _desk_field(procedure, desks, chosen or home_desk(actor, desks), errors),
        "key": secrets.token_hex(16),
        "draft": draft_row,
        "draft_at": moment(draft_row.updated_at, now()) if draft_row else "",
    }
    return render(request, "onestop/start.html", context, status=422 if errors else 200)


def _not_chosen() -> str:
    return _("Hãy chọn nơi nhận hồ sơ trong danh sách.")


def _told(procedure: Procedure) -> dict[str, Any]:
    say, fees = language(), fees_of(procedure)
    papers = [
        {"name": paper.name.in_language(say), "always": paper.required and paper.when is None}
        for paper in procedure.papers
    ]
    return {
        "procedure": procedure,
        "name": procedure.name.in_language(say),
        "deadline": say_deadline(procedure.deadline_for("online", {}), say),
        "fee": say_cost(fees, today(), say),
        "fee_note": "; ".join(fee_notes(fees, today(), say)),
        "papers": papers,
    }


def _desk_field(procedure: Procedure, desks: list[Any], chosen: str, errors: list[dict[str, str]]) -> dict[str, Any]:
    options = [{"value": key, "text": text} for key, text in desk_names(desks, language())]
    hint = _("Xã, phường nơi bạn cư trú.") if procedure.handled_by == ("commune",) else ""
    return {
        "name": "unit", "kind": "select", "label": _("Nộp tới đâu?"), "hint": hint, "options": options, "value": chosen,
        "required": True, "error": errors[0]["text"] if errors else "",
    }  # fmt: skip


@on_own_filing
def begin(request: HttpRequest, begun: Begun) -> HttpResponse:  # noqa: ARG001
    """Go to the page where the draft was left, or to the first; registers that were away are asked once more."""
    begun = look_again(begun=begun, actor=begun.actor, now=now())
    left = begun.draft.page
    page = left if left in begun.way and left != WHERE else ""
    return HttpResponseRedirect(_address(begun, page))


def _address(begun: Begun, page: str) -> str:
    return reverse("onestop:filing", args=[begun.draft.public_id, page]) if page else after(begun, WHERE)


@on_own_filing
def where(request: HttpRequest, begun: Begun) -> HttpResponse:
    """Choose the place that takes the filing in."""
    desks = list_desks(begun.procedure, begun.today)
    errors: list[dict[str, str]] = []
    chosen = request.POST.get("unit", begun.unit_key)
    if request.method == "POST":
        if chosen in {unit.key for unit in desks}:
            choose_desk(draft_id=begun.draft.public_id, unit_key=chosen, actor=begun.actor, now=now())
            goes_back = request.GET.get("back") == "check"
            return HttpResponseRedirect(
                reverse("onestop:filing_check", args=[begun.draft.public_id]) if goes_back else after(begun, WHERE)
            )
        errors = [{"text": _not_chosen(), "href": "#unit"}]
    field = _desk_field(begun.procedure, desks, chosen, errors)
    context = around(begun, WHERE) | {"errors": errors, "field": field | {"heading": True}}
    return render(request, "onestop/where.html", context, status=422 if errors else 200)


urlpatterns = [
    path("procedures/<str:code>/start/", start, name="start"),
    path("filing/<slug:draft>/", begin, name="filing_begin"),
    path("filing/<slug:draft>/where/", where, name="filing_where"),
]
