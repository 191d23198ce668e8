"""For officers: the template, a workbook tried row by row, kept, put away or undone as a whole."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.plans import actions, queries
from tinhso.modules.insight.plans.pages.entering import for_typists
from tinhso.modules.insight.plans.pages.words import beside_the_aim, officer_in, quantity
from tinhso.modules.insight.plans.rules.drafts import Refused, words_in
from tinhso.modules.insight.plans.rules.sheets import OUTCOMES, Judged
from tinhso.platform.clock import now
from tinhso.platform.people.queries import get_names
from tinhso.platform.sheets import xlsx_answer
from tinhso.platform.wording import language, moment, said

KINDS = {"error": "late", "revision": "soon", "beside": "soon", "new": "ok"}


@for_typists
def show_imports(request: HttpRequest) -> HttpResponse:
    """The latest workbooks, and where one is handed in."""
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                errors = [{"text": _("Hãy chọn tệp Excel."), "href": "#file"}]
            else:
                public_id = actions.try_import(
                    content=file.read(), name=file.name or "", actor=officer_in(request), now=now()
                )
                return HttpResponseRedirect(reverse("plans:import", args=[public_id]))
        except Refused as refused:
            errors = [{"text": said(each), "href": "#file"} for each in refused.troubles]
    field = {"name": "file", "kind": "file", "label": _("Tệp Excel"), "accept": ".xlsx", "hint": _("Tối đa 2.000 dòng, 2 MB. Chưa có gì được ghi ở bước này."), "error": errors[0]["text"] if errors else ""}  # fmt: skip
    context = {
        "field": field,
        "errors": errors,
        "table": _table(queries.list_imports()),
        "template_url": reverse("plans:template"),
        "crumbs": [{"url": reverse("plans:list"), "text": _("Chỉ tiêu")}, {"text": _("Nhập từ tệp Excel")}],
    }
    return render(request, "plans/imports.html", context, status=422 if errors else 200)


def state_in_words(each: queries.ImportRow) -> dict[str, str]:
    """Where a workbook stands, as a badge."""
    words = {
        "tried": ("soon", _("chờ xác nhận")),
        "done": ("ok", _("đã nhập %(count)s số") % {"count": each.kept}),
        "undone": ("", _("đã hoàn tác")),
    }
    kind, text = words[each.state]
    return {"kind": kind, "text": text}


def _table(rows: Sequence[queries.ImportRow]) -> dict[str, Any] | None:
    names = get_names([each.tried_by for each in rows])
    titles = [_("Tệp"), _("Tình trạng"), _("Số dòng"), _("Ai nhập"), _("Lúc")]
    shown = [
        {
            "cells": [
                {
                    "text": each.name or each.public_id,
                    "url": reverse("plans:import", args=[each.public_id]),
                    "heads": True,
                },
                {"badge": state_in_words(each), "label": titles[1]},
                {"text": str(each.rows), "label": titles[2], "kind": "num"},
                {"text": names.get(each.tried_by, each.tried_by), "label": titles[3]},
                {"text": moment(each.tried_at), "label": titles[4]},
            ]
        }
        for each in rows
    ]
    columns = [{"title": title, "kind": "num" if title == titles[2] else ""} for title in titles]
    return {"caption": _("Các lần nhập gần đây"), "columns": columns, "rows": shown} if shown else None


@for_typists
def show_import(request: HttpRequest, public_id: str) -> HttpResponse:
    """One workbook: what each row would do; keep it, put it away, or undo it."""
    found = queries.find_import(public_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _do(request, public_id)
    judged = queries.judge_import(found.file_sha256, actions.known_for(actor=officer_in(request), now=now())) if found.state == "tried" else []  # fmt: skip
    wrong = sum(each.outcome == "error" for each in judged)
    counts = {name: sum(each.outcome == name for each in judged) for name in OUTCOMES}
    is_own = found.tried_by == officer_in(request).code
    context = {
        "title": found.name or _("Tệp Excel"),
        "badge": state_in_words(found),
        "state": found.state,
        "told": _("%(rows)s dòng, nhận lúc %(at)s") % {"rows": found.rows, "at": moment(found.tried_at)},
        "undo_reason": found.undo_reason,
        "counts": [{"value": count, "text": str(OUTCOMES[name]), "kind": KINDS.get(name, "") if count else ""} for name, count in counts.items()] if judged else [],
        "wrong": wrong,
        "can_finish": found.state == "tried" and not wrong and is_own,
        "can_discard": found.state == "tried" and is_own,
        "table": _judged(judged) if judged else None,
        "reason": {"name": "reason", "label": _("Vì sao hoàn tác"), "max_length": 300, "required": True},
        "crumbs": [{"url": reverse("plans:list"), "text": _("Chỉ tiêu")}, {"url": reverse("plans:imports"), "text": _("Nhập từ tệp Excel")}, {"text": found.name}],
    }  # fmt: skip
    return render(request, "plans/import.html", context)


def _do(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was pressed, done; errors are told on the page that follows."""
    actor, what = officer_in(request), request.POST.get("what", "")
    here = HttpResponseRedirect(reverse("plans:import", args=[public_id]))
    try:
        if what == "finish":
            kept = actions.finish_import(public_id=public_id, actor=actor, now=now())
            messages.success(request, _("Đã nhập %(count)s số. Nếu nhầm, hoàn tác được cả tệp.") % {"count": kept})
        elif what == "undo":
            gone = actions.undo_import(
                public_id=public_id, reason=request.POST.get("reason", ""), actor=actor, now=now()
            )
            messages.success(request, _("Đã hoàn tác: rút %(count)s số, vẫn giữ trong lịch sử.") % {"count": gone})
        elif what == "discard":
            actions.discard_import(public_id=public_id, actor=actor, now=now())
            messages.success(request, _("Đã bỏ tệp, chưa có gì được ghi."))
            return HttpResponseRedirect(reverse("plans:imports"))
    except (Refused, actions.WrongState) as refused:
        messages.error(request, said(refused))
    return here


