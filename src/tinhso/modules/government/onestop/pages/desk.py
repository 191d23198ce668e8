"""What all pages of the officers' face share: who may enter, the head of the page, the trace that opening a case leaves."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Protocol

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.modules.government.onestop.queries.casefile import (
    NoSuchCase,
    NotYours,
    Opened,
    ShownElsewhere,
    open_case_for,
    unit_names,
)
from tinhso.modules.government.onestop.rules import purpose_of, said
from tinhso.platform.clock import now
from tinhso.platform.people.actions import record_glimpses, record_sight
from tinhso.platform.people.pages.doors import needs_officer
from tinhso.platform.people.rules import Actor

View = Callable[..., Any]
RESOLVED = 9  # "đã xử lý xong" in the national list of states


def for_officers(view: View) -> View:
    """Open the page to officers who hold a post; a case of another unit is refused in words, one that is none is not found."""

    @wraps(view)
    @never_cache
    @needs_officer
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ShownElsewhere as elsewhere:
            return HttpResponseRedirect(elsewhere.address)
        except NotYours as refusal:
            return show(request, "onestop/desk_refused.html", {"reason": said(refusal)}, status=403)
        except NoSuchCase as missing:
            raise Http404(_("Không có hồ sơ này.")) from missing

    return guarded


def officer_in(request: HttpRequest) -> Actor:
    """Who makes the request, behind `for_officers`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page in the frame of the workspace: the officer's units, the search, the way home."""
    frame = {
        "unit_name": unit_names(officer_in(request), get_language() or "vi"),
        "search_url": reverse("onestop:search"),
        "search_name": "q",
    }
    return render(request, template, {**frame, **context}, status=status)


class Named(Protocol):
    """A row of a list that tells somebody's name."""

    @property
    def applicant_code(self) -> str:
        """Whose name; empty where the case is nobody's."""
        ...

    @property
    def unit_key(self) -> str:
        """Where the case lies."""
        ...


def names_seen(request: HttpRequest, place: str, rows: Iterable[Named]) -> None:
    """Write down, for those whose names stand in a list, that the officer sees them there today."""
    seen = [(row.applicant_code, row.unit_key) for row in rows]
    record_glimpses(actor=officer_in(request), place=place, seen=seen, now=now())


def open_for(request: HttpRequest, public_id: str) -> Opened:
    """
    The case, opened for whoever asks, with the look written down for the person whose data it holds.

    :raises NoSuchCase: there is none
    :raises NotYours: it belongs to others
    """
    actor = officer_in(request)
    opened = open_case_for(public_id, actor)
    case = opened.case
    purpose = purpose_of(
        actor, case.unit_key, case.procedure.code, case.state.holder, is_resolved=case.state.national == RESOLVED
    )
    record_sight(
        actor=actor,
        subject_code=opened.subject_code,
        case_id=case.public_id,
        purpose=purpose,
        unit_key=case.unit_key,
        now=now(),
    )
    return opened
