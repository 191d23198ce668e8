"""One resolution on a page that a leader can print: every target with its way, state, forecast, who answers, source."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.insight.plans import queries
from tinhso.modules.insight.plans.pages.strips import strip_of
from tinhso.modules.insight.plans.pages.words import badge, counted, is_public, name_of, quantity, today, unit_of
from tinhso.modules.insight.plans.rules.definitions import DISTRICT, LEVELS, TEXT_KINDS, Target
from tinhso.modules.insight.plans.rules.drawing import draw
from tinhso.modules.insight.plans.rules.powers import is_decider
from tinhso.platform.clock import now
from tinhso.platform.people.pages.doors import actor_in
from tinhso.platform.wording import day, language, moment, number

NOT_NAMED = "không nêu"


def find(request: HttpRequest, code: str) -> queries.ResolutionRow:
    """The resolution asked for, as this reader may see it. :raises Http404: there is none"""
    row = queries.find_resolution(code, today(), public=is_public(request))
    if row is None:
        raise Http404
    return row


def show_resolution(request: HttpRequest, code: str) -> HttpResponse:
    """The resolution's targets by deadline, then the results it tells of."""
    row = find(request, code)
    text, decides = row.resolution, is_decider(actor_in(request))
    names = queries.name_units([each.responsible.unit_key for each in row.rows if each.responsible], language())
    years: dict[int, list[dict[str, Any]]] = {}
    for each in sorted(row.rows, key=lambda one: one.target.due_on):
        years.setdefault(each.target.due_on.year, []).append(dress(each, names, decides=decides))
    under = queries.get_definitions().resolutions.get(text.under)
    context = {
        "title": name_of(text),
        "full": text.title.in_language(language()) if text.number else "",
        "crumbs": [{"url": reverse("plans:list"), "text": _("Chỉ tiêu")}, {"text": name_of(text)}],
        "rows": _about(row, under),
        "strip": strip_of(row.counts),
        "said": counted(dict(row.counts)),
        "years": [{"year": year, "rows": rows} for year, rows in years.items()],
        "results": results_of(row),
        "as_of": moment(now()),
        "notes": _notes(row),
        "downloads": [
            {"url": reverse("plans:csv", args=[code]), "text": _("Tải bảng (CSV)")},
            {"url": reverse("plans:xlsx", args=[code]), "text": _("Tải bảng (Excel)")},
        ],
    }
    return render(request, "plans/resolution.html", context)


def _about(row: queries.ResolutionRow, under: Any) -> list[dict[str, Any]]:
    text = row.resolution
    said = [
        (_("Loại văn bản"), str(TEXT_KINDS[text.kind]), ""),
        (_("Số, ngày"), ", ".join(part for part in (text.number, day(text.issued_on)) if part), text.address),
        (_("Cơ quan ban hành"), text.issuer.in_language(language()), ""),
        (_("Của đơn vị"), row.subject.name_in(language()), ""),
        (
            _("Thi hành"),
            name_of(under) if under else "",
            reverse("plans:resolution", args=[under.code]) if under else "",
        ),
        (_("Nguồn"), text.source, ""),
        (_("Lưu ý"), text.note.in_language(language()), ""),
    ]
    return [{"key": key, "value": value, "url": url} for key, value, url in said if value]


def _notes(row: queries.ResolutionRow) -> list[str]:
    """What became of the unit, of districts, of old words, and where sources disagree."""
    notes, subject = [], row.subject
    if subject.ended_on:
        told = {"unit": subject.name_in(language()), "on": day(subject.ended_on), "heirs": ", ".join(heir.name_in(language()) for heir in subject.heirs)}  # fmt: skip
        notes.append(_("%(unit)s đã sáp nhập, hết ngày %(on)s; kế thừa: %(heirs)s. Chỉ tiêu vẫn của đơn vị cũ, không tự chuyển.") % told)  # fmt: skip
    if any(each.target.level == DISTRICT for each in row.rows):
        notes.append(_("Không còn cấp huyện từ ngày 01/07/2025: chỉ tiêu cấp huyện dừng ở ngày đó."))
    words = queries.get_definitions().words
    for code in dict.fromkeys(each.measure.word for each in row.rows if each.measure.word):
        word = words[code]
        told = {"old": word.old.in_language(language()), "new": word.new.in_language(language()), "since": day(word.since), "source": word.source}  # fmt: skip
        notes.append(_("“%(old)s” là từ cũ, từ %(since)s gọi là “%(new)s”. %(source)s") % told)
    if apart := sum(bool(each.course.disagreements) for each in row.rows):
        notes.append(_("%(count)s chỉ tiêu có nguồn nói khác nhau: số kém hơn được dùng đến khi có người chọn nguồn.") % {"count": apart})  # fmt: skip
    return notes


