"""Tables to take away: the targets of a resolution, the figures of a measure, as CSV and as a workbook."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhso.modules.insight.plans import queries
from tinhso.modules.insight.plans.pages.measures import read_course, read_measure
from tinhso.modules.insight.plans.pages.resolutions import ahead, dress, find
from tinhso.modules.insight.plans.pages.words import is_public, name_of
from tinhso.modules.insight.plans.rules.numbers import plain
from tinhso.modules.insight.plans.rules.states import STATES
from tinhso.platform.sheets import csv_answer, xlsx_answer
from tinhso.platform.wording import language


def resolution_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The targets as CSV with a mark, so that Excel reads Vietnamese."""
    return csv_answer(_targets(find(request, code)), code)


def resolution_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The targets as a workbook."""
    row = find(request, code)
    return xlsx_answer({name_of(row.resolution): _targets(row)}, code)


def measure_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of the unit and level asked for, every source's every word."""
    return csv_answer(_figures(request, code), code)


def measure_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a workbook."""
    return xlsx_answer({_("Số liệu"): _figures(request, code)}, code)


def _targets(row: queries.ResolutionRow) -> Iterator[list[Any]]:
    yield [
        _("Mã chỉ tiêu"), _("Chỉ tiêu đo"), _("Đơn vị"), _("Ở cấp"), _("Dấu"), _("Mục tiêu"), _("Đến số"), _("Đơn vị tính"),
        _("Hạn"), _("Giá trị"), _("Kỳ"), _("Nguồn"), _("Trạng thái"), _("Dự báo"), _("Phụ trách"), _("Căn cứ"),
    ]  # fmt: skip
    names = queries.name_units([each.responsible.unit_key for each in row.rows if each.responsible], language())
    for each in row.rows:
        shown, target = dress(each, names, decides=False), each.target
        value = shown["value"] or {"text": "", "period": "", "source": ""}
        high = target.quantity.high
        yield [
            target.code, shown["title"], each.subject.name_in(language()), shown["level"], f" {target.quantity.comparator}",
            plain(target.quantity.low), plain(high) if high is not None else "", each.measure.unit.in_language(language()),
            target.due_on.isoformat(), value["text"], value["period"], value["source"], str(STATES[each.standing.state]),
            ahead(each)["text"], shown["responsible"], target.basis,
        ]  # fmt: skip


def _figures(request: HttpRequest, code: str) -> Iterator[list[Any]]:
    measure, _wishes, asked = read_measure(request, code)
    if asked is None:
        raise Http404
    _subject, course = read_course(measure, asked, public=is_public(request))
    yield [
        _("Kỳ"), _("Mã đơn vị"), _("Ở cấp"), _("Dấu"), _("Số"), _("Đến số"), _("Đơn vị tính"), _("Ai công bố"), _("Tên nguồn"),
        _("Địa chỉ nguồn"), _("Ngày công bố"), _("Cách tính"), _("Được dùng"), _("Ghi chú"),
    ]  # fmt: skip
    for cell in course.cells:
        for line in cell.lines:
            for each in (line.latest, *line.earlier):
                high = each.quantity.high
                yield [
                    each.period, each.unit_key, each.level, f" {each.quantity.comparator}", plain(each.quantity.low),
                    plain(high) if high is not None else "", measure.unit.in_language(language()), each.publisher,
                    each.source_title, each.source_address, each.announced_on.isoformat() if each.announced_on else "",
                    each.method, _("có") if each == cell.used else "", each.note,
                ]  # fmt: skip
