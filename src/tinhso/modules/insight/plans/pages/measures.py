"""One measure: its figures over time by unit, source beside source, revisions, and the targets set for it."""

from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.plans import queries
from tinhso.modules.insight.plans.pages.words import badge, is_public, name_of, quantity, today, unit_of
from tinhso.modules.insight.plans.rules.courses import DERIVED, Cell, SourceLine, Stated
from tinhso.modules.insight.plans.rules.definitions import LEVELS, PILLARS, Measure
from tinhso.modules.insight.plans.rules.drawing import chart
from tinhso.modules.insight.plans.rules.powers import may_decide, may_type
from tinhso.platform.clock import now
from tinhso.platform.people.pages.doors import actor_in
from tinhso.platform.wording import day, language, moment, number

Wish = tuple[str, str]


def find(code: str) -> Measure:
    """The measure of that code. :raises Http404: there is none"""
    measure = queries.get_definitions().measures.get(code)
    if measure is None:
        raise Http404
    return measure


def read_measure(request: HttpRequest, code: str) -> tuple[Measure, list[Wish], Wish | None]:
    """The measure, every unit and level it is known for, and the one asked for."""
    measure = find(code)
    targets = [
        each for text in queries.get_definitions().resolutions.values() for each in text.targets if each.measure == code
    ]
    wishes: dict[Wish, Wish] = {}
    asked_for = [
        *((each.unit_key, each.level) for each in targets),
        *queries.list_subject_keys(code, public=is_public(request)),
    ]
    for key, level in asked_for:
        wishes.setdefault((queries.get_subject(key, today()).newest, level), (key, level))
    wish = (request.GET.get("unit", ""), request.GET.get("level", ""))
    asked = (
        wishes.get((queries.get_subject(wish[0], today()).newest, wish[1]))
        if wish[0] and "\x00" not in wish[0]
        else None
    )
    return measure, list(wishes.values()), asked or next(iter(wishes.values()), None)


def show_measure(request: HttpRequest, code: str) -> HttpResponse:
    """The course of one unit and level; links lead to the others."""
    measure, wishes, asked = read_measure(request, code)
    public = is_public(request)
    title = measure.title.in_language(language())
    context: dict[str, Any] = {
        "title": title,
        "crumbs": [
            {"url": reverse("plans:list"), "text": _("Chỉ tiêu")},
            {"url": reverse("plans:measures"), "text": _("Sổ các chỉ tiêu đo")},
            {"text": title},
        ],
        "rows": _about(measure),
        "as_of": moment(now()),
        "wishes": [_wish(code, each, asked) for each in wishes],
        "targets": _targets(request, code, asked),
    }
    if asked:
        context |= _course(request, measure, asked, public=public)
    if not public:
        context["withdrawn"] = _withdrawn(measure)
    return render(request, "plans/measure.html", context)


def read_course(measure: Measure, asked: Wish, *, public: bool) -> tuple[queries.Subject, queries.Course]:
    """The unit asked for and its course, derived figures from ten years back."""
    subject = queries.get_subject(asked[0], today())
    wanted = queries.Wanted(measure, subject, asked[1], today().year - 10)
    return subject, queries.read_courses([wanted], today(), public=public)[wanted.key]


def _course(request: HttpRequest, measure: Measure, asked: Wish, *, public: bool) -> dict[str, Any]:
    subject, course = read_course(measure, asked, public=public)
    actor = actor_in(request)
    points = [(cell.as_of_on, cell.used.quantity.bound(measure.better)) for cell in course.cells]
    types, decides = may_type(actor, subject.line), may_decide(actor, subject.line)
    said = urlencode({"unit": asked[0], "level": asked[1]})
    return {
        "unit_title": f"{subject.name_in(language())}, {LEVELS[asked[1]]}",
        "heirs": ", ".join(heir.name_in(language()) for heir in subject.heirs),
        "ended": day(subject.ended_on),
        "chart": _chart(measure, course, points),
        "cells": [_cell(measure, cell, types=types, decides=decides) for cell in reversed(course.cells)],
        "enter_url": f"{reverse('plans:enter')}?{urlencode({'measure': measure.code, 'unit': subject.newest, 'level': asked[1]})}" if types and not measure.indicator else "",
        "downloads": [
            {"url": f"{reverse('plans:measure_csv', args=[measure.code])}?{said}", "text": _("Tải bảng (CSV)")},
            {"url": f"{reverse('plans:measure_xlsx', args=[measure.code])}?{said}", "text": _("Tải bảng (Excel)")},
        ],
    }  # fmt: skip


def _chart(measure: Measure, course: queries.Course, points: list[tuple[Any, Any]]) -> dict[str, Any] | None:
    """The course as the chart component takes it."""
    drawn = chart(points)
    if drawn is None:
        return None
    places = [{"x": f"{x:.2f}%", "y": f"{y:.2f}%"} for x, y in drawn.points]
    return {
        "rules": [{"y": f"{y:.2f}%", "text": number(each) + unit_of(measure)} for y, each in drawn.rules],
        "pieces": [
            {"x1": one["x"], "y1": one["y"], "x2": other["x"], "y2": other["y"]} for one, other in pairwise(places)
        ],
        "points": [
            {**place, "text": f"{cell.period}: {quantity(cell.used.quantity, measure)}"}
            for place, cell in zip(places, course.cells, strict=True)
        ],
        "months": [{"x": place["x"], "text": cell.period} for place, cell in zip(places, course.cells, strict=True)],
    }


