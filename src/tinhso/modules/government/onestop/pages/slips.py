"""The control slip of a dossier: who received it from whom and when, in time or not and why; on the screen and to print."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.adapters import get_sheet
from tinhso.modules.government.onestop.pages.case import heading_of
from tinhso.modules.government.onestop.pages.desk import for_officers, open_for, show
from tinhso.modules.government.onestop.pages.serving import POLICY
from tinhso.modules.government.onestop.queries.slips import fields_of_slip, slip_of
from tinhso.modules.government.onestop.rules import brief_moment
from tinhso.modules.government.onestop.rules.slips import Line, outcome_of
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.files.adapters import render_document


@for_officers
def slip(request: HttpRequest, public_id: str) -> HttpResponse:
    """The hand-overs of the dossier as a table."""
    case, at = open_for(request, public_id).case, now()
    context = {
        **heading_of(case, at),
        "table": _table(slip_of(case, at)),
        "outcome": outcome_of(case.due_at, case.resolved_at),
        "pdf_url": reverse("onestop:slip_pdf", args=[case.public_id]),
    }
    return show(request, "onestop/desk_slip.html", context)


def _table(lines: list[Line]) -> dict[str, Any]:
    titles = [_("Bên giao"), _("Bên nhận"), _("Nhận lúc"), _("Phải xong"), _("Xong lúc"), _("Đúng hạn hay không")]
    return {
        "caption": _("Các lần giao nhận"),
        "caption_hidden": True,
        "columns": [{"title": title} for title in titles],
        "rows": [_row(line, titles) for line in lines],
    }


def _row(line: Line, titles: list[str]) -> dict[str, Any]:
    is_late = line.due_at is not None and (line.done_at or now()) > line.due_at
    times = [brief_moment(at) if at else "–" for at in (line.at, line.due_at, line.done_at)]
    return {
        "cells": [
            {"text": line.giver, "label": titles[0]},
            {"text": line.taker, "note": line.what, "heads": True},
            *({"text": text, "label": titles[2 + place]} for place, text in enumerate(times)),
            {"badge": {"kind": "late" if is_late else "ok", "text": line.standing}, "note": line.why, "label": titles[5]},
        ]
    }  # fmt: skip


@for_officers
def slip_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same on the official form of today."""
    case, at = open_for(request, public_id).case, now()
    if case.procedure.kind != "dossier":
        raise Http404
    sheet = get_sheet("control_slip", at.astimezone(VIETNAM).date())
    answer = HttpResponse(
        render_document(sheet.path, fields_of_slip(case, sheet, at), now=at), content_type="application/pdf"
    )
    answer.headers["Content-Disposition"] = f'inline; filename="phieu-kiem-soat-{case.code or case.public_id}.pdf"'
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


urlpatterns = [
    path("work/cases/<str:public_id>/slip/", slip, name="slip"),
    path("work/cases/<str:public_id>/slip.pdf", slip_pdf, name="slip_pdf"),
]
