"""What the pages of the link share: for administrators only, the frame, the three tabs, moments in words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.modules.government.portal_link.queries.incoming import count_quarantined
from tinhso.modules.government.portal_link.queries.outbox import count_stuck
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.people.pages.doors import actor_in, needs_officer
from tinhso.platform.people.queries import get_unit_names
from tinhso.platform.people.rules import ADMINISTRATOR, Actor

View = Callable[..., HttpResponse]
CASE_PAGE = "/work/cases/{}/"


def for_administrators(view: View) -> View:
    """Open the page to administrators; what is not there is not found."""

    @wraps(view)
    @never_cache
    @needs_officer
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not officer_in(request).units_as(ADMINISTRATOR):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing

    return guarded


def officer_in(request: HttpRequest) -> Actor:
    """Who makes the request, behind the door."""
    actor = actor_in(request)
    assert actor
    return actor


def show(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page in the frame of the workspace, under the three tabs of the link."""
    held = dict.fromkeys(post.unit_key for post in officer_in(request).posts)
    names = get_unit_names(held)
    return render(
        request,
        template,
        {"unit_name": ", ".join(names.get(key, key) for key in held), "tabs": _tabs(request), **context},
    )


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    stuck, quarantined = count_stuck(), count_quarantined()
    rows = [
        ("portal_link:outbox", _("Gửi lên Cổng"), stuck),
        ("portal_link:incoming", _("Từ Cổng về"), quarantined),
        ("portal_link:comparison", _("Đối soát"), 0),
    ]
    return [
        {"url": reverse(name), "text": f"{text} ({count})" if count else text, "current": request.path == reverse(name)}
        for name, text, count in rows
    ]


def moment(at: datetime | None) -> str:
    """A moment as people read it here."""
    return f"{at.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}" if at else "–"


def in_language(trouble: Any) -> str:
    """What a refusal says, in the reader's language."""
    return str(trouble.en if (get_language() or "vi").startswith("en") else trouble.vi)
