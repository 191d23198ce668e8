"""What the pages of people in the workspace share: who may enter, the frame, days and posts in words, tables."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.platform.people import queries, rules
from tinhso.platform.people.pages.doors import actor_in, needs_officer
from tinhso.platform.people.rules import ADMINISTRATOR, Actor

View = Callable[..., HttpResponse]


def for_officers(view: View) -> View:
    """Open the page to officers at a post; what is not theirs is refused, what is not there is not found."""

    @wraps(view)
    @never_cache
    @needs_officer
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except rules.NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except (LookupError, ObjectDoesNotExist) as missing:
            raise Http404 from missing

    return guarded


def for_administrators(view: View) -> View:
    """Open the page to administrators of a unit."""

    @wraps(view)
    @for_officers
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not officer_in(request).units_as(ADMINISTRATOR):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def officer_in(request: HttpRequest) -> Actor:
    """Who makes the request, behind one of these doors."""
    actor = actor_in(request)
    assert actor
    return actor


def show(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page in the frame of the workspace, with the units of whoever asks."""
    held = dict.fromkeys(post.unit_key for post in officer_in(request).posts)
    names = queries.get_unit_names(held)
    return render(request, template, {"unit_name": ", ".join(names.get(key, key) for key in held), **context})


def from_day(moment: datetime) -> str:
    """The day on which something begins."""
    return rules.day_of(moment).strftime("%d/%m/%Y")


def to_day(moment: datetime | None) -> str:
    """The last day of something; empty when it has no end."""
    return rules.last_day_before(moment).strftime("%d/%m/%Y") if moment else ""


def span(valid_from: datetime, valid_to: datetime | None) -> str:
    """From which day to which, both included."""
    if valid_to is None:
        return _("từ %(first)s") % {"first": from_day(valid_from)}
    return _("từ %(first)s đến hết %(last)s") % {"first": from_day(valid_from), "last": to_day(valid_to)}


def post_in_words(role: str, unit_key: str) -> str:
    """The role and the unit as people call them."""
    roles, units = queries.get_role_names(), queries.get_unit_names([unit_key])
    return f"{roles.get(role, role)}, {units.get(unit_key, unit_key)}"


def table(caption: str, columns: list[Any], rows: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """What the component `table` takes: the first cell of each row names it, cells learn their column's title."""
    cells = [
        [{**cell, "heads": number == 0, "label": columns[number] if number else ""} for number, cell in enumerate(row)]
        for row in rows
    ]
    return {
        "caption": caption,
        "caption_hidden": True,
        "columns": [{"title": title} for title in columns],
        "rows": [{"cells": row} for row in cells],
    }
