"""The simulated portal in the demonstration: its calls, its papers, and a page that shows what it believes and files dossiers."""

import json
import time
from typing import Any
from urllib.error import URLError

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from tinhso.modules.government.portal_link.adapters import demonstration
from tinhso.modules.government.portal_link.adapters.simulator import FAULT_KINDS, Reply
from tinhso.modules.government.portal_link.pages.frame import moment
from tinhso.modules.government.portal_link.rules.incoming import SUPPLEMENT, WITHDRAWAL
from tinhso.modules.government.portal_link.rules.states import RETURNED, SUPPLEMENT_REQUIRED, name_of
from tinhso.platform.clock import now

SILENCE_SECONDS = 1.5
MOST_FAULTS, MOST_SHOWN = 20, 25
LONGEST_BODY = 8 * 1024 * 1024


@csrf_exempt
@require_POST
def login(request: HttpRequest) -> HttpResponse:
    """A session."""
    return _said(demonstration.simulator().login(_body(request), now()))


@csrf_exempt
@require_POST
def call(request: HttpRequest) -> HttpResponse:
    """One of the six calls."""
    simulator = demonstration.simulator()
    key = request.headers.get(simulator.exchange.key_header, "")
    return _said(simulator.call(_body(request), key[:130], now()))


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _said(reply: Reply) -> HttpResponse:
    if reply.is_silent:
        time.sleep(SILENCE_SECONDS)
        return HttpResponse(status=504)
    if reply.content is None:
        return HttpResponse("<html>502 Bad Gateway</html>", status=reply.status)
    return JsonResponse(dict(reply.content), status=reply.status)


@require_GET
def paper(_request: HttpRequest, name: str) -> HttpResponse:
    """A paper of an invented filing."""
    content = demonstration.paper_called(name)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/png")


@never_cache
@require_GET
def show_simulator(request: HttpRequest) -> HttpResponse:
    """What the simulated portal believes of each dossier, which faults are planned, and what it can be made to do."""
    simulator = demonstration.simulator()
    rows = sorted(simulator.believed(), key=lambda row: row[1].get("changed_on", ""), reverse=True)
    faults = [kept["kind"] for _name, kept in simulator.shelves.list("fault")]
    names = fault_names()
    context = {
        "table": _table(rows[:MOST_SHOWN]) if rows else None,
        "count": len(rows),
        "faults": [names[kind] for kind in faults if kind in names],
        "fault_field": {"kind": "select", "name": "fault", "label": _("Cổng trục trặc kiểu gì"), "no_blank": True,
            "options": [{"value": code, "text": text} for code, text in names.items()]},
        "count_field": {"kind": "number", "name": "count", "label": _("Mấy lời gọi tiếp theo"), "value": 1, "min": 1, "max": MOST_FAULTS, "width": 2},
        "filings": [{"code": code, "state": name_of(known["state"]), "supplements": known["state"] == SUPPLEMENT_REQUIRED}
            for code, known in rows if demonstration.is_own(code) and known["state"] < RETURNED][:10],
        "at": moment(now()),
    }  # fmt: skip
    return render(request, "portal_link/simulator.html", context)


def fault_names() -> dict[str, str]:
    """Each fault in words."""
    words = {
        "timeout": _("Không trả lời, không làm gì"),
        "error": _("Lỗi máy chủ (500)"),
        "lost_answer": _("Đã làm nhưng mất câu trả lời"),
        "twice": _("Nhận một tin thành hai"),
        "late": _("Không trả lời, về sau mới làm (đảo thứ tự)"),
        "reject": _("Từ chối với mã lỗi"),
        "expired": _("Báo hết phiên"),
        "lie": _("Nói sai trạng thái"),
        "swallow": _("Báo xong nhưng không làm"),
        "garbage": _("Trả lời không đọc được"),
    }
    return {kind: words[kind] for kind in FAULT_KINDS}