def dress(row: queries.TargetRow, names: dict[str, str], *, decides: bool) -> dict[str, Any]:
    """One target as its row takes it."""
    target, measure, standing = row.target, row.measure, row.standing
    points = [(cell.as_of_on, cell.used.quantity.bound(measure.better)) for cell in row.course.cells if cell.as_of_on <= target.due_on]  # fmt: skip
    aim = (target.due_on, target.quantity.bound(measure.better))
    level = str(LEVELS[target.level])
    return {
        "title": measure.title.in_language(language()),
        "url": f"{reverse('plans:measure', args=[measure.code])}?unit={target.unit_key}&level={target.level}",
        "level": level,
        "basis": _basis(target),
        "quote": target.quote,
        "note": target.note.in_language(language()),
        "aim": quantity(target.quantity, measure) + (_(" mỗi năm") if target.flat else ""),
        "due": day(target.due_on),
        "value": _value(row),
        "picture": draw(aim, standing.path, points, row.forecast, better=measure.better),
        "state": standing.state,
        "badge": badge(standing.state),
        "why": why(row),
        "forecast": ahead(row),
        "responsible": _responsible(row, names),
        "assign_url": reverse("plans:responsible", args=[target.code]) if decides else "",
        "disagrees": bool(row.course.disagreements),
    }


def _basis(target: Target) -> str:
    """The text that the target itself names, where it is not the one that the page is about."""
    text = queries.get_definitions().resolutions.get(target.code.partition(".")[0])
    known = {"", NOT_NAMED, text.number if text else ""}
    return "" if target.basis in known else _("theo %(basis)s") % {"basis": target.basis}


def _value(row: queries.TargetRow) -> dict[str, str] | None:
    """The figure that the state is told by, with its period and source; None where there is none."""
    reading = row.standing.reading
    cell = next((each for each in reversed(row.course.cells) if reading and each.as_of_on == reading.on), None)
    if cell is None:
        return None
    used = cell.used
    source = (
        _("tính từ hồ sơ: %(counted)s") % {"counted": used.source_title} if used.origin == "derived" else used.publisher
    )
    return {"text": quantity(used.quantity, row.measure), "period": cell.period, "source": source, "url": used.source_address}  # fmt: skip


def why(row: queries.TargetRow) -> str:
    """What the state rests on, in a few words."""
    standing, measure = row.standing, row.measure
    if standing.is_old and standing.reading:
        on = day(standing.reading.on)
        return _("số gần nhất đã cũ: %(on)s") % {"on": on}
    if standing.expected is not None and standing.state in {"on_path", "behind"}:
        told = f"{number(standing.expected.quantize(standing.expected.__class__('0.1')))}{unit_of(measure)}"
        origin = standing.path.origin if standing.path else ""
        return _("cần %(expected)s vào ngày đó") % {"expected": told} + (_(", tính từ số đầu tiên có được") if origin == "first_value" else "")  # fmt: skip
    if standing.state == "not_due":
        return _("chưa có số gốc để vẽ đường đi")
    return ""


def ahead(row: queries.TargetRow) -> dict[str, str]:
    """The forecast in words, or why there is none."""
    found = row.forecast
    if found is None:
        is_over = row.target.due_on < today() or row.standing.state == "ended"
        return {"text": "" if is_over else _("chưa đủ số liệu để dự báo"), "kind": ""}
    low, high, middle = (number(each.quantize(each.__class__("0.1"))) for each in (found.low, found.high, found.number))
    told = {"number": middle + unit_of(row.measure), "low": low, "high": high}
    words = {"likely": _("có thể đạt"), "open": _("chưa chắc đạt"), "unlikely": _("khó đạt")}
    kinds = {"likely": "ok", "open": "soon", "unlikely": "late"}
    text = _("%(number)s (90%%: %(low)s đến %(high)s)") % told if low != high else told["number"]
    return {"text": text, "verdict": words[row.outlook or "open"], "kind": kinds[row.outlook or "open"]}


def _responsible(row: queries.TargetRow, names: dict[str, str]) -> str:
    found = row.responsible
    if found is None:
        return ""
    return ", ".join(part for part in (found.post, names.get(found.unit_key, found.unit_key), found.note) if part)


def results_of(row: queries.ResolutionRow) -> dict[str, Any] | None:
    """The results that the text's pack tells of, as a table."""
    measures = queries.get_definitions().measures
    titles = [_("Chỉ tiêu đo"), _("Ở cấp"), _("Kỳ"), _("Số"), _("Nguồn")]
    rows = []
    for each in row.resolution.results:
        measure = measures[each.measure]
        url = f"{reverse('plans:measure', args=[measure.code])}?unit={each.unit_key}&level={each.level}"
        cells: list[dict[str, Any]] = [
            {"text": measure.title.in_language(language()), "url": url, "heads": True, "note": each.note},
            {"text": str(LEVELS[each.level]), "label": titles[1]},
            {"text": each.period, "label": titles[2]},
            {"text": quantity(each.quantity, measure), "label": titles[3], "kind": "num"},
            {"text": each.told.publisher, "label": titles[4], "kind": "soft"},
        ]
        rows.append({"cells": cells})
    columns = [{"title": title, "kind": "num" if title == titles[3] else ""} for title in titles]
    return {"columns": columns, "rows": rows, "caption": _("Kết quả đã công bố")} if rows else None
