"""What stands before a page: somebody signed in, an officer, a level of identity; and where each is at home."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.apps import apps
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tinhso.platform.capability import Capability
from tinhso.platform.people.rules import Actor, roles_of

View = Callable[..., HttpResponse]


def needs_actor(view: View) -> View:
    """Open the page to whoever is signed in; others sign in first and come back to it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if actor_in(request) is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def needs_officer(view: View) -> View:
    """Open the page to officers who hold a post now; a citizen is refused."""

    @wraps(view)
    @needs_actor
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = actor_in(request)
        if actor is None or actor.kind != "officer" or not actor.posts:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def needs_level(level: int) -> Callable[[View], View]:
    """Open the page to citizens whose identity has that level; others read what to do. Officers are refused."""

    def guard(view: View) -> View:
        @wraps(view)
        @needs_actor
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = actor_in(request)
            if actor is None or actor.kind != "citizen":
                return render(request, "people/only_citizens.html", status=403)
            if actor.level < level:
                return render(request, "people/level.html", {"level": level}, status=403)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def actor_in(request: HttpRequest) -> Actor | None:
    """Who makes the request; None when nobody is signed in."""
    found: Actor | None = getattr(request, "actor", None)
    return found


def home_of(actor: Actor | None) -> str:
    """Where an actor starts: an officer at the first page of the workspace open to the roles held, others at the portal."""
    if actor is None or actor.kind != "officer":
        return "/"
    held = roles_of(actor)
    entries = [
        item
        for config in apps.get_app_configs()
        if isinstance(config, Capability)
        for item in config.menu
        if item.face == "workspace" and (not item.roles or item.roles & held)
    ]
    first = min(entries, key=lambda item: item.order, default=None)
    return reverse(first.url_name) if first else "/"
