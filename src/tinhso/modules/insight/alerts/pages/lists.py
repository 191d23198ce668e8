"""The list of alerts for the shift on duty, and the leaders' summary of how quick people were."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.alerts import queries
from tinhso.modules.insight.alerts.pages.words import (
    against,
    due_cell,
    for_roles,
    level_badge,
    officer_in,
    span,
    state_badge,
    unit_name,
)
from tinhso.modules.insight.alerts.queries import AlertRow, Quickness, Standing
from tinhso.modules.insight.alerts.rules.definitions import LEVELS
from tinhso.platform.clock import now as present
from tinhso.platform.wording import moment, said

SUMMED_UP = (1, 7, 30)


@for_roles()
def show_list(request: HttpRequest) -> HttpResponse:
    """Open alerts of the actor's units and below, urgent first, then the latest; with `over` those that are over."""
    now, is_over = present(), request.GET.get("over") == "1"
    units = queries.units_seen(officer_in(request))
    rows = queries.list_alerts(units, is_open=not is_over)
    context = {
        "counts": _counts(queries.sum_up_open(units, now)) if not is_over else [],
        "table": _table(rows, now, is_over=is_over),
        "is_over": is_over,
        "links": links_of("over" if is_over else "list"),
        "as_of": moment(now),
    }
    return render(request, "alerts/list.html", context)


def links_of(here: str) -> list[dict[str, Any]]:
    """The strip that leads between the pages of alerts."""
    pages = [
        ("list", _("Đang mở"), reverse("alerts:list")),
        ("over", _("Đã xong"), reverse("alerts:list") + "?over=1"),
        ("summary", _("Tổng kết"), reverse("alerts:summary")),
        ("rules", _("Quy tắc"), reverse("alerts:rules")),
        ("events", _("Sự kiện"), reverse("alerts:events")),
        ("letters", _("Nhận qua thư"), reverse("alerts:letters")),
    ]
    return [{"url": url, "text": text, "current": code == here} for code, text, url in pages]


def _counts(found: Standing) -> list[dict[str, Any]]:
    told = (
        (found.urgent, _("khẩn")),
        (found.all - found.urgent, _("theo dõi")),
        (found.waiting, _("chưa ai nhận")),
        (found.late, _("quá hạn xử lý")),
    )
    return [
        {"value": count, "text": text, "kind": "late" if count and at != 1 else ""}
        for at, (count, text) in enumerate(told)
    ]


def _table(rows: list[AlertRow], now: datetime, *, is_over: bool) -> dict[str, Any]:
    titles = [
        _("Cảnh báo điều hành"),
        _("Mức cảnh báo"),
        _("Số đo"),
        _("Nơi chịu trách nhiệm"),
        _("Trạng thái"),
        _("Từ lúc"),
        _("Hạn"),
    ]
    columns = [{"title": title} for title in titles]
    return {
        "caption": _("Cảnh báo đã xong") if is_over else _("Cảnh báo đang mở"),
        "caption_hidden": True,
        "columns": columns,
        "rows": [_row(row, now, titles) for row in rows],
    }


def _row(row: AlertRow, now: datetime, titles: list[str]) -> dict[str, Any]:
    due, kind = due_cell(row.case.due_at, now)
    ended = row.alert.closed_at or now
    cells = [
        {"text": f"{said(row.title)}: {said(row.name)}", "url": reverse("alerts:alert", args=[row.alert.public_id]), "heads": True,
         "note": _("nguyên nhân đã hết lúc %(at)s") % {"at": moment(row.alert.cleared_at)} if row.alert.cleared_at else ""},
        {"badge": level_badge(row.alert.level), "label": titles[1]},
        {"text": against(row), "label": titles[2]},
        {"text": unit_name(row), "label": titles[3]},
        {"badge": state_badge(row), "label": titles[4]},
        {"text": moment(row.alert.raised_at), "note": span(ended - row.alert.raised_at), "label": titles[5]},
        {"text": due, "kind": kind if row.case.closed_at is None and row.case.is_overdue(now) else "", "label": titles[6]},
    ]  # fmt: skip
    return {"cells": cells}


@for_roles("leader", "administrator", "operator")
def show_summary(request: HttpRequest) -> HttpResponse:
    """How many alerts in a day, a week, a month; how long until somebody took them, and until they were dealt with."""
    now, units = present(), queries.units_seen(officer_in(request))
    titles = [
        _("Trong"), _("Mức cảnh báo"), _("Số cảnh báo"), _("Còn mở"), _("Báo nhầm"), _("Đã có người nhận"), _("Nhận sau (trung vị)"),
        _("Đã xử lý"), _("Xử lý sau (trung vị)"),
    ]  # fmt: skip
    rows = []
    for days in SUMMED_UP:
        for level in LEVELS:
            found = queries.get_quickness(units, now - timedelta(days=days), now, level)
            rows.append({"cells": _cells(days, level, found, titles)})
    columns = [{"title": title, "kind": "num" if at > 1 else ""} for at, title in enumerate(titles)]
    table = {"caption": _("Cảnh báo và thời gian xử lý"), "columns": columns, "rows": rows}
    context = {"table": table, "links": links_of("summary"), "as_of": moment(now)}
    return render(request, "alerts/summary.html", context)


def _cells(days: int, level: str, found: Quickness, titles: list[str]) -> list[dict[str, Any]]:
    heads = {1: _("24 giờ qua"), 7: _("7 ngày qua"), 30: _("30 ngày qua")}
    numbers = [found.raised, found.open, found.false, found.acknowledged, span(found.to_acknowledge), found.resolved, span(found.to_resolve)]  # fmt: skip
    return [
        {"text": heads[days], "heads": True},
        {"badge": level_badge(level), "label": titles[1]},
        *({"text": str(each), "label": title, "kind": "num"} for each, title in zip(numbers, titles[2:], strict=True)),
    ]
