"""The course of a measure as the template draws it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tinhso.modules.insight.telemetry import queries
from tinhso.modules.insight.telemetry.pages.words import digits, unit_of
from tinhso.modules.insight.telemetry.queries.courses import local
from tinhso.modules.insight.telemetry.rules.drawing import SPANS, Stretch, draw
from tinhso.modules.insight.telemetry.rules.kinds import Measure
from tinhso.platform.wording import language, number, said


@dataclass(frozen=True, slots=True)
class Drawn:
    """A course: what the template needs, and the same as a table (its head first)."""

    context: dict[str, Any]
    table: list[list[Any]]


def read(device: queries.DeviceRow, measure: Measure, span: str, now: datetime) -> Drawn | None:
    """The course of the last day, week or month; None where there is nothing."""
    length, seconds = SPANS[span]
    asked = queries.Asked(device.code, device.kind.code, measure.code, now - length, now)
    slots = queries.read_course(asked, seconds)
    thresholds = device.thresholds.get(measure.code, ())
    stretches = [Stretch(each.start, each.least, each.mean, each.most) for each in slots]
    drawn = draw(stretches, local(now - length), local(now), [float(each.value) for each in thresholds])
    if drawn is None:
        return None
    called = {float(each.value): said(each.text) for each in thresholds}
    title = f"{said(measure.title)} · {device.name_in(language())}"
    unit = unit_of(measure)
    context = {
        "title": title,
        "unit": unit,
        "lines": drawn.lines,
        "bands": drawn.bands,
        "rules": [{"y": f"{y:.2f}%", "text": _plain(value, measure)} for y, value in drawn.rules],
        "thresholds": [{"y": f"{y:.2f}%", "text": f"{called[value]}, {_plain(value, measure)}"} for y, value in drawn.thresholds],
        "marks": [{"x": f"{x:.2f}%", "text": f"{at:%H:%M}" if span == "day" and at.hour else f"{at:%d/%m}"} for x, at in drawn.marks],
        "least": f"{digits(min(each.least for each in slots), measure)} {unit}",
        "most": f"{digits(max(each.most for each in slots), measure)} {unit}",
    }  # fmt: skip
    head = [_("Từ lúc"), _("Thấp nhất"), _("Trung bình"), _("Cao nhất"), _("Số lần đo"), _("Đơn vị đo")]
    rows = [[each.start.strftime("%Y-%m-%d %H:%M"), *(round(value, measure.decimals + 1) for value in each[1:4]), each.values, unit] for each in slots]  # fmt: skip
    return Drawn(context, [head, *rows])


def _plain(value: float, measure: Measure) -> str:
    """A number at a rule: with no more decimals than it has."""
    return number(Decimal(repr(value)), max(measure.decimals, 2))
