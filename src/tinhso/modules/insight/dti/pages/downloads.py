"""The table of a year to take away, as CSV and as a workbook, with sources."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhso.modules.insight.dti.queries.overview import Overview, read_overview
from tinhso.modules.insight.dti.rules import COMPOSITE, Edition
from tinhso.modules.insight.dti.rules.published import COUNTRY, MEAN, Published
from tinhso.platform.sheets import csv_answer, xlsx_answer
from tinhso.platform.wording import said


def download_csv(request: HttpRequest) -> HttpResponse:
    """The published figures of a year as CSV."""
    found = _asked(request)
    return csv_answer(_rows(found), f"dti-{found.year}")


def download_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook; on its second sheet the edition."""
    found = _asked(request)
    sheets = {_("Công bố"): _rows(found)}
    if found.edition:
        sheets[_("Bộ chỉ số")] = _edition(found.edition)
    return xlsx_answer(sheets, f"dti-{found.year}")


def _asked(request: HttpRequest) -> Overview:
    year = request.GET.get("year", "")
    return read_overview(int(year) if year.isdecimal() and len(year) == 4 else None, "")


def _rows(found: Overview) -> Iterator[list[Any]]:
    yield [
        _("Năm"),
        _("Tỉnh"),
        _("Chỉ số"),
        _("Tên chỉ số"),
        _("Giá trị"),
        _("Hạng"),
        _("Trên"),
        _("Tình trạng"),
        _("Nguồn"),
        _("Công bố"),
    ]
    for each in found.table.figures:
        yield _cells(each, found.edition)


def _cells(figure: Published, edition: Edition | None) -> list[Any]:
    who = {MEAN: "(trung bình tỉnh)", COUNTRY: "(quốc gia)"}.get(figure.province, figure.province)
    ranks = "" if figure.rank is None else figure.rank
    if figure.rank != figure.rank_to:
        ranks = f"{figure.rank}-{figure.rank_to}"
    title = said(edition.name_of(figure.metric)) if edition else figure.metric
    metric = "dti" if figure.metric == COMPOSITE else figure.metric
    value = "" if figure.value is None else figure.value
    return [
        *(
            figure.year,
            who,
            metric,
            title,
            value,
            ranks,
            figure.of or "",
            figure.status,
            figure.source,
            figure.announced,
        )
    ]


def _edition(edition: Edition) -> Iterator[list[Any]]:
    yield [_("Bộ chỉ số"), said(edition.name), said(edition.legal)]
    yield [_("Mã"), _("Chỉ số chính"), _("Điểm tối đa"), _("Chắc đến đâu")]
    for index in edition.indices:
        most = "" if index.max_points is None else index.max_points
        yield [index.code, said(index.name), most if index.scored else _("không chấm"), said(index.sure)]
