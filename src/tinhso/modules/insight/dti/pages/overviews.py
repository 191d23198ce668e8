"""The overview of a year: a province among the others, each main index, all published values, contradictions, the past."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhso.modules.insight.dti.pages.pictures import basis_of, index_bars
from tinhso.modules.insight.dti.pages.words import (
    NONE,
    actor_in,
    bare_rank,
    bounds,
    metric_note,
    rank_of,
    show,
    table,
    told,
    url,
)
from tinhso.modules.insight.dti.queries.assessments import provinces_of
from tinhso.modules.insight.dti.queries.overview import Overview, list_statements, read_overview
from tinhso.modules.insight.dti.queries.published import Past
from tinhso.modules.insight.dti.rules import COMPOSITE
from tinhso.modules.insight.dti.rules.published import MEAN, Published
from tinhso.modules.insight.dti.rules.quality import find_conflicts, find_wrong_ranks
from tinhso.platform.wording import said

SHOWN_AT_ONCE = 10
WORKED_OUT = "\u00a0*"


def show_overview(request: HttpRequest) -> HttpResponse:
    """A year and a province, for everybody."""
    year = request.GET.get("year", "")
    found = read_overview(int(year) if year.isdecimal() and len(year) == 4 else None, request.GET.get("province", ""))
    edition, names = found.edition, found.table.provinces
    context: dict[str, Any] = {
        "fields": _fields(found),
        "editions": [
            {"url": url("dti:edition", each.code), "text": said(each.name), "legal": said(each.legal)}
            for each in found.editions
        ],
        "links": _links(request),
        "year": found.year,
        "province_name": found.province,
        "figures": _figures(found),
        "edition_note": said(edition.note) if edition and not edition.is_weighted else "",
        "bars": index_bars(edition, found.values, found.others) if edition and found.values else [],
        "has_bars": bool(edition and found.values),
        "basis": basis_of(found.others),
        "table": _published(found, _first(found)),
        "whole": _published(found, names) if len(names) > SHOWN_AT_ONCE + 1 else None,
        "count": len(names),
        "has_worked_out": bool(found.computed),
        "downloads": [
            {"url": url("dti:csv", year=found.year), "text": _("Tải bảng (CSV)")},
            {"url": url("dti:xlsx", year=found.year), "text": _("Tải bảng (Excel)")},
        ],
        "contradictions": _contradictions(found),
        "past": _past(found.past),
    }
    return show(request, "overview", context)


def _fields(found: Overview) -> list[dict[str, Any]]:
    years = [{"value": str(year), "text": str(year)} for year in found.years]
    provinces = [{"value": each, "text": each} for each in found.names]
    shared = {"kind": "select", "no_blank": True}
    return [
        {"name": "year", "label": _("Năm đo"), "options": years, "value": str(found.year), **shared},
        {"name": "province", "label": _("Tỉnh"), "options": provinces, "value": found.province, **shared},
    ]


def _links(request: HttpRequest) -> list[dict[str, str]]:
    actor = actor_in(request)
    if actor is None or not provinces_of(actor):
        return []
    return [
        {"url": url("dti:assessments"), "text": _("Tự đánh giá và lập kế hoạch")},
        {"url": url("dti:import"), "text": _("Nạp bảng công bố")},
    ]


def _figures(found: Overview) -> list[dict[str, Any]]:
    own, mean = found.table.figure(COMPOSITE, found.province), found.table.figure(COMPOSITE, MEAN)
    values = found.table.values(COMPOSITE)
    best = max(values, key=lambda each: values[each], default="")
    period = _("DTI năm %(year)s") % {"year": found.year}
    rows = [
        (found.province, *_own(found, own)),
        (_("Hạng công bố"), rank_of(own), _announced(own)),
        (_("Trung bình các tỉnh"), told(mean.value if mean else None), _announced(mean)),
        (_("Cao nhất đã biết"), told(values.get(best)), best),
    ]
    return [{"title": title, "value": value, "basis": basis, "period": period} for title, value, basis in rows]


def _own(found: Overview, figure: Published | None) -> tuple[str, str]:
    """The province's composite; where only its rank was told, what its composite can be."""
    if found.bounds is None or (figure is not None and figure.value is not None):
        return told(figure.value if figure else None), _announced(figure)
    return NONE, _("chưa công bố; theo hạng thì từ %(bounds)s") % {"bounds": bounds(found.bounds)}


