"""Finding a procedure, and the page that says all about one."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.kernel.fees import fee_notes, say_cost
from tinhso.kernel.flow import Procedure, draw_svg
from tinhso.modules.government.onestop.queries.filing import NoSuchProcedure, get_shown
from tinhso.modules.government.onestop.queries.finding import find_procedures
from tinhso.modules.government.onestop.rules.saying import say_deadline
from tinhso.platform.cases.queries import list_procedures
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now


def find(request: HttpRequest) -> HttpResponse:
    """What answers the words typed; without words, or without an answer, everything there is."""
    words = request.GET.get("q", "").strip()[:200]
    today, language = now().astimezone(VIETNAM).date(), get_language() or "vi"
    found = [each.procedure for each in find_procedures(words, today)]
    shown = found or list_procedures(today)
    rows = [
        {
            "name": procedure.name.in_language(language),
            "summary": procedure.summary.in_language(language),
            "sector": procedure.sector.in_language(language),
            "url": reverse("onestop:procedure", args=[procedure.code]),
        }
        for procedure in shown
    ]
    return render(request, "onestop/find.html", {"words": words, "found": bool(found), "rows": rows})


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Who may, what it takes, how long, what it costs, and the way a dossier goes."""
    today, language = now().astimezone(VIETNAM).date(), get_language() or "vi"
    try:
        text = get_shown(code, today)
    except NoSuchProcedure as missing:
        raise Http404(_("Không có thủ tục này. Hãy tìm lại theo tên.")) from missing
    context = {
        "code": code,
        "name": text.name.in_language(language),
        "summary": text.summary.in_language(language),
        "facts": _facts(text, today, language),
        "papers": _papers(text, language),
        "fee_note": "; ".join(fee_notes(text.fees, today, language)),
        # Drawn by our own kernel from the pack's table; every word in it is escaped there.
        "picture": mark_safe(draw_svg(text, language)),  # noqa: S308
        "sources": text.sources,
        "start_url": reverse("onestop:start", args=[code]),
    }
    return render(request, "onestop/procedure.html", context)


def _facts(text: Procedure, on: date, language: str) -> list[dict[str, Any]]:
    rows = [
        {"key": _("Thời hạn"), "value": say_deadline(text.deadline, language)},
        {"key": _("Lệ phí"), "value": say_cost(text.fees, on, language), "note": "; ".join(fee_notes(text.fees, on, language))},
        {"key": _("Kết quả"), "value": text.result.name.in_language(language) if text.result else ""},
        {"key": _("Lĩnh vực"), "value": text.sector.in_language(language)},
        {"key": _("Mã thủ tục"), "value": text.code},
    ]  # fmt: skip
    return [row for row in rows if row["value"]]


def _papers(text: Procedure, language: str) -> list[dict[str, Any]]:
    return [
        {
            "name": paper.name.in_language(language),
            "note": paper.note.in_language(language),
            "always": paper.required and paper.when is None,
        }
        for paper in text.papers
    ]


urlpatterns = [path("find/", find, name="find"), path("procedures/<str:code>/", procedure, name="procedure")]
