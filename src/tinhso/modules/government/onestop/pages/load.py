"""For leaders: what a unit holds and since when, which steps eat the time, how units below compare, who finished how much."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.kernel.flow import Procedure
from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, show
from tinhso.modules.government.onestop.pages.watching import address, frame_of, watched_unit
from tinhso.modules.government.onestop.queries import oversight
from tinhso.modules.government.onestop.queries.load import procedures_of, state_names
from tinhso.modules.government.onestop.rules import in_words, moment, waiting_since
from tinhso.modules.government.onestop.rules.progress import AWAITED
from tinhso.modules.government.onestop.rules.saying import say_deadline
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.people.queries import get_names, get_role_names
from tinhso.platform.sheets import csv_answer, xlsx_answer
from tinhso.platform.units.rules import UnitRow
from tinhso.platform.watch import queries as watch
from tinhso.platform.wording import span

SLOWEST, SHOWN = 8, 30
Words = Mapping[str, str]
SHEETS = {"Excel": "onestop:load_xlsx", "CSV": "onestop:load_csv"}


@for_officers
def load(request: HttpRequest) -> HttpResponse:
    """Open work by role and step, the pace of the last twelve weeks, units side by side; officers for their own leader only."""
    unit, at = watched_unit(request), now()
    on = at.astimezone(VIETNAM).date()
    key = _paced(unit)
    paces = watch.list_paces([key])
    known = procedures_of(paces, on)
    names = state_names(known)
    context = {
        **frame_of(request, unit, "onestop:load", SHEETS),
        "counted": moment(paces[0].counted_at, at) if paces else "",
        "held": _held(unit.key, names, at),
        "bars": _bars(watch.list_paces([key], over_all=True), names),
        "table": _table(_pace_lines(paces[:SHOWN], known, names)) if paces else None,
        "units": _units(unit.key, on, names, at),
        "officers": _officers(unit.key) if oversight.leads(officer_in(request), unit.key) else None,
        "progress_url": address("onestop:progress", unit.key),
    }
    return show(request, "onestop/desk_load.html", context)


def _paced(unit: UnitRow) -> str:
    """Whose pace is shown: the unit's own; for the province that of all units together."""
    return "" if unit.kind == "province" else unit.key


def _held(unit_key: str, names: Words, at: datetime) -> dict[str, Any] | None:
    roles = get_role_names()
    lines: list[list[Any]] = [[_("Ai giữ"), _("Ở bước"), _("Đang giữ"), _("Trễ"), _("Lâu nhất")]]
    for each in watch.count_held(unit_key, at):
        role, state = roles.get(each.role, each.role), names.get(each.state, each.state)
        lines.append([role, state, each.count, each.late, waiting_since(each.since, at)])
    return _table(lines) if len(lines) > 1 else None


def _bars(paces: Sequence[watch.PaceRow], names: Words) -> list[dict[str, Any]]:
    """The steps that took the most days in all, each as a share of all days."""
    whole = sum(each.total_days for each in paces)
    if not whole:
        return []
    return [
        {
            "text": _step(each, names),
            "value": _("%(share)s%% · trung vị %(median)s, 90%% trong %(p90)s")
            % {"share": number_format(100 * each.total_days / whole, 0), "median": _span(each.median_days), "p90": _span(each.p90_days)},
            "percent": 100 * each.total_days / whole,
            "kind": "none" if each.role in AWAITED else "",
        }
        for each in paces[:SLOWEST]
    ]  # fmt: skip


def _step(pace: watch.PaceRow, names: Words) -> str:
    if pace.role in AWAITED and not pace.state:
        return _("Chờ: %(whom)s") % {"whom": AWAITED[pace.role]}
    return names.get(pace.state, pace.state)


def _span(days: float) -> str:
    return span(timedelta(days=days), at_most=1)