def _announced(figure: Published | None) -> str:
    if figure is None:
        return _("chưa thấy công bố")
    if not figure.announced:
        return _("đã công bố")
    return _("công bố %(day)s") % {"day": "/".join(reversed(figure.announced.split("-")))}


def _published(found: Overview, provinces: Sequence[str]) -> dict[str, Any]:
    pillars = [(each.code, said(each.name)) for each in found.edition.pillars] if found.edition else []
    counts = {figure.of for figure in found.table.by_metric.get(COMPOSITE, {}).values() if figure.of and figure.rank}
    title = _("Hạng trên %(of)s") % {"of": max(counts)} if counts else _("Hạng")
    columns = [(_("Tỉnh"), ""), (title, "num"), (_("Điểm tổng"), "num")]
    columns += [(title, "num") for _code, title in pillars]
    rows = []
    for province in provinces:
        figure = found.table.figure(COMPOSITE, province)
        address = url("dti:overview", year=found.year, province=province)
        cells: list[Any] = [
            {"text": province, "url": address, "note": metric_note(figure)},
            bare_rank(figure),
            told(figure.value if figure else None),
        ]
        cells += [_pillar(found, code, province) for code, _title in pillars]
        rows.append(cells)
    return table(columns, rows, _("Giá trị và hạng đã công bố"))


def _first(found: Overview) -> list[str]:
    """The provinces shown at once: the first ones and the one asked for; the others are behind a fold."""
    names = found.table.provinces
    return [each for place, each in enumerate(names) if place < SHOWN_AT_ONCE or each == found.province]


def _pillar(found: Overview, code: str, province: str) -> dict[str, str]:
    """A pillar as published; else worked out from the published indices, and marked so; else its rank alone."""
    figure = found.table.figure(code, province)
    if figure is not None and figure.value is not None:
        return {"text": told(figure.value)}
    computed: Decimal | None = found.computed.get(province, {}).get(code)
    if computed is not None:
        return {"text": f"{told(computed)}{WORKED_OUT}"}
    return {"text": _("hạng %(rank)s") % {"rank": bare_rank(figure)} if figure and figure.rank else NONE}


def _contradictions(found: Overview) -> list[str]:
    figures = found.table.figures
    lines = []
    for each in [*find_conflicts(found.around, list_statements()), *find_wrong_ranks(figures)]:
        if each.figures[0].year != found.year:
            continue
        who = each.figures[0].province
        line = f"{_('Trung bình các tỉnh') if who == MEAN else who}: {said(each.text)}"
        if each.better:
            values = ", ".join(told(figure.value) for figure in each.better)
            line += " " + _("Tỷ lệ tăng đã in chỉ khớp %(values)s.") % {"values": values}
        lines.append(line)
    return lines


def _past(past: list[Past]) -> dict[str, Any] | None:
    if not past:
        return None
    columns = [(_("Năm"), ""), (_("Điểm tổng"), "num"), (_("Hạng"), "num")]
    rows: list[list[Any]] = []
    for each in past:
        value = each.own.value if each.own else each.merged
        rows.append([{"text": f"{each.year}", "note": _former(each)}, told(value), _short(each.own)])
    return table(columns, rows, _("Qua các năm"))


def _short(figure: Published | None) -> str:
    """A rank for a narrow column, 14/34."""
    return f"{bare_rank(figure)}/{figure.of}" if figure and figure.rank and figure.of else bare_rank(figure)


def _former(past: Past) -> str:
    """What was published for those it was made of, where anything was."""
    parts = []
    for who, figure in past.former:
        if figure is not None:
            value = f" {told(figure.value)}" if figure.value is not None else ""
            rank = ", " + _("hạng %(rank)s") % {"rank": rank_of(figure)} if figure.rank else ""
            parts.append(f"{who}{value}{rank}")
    return " · ".join(parts)
