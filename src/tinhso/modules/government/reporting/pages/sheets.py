"""A report as a workbook: taken away, handed back, looked at cell by cell, taken up whole or not at all."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.actions.importing import NotTaken, take_workbook, try_workbook
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in, show
from tinhso.modules.government.reporting.pages.standing import standing_of
from tinhso.modules.government.reporting.pages.words import table, value_text
from tinhso.modules.government.reporting.queries import NoReport, NotYours, ReportView
from tinhso.modules.government.reporting.queries.workbooks import (
    judge_workbook,
    list_failed_after,
    list_workbooks,
    make_workbook,
)
from tinhso.modules.government.reporting.rules.returned import NOTE, Judged, Step, Told, WrongBook
from tinhso.platform.clock import now
from tinhso.platform.files.queries import list_handed_in
from tinhso.platform.people.queries import get_names
from tinhso.platform.sheets import XLSX, BadSheet
from tinhso.platform.wording import language, moment, said

LONGEST_NAME = 200


@for_officers
def download_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """The workbook to be filled in."""
    view = queries.read_report(public_id, officer_in(request))
    name = f"{view.row.regime}-{view.row.period}-{view.row.unit_key.partition('@')[0]}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(make_workbook(view), XLSX, headers=headers)


@for_officers
def hand_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the workbook is taken away and handed back; a file that is not taken is told why."""
    view = queries.read_report(public_id, officer_in(request))
    if request.method != "POST":
        return _show_desk(request, view)
    file = request.FILES.get("file")
    if file is None:
        return _show_desk(request, view, _("Hãy chọn tệp Excel đã điền."))
    name = (file.name or "")[:LONGEST_NAME]
    try:
        sha256 = try_workbook(public_id=public_id, content=file.read(), name=name, actor=officer_in(request), now=now())
    except NotTaken as refused:
        return _show_desk(request, view, said(refused), other=refused.report)
    except (actions.Forbidden, actions.NotOpen) as refused:
        return _show_desk(request, view, said(refused))
    address = reverse("reporting:sheet_trial", args=[public_id, sha256])
    return HttpResponseRedirect(f"{address}?{urlencode({'name': name})}")


def _show_desk(request: HttpRequest, view: ReportView, error: str = "", *, other: str = "") -> HttpResponse:
    errors = [{"text": error, "href": "#file"}] if error else []
    field = {
        "name": "file", "kind": "file", "label": _("Tệp Excel đã điền"), "accept": ".xlsx", "error": error,
        "hint": _("Tối đa 2 MB. Bước này chỉ xem thử, chưa ghi gì."),
    }  # fmt: skip
    context = {
        **_around(view),
        "title": _("Điền bằng Excel"),
        "field": field,
        "errors": errors,
        "other_url": _address_of_other(request, other),
        "can_fill": view.may_fill,
        "sheet_url": reverse("reporting:sheet", args=[view.public_id]),
        "taken": _taken(view),
    }
    return show(request, "reporting/hand_back.html", context, status=422 if errors else 200)


def _address_of_other(request: HttpRequest, public_id: str) -> str:
    """Where the report of a file that was handed in at the wrong place is, if this officer may open it."""
    try:
        found = queries.read_report(public_id, officer_in(request)) if public_id else None
    except (NoReport, NotYours):
        return ""
    return reverse("reporting:sheet_desk", args=[found.public_id]) if found else ""


def _taken(view: ReportView) -> dict[str, Any] | None:
    """The workbooks that were taken up so far."""
    rows = list_workbooks(view.row)
    names = get_names([row.taken_by for row in rows])
    titles = [_("Tệp"), _("Số ô"), _("Ai ghi"), _("Lúc")]
    drawn = [
        {
            "cells": [
                {"text": row.name or row.file_sha256[:12], "heads": True},
                {"text": str(row.cells), "label": titles[1], "kind": "num"},
                {"text": names.get(row.taken_by, row.taken_by), "label": titles[2]},
                {"text": moment(row.taken_at), "label": titles[3]},
            ]
        }
        for row in rows
    ]
    return table(_("Các tệp đã ghi vào báo cáo"), titles, drawn, (1,)) if drawn else None


@for_officers
def show_trial(request: HttpRequest, public_id: str, sha256: str) -> HttpResponse:
    """What the file would do, cell by cell; then it is taken up, or put away."""
    actor = officer_in(request)
    view = queries.read_report(public_id, actor)
    if not list_handed_in([sha256], actor=actor):
        raise Http404(_("Không có tệp này."))
    if not view.may_fill:
        raise PermissionDenied
    name = (request.POST or request.GET).get("name", "")[:LONGEST_NAME]
    if request.method == "POST":
        return _take(request, view, sha256, name)
    try:
        judged = judge_workbook(view, sha256)
    except (WrongBook, BadSheet) as wrong:
        return _show_desk(request, view, said(wrong), other=getattr(wrong, "report", ""))
    return show(request, "reporting/trial.html", _trial(view, judged, name))


