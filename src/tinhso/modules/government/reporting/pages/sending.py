"""What went up to the level above: each version with its receipt or trouble; in a demonstration, what the simulator holds."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.actions import sending as acts
from tinhso.modules.government.reporting.adapters.receiver import find_receiver, is_simulated
from tinhso.modules.government.reporting.adapters.simulator import FAULTS
from tinhso.modules.government.reporting.models import Parcel
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in, show
from tinhso.modules.government.reporting.pages.standing import standing_of
from tinhso.modules.government.reporting.pages.words import table
from tinhso.modules.government.reporting.queries.parcels import list_outbox, list_parcels, list_simulated
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules.naming import period_name
from tinhso.modules.government.reporting.rules.powers import may_fill
from tinhso.modules.government.reporting.rules.sending import REFUSED, REPLACED, SENT, WAITING
from tinhso.platform.clock import now
from tinhso.platform.wording import language, moment, said


def state_in_words(row: Parcel) -> dict[str, str]:
    """Where a parcel stands, as a badge."""
    words = {
        WAITING: ("soon", _("chờ gửi lại") if row.tries else _("chờ gửi")),
        SENT: ("ok", _("đã nhận")),
        REFUSED: ("late", _("bị từ chối")),
        REPLACED: ("", _("bản sau thay")),
    }
    kind, text = words[row.state]
    return {"kind": kind, "text": text}


@for_officers
def show_sent_up(request: HttpRequest, public_id: str) -> HttpResponse:
    """What of one report went up, and letting it be sent again."""
    view, at = queries.read_report(public_id, officer_in(request)), now()
    if request.method == "POST":
        try:
            acts.resend_parcel(public_id=public_id, actor=officer_in(request), now=at)
            messages.success(request, _("Đang gửi lại."))
        except (actions.Forbidden, actions.NotOpen) as refused:
            messages.error(request, said(refused))
        return HttpResponseRedirect(reverse("reporting:sent_up", args=[public_id]))
    rows = list_parcels(view.row)
    to = view.regime.send_up
    context = {
        **standing_of(view, at),
        "title": _("Gửi lên trên"),
        "to": said(to.to) if to else "",
        "is_simulated": is_simulated(),
        "has_receiver": find_receiver() is not None,
        "table": _versions(rows) if rows else None,
        "resends": may_fill(view.actor, view.row.unit_key) and any(row.state in {WAITING, REFUSED} for row in rows),
        "report_url": reverse("reporting:report", args=[public_id]),
    }
    return show(request, "reporting/sent_up.html", context)


def _versions(rows: list[Parcel]) -> dict[str, Any]:
    titles = [_("Bản"), _("Tình trạng"), _("Biên nhận"), _("Lần gửi"), _("Dấu vân tay của nội dung (SHA-256)")]
    drawn = []
    for row in rows:
        paper = reverse("reporting:paper", args=[row.report.public_id, row.number])
        drawn.append(
            {
                "cells": [
                    {"text": _("Bản %(number)s") % {"number": row.number}, "url": paper, "heads": True},
                    {"badge": state_in_words(row), "label": titles[1], "note": row.trouble},
                    {"text": _receipt(row), "label": titles[2]},
                    {"text": str(row.tries), "label": titles[3], "note": _next(row), "kind": "num"},
                    {"text": row.content_sha256[:16] + "…", "label": titles[4], "kind": "code"},
                ]
            }
        )
    return table(_("Các bản đã đặt gửi"), titles, drawn, (3,))


def _receipt(row: Parcel) -> str:
    return f"{row.receipt}, {moment(row.received_at)}" if row.receipt else "–"


def _next(row: Parcel) -> str:
    if row.state != WAITING or not row.next_try_at:
        return ""
    return _("lần tới %(at)s") % {"at": moment(row.next_try_at)}


@for_officers
def show_outbox(request: HttpRequest) -> HttpResponse:
    """Everything that went up or waits to, of the units this officer sees."""
    rows = list_outbox(officer_in(request))
    titles = [_("Báo cáo"), _("Kỳ"), _("Đơn vị"), _("Tình trạng"), _("Biên nhận"), _("Đặt gửi lúc")]
    drawn = [_line(row, titles) for row in rows]
    context = {
        "title": _("Báo cáo gửi lên trên"),
        "is_simulated": is_simulated(),
        "has_receiver": find_receiver() is not None,
        "table": table(_("Mới nhất trước"), titles, drawn) if drawn else None,
        "crumbs": [{"text": _("Báo cáo"), "url": reverse("reporting:list")}, {"text": _("Gửi lên trên")}],
        "simulator_url": reverse("reporting:simulator") if settings.DEMO else "",
    }
    return show(request, "reporting/outbox.html", context)


def _line(row: Parcel, titles: list[str]) -> dict[str, Any]:
    report = row.report
    regime = queries.get_regime(report.regime, report.regime_version)
    return {
        "cells": [
            {"text": said(regime.name), "url": reverse("reporting:sent_up", args=[report.public_id]), "heads": True},
            {"text": period_name(report.period), "label": titles[1]},
            {"text": name_of(report.unit_key, language()), "label": titles[2]},
            {"badge": state_in_words(row), "label": titles[3], "note": row.trouble},
            {"text": _receipt(row), "label": titles[4]},
            {"text": moment(row.ordered_at), "label": titles[5]},
        ]
    }


@for_officers
def simulator(request: HttpRequest) -> HttpResponse:
    """What the simulated receiver holds, and the fault its next call is to commit; only in a demonstration."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        _plan(request, now())
        return HttpResponseRedirect(reverse("reporting:simulator"))
    faults = {
        "no_answer": _("không nhận, không trả lời"),
        "lost_answer": _("đã nhận nhưng câu trả lời bị mất"),
        "refusal": _("từ chối"),
    }
    titles = [_("Khóa"), _("Nhận lúc"), _("Dấu vân tay của nội dung (SHA-256)")]
    rows = [
        {
            "cells": [
                {"text": row.key, "heads": True},
                {"text": moment(row.received_at), "label": titles[1]},
                {"text": row.content_sha256[:16] + "…", "label": titles[2], "kind": "code"},
            ]
        }
        for row in list_simulated()
    ]
    context = {
        "title": _("Hệ thống nhận báo cáo (mô phỏng)"),
        "field": {"name": "fault", "kind": "radios", "label": _("Lần gửi tới sẽ"), "options": [{"value": key, "text": text} for key, text in faults.items()], "value": "no_answer"},
        "table": table(_("Đã nhận"), titles, rows) if rows else None,
        "crumbs": [{"text": _("Báo cáo"), "url": reverse("reporting:list")}, {"text": _("Gửi lên trên"), "url": reverse("reporting:outbox")}, {"text": _("Mô phỏng")}],
    }  # fmt: skip
    return show(request, "reporting/simulator.html", context)


def _plan(request: HttpRequest, at: datetime) -> None:
    kind = request.POST.get("fault", "")
    if kind in FAULTS:
        acts.plan_fault(kind=kind, actor=officer_in(request), now=at)
        messages.info(request, _("Lần gửi tới sẽ gặp sự cố này."))


urlpatterns = [
    path("outbox/", show_outbox, name="outbox"),
    path("simulator/", simulator, name="simulator"),
    path("<slug:public_id>/sent-up/", show_sent_up, name="sent_up"),
]
