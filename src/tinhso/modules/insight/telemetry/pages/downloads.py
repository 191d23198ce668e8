"""Courses and devices as tables to take away."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tinhso.modules.insight.telemetry import queries
from tinhso.modules.insight.telemetry.pages import courses
from tinhso.modules.insight.telemetry.pages.devices import chosen
from tinhso.modules.insight.telemetry.pages.doors import find_device, for_officers, officer_in
from tinhso.modules.insight.telemetry.pages.words import STATES, name_units, unit_of
from tinhso.platform.clock import now
from tinhso.platform.sheets import csv_answer, xlsx_answer
from tinhso.platform.wording import language, moment, said


def _course(request: HttpRequest, code: str) -> tuple[str, list[list[Any]]]:
    device = find_device(request, code)
    span, measure = chosen(request, device)
    drawn = courses.read(device, measure, span, now()) if measure else None
    if measure is None or drawn is None:
        raise Http404
    return f"{code}-{measure.code}-{span}", drawn.table


@for_officers
def course_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The course that the page shows, as CSV."""
    name, table = _course(request, code)
    return csv_answer(table, name)


@for_officers
def course_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a workbook."""
    name, table = _course(request, code)
    return xlsx_answer({_("Diễn biến"): table}, name)


@for_officers
def devices_xlsx(request: HttpRequest) -> HttpResponse:
    """Every device the officer may see with its newest values, as a workbook."""
    devices = queries.list_devices(queries.Wanted(with_retired=True), now(), seen_by=officer_in(request))
    names = name_units([key for each in devices for key in (each.unit_key, each.placement.commune_key)])
    head = [_("Mã"), _("Thiết bị"), _("Loại thiết bị"), _("Đơn vị phụ trách"), _("Xã, phường"), _("Trạng thái"), _("Đại lượng"), _("Giá trị"), _("Đơn vị đo"), _("Lúc đo")]  # fmt: skip
    rows = [
        [each.code, each.name_in(language()), said(each.kind.title), names[each.unit_key], names.get(each.placement.commune_key, ""), str(STATES[each.state][1]), said(value.measure.title), value.amount, unit_of(value.measure), moment(value.at)]
        for each in devices
        for value in each.values
    ]  # fmt: skip
    return xlsx_answer({_("Thiết bị"): [head, *rows]}, "telemetry-devices")