def _judged(rows: Sequence[Judged]) -> dict[str, Any]:
    """Every row with its outcome; wrong ones first, each trouble with its cell."""
    titles = [_("Dòng"), _("Kết quả"), _("Chỉ tiêu đo"), _("Kỳ"), _("Số"), _("Cần xem")]
    measures = queries.get_definitions().measures
    shown = []
    for each in sorted(rows, key=lambda row: (row.outcome != "error", row.row.number)):
        sent, draft = each.row.sent, each.draft
        measure = measures.get(words_in(sent.get("measure")))
        value = quantity(draft.quantity, measure) if draft and measure else words_in(sent.get("value"))
        troubles = " ".join(f"{cell}: {said(one)}" for cell, one in each.places())
        aside = beside_the_aim(draft.measure, draft.unit_key, draft.level) if draft else ""
        cells = [
            {"text": str(each.row.number), "heads": True},
            {"badge": {"kind": KINDS.get(each.outcome, ""), "text": str(OUTCOMES[each.outcome])}, "label": titles[1]},
            {
                "text": measure.title.in_language(language()) if measure else words_in(sent.get("measure")),
                "label": titles[2],
            },
            {"text": words_in(sent.get("period")), "label": titles[3]},
            {"text": value, "label": titles[4], "kind": "num"},
            {"text": troubles or aside or "–", "label": titles[5]},
        ]
        shown.append({"cells": cells})
    columns = [{"title": title, "kind": "num" if title == titles[4] else ""} for title in titles]
    return {"caption": _("Từng dòng của tệp"), "columns": columns, "rows": shown}


@for_typists
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for all who type
    """The workbook to fill in, with the codes of measures and of levels on further sheets."""
    return xlsx_answer(queries.template_tables(language()), "mau-so-lieu")
