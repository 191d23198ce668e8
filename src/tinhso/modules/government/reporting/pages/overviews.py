"""What comes to a receiver: who handed in, who is late, the sums; what each unit says of a cell; the dossiers behind a count."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.reporting import queries
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in, show
from tinhso.modules.government.reporting.pages.standing import standing_of
from tinhso.modules.government.reporting.pages.words import due_badge, state_badge, table, value_text
from tinhso.modules.government.reporting.queries import Overview, ReportView
from tinhso.modules.government.reporting.queries.overviews import Line
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.aggregating import parts_of
from tinhso.modules.government.reporting.rules.deriving import SOURCES
from tinhso.modules.government.reporting.rules.powers import units_filled
from tinhso.modules.government.reporting.rules.templates import Cell, Row, Sheet
from tinhso.platform.clock import now
from tinhso.platform.people.rules import day_of
from tinhso.platform.sheets import csv_answer
from tinhso.platform.wording import day, language, moment, number, said

PICKED = "picked"


@for_officers
def show_overview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that came for one summed report."""
    view, at = _summed(request, public_id), now()
    found = queries.read_overview(view, at, language())
    coverage = found.sums.coverage
    approves = bool(found.waiting) and view.row.unit_key in units_filled(view.actor)
    done = [line for line in found.lines if line.report.state == states.APPROVED]
    rest = [line for line in found.lines if line not in done and not (approves and line in found.waiting)]
    context = {
        **standing_of(view, at),
        "title": said(view.regime.name),
        "counts": _counts(found),
        "missing": coverage.missing,
        "coverage": "" if coverage.percent is None else number(coverage.percent, 1),
        "waiting": _units(_("Chờ duyệt"), found.waiting, at, picks=True) if approves else None,
        "units": _units(_("Chưa xong"), rest, at) if rest else None,
        "approved": _units(_("Đã duyệt"), done, at) if done else None,
        "approved_count": len(done),
        "receives": view.row.unit_key in units_filled(view.actor),
        "sheets": [_sheet(view, found, sheet) for sheet in view.template.sheets],
        "report_url": reverse("reporting:report", args=[public_id]),
        "csv_url": reverse("reporting:overview_csv", args=[public_id]),
    }
    return show(request, "reporting/overview.html", context)


def _summed(request: HttpRequest, public_id: str) -> ReportView:
    view = queries.read_report(public_id, officer_in(request))
    if not view.row.is_summed:
        raise Http404(_("Báo cáo này không tổng hợp từ cấp dưới."))
    return view


def _counts(found: Overview) -> list[dict[str, Any]]:
    coverage = found.sums.coverage
    late = len(found.late)
    return [
        {
            "value": f"{coverage.present}/{coverage.total}",
            "text": _("đã nộp"),
            "kind": "ok" if coverage.is_whole else "",
        },
        {"value": str(len(found.waiting)), "text": _("chờ duyệt"), "kind": "soon" if found.waiting else ""},
        {"value": str(late), "text": _("quá hạn chưa nộp"), "kind": "late" if late else "ok"},
        {"value": str(sum(line.report.state == states.RETURNED for line in found.lines)), "text": _("bị trả lại")},
    ]


def _units(caption: str, lines: Sequence[Line], at: datetime, *, picks: bool = False) -> dict[str, Any]:
    titles = [_("Đơn vị"), _("Đang ở bước"), _("Hạn"), _("Nộp lúc"), _("Bản")]
    drawn = table(caption, titles, [_unit(line, titles, at) for line in lines])
    return {**drawn, "picks": "report", "form": PICKED, "width": len(titles) + 1} if picks else drawn


def _unit(line: Line, titles: list[str], at: datetime) -> dict[str, Any]:
    row = line.report
    return {
        "id": row.public_id,
        "name": line.name,
        "cells": [
            {"text": line.name, "url": reverse("reporting:report", args=[row.public_id]), "heads": True},
            {"badge": state_badge(row), "label": titles[1]},
            {"badge": due_badge(row, at), "label": titles[2]},
            {"text": moment(row.submitted_at) or "–", "label": titles[3]},
            {"text": str(row.version or "–"), "label": titles[4]},
        ],
    }


def _sheet(view: ReportView, found: Overview, sheet: Sheet) -> dict[str, Any]:
    """The sums of one sheet; each number leads to what the units say."""
    titles = [_("Chỉ tiêu"), *(said(column.name) for column in sheet.columns)]
    rows = [_sum_row(view, found, sheet, row) for row in sheet.rows]
    return table(said(sheet.name), titles, rows, tuple(range(1, len(titles))))


def _sum_row(view: ReportView, found: Overview, sheet: Sheet, row: Row) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    unit = ""
    for column in sheet.columns:
        cell = view.template.cell_at(row.code, column.code)
        label = said(column.name)
        if cell is None:
            cells.append({"text": "", "label": label})
            continue
        unit = unit or said(cell.unit)
        cells.append(_sum_cell(view, found, cell, label))
    name = f"{row.number}. {said(row.name)}" if row.number else said(row.name)
    return {"cells": [{"text": name, "note": unit, "heads": True}, *cells]}