def _take(request: HttpRequest, view: ReportView, sha256: str, name: str) -> HttpResponse:
    public_id, what = view.public_id, request.POST.get("what", "")
    here = reverse("reporting:sheet_trial", args=[public_id, sha256]) + f"?{urlencode({'name': name})}"
    if what == "discard":
        messages.info(request, _("Đã bỏ tệp, chưa có gì được ghi."))
        return HttpResponseRedirect(reverse("reporting:sheet_desk", args=[public_id]))
    try:
        cells = take_workbook(
            public_id=public_id, sha256=sha256, name=name, over_others=what == "over", actor=officer_in(request), now=now()
        )  # fmt: skip
    except (NotTaken, actions.Outdated, actions.Forbidden, actions.NotOpen) as refused:
        messages.error(request, said(refused))
        return HttpResponseRedirect(here)
    told = ngettext("Đã ghi %(count)s ô từ tệp Excel.", "Đã ghi %(count)s ô từ tệp Excel.", cells)
    messages.success(request, told % {"count": cells})
    return HttpResponseRedirect(reverse("reporting:report", args=[public_id]))


def _trial(view: ReportView, judged: Judged, name: str) -> dict[str, Any]:
    wrong, conflicts = len(judged.wrong), len(judged.conflicts)
    counts = [
        {"value": str(len(judged.steps)), "text": _("ô sẽ đổi"), "kind": "ok" if judged.steps else ""},
        {"value": str(wrong), "text": _("ô sai"), "kind": "late" if wrong else ""},
        {"value": str(conflicts), "text": _("ô người khác cũng đã sửa"), "kind": "soon" if conflicts else ""},
    ]
    return {
        **_around(view),
        "title": _("Xem thử tệp Excel"),
        "name": name,
        "counts": counts,
        "wrong": _told(view, judged.wrong, _("Ô sai, cần sửa trong tệp")) if wrong else None,
        "steps": _steps(view, judged) if judged.steps else None,
        "remarks": _told(view, judged.remarks, _("Công thức trong tệp khác với hệ thống")) if judged.remarks else None,
        "failed": [] if wrong else _left(view, judged),
        "is_outdated": judged.is_outdated,
        "can_take": bool(judged.steps) and not wrong,
        "desk_url": reverse("reporting:sheet_desk", args=[view.public_id]),
    }


def _left(view: ReportView, judged: Judged) -> list[str]:
    """What stays to be mended on the page after the file was taken up."""
    found = list_failed_after(view, judged)
    return [f"{view.template.name_of(each.key, language())}: {said(each)}" for each in found]


def _around(view: ReportView) -> dict[str, Any]:
    here = reverse("reporting:report", args=[view.public_id])
    context = standing_of(view, now())
    crumbs = context["crumbs"]
    return {**context, "crumbs": [*crumbs[:-1], {**crumbs[-1], "url": here}, {"text": _("Excel")}], "report_url": here}


def _steps(view: ReportView, judged: Judged) -> dict[str, Any]:
    titles = [_("Ô"), _("Chỗ trong tệp"), _("Đang ghi"), _("Tệp ghi")]
    rows = [_step(view, step, titles) for step in judged.steps]
    return table(_("Từng ô của tệp"), titles, rows, (2, 3))


def _step(view: ReportView, step: Step, titles: list[str]) -> dict[str, Any]:
    cell, is_note = view.template.cells[step.key], step.kind == NOTE
    old, new = (value or "–" if is_note else value_text(cell, value) for value in (step.old, step.new))
    name = view.template.name_of(step.key, language())
    flags = [{"kind": "soon", "text": _("người khác cũng đã sửa")}] if step.is_conflict else []
    return {
        "cells": [
            {"text": _("Ghi chú: %(name)s") % {"name": name} if is_note else name, "heads": True, "flags": flags},
            {"text": step.place, "label": titles[1]},
            {"text": str(old), "label": titles[2], "kind": "" if is_note else "num"},
            {"text": str(new), "label": titles[3], "kind": "" if is_note else "num"},
        ]
    }


def _told(view: ReportView, found: tuple[Told, ...], caption: str) -> dict[str, Any]:
    titles = [_("Ô"), _("Chỗ trong tệp"), _("Cần làm gì")]
    rows = [
        {
            "cells": [
                {"text": view.template.name_of(each.key, language()), "heads": True},
                {"text": each.place, "label": titles[1]},
                {"text": said(each), "label": titles[2]},
            ]
        }
        for each in found
    ]
    return table(caption, titles, rows)


urlpatterns = [
    path("<slug:public_id>/sheet.xlsx", download_sheet, name="sheet"),
    path("<slug:public_id>/sheet/", hand_back, name="sheet_desk"),
    path("<slug:public_id>/sheet/<slug:sha256>/", show_trial, name="sheet_trial"),
]
