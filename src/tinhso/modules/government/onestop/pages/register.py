"""The register of dossiers on the screen, page after page, and as a file: at once when short, by a job when long."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.modules.government.onestop.actions.exporting import MEDIA, name_of_file, order_register
from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, show
from tinhso.modules.government.onestop.pages.serving import serve
from tinhso.modules.government.onestop.queries import register as registers
from tinhso.modules.government.onestop.rules import brief_moment, in_words
from tinhso.modules.government.onestop.rules.register import CHANNELS, STANDINGS, Asked, Line, read_asked
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.people.actions import record_glimpses
from tinhso.platform.units.queries import get_unit, get_units

REFRESH_SECONDS = "3"
LONGEST_KEY = 60


@for_officers
def register(request: HttpRequest) -> HttpResponse:
    """The dossiers a unit accepted in a period, the first accepted first, fifty at a time."""
    at, asked = now(), _asked(request)
    after = request.GET.get("after", "")
    page = registers.list_lines(asked, at, after=_read_key(after))
    seen = [(line.applicant_code, asked.unit_key) for line in page.lines]
    record_glimpses(actor=officer_in(request), place="register", seen=seen, now=at)
    here = _address(asked)
    context = {
        "heading": _("Sổ theo dõi hồ sơ: %(unit)s")
        % {"unit": get_unit(asked.unit_key).name_in(get_language() or "vi")},
        "fields": _fields(request, asked),
        "table": _table(page.lines, at),
        "is_empty": not page.lines,
        "shown": _("%(count)s hồ sơ trên trang này") % {"count": len(page.lines)},
        "first_url": here if after else "",
        "next_url": f"{here}&{urlencode({'after': f'{page.after[0]}~{page.after[1]}'})}" if page.after else "",
        "asked": asked.as_json(),
    }
    return show(request, "onestop/desk_register.html", context)


def _asked(request: HttpRequest) -> Asked:
    """
    What was asked for, of a unit whose register the officer may read.

    :raises PermissionDenied: the officer neither works there nor watches over it
    """
    given = request.POST if request.method == "POST" else request.GET
    actor = officer_in(request)
    unit_key = given.get("unit", "")[:64] or next(iter(registers.units_of_register(actor)), "")
    if not registers.may_read_register(actor, unit_key):
        raise PermissionDenied
    return read_asked({name: given[name] for name in given}, unit_key, now().astimezone(VIETNAM).date())


def _address(asked: Asked) -> str:
    given = {
        "unit": asked.unit_key, "from": asked.first_on.isoformat(), "to": asked.last_on.isoformat(),
        "procedure": asked.procedure, "standing": asked.standing, "channel": asked.channel,
    }  # fmt: skip
    return f"{reverse('onestop:register')}?{urlencode(given)}"


def _read_key(written: str) -> registers.Key | None:
    """The key of a page; None for the first page, or for what is no key."""
    at, _sign, number = written[:LONGEST_KEY].rpartition("~")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    try:
        return datetime.fromisoformat(at).isoformat(), int(number)  # PostgreSQL knows fewer ways to write a moment
    except ValueError:
        return None


def _fields(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    def choice(name: str, label: str, options: list[tuple[str, Any]], value: str) -> dict[str, Any]:
        rows = [{"value": key, "text": str(text), "selected": key == value} for key, text in options]
        return {"id": f"id_{name}", "name": name, "kind": "select", "label": label, "options": rows, "value": value}

    everything = [("", _("Tất cả"))]
    return [
        choice("unit", _("Đơn vị"), _units(request, asked), asked.unit_key),
        {"id": "id_from", "name": "from", "kind": "date", "label": _("Từ ngày"), "value": asked.first_on.isoformat()},
        {"id": "id_to", "name": "to", "kind": "date", "label": _("Đến ngày"), "value": asked.last_on.isoformat()},
        {"id": "id_procedure", "name": "procedure", "kind": "text", "label": _("Mã thủ tục"), "value": asked.procedure, "optional": True},
        choice("standing", _("Tình trạng"), everything + list(STANDINGS.items()), asked.standing),
        choice("channel", _("Cách nộp"), everything + list(CHANNELS.items()), asked.channel),
    ]  # fmt: skip


def _units(request: HttpRequest, asked: Asked) -> list[tuple[str, Any]]:
    actor = officer_in(request)
    keys = list(dict.fromkeys([*registers.units_of_register(actor), asked.unit_key]))
    names = get_units(keys)
    found: list[tuple[str, Any]] = [(key, names[key].name) for key in keys]
    for key in keys[:3]:
        if registers.watches_below(actor, key):
            found += [each for each in registers.list_units_below(key, now()) if each[0] not in keys]
    return found


def _table(lines: tuple[Line, ...], at: datetime) -> dict[str, Any]:
    titles = [_("Mã hồ sơ"), _("Thủ tục"), _("Nhận"), _("Hẹn trả"), _("Có kết quả"), _("Trả"), _("Tình trạng")]
    return {
        "caption": _("Sổ theo dõi hồ sơ"),
        "caption_hidden": True,
        "columns": [{"title": title} for title in titles],
        "rows": [_row(line, titles, at) for line in lines],
    }


def _row(line: Line, titles: list[str], at: datetime) -> dict[str, Any]:
    times = (line.received_at, line.due_at, line.resolved_at, line.returned_at)
    return {
        "id": line.public_id,
        "cells": [
            {"text": line.code or line.public_id, "kind": "code", "url": reverse("onestop:case", args=[line.public_id]), "label": titles[0]},
            {"text": in_words(line.procedure.name), "note": line.applicant, "heads": True},
            *({"text": brief_moment(each) if each else "–", "label": titles[2 + place]} for place, each in enumerate(times)),
            {"badge": line.badge(at), "label": titles[6]},
        ],
    }  # fmt: skip


@require_POST
@for_officers
def download(request: HttpRequest) -> HttpResponse:
    """Have the register written as a sheet or a PDF; a long one is written in the background and told how far it is."""
    form = "pdf" if request.POST.get("form") == "pdf" else "xlsx"
    order = order_register(
        asked=_asked(request), form="pdf" if form == "pdf" else "xlsx", actor=officer_in(request), now=now()
    )
    if order.finished_at:
        return HttpResponseRedirect(reverse("onestop:register_file", args=[order.public_id]))
    return HttpResponseRedirect(reverse("onestop:register_order", args=[order.public_id]))


@for_officers
def order(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the writing of a register has come; the page asks again by itself, and can be left."""
    found = registers.find_order(public_id, officer_in(request))
    if found is None:
        raise Http404
    context = {
        "lines": found.lines,
        "is_finished": found.finished_at is not None,
        "file_url": reverse("onestop:register_file", args=[public_id]),
        "name": name_of_file(found),
    }
    response = show(request, "onestop/desk_register_order.html", context)
    if found.finished_at is None:
        response.headers["Refresh"] = REFRESH_SECONDS
    return response


@for_officers
def register_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The written register, to whoever ordered it."""
    found = registers.find_order(public_id, officer_in(request))
    if found is None or not found.file_sha256:
        raise Http404
    return serve(
        found.file_sha256, name=name_of_file(found), media_type=MEDIA[found.asked["form"]], download=True
    )  # fmt: skip


urlpatterns = [
    path("work/register/", register, name="register"),
    path("work/register/download/", download, name="register_download"),
    path("work/register/orders/<str:public_id>/", order, name="register_order"),
    path("work/register/orders/<str:public_id>/file/", register_file, name="register_file"),
]