def _table(rows: list[tuple[str, Any]]) -> dict[str, Any]:
    titles = [_("Mã hồ sơ"), _("Cổng tin là"), _("Đã đi qua"), _("Tin nhận"), _("Đổi ngày")]
    shown = [
        {
            "id": code,
            "cells": [
                {"text": code, "note": known["whole"].get("TenTTHC", ""), "heads": True},
                {"text": name_of(known["state"]), "label": titles[1]},
                {"text": " → ".join(str(state) for state in _without_repeats(known["states"])), "label": titles[2]},
                {"text": ", ".join(str(each) for each in known["sequences"]), "label": titles[3]},
                {"text": _day(known.get("changed_on", "")), "label": titles[4]},
            ],
        }
        for code, known in rows
    ]
    return {
        "caption": _("Cổng tin gì"),
        "caption_hidden": True,
        "columns": [{"title": title} for title in titles],
        "rows": shown,
    }


def _day(written: str) -> str:
    return "/".join(reversed(written.split("-")))


def _without_repeats(states: list[int]) -> list[int]:
    return [state for place, state in enumerate(states) if place == 0 or states[place - 1] != state]


@require_POST
def plan_faults(request: HttpRequest) -> HttpResponse:
    """Let the next calls go wrong, or let everything be well again."""
    simulator = demonstration.simulator()
    fault, count = request.POST.get("fault", ""), request.POST.get("count", "")
    if request.POST.get("recover"):
        simulator.recover()
        messages.success(request, _("Cổng lại hoạt động bình thường."))
    elif fault in FAULT_KINDS and count.isdecimal() and 0 < int(count) <= MOST_FAULTS:
        simulator.plan_faults(fault, int(count))
        messages.success(request, _("Đã đặt lỗi."))
    else:
        messages.error(request, _("Hãy chọn kiểu lỗi, và số lần từ 1 đến %(most)s.") % {"most": MOST_FAULTS})
    return HttpResponseRedirect(reverse("portal_link:simulator"))


@require_POST
def file_dossier(request: HttpRequest) -> HttpResponse:
    """Somebody files at the national portal: a good filing, or one that is to land in quarantine."""
    wrong = request.POST.get("wrong", "")
    try:
        code = demonstration.file_one(base=request.build_absolute_uri("/").rstrip("/"), wrong=wrong, now=now())
    except demonstration.NothingToFile:
        messages.error(request, _("Gói dữ liệu không có hồ sơ mẫu."))
    except (URLError, OSError) as trouble:
        messages.error(request, _("Không chuyển được về hệ thống của tỉnh: %(trouble)s") % {"trouble": trouble})
    else:
        messages.success(
            request, _("Đã nộp trên Cổng, mã %(code)s; hệ thống của tỉnh nhận trong ít giây.") % {"code": code}
        )
    return HttpResponseRedirect(reverse("portal_link:simulator"))


@require_POST
def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """The filer hands in what was asked for, or asks to withdraw."""
    kind = WITHDRAWAL if request.POST.get("kind") == WITHDRAWAL else SUPPLEMENT
    base = request.build_absolute_uri("/").rstrip("/")
    try:
        demonstration.follow_up(base=base, portal_code=code, kind=kind, now=now())
        messages.success(request, _("Đã chuyển về hệ thống của tỉnh."))
    except LookupError as missing:
        raise Http404 from missing
    except (URLError, OSError) as trouble:
        messages.error(request, _("Không chuyển được về hệ thống của tỉnh: %(trouble)s") % {"trouble": trouble})
    return HttpResponseRedirect(reverse("portal_link:simulator"))


urlpatterns = [
    path("", show_simulator, name="simulator"),
    path("login", login, name="simulator_login"),
    path("call", call, name="simulator_call"),
    path("share", call, name="simulator_share"),
    path("papers/<str:name>", paper, name="simulator_paper"),
    path("faults/", plan_faults, name="simulator_faults"),
    path("file/", file_dossier, name="simulator_file"),
    path("dossiers/<str:code>/", follow_up, name="simulator_follow_up"),
]
