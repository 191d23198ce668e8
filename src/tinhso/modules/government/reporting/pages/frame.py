"""What all pages of reporting share: who may enter, the frame of the workspace, refusals in words."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.modules.government.reporting.queries import NoRegime, NoReport, NotYours
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.platform.people.pages.doors import needs_officer
from tinhso.platform.people.rules import Actor
from tinhso.platform.wording import language, said

View = Callable[..., Any]


def for_officers(view: View) -> View:
    """Open the page to officers who hold a post; a report of others is refused in words, one that is none is not found."""

    @wraps(view)
    @never_cache
    @needs_officer
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotYours as refused:
            return show(request, "reporting/refused.html", {"reason": said(refused)}, status=403)
        except (NoReport, NoRegime) as missing:
            raise Http404(_("Không có báo cáo này.")) from missing

    return guarded


def officer_in(request: HttpRequest) -> Actor:
    """Who makes the request, behind `for_officers`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page in the frame of the workspace."""
    units = dict.fromkeys(post.unit_key for post in officer_in(request).posts)
    frame = {"unit_name": " · ".join(name_of(key, language()) for key in list(units)[:2])}
    return render(request, template, {**frame, **context}, status=status)