def _pace_lines(paces: Iterable[watch.PaceRow], known: Mapping[str, Procedure], names: Words) -> list[list[Any]]:
    head: list[Any] = [
        _("Thủ tục"), _("Bước"), _("Lượt"), _("Trung vị"), _("90% trong"), _("Hạn của bước"), _("Hạn của thủ tục")
    ]  # fmt: skip
    lines = [head]
    for each in paces:
        procedure = known.get(each.procedure_code)
        name = in_words(procedure.name) if procedure else each.procedure_code
        own, whole = _limits(procedure, each.state)
        lines.append([name, _step(each, names), each.count, _span(each.median_days), _span(each.p90_days), own, whole])
    return lines


def _limits(procedure: Procedure | None, state: str) -> tuple[str, str]:
    language = get_language() or "vi"
    if procedure is None:
        return "", ""
    own = next((each.deadline for each in procedure.states if each.code == state), None)
    return say_deadline(own, language), say_deadline(procedure.deadline, language)


def _units(unit_key: str, on: date, names: Words, at: datetime) -> dict[str, Any] | None:
    """The units right below side by side: what is open and late, and the step that takes most of their time."""
    below = oversight.count_below(unit_key, on, at)
    slowest: dict[str, watch.PaceRow] = {}
    for each in watch.list_paces([count.unit.key for count in below], over_all=True):
        slowest.setdefault(each.unit_key, each)
    names = {**names, **state_names(procedures_of(watch.list_paces([""]), on))} if below else names
    language = get_language() or "vi"
    lines: list[list[Any]] = [[_("Đơn vị"), _("Đang mở"), _("Trễ"), _("Bước lâu nhất"), _("Trung vị"), _("90% trong")]]
    for count in below:
        pace = slowest.get(count.unit.key)
        told = [_step(pace, names), _span(pace.median_days), _span(pace.p90_days)] if pace else ["", "", ""]
        lines.append([count.unit.name_in(language), count.count, count.late, *told])
    return _table(lines, [address("onestop:load", count.unit.key) for count in below]) if below else None


def _officers(unit_key: str) -> dict[str, Any] | None:
    handled = watch.list_handled(unit_key)
    people, roles = get_names([each.officer_code for each in handled]), get_role_names()
    lines: list[list[Any]] = [[_("Người làm"), _("Vai trò"), _("Đã làm, 4 tuần"), _("Trung vị")]]
    for each in handled:
        name = people.get(each.officer_code, each.officer_code)
        lines.append([name, roles.get(each.role, each.role), each.count, _span(each.median_days)])
    return _table(lines) if handled else None


def _table(lines: Sequence[Sequence[Any]], urls: Sequence[str] = ()) -> dict[str, Any]:
    """A table whose first line is its head; numbers stand to the right, a first cell may lead somewhere."""
    titles, *rest = lines
    shown = []
    for number, line in enumerate(rest):
        cells: list[dict[str, Any]] = [
            {"text": str(cell), "label": title, "kind": "num" if isinstance(cell, int) else ""}
            for cell, title in zip(line, titles, strict=True)
        ]
        cells[0] = {"text": str(line[0]), "heads": True, **({"url": urls[number]} if urls else {})}
        shown.append({"id": str(number), "cells": cells})
    columns = [
        {"title": title, "kind": "num" if all(isinstance(cell, int) for cell in column) else ""}
        for title, column in zip(titles, zip(*rest, strict=True), strict=True)
    ]
    return {"caption": titles[0], "caption_hidden": True, "columns": columns, "rows": shown}


@for_officers
def load_csv(request: HttpRequest) -> HttpResponse:
    """The pace of the unit's procedures and steps as CSV."""
    return csv_answer(_sheet(request), "tai-viec")


@for_officers
def load_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    return xlsx_answer({_("Tải việc"): _sheet(request)}, "tai-viec")


def _sheet(request: HttpRequest) -> list[list[Any]]:
    paces = watch.list_paces([_paced(watched_unit(request))])
    known = procedures_of(paces, now().astimezone(VIETNAM).date())
    return _pace_lines(paces, known, state_names(known))


urlpatterns = [
    path("work/load/", load, name="load"),
    path("work/load/csv/", load_csv, name="load_csv"),
    path("work/load/xlsx/", load_xlsx, name="load_xlsx"),
]
