"""One's own dossiers and drafts in one list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.pages.visit import CaseView, the_actor, today
from tinhso.modules.government.onestop.queries.filing import NoSuchProcedure, get_fileable
from tinhso.modules.government.onestop.queries.tracking import list_own
from tinhso.modules.government.onestop.rules.words import in_words, lateness, moment
from tinhso.platform.clock import now
from tinhso.platform.forms.models import Draft
from tinhso.platform.forms.queries import DraftRow, list_drafts
from tinhso.platform.people.pages.doors import needs_level
from tinhso.platform.people.rules import SEE_LEVEL
from tinhso.platform.wording import language

PAGE = 20


@needs_level(SEE_LEVEL)
def mine(request: HttpRequest) -> HttpResponse:
    """Drafts to go on with, dossiers where they stand, drafts that may be had back."""
    actor = the_actor(request)
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    found = list_own(actor, before=before, limit=PAGE + 1)
    drafts = list_drafts(actor=actor) if before is None else []
    discarded = list_drafts(actor=actor, state=Draft.DISCARDED, limit=5) if before is None else []
    context = {
        "drafts": [_draft(each) for each in drafts],
        "discarded": [_draft(each) for each in discarded],
        "dossiers": [_dossier(each) for each in found[:PAGE]],
        "next_url": f"{request.path}?before={found[PAGE - 1].case_id}" if len(found) > PAGE else "",
        "first_url": request.path if before else "",
    }
    return render(request, "onestop/mine.html", context)


def _draft(draft: DraftRow) -> dict[str, Any]:
    try:
        name = get_fileable(draft.procedure_code, today()).name.in_language(language())
    except NoSuchProcedure:
        name = draft.procedure_code
    saved = _("lưu lúc %(moment)s") % {"moment": moment(draft.updated_at, now())}
    url = reverse("onestop:filing_begin", args=[draft.public_id])
    return {"public_id": draft.public_id, "name": name, "saved": saved, "url": url}


def _dossier(case: CaseView) -> dict[str, Any]:
    at = now()
    kind, text = "", in_words(case.state.name)
    if case.state.wait and case.state.wait.whom == "applicant":
        kind = "soon"
    elif case.resolved_at and case.state.national in {9, 10}:
        kind = "ok"
    hint = [case.code or case.public_id, _("nộp %(moment)s") % {"moment": moment(case.filed_at, at)}]
    if case.due_at and not case.paused_at and not case.resolved_at and not case.closed_at:
        hint.append(_("hẹn trả trước %(due)s") % {"due": moment(case.due_at, at)})
        if case.is_overdue(at):
            kind, text = "late", lateness(case.due_at, at)
    about = f"{in_words(case.procedure.name)}: {case.title}" if case.title else in_words(case.procedure.name)
    url = reverse("onestop:dossier", args=[case.public_id])
    return {"title": about, "hint": " · ".join(hint), "url": url, "badge": {"kind": kind, "text": text}}


urlpatterns = [path("my/dossiers/", mine, name="mine")]
