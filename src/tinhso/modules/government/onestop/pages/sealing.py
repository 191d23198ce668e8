"""The clerk's queue: results that leaders signed, to be numbered and sealed; look at each, tick, seal at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.pages.acting import problem_of, tell_outcomes
from tinhso.modules.government.onestop.pages.desk import for_officers, names_seen, officer_in, open_for, show
from tinhso.modules.government.onestop.pages.serving import serve
from tinhso.modules.government.onestop.pages.workspace import bulk_buttons, read_key, write_key
from tinhso.modules.government.onestop.queries.sealing import list_waiting, step_that_seals
from tinhso.modules.government.onestop.rules import due_badge, in_words, moment
from tinhso.platform.cases.queries import InboxRow, list_inbox
from tinhso.platform.clock import now
from tinhso.platform.people.rules import CLERK

MOST_AT_ONCE, MOST_WHILE_WAITING = 200, 10


@for_officers
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for number and seal, the most urgent first; POST seals what is ticked."""
    if request.method == "POST":
        return _seal(request)
    actor, at, after = officer_in(request), now(), request.GET.get("after", "")
    page = list_inbox(actor, roles=[CLERK], after=read_key(after), limit=MOST_AT_ONCE)
    names_seen(request, "signing", page.rows)
    rows = [row for row in page.rows if step_that_seals(row, actor)]
    context = {
        "table": _table(rows, list_waiting([row.public_id for row in rows]), at),
        "buttons": _buttons(request, rows),
        "shown": _("%(count)s hồ sơ") % {"count": len(rows)},
        "first_url": request.path if after else "",
        "next_url": f"{request.path}?after={write_key(page.after)}" if page.after else "",
        "here": request.get_full_path(),
    }
    return show(request, "onestop/desk_seal.html", context)


def _table(rows: Sequence[InboxRow], signed: Any, at: datetime) -> dict[str, Any]:
    titles = [_("Mã"), _("Việc"), _("Kết quả"), _("Người ký"), _("Hạn"), _("Bản đã ký")]
    return {
        "caption": _("Chờ đóng dấu"), "caption_hidden": True, "picks": "case", "form": "picked",
        "columns": [{"title": title} for title in titles],
        "rows": [_row(row, signed.get(row.public_id), titles, at) for row in rows],
    }  # fmt: skip


def _row(row: InboxRow, signed: IssuedResult | None, titles: list[str], at: datetime) -> dict[str, Any]:
    work, about = in_words(row.procedure.name), row.title or row.applicant_name
    return {
        "id": row.public_id,
        "name": f"{work}, {about}",
        "cells": [
            {"text": row.code or row.public_id, "kind": "code", "label": titles[0]},
            {"text": work, "url": reverse("onestop:case", args=[row.public_id]), "note": about, "heads": True},
            {"text": signed.name if signed else "", "label": titles[2]},
            {"text": signed.signer_name if signed else "", "note": moment(signed.signed_at, at) if signed else "", "label": titles[3]},
            {"badge": due_badge(row.due_at, at), "label": titles[4]},
            {"text": _("xem"), "url": reverse("onestop:signed", args=[row.public_id]), "label": titles[5]},
        ],
    }  # fmt: skip


def _buttons(request: HttpRequest, rows: list[InboxRow]) -> list[dict[str, Any]]:
    if not rows:
        return []
    others = [button for button in bulk_buttons(rows, officer_in(request)) if button.get("value")]
    for button in others:
        button |= {"kind": "secondary", "formaction": reverse("onestop:act_on_many")}
    return [
        {"text": _("Cấp số và đóng dấu các hồ sơ đã chọn"), "form": "picked", "name": "seal", "value": "1"},
        *others,
    ]


def _seal(request: HttpRequest) -> HttpResponse:
    ticked, back = list(dict.fromkeys(request.POST.getlist("case"))), reverse("onestop:seal_queue")
    if problem := problem_of(ticked, MOST_AT_ONCE):
        messages.error(request, problem)
        return HttpResponseRedirect(back)
    if len(ticked) > MOST_WHILE_WAITING:
        batch = actions.order_signing(public_ids=ticked, is_sealing=True, actor=officer_in(request), now=now())
        return HttpResponseRedirect(reverse("onestop:batch", args=[batch]))
    outcomes = actions.seal_dossiers(public_ids=ticked, actor=officer_in(request), now=now())
    return tell_outcomes(request, outcomes, _("Đóng dấu"), back)


@for_officers
def signed(request: HttpRequest, public_id: str) -> FileResponse:
    """The result as its leader signed it, not numbered and not sealed yet."""
    case = open_for(request, public_id).case
    row = list_waiting([case.public_id]).get(case.public_id)
    if row is None:
        raise Http404(_("Không có kết quả nào chờ đóng dấu."))
    return serve(row.file_sha256, name=f"{row.name} {case.code or case.public_id}.pdf", media_type="application/pdf")


urlpatterns = [
    path("work/seal/", queue, name="seal_queue"),
    path("work/cases/<str:public_id>/signed/", signed, name="signed"),
]
