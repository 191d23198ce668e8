"""What stands before the pages of telemetry: officers, and what each of them may."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from tinhso.modules.insight.telemetry import queries
from tinhso.platform.clock import now
from tinhso.platform.people.pages.doors import actor_in, needs_officer
from tinhso.platform.people.rules import Actor, NotAllowed

View = Callable[..., HttpResponse]


def for_officers(view: View) -> View:
    """Open the page to officers; what an action refuses them is told as such."""

    @wraps(view)
    @never_cache
    @needs_officer
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from refused

    return guarded


def officer_in(request: HttpRequest) -> Actor:
    """The officer who asks; only behind `for_officers`."""
    found = actor_in(request)
    if found is None:
        raise PermissionDenied
    return found


def find_device(request: HttpRequest, code: str) -> queries.DeviceRow:
    """The device of that code, where the officer may see it. :raises Http404: there is none for this officer"""
    found = queries.find_device(code, now(), seen_by=officer_in(request))
    if found is None:
        raise Http404
    return found
