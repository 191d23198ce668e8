"""The overview of a year: a province among the others, each main index, all published values, contradictions, the past."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhso.modules.insight.dti.pages.pictures import basis_of, index_bars
from tinhso.modules.insight.dti.pages.words import (
    NONE,
    actor_in,
    metric_note,
    name,
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


def show_overview(request: HttpRequest) -> HttpResponse:
    """A year and a province, for everybody."""
    year = request.GET.get("year", "")
    found = read_overview(int(year) if year.isdecimal() and len(year) == 4 else None, request.GET.get("province", ""))
    edition = found.edition
    context: dict[str, Any] = {
        "fields": _fields(found),
        "editions": [
            {"url": url("edition", each.code), "text": name(each.name), "legal": name(each.legal)}
            for each in found.editions
        ],
        "links": _links(request),
        "year": found.year,
        "province_name": found.province,
        "figures": _figures(found),
        "edition_note": name(edition.note) if edition and not edition.is_weighted else "",
        "bars": index_bars(edition, found.values, found.others) if edition and found.values else [],
        "has_bars": bool(edition and found.values),
        "basis": basis_of(found.others),
        "table": _published(found),
        "downloads": [
            {"url": url("csv", year=found.year), "text": _("Tải bảng (CSV)")},
            {"url": url("xlsx", year=found.year), "text": _("Tải bảng (Excel)")},
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
        {"url": url("assessments"), "text": _("Tự đánh giá và lập kế hoạch")},
        {"url": url("import"), "text": _("Nạp bảng công bố")},
    ]


def _figures(found: Overview) -> list[dict[str, Any]]:
    own, mean = found.table.figure(COMPOSITE, found.province), found.table.figure(COMPOSITE, MEAN)
    best = max(found.table.values(COMPOSITE).values(), default=None)
    period = _("DTI năm %(year)s") % {"year": found.year}
    legal = name(found.edition.legal) if found.edition else ""
    rows = [
        (found.province, told(own.value if own else None), _announced(own)),
        (_("Hạng công bố"), rank_of(own), _announced(own)),
        (_("Trung bình các tỉnh"), told(mean.value if mean else None), _announced(mean)),
        (_("Cao nhất đã biết"), told(best), legal),
    ]
    return [{"title": title, "value": value, "basis": said, "period": period} for title, value, said in rows]


def _announced(figure: Published | None) -> str:
    if figure is None:
        return _("chưa thấy công bố")
    if not figure.announced:
        return _("đã công bố")
    return _("công bố %(day)s") % {"day": "/".join(reversed(figure.announced.split("-")))}


def _published(found: Overview) -> dict[str, Any]:
    pillars = [(each.code, name(each.name)) for each in found.edition.pillars] if found.edition else []
    columns = [(_("Tỉnh"), ""), (_("Hạng"), "num"), (_("Điểm tổng"), "num")]
    columns += [(title, "num") for _code, title in pillars]
    rows = []
    for province in found.table.provinces:
        figure = found.table.figure(COMPOSITE, province)
        cells: list[Any] = [
            {"text": province, "url": url("overview", year=found.year, province=province)},
            {"text": rank_of(figure), "note": metric_note(figure)},
            told(figure.value if figure else None),
        ]
        cells += [_pillar(found, code, province) for code, _title in pillars]
        rows.append(cells)
    return table(columns, rows, _("Giá trị và hạng đã công bố"))


def _pillar(found: Overview, code: str, province: str) -> dict[str, str]:
    """A pillar as published; else worked out from the published indices, and marked so; else its rank alone."""
    figure = found.table.figure(code, province)
    if figure is not None and figure.value is not None:
        return {"text": told(figure.value)}
    computed: Decimal | None = found.computed.get(province, {}).get(code)
    if computed is not None:
        return {"text": told(computed), "note": _("tính lại từ chỉ số chính")}
    return {"text": NONE, "note": _("hạng %(rank)s") % {"rank": figure.rank} if figure and figure.rank else ""}


def _contradictions(found: Overview) -> list[str]:
    figures = found.table.figures
    said = []
    for each in [*find_conflicts(found.around, list_statements()), *find_wrong_ranks(figures)]:
        if each.figures[0].year != found.year:
            continue
        who = each.figures[0].province
        line = f"{_('Trung bình các tỉnh') if who == MEAN else who}: {name(each.text)}"
        if each.better:
            values = ", ".join(told(figure.value) for figure in each.better)
            line += " " + _("Tỷ lệ tăng đã in chỉ khớp %(values)s.") % {"values": values}
        said.append(line)
    return said


def _past(past: list[Past]) -> dict[str, Any] | None:
    if not past:
        return None
    columns = [(_("Năm"), ""), (_("Điểm tổng"), "num"), (_("Hạng"), "num")]
    rows: list[list[Any]] = []
    for each in past:
        if each.former and each.own is None:
            rows.append([f"{each.year}", {"text": told(each.merged), "note": _merged(each)}, {"text": NONE}])
        else:
            value = each.own.value if each.own else None
            note = _("các tỉnh cũ: %(said)s") % {"said": _merged(each)} if each.former else ""
            rows.append([f"{each.year}", {"text": told(value), "note": note}, rank_of(each.own)])
    return table(columns, rows, _("Qua các năm"))


def _merged(past: Past) -> str:
    parts = [f"{who} {told(f.value if f else None)} ({_('hạng')} {rank_of(f)})" for who, f in past.former]
    return " · ".join(parts)
