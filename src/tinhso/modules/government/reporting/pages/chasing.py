"""The receiver's reminder by hand: first what will be sent and to whom, then it is sent."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.actions.chasing import remind
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in, show
from tinhso.modules.government.reporting.pages.standing import standing_of
from tinhso.modules.government.reporting.pages.words import due_badge, table
from tinhso.modules.government.reporting.queries import ReportView
from tinhso.modules.government.reporting.queries.chasing import Preview, list_late, preview, times_told
from tinhso.modules.government.reporting.queries.reading import list_below
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.powers import may_receive
from tinhso.platform.clock import now
from tinhso.platform.wording import language, moment, said

MOST_SHOWN = 200


@for_officers
def remind_below(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what would be sent for the reports chosen (all late ones without a choice); send it when asked to."""
    actor, at = officer_in(request), now()
    view = queries.read_report(public_id, actor)
    if not view.row.is_summed:
        raise Http404(_("Báo cáo này không tổng hợp từ cấp dưới."))
    if not may_receive(actor, view.row.unit_key):
        raise PermissionDenied
    if request.method == "POST":
        return _send(request, view, at)
    rows = _chosen(view, request.GET.getlist("report"), at)
    shown = [preview(row, view.row.unit_key, at, language()) for row in rows[:MOST_SHOWN]]
    context = {
        **standing_of(view, at),
        "title": _("Nhắc nộp báo cáo"),
        "letter": next((each.words for each in shown if each.fresh), ""),
        "table": _table(rows, shown, at) if rows else None,
        "people": sum(each.fresh for each in shown),
        "ids": [row.public_id for row in rows],
        "back_url": reverse("reporting:overview", args=[public_id]),
    }
    return show(request, "reporting/remind.html", context)


def _chosen(view: ReportView, public_ids: list[str], at: datetime) -> list[Report]:
    if not public_ids:
        return list_late(view.row, at)
    return [row for row in list_below(view.row) if row.public_id in public_ids and row.state in states.OWED]


def _send(request: HttpRequest, view: ReportView, at: datetime) -> HttpResponse:
    back = HttpResponseRedirect(reverse("reporting:overview", args=[view.public_id]))
    try:
        told = remind(
            summed_id=view.public_id, public_ids=request.POST.getlist("report"), actor=officer_in(request), now=at
        )
    except actions.Forbidden as refused:
        messages.error(request, said(refused))
        return back
    people = sum(told.values())
    if people:
        words = ngettext("Đã nhắc %(count)s người.", "Đã nhắc %(count)s người.", people)
        messages.success(request, words % {"count": people})
    else:
        messages.info(request, _("Không nhắc ai: đã nộp, hoặc hôm nay đã nhắc rồi."))
    return back


def _table(rows: list[Report], shown: list[Preview], at: datetime) -> dict[str, Any]:
    titles = [_("Đơn vị"), _("Hạn"), _("Sẽ báo cho"), _("Đã nhắc")]
    before = times_told(rows)
    drawn = [
        {
            "cells": [
                {"text": name_of(row.unit_key, language()), "heads": True},
                {"badge": due_badge(row, at), "label": titles[1]},
                {"text": _recipients(each), "label": titles[2]},
                {"text": _times(before.get(row.pk, [])), "label": titles[3]},
            ]
        }
        for row, each in zip(rows, shown, strict=False)
    ]
    return table(_("Sẽ nhắc"), titles, drawn)


def _recipients(each: Preview) -> str:
    if each.names:
        return ", ".join(each.names)
    return _("không ai: hôm nay đã nhắc") if each.had_it else _("chưa có ai giữ việc báo cáo ở đơn vị này")


def _times(moments: list[datetime]) -> str:
    if not moments:
        return "–"
    times = ngettext("%(count)s lần, lần cuối %(at)s", "%(count)s lần, lần cuối %(at)s", len(moments))
    return times % {"count": len(moments), "at": moment(moments[0])}


urlpatterns = [path("<slug:public_id>/below/remind/", remind_below, name="remind")]
