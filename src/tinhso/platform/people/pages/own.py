"""Choosing how to sign in, one's own account, and who has looked at one's data."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tinhso.platform.clock import now
from tinhso.platform.people import queries, rules
from tinhso.platform.people.adapters import vneid
from tinhso.platform.people.pages.doors import actor_in, home_of, needs_actor
from tinhso.platform.people.rules import Actor


def next_of(request: HttpRequest) -> str:
    """The page to go on to, empty unless it is one of ours."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Citizen or officer; in demo also everyone who can be signed in with one click."""
    wanted = next_of(request)
    if actor := actor_in(request):
        return HttpResponseRedirect(wanted or home_of(actor))
    officers = f"{reverse('account_login')}?{urlencode({'next': wanted})}" if wanted else reverse("account_login")
    context = {
        "next": wanted,
        "officer_url": officers,
        "citizen_url": reverse("openid_connect_login", args=[vneid.PROVIDER_ID]) if _has_vneid() else "",
        "people": _people() if settings.DEMO else [],
    }
    return render(request, "people/sign_in.html", context)


def _people() -> list[dict[str, str]]:
    """Those who are one click away: code, what the button says, and the unit, each once, or citizens among whom it stands."""
    actors = queries.list_demonstration_people(now())
    roles, units = (
        queries.get_role_names(),
        queries.get_unit_names(post.unit_key for actor in actors for post in actor.posts),
    )
    found = [_person(actor, roles, units) for actor in actors]
    groups = list(dict.fromkeys(each["group"] for each in found))
    return sorted(found, key=lambda each: groups.index(each["group"]))


def _person(actor: Actor, roles: Mapping[str, str], units: Mapping[str, str]) -> dict[str, str]:
    if actor.kind == "citizen":
        group, what = _("Người dân"), _("định danh mức %(level)s") % {"level": actor.level}
    else:
        group = ", ".join(dict.fromkeys(units.get(post.unit_key, post.unit_key) for post in actor.posts))
        what = ", ".join(roles.get(post.role, post.role) for post in actor.posts)
    return {"code": actor.code, "group": group, "text": f"{actor.name} · {what}"}


def _has_vneid() -> bool:
    return vneid.provider_for(scheme="http", host="", port="") is not None


@needs_actor
def account(request: HttpRequest) -> HttpResponse:
    """What is held about whoever is signed in, and how to change it."""
    actor = actor_in(request)
    assert actor
    rows = _citizen_rows(actor) if actor.kind == "citizen" else _officer_rows(actor)
    return render(request, "people/account.html", {"rows": rows, "is_officer": actor.kind == "officer"})


def _citizen_rows(actor: Actor) -> list[dict[str, Any]]:
    person = queries.get_person(actor.code)
    levels = {0: _("Chưa định danh"), 1: _("Mức 1: xem được hồ sơ"), 2: _("Mức 2: xem và nộp được hồ sơ")}
    rows = [
        (_("Họ và tên"), person.name),
        (_("Số định danh"), rules.masked_number(person.personal_number or "")),
        (_("Ngày sinh"), person.birth_on.strftime("%d/%m/%Y") if person.birth_on else ""),
        (_("Điện thoại"), person.phone),
        (_("Thư điện tử"), person.email),
        (_("Mức định danh"), levels[person.identity_level]),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _officer_rows(actor: Actor) -> list[dict[str, Any]]:
    names = queries.get_names(post.on_behalf_of for post in actor.posts if post.on_behalf_of)
    units = queries.get_unit_names(post.unit_key for post in actor.posts)
    roles = queries.get_role_names()
    posts = []
    for post in actor.posts:
        line = f"{roles.get(post.role, post.role)}, {units.get(post.unit_key, post.unit_key)}"
        if post.on_behalf_of:
            line += " · " + _("theo ủy quyền của %(name)s") % {"name": names.get(post.on_behalf_of, post.on_behalf_of)}
        posts.append(line)
    rows = [{"key": _("Họ và tên"), "value": actor.name}]
    return [*rows, {"key": _("Vị trí"), "lines": posts or [_("Chưa giữ vị trí nào")]}]


@needs_actor
def sights(request: HttpRequest) -> HttpResponse:
    """Who has opened the data of whoever is signed in: who, which unit, why, when."""
    actor = actor_in(request)
    assert actor
    before = request.GET.get("before", "")
    page = queries.list_sights(actor.code, before=int(before) if before.isdecimal() and len(before) < 19 else None)
    glimpses = () if before else queries.list_glimpses(actor.code)
    units = queries.get_unit_names([*(row.unit_key for row in page.rows), *(row.unit_key for row in glimpses)])
    rows = [
        {"row": row, "unit": units.get(row.unit_key, row.unit_key), "purpose": rules.purpose_text(row.purpose)}
        for row in page.rows
    ]
    context = {
        "rows": rows,
        "glimpses": [
            {"row": row, "unit": units.get(row.unit_key, row.unit_key), "place": rules.place_text(row.place)}
            for row in glimpses
        ],
        "next_url": f"{request.path}?before={page.before}" if page.before else "",
        "first_url": request.path if before else "",
    }
    return render(request, "people/sights.html", context)
