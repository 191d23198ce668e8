"""How the units did by the nine indices: for leaders and administrators with units below, officers and comments; for officers sums."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, show
from tinhso.modules.government.onestop.pages.visit import today
from tinhso.modules.government.onestop.queries.evaluating import (
    Evaluation,
    Mark,
    evaluate,
    may_read_ratings,
    units_of_ratings,
)
from tinhso.modules.government.onestop.queries.oversight import may_watch
from tinhso.modules.government.onestop.rules.quarters import read_period, recent_periods
from tinhso.modules.government.onestop.rules.rating import Scored, mean
from tinhso.modules.government.onestop.rules.words import in_words, moment
from tinhso.platform.cases.queries import list_procedures
from tinhso.platform.clock import now
from tinhso.platform.units.queries import get_unit


@for_officers
def ratings(request: HttpRequest) -> HttpResponse:
    """The nine indices of a unit and a period, with how many answered; what lies behind, for those who watch over it."""
    actor, at = officer_in(request), now()
    unit_key = request.GET.get("unit", "")[:64] or next(iter(units_of_ratings(actor)), "")
    if not may_read_ratings(actor, unit_key):
        raise PermissionDenied
    quarters = read_period(request.GET.get("period", ""), today())
    period = str(quarters[0]) if len(quarters) == 1 else str(quarters[0].year)
    try:
        found = evaluate(unit_key, quarters, actor=actor, now=at)
    except LookupError as missing:
        raise Http404(_("Kỳ này chưa có quy tắc đánh giá.")) from missing
    parent = found.unit.parent_key
    context = {
        "heading": found.unit.name_in(get_language() or "vi"),
        "fields": _fields(units_of_ratings(actor), unit_key, period),
        "source": found.rules.source,
        "as_of": moment(found.as_of, at),
        "figures": _figures(found),
        "table": _indices(found.whole),
        "total": _total(found.whole),
        "below": _below(found, period) if found.below else None,
        "officers": _officers(found) if found.officers else None,
        "comments": _comments(found),
        "watches": may_watch(actor, unit_key),
        "few": found.rules.few,
        "above_url": _address(parent, period) if parent and may_watch(actor, parent) else "",
    }
    return show(request, "onestop/desk_ratings.html", context)


def _address(unit_key: str, period: str) -> str:
    return f"{reverse('onestop:ratings')}?{urlencode({'unit': unit_key, 'period': period})}"


def _fields(units: list[str], unit_key: str, period: str) -> list[dict[str, Any]]:
    periods = list(dict.fromkeys([*recent_periods(today()), period]))
    keys = list(dict.fromkeys([*units, unit_key]))
    names = [{"value": key, "text": get_unit(key).name_in(get_language() or "vi")} for key in keys]
    times = [{"value": each, "text": _say_period(each)} for each in periods]
    return [
        {"id": "id_unit", "name": "unit", "kind": "select", "label": _("Đơn vị"), "options": names, "value": unit_key, "no_blank": True},
        {"id": "id_period", "name": "period", "kind": "select", "label": _("Kỳ"), "options": times, "value": period, "no_blank": True},
    ]  # fmt: skip


def _say_period(period: str) -> str:
    year, _sign, quarter = period.partition("-Q")
    told = {"year": year, "quarter": quarter}
    return _("Quý %(quarter)s/%(year)s") % told if quarter else _("Năm %(year)s") % told


def _number(value: Decimal | None) -> str:
    return "–" if value is None else number_format(value, 1)


def _percent(part: int, whole: int) -> str:
    return f"{number_format(share, 1)}%" if (share := mean(part * 100, whole)) is not None else "–"


def _figures(found: Evaluation) -> list[dict[str, str]]:
    """How many answered, and how many of these were content; numerator and denominator beside each."""
    cell, few = found.whole.cell, _("dưới %(few)s lượt") % {"few": found.rules.few}
    answered = _("có đánh giá: %(part)s trên %(whole)s hồ sơ đã xong") % {"part": cell.rated, "whole": cell.offered}
    content = _("hài lòng: %(part)s trên %(whole)s lượt; mục tiêu %(target)s%%") % {
        "part": cell.satisfied,
        "whole": cell.ratings,
        "target": found.rules.target_percent,
    }
    is_below = cell.ratings and cell.satisfied * 100 < found.rules.target_percent * cell.ratings
    return [
        {"value": number_format(cell.finished), "text": _("hồ sơ đã xong trong kỳ")},
        {"value": _percent(cell.rated, cell.offered), "text": answered if cell.offered else _("có đánh giá: %(few)s") % {"few": few}},
        {"value": _percent(cell.satisfied, cell.ratings), "text": content if cell.ratings else _("hài lòng: %(few)s") % {"few": few}, "kind": "late" if is_below else ""},
    ]  # fmt: skip


def _total(mark: Mark) -> str:
    if mark.total is None or mark.band is None:
        return _("Chưa xếp loại: còn chỉ số chưa đủ số liệu.")
    told = {"total": _number(mark.total), "most": 2 * len(mark.scored), "band": in_words(mark.band.name)}
    return _("Tổng %(total)s trên %(most)s điểm: %(band)s.") % told


def _counted(each: Scored) -> str:
    if each.index.origin == "applicant":
        return _("%(count)s lượt trả lời") % {"count": number_format(each.count)} if each.count else _("quá ít lượt")
    if each.index.measure == "feedback_on_time":
        return _("%(count)s phản ánh") % {"count": number_format(each.count)}
    return _("%(count)s hồ sơ") % {"count": number_format(each.count)}


def _indices(mark: Mark) -> dict[str, Any]:
    titles = [_("Chỉ số"), _("Điểm (trên 2)"), _("Tính trên"), _("Lấy từ")]
    origins = {"records": _("hồ sơ, máy tính"), "agency": _("cả cơ quan, máy tính"), "applicant": _("người nộp")}
    rows = [
        {
            "id": f"index-{each.index.number}",
            "cells": [
                {"text": f"{each.index.number}. {in_words(each.index.name)}", "note": each.index.source, "heads": True},
                {"text": _number(each.score), "kind": "num", "label": titles[1]},
                {"text": _counted(each), "label": titles[2]},
                {"text": origins[each.index.origin], "label": titles[3]},
            ],
        }
        for each in mark.scored
    ]
    return _table(_("Chín chỉ số"), titles, rows)


def _below(found: Evaluation, period: str) -> dict[str, Any]:
    titles = [_("Đơn vị"), _("Hồ sơ đã xong"), _("Có đánh giá"), _("Hài lòng"), _("Tổng điểm"), _("Xếp loại")]
    rows = [
        {
            "id": unit.key,
            "cells": [
                {"text": unit.name_in(get_language() or "vi"), "url": _address(unit.key, period), "heads": True},
                {"text": number_format(mark.cell.finished), "kind": "num", "label": titles[1]},
                {"text": _percent(mark.cell.rated, mark.cell.offered), "kind": "num", "label": titles[2]},
                {"text": _percent(mark.cell.satisfied, mark.cell.ratings), "kind": "num", "label": titles[3]},
                {"text": _number(mark.total), "kind": "num", "label": titles[4]},
                {"text": in_words(mark.band.name) if mark.band else "–", "label": titles[5]},
            ],
        }
        for unit, mark in found.below
    ]
    return _table(_("Các đơn vị trực thuộc"), titles, rows)


def _officers(found: Evaluation) -> dict[str, Any]:
    numbers = found.rules.for_officers
    titles = [_("Công chức"), _("Hồ sơ"), *(_("Chỉ số %(number)s") % {"number": each} for each in numbers)]
    titles += [_("Tổng điểm"), _("Mức")]
    rows = [
        {
            "id": f"officer-{place}",
            "cells": [
                {"text": name, "heads": True},
                {"text": number_format(mark.cell.finished), "kind": "num", "label": titles[1]},
                *(
                    {"text": _number(each.score), "kind": "num", "label": title}
                    for each, title in zip(mark.scored, titles[2:], strict=False)
                ),
                {"text": _number(mark.total), "kind": "num", "label": titles[-2]},
                {"text": in_words(mark.band.name) if mark.band else "–", "label": titles[-1]},
            ],
        }
        for place, (name, mark) in enumerate(found.officers)
    ]
    return _table(_("Công chức tiếp nhận và giải quyết"), titles, rows)


def _table(caption: str, titles: list[str], rows: list[dict[str, Any]]) -> dict[str, Any]:
    numeric = {cell["label"] for row in rows for cell in row["cells"] if cell.get("kind") == "num"}
    columns = [{"title": title, "kind": "num" if title in numeric else ""} for title in titles]
    return {"caption": caption, "columns": columns, "rows": rows}


def _comments(found: Evaluation) -> dict[str, Any] | None:
    names = {each.code: in_words(each.name) for each in list_procedures(today())}
    titles = [_("Điều người dân viết"), _("Về việc"), _("Tháng")]
    rows = [
        {
            "id": f"comment-{place}",
            "cells": [
                {"text": words, "heads": True},
                {"text": names.get(code, code) if code else _("thủ tục ít người làm"), "label": titles[1]},
                {"text": f"{month:%m/%Y}", "label": titles[2]},
            ],
        }
        for place, (code, month, words) in enumerate(found.comments)
    ]
    return _table(_("Người dân nói gì"), titles, rows) if rows else None


urlpatterns = [path("work/ratings/", ratings, name="ratings")]