def _sum_cell(view: ReportView, found: Overview, cell: Cell, label: str) -> dict[str, Any]:
    lacking = found.sums.lacking.get(cell.key, ())
    note = _("thiếu ở %(count)s đơn vị") % {"count": len(lacking)} if lacking else ""
    url = reverse("reporting:parts", args=[view.public_id, cell.key])
    text = value_text(cell, found.sums.values.get(cell.key)) if cell.is_number else _("xem")
    return {"text": text, "url": url, "note": note, "kind": "num", "label": label}


@for_officers
def show_parts(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """What each unit says of one cell of the sum, and the sum."""
    view = _summed(request, public_id)
    cell = view.template.cells.get(key)
    if cell is None:
        raise Http404(_("Biểu này không có ô ấy."))
    found = queries.read_overview(view, now(), language())
    reports = {line.report.unit_key: line.report for line in found.lines}
    titles = [_("Đơn vị"), said(cell.unit) or _("Số liệu"), _("Đang ở bước")]
    rows = [
        {
            "cells": [
                {
                    "text": part.name,
                    "url": reverse("reporting:report", args=[reports[part.unit_key].public_id]),
                    "heads": True,
                },
                {"text": value_text(cell, part.value), "kind": "num", "label": titles[1]},
                {"badge": state_badge(reports[part.unit_key]), "label": titles[2]},
            ]
        }
        for part in parts_of(found.children, key)
    ]
    context = {
        **standing_of(view, now()),
        "title": view.template.name_of(key, language()),
        "sum": value_text(cell, found.sums.values.get(key)),
        "sum_unit": said(cell.unit),
        "way": _way(cell),
        "table": table(_("Từng đơn vị"), titles, rows, (1,)),
        "coverage": found.sums.coverage,
        "back_url": reverse("reporting:overview", args=[public_id]),
    }
    return show(request, "reporting/parts.html", context)


def _way(cell: Cell) -> str:
    """How the sum of a cell comes about."""
    if cell.formula and cell.formula.operation == "ratio":
        return _("Tỷ lệ tính lại từ tổng tử số và tổng mẫu số, không lấy trung bình các tỷ lệ.")
    ways = {
        "sum": _("Cộng các đơn vị."),
        "mean": _("Trung bình có trọng số."),
        "max": _("Lấy số lớn nhất."),
        "last": _("Lấy số của đơn vị nộp sau cùng."),
        "apart": _("Không cộng; xem từng đơn vị."),
    }
    return ways.get(cell.up, "")


@for_officers
def download_overview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every unit a row, every cell a column, the sum at the end, as CSV."""
    view = _summed(request, public_id)
    found = queries.read_overview(view, now(), language())
    cells = list(view.template.cells.values())
    head = [_("Đơn vị"), *(view.template.name_of(cell.key, language()) for cell in cells)]
    rows = [[child.name, *((child.values or {}).get(cell.key, "") for cell in cells)] for child in found.children]
    total = [_("Tổng hợp"), *(found.sums.values.get(cell.key, "") for cell in cells)]
    return csv_answer([head, *rows, total], f"{view.row.regime}-{view.row.period}")


@for_officers
def show_behind(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The dossiers that a cell counts, within the days of the period."""
    view = queries.read_report(public_id, officer_in(request))
    cell = view.template.cells.get(key)
    if cell is None or cell.derived is None:
        raise Http404(_("Ô này không lấy từ hồ sơ."))
    found = queries.list_behind(view.row, cell, now())
    titles = [_("Mã"), _("Thủ tục"), _("Đơn vị"), _("Tiếp nhận"), _("Hẹn trả"), _("Xong")]
    rows = [
        {
            "cells": [
                {"text": each.code or each.public_id, "url": _case_url(each.public_id), "heads": True},
                {"text": each.procedure_code, "label": titles[1], "kind": "code"},
                {"text": name_of(each.unit_key, language()), "label": titles[2]},
                {"text": moment(each.accepted_at), "label": titles[3]},
                {"text": moment(each.due_at) or "–", "label": titles[4]},
                {"text": moment(each.resolved_at) or "–", "label": titles[5]},
            ]
        }
        for each in found
    ]
    context = {
        **standing_of(view, now()),
        "title": view.template.name_of(key, language()),
        "days": _("Hồ sơ từ %(first)s đến %(last)s") % {
            "first": day(view.row.start_on), "last": day(min(view.row.cut_off_on, day_of(now())))
        },
        "what": SOURCES.get(cell.derived.source, ""),
        "table": table(_("Hồ sơ"), titles, rows) if rows else None,
        "back_url": reverse("reporting:report", args=[public_id]),
    }  # fmt: skip
    return show(request, "reporting/behind.html", context)


def _case_url(public_id: str) -> str:
    """The page of a dossier where the one-stop desk is installed."""
    try:
        return reverse("onestop:case", args=[public_id])
    except NoReverseMatch:
        return ""