def _cell(measure: Measure, cell: Cell, *, types: bool, decides: bool) -> dict[str, Any]:
    names = queries.name_units([line.latest.unit_key for line in cell.lines], language())
    return {
        "period": cell.period,
        "unit": names.get(cell.used.unit_key, ""),
        "disagrees": cell.disagrees,
        "chosen": cell.chosen.reason if cell.chosen else "",
        "chosen_at": moment(cell.chosen.chosen_at) if cell.chosen else "",
        "lines": [_line(measure, cell, line, types=types, decides=decides) for line in cell.lines],
    }


def _line(measure: Measure, cell: Cell, line: SourceLine, *, types: bool, decides: bool) -> dict[str, Any]:
    latest = line.latest
    is_used = latest == cell.used
    return {
        **tell(measure, latest),
        "is_used": is_used and len(cell.lines) > 1,
        "earlier": [tell(measure, each) for each in line.earlier],
        "withdraw_url": reverse("plans:withdraw", args=[latest.public_id]) if types and latest.public_id and latest.origin not in {"pack", "trial"} else "",
        "choose_url": reverse("plans:choose", args=[latest.public_id]) if decides and cell.disagrees and latest.public_id and not (is_used and cell.chosen) else "",
    }  # fmt: skip


def tell(measure: Measure, each: Stated) -> dict[str, Any]:
    """One figure in words: number, source, vintage, method, who brought it."""
    origins = {
        "pack": _("gói dữ liệu"),
        "form": _("nhập tay"),
        "import": _("nhập từ tệp"),
        "api": _("qua API"),
        "trial": _("số bịa để trình diễn"),
        DERIVED: _("hệ thống tự tính từ hồ sơ"),
    }
    source = (
        each.publisher if each.origin != DERIVED else _("tính từ hồ sơ: %(counted)s") % {"counted": each.source_title}
    )
    return {
        "value": quantity(each.quantity, measure),
        "publisher": source,
        "title": each.source_title if each.origin != DERIVED else "",
        "url": each.source_address,
        "method": each.method,
        "announced": _("công bố %(on)s") % {"on": day(each.announced_on)} if each.announced_on else "",
        "quote": each.quote,
        "note": " · ".join(part for part in (each.note, _("theo %(basis)s") % {"basis": each.basis} if each.basis else "") if part),
        "evidence_url": reverse("plans:evidence", args=[each.public_id]) if each.evidence_sha256 else "",
        "hidden": not each.is_public,
        "entered": f"{origins[each.origin]}, {moment(each.entered_at)}",
    }  # fmt: skip


def _about(measure: Measure) -> list[dict[str, str]]:
    known = queries.get_definitions()
    word = known.words.get(measure.word)
    texts = [
        name_of(text)
        for text in known.resolutions.values()
        if any(each.measure == measure.code for each in text.targets)
    ]
    said = [
        (_("Mã"), measure.code),
        (_("Đơn vị tính"), measure.unit.in_language(language())),
        (_("Chiều tốt"), _("càng cao càng tốt") if measure.better == "higher" else _("càng thấp càng tốt")),
        (_("Trụ cột"), str(PILLARS[measure.pillar])),
        (_("Căn cứ"), measure.source or ", ".join(texts)),
        (_("Số liệu"), _("hệ thống tự tính theo chỉ số %(code)s, không nhập được") % {"code": measure.indicator} if measure.indicator else _("từ bên ngoài, có nguồn")),
        (_("Từ cũ"), f"“{word.old.in_language(language())}” → “{word.new.in_language(language())}”, {day(word.since)}. {word.source}" if word else ""),
        (_("Lưu ý"), measure.note.in_language(language())),
    ]  # fmt: skip
    return [{"key": key, "value": value} for key, value in said if value]


def _wish(code: str, wish: Wish, asked: Wish | None) -> dict[str, Any]:
    name = queries.get_subject(wish[0], today()).name_in(language())
    url = f"{reverse('plans:measure', args=[code])}?{urlencode({'unit': wish[0], 'level': wish[1]})}"
    return {"url": url, "text": f"{name}, {LEVELS[wish[1]]}", "current": wish == asked}


def _targets(request: HttpRequest, code: str, asked: Wish | None) -> list[dict[str, Any]]:
    newest = queries.get_subject(asked[0], today()).newest if asked else ""
    known = queries.get_definitions().resolutions
    found = []
    for row in queries.list_targets_of(code, today(), public=is_public(request)):
        if asked and (row.subject.newest, row.target.level) == (newest, asked[1]):
            text = known[row.target.code.partition(".")[0]]
            found.append({"aim": quantity(row.target.quantity, row.measure), "due": day(row.target.due_on), "text": name_of(text), "url": reverse("plans:resolution", args=[text.code]), "badge": badge(row.standing.state)})  # fmt: skip
    return found


def _withdrawn(measure: Measure) -> list[dict[str, Any]]:
    return [
        {**tell(measure, each), "period": each.period, "reason": reason}
        for each, reason in queries.list_withdrawn(measure.code)
    ]
