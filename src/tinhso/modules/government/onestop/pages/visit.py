"""What the citizen's pages share: who asks, in which language, which day it is; one's own filing or dossier, or 404."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.queries.filing import Begun, NoSuchProcedure, find_filed, get_begun, key_of_draft
from tinhso.modules.government.onestop.queries.tracking import NotOurs, get_own
from tinhso.modules.government.onestop.rules.filing import PAPERS, serves
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.forms.queries import NoSuchDraft
from tinhso.platform.people.pages.doors import actor_in, needs_level
from tinhso.platform.people.rules import FILE_LEVEL, SEE_LEVEL, Actor
from tinhso.platform.wording import language

View = Callable[..., Any]


def today() -> date:
    """The day in Vietnam."""
    return now().astimezone(VIETNAM).date()


def the_actor(request: HttpRequest) -> Actor:
    """Who asks; only behind a door that lets nobody in without signing in."""
    actor = actor_in(request)
    if actor is None:
        raise Http404
    return actor


def needs_filer(view: View) -> View:
    """Open the page to citizens whose identity has the level that filing asks for, and to those who file for others."""
    citizens = needs_level(FILE_LEVEL)(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = actor_in(request)
        chosen = view if actor is not None and serves(actor) else citizens
        answer: HttpResponse = chosen(request, *args, **kwargs)
        return answer

    return guarded


def filed_address(public_id: str, actor: Actor) -> str:
    """Where a filing that was just sent leads: the applicant's receipt, or for those who filed it for somebody, theirs."""
    return reverse("onestop:counter_filed" if actor.kind == "officer" else "onestop:filed", args=[public_id])


def left_address(actor: Actor) -> str:
    """Where one goes who leaves a filing to finish it later."""
    return reverse("onestop:counter" if actor.kind == "officer" else "onestop:mine")


def on_own_filing(view: View) -> View:
    """Give the page the actor's own filing under way; one that was sent leads to its receipt, another's is not there."""

    @wraps(view)
    @needs_filer
    def guarded(request: HttpRequest, draft: str, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = the_actor(request)
        try:
            begun = get_begun(draft, actor=actor, now=now())
        except NoSuchDraft:
            if filed := find_filed(key_of_draft(draft), actor=actor):
                return HttpResponseRedirect(filed_address(filed, actor))
            raise Http404(_("Không có bản nháp này. Có thể bạn đã bỏ nó.")) from None
        except NoSuchProcedure:
            raise Http404(_("Thủ tục này không còn nộp ở đây.")) from None
        return view(request, begun, *args, **kwargs)

    return guarded


def on_own_dossier(view: View) -> View:
    """Give the page the actor's own dossier; another's is not there."""

    @wraps(view)
    @needs_level(SEE_LEVEL)
    def guarded(request: HttpRequest, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            case = get_own(public_id, actor=the_actor(request))
        except NotOurs:
            raise Http404 from None
        return view(request, case, *args, **kwargs)

    return guarded


def page_address(begun: Begun, page: str) -> str:
    """The address of one page of a filing."""
    names = {"where": "onestop:filing_where", PAPERS: "onestop:filing_papers", "check": "onestop:filing_check"}
    if page in names:
        return reverse(names[page], args=[begun.draft.public_id])
    return reverse("onestop:filing", args=[begun.draft.public_id, page])


def around(begun: Begun, page: str) -> dict[str, Any]:
    """What stands around each page of a filing: progress, the way back, where the draft saves itself."""
    way = begun.way
    place = way.index(page) if page in way else 0
    return {
        "begun": begun,
        "served": begun.applicant if begun.applicant_code != begun.actor.code else None,
        "procedure_name": begun.procedure.name.in_language(language()),
        "step": place + 1,
        "of": len(way),
        "back_url": page_address(begun, way[place - 1])
        if place
        else reverse("onestop:procedure", args=[begun.procedure.code]),
        "draft_key": f"{begun.actor.code}:{begun.draft.public_id}:{page}",
        "saved": f"{begun.draft.updated_at.astimezone(VIETNAM):%H:%M}",
    }


def after(begun: Begun, page: str) -> str:
    """The address of the page that follows in this filing."""
    way = begun.way
    place = way.index(page) if page in way else -1
    return page_address(begun, way[min(place + 1, len(way) - 1)])


__all__ = [
    "CaseView",
    "after",
    "around",
    "language",
    "on_own_dossier",
    "on_own_filing",
    "page_address",
    "the_actor",
    "today",
]
