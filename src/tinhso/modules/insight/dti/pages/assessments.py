"""Self-assessments: those of the officer's provinces, beginning one, one with its criteria and steps."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.modules.insight.dti import actions
from tinhso.modules.insight.dti.pages.importing import uploaded
from tinhso.modules.insight.dti.pages.pictures import basis_of, index_bars
from tinhso.modules.insight.dti.pages.words import NONE, crumbs, rank_of, show, table, told, typed, url
from tinhso.modules.insight.dti.queries.assessments import Opened, list_assessments, open_for, provinces_of
from tinhso.modules.insight.dti.queries.editions import get_editions, list_criteria
from tinhso.modules.insight.dti.queries.published import list_lineage, list_past, list_years, mean_and_best, read_year
from tinhso.modules.insight.dti.rules import COMPOSITE, Said
from tinhso.modules.insight.dti.rules.criteria import FRAME, Criterion
from tinhso.modules.insight.dti.rules.published import MEAN
from tinhso.platform.clock import now
from tinhso.platform.files.rules import Refusal
from tinhso.platform.people.pages.work import for_officers, officer_in
from tinhso.platform.people.rules import Actor
from tinhso.platform.wording import moment, number, said


def state_badge(state: str) -> dict[str, str]:
    """A state as a badge."""
    kinds = {
        "draft": (_("bản nháp"), ""),
        "submitted": (_("chờ rà soát"), "soon"),
        "reviewed": (_("chờ ký"), "soon"),
        "signed": (_("đã ký"), "ok"),
    }
    text, kind = kinds[state]
    return {"text": text, "kind": kind}


@for_officers
def list_own(request: HttpRequest) -> HttpResponse:
    """The assessments of the officer's provinces, and the form to begin one."""
    return _list(request, officer_in(request), [])


@for_officers
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an assessment."""
    actor, asked = officer_in(request), request.POST
    edition, _sign, criteria = typed(request, "criteria").partition(":")
    year = asked.get("year", "")
    try:
        row = actions.open_assessment(
            edition_code=edition, criteria_code=criteria or FRAME, year=int(year) if year.isdecimal() else 0,
            unit_key=typed(request, "unit"), actor=actor, now=now(),
        )  # fmt: skip
    except Said as wrong:
        return _list(request, actor, said(wrong).splitlines())
    return HttpResponseRedirect(url("dti:assessment", row.public_id))


@for_officers
@require_POST
def load_list(request: HttpRequest) -> HttpResponse:
    """Take up a province's own list of criteria."""
    actor, asked, file = officer_in(request), request.POST, uploaded(request)
    if file is None:
        return _list(request, actor, [_("Chọn tệp danh sách tiêu chí (toml, csv, xlsx), nhiều nhất 5 MB.")])
    if asked.get("unit", "") not in {unit.key for unit in provinces_of(actor)}:
        raise PermissionDenied
    try:
        actions.load_criteria(
            content=file[0], name=file[1], edition_code=typed(request, "edition"), unit_key=asked["unit"], actor=actor, now=now()
        )  # fmt: skip
    except (Said, Refusal) as wrong:
        return _list(request, actor, said(wrong).splitlines())
    messages.success(request, _("Đã nạp danh sách tiêu chí."))
    return HttpResponseRedirect(url("dti:assessments"))


def _list(request: HttpRequest, actor: Actor, wrong: list[str]) -> HttpResponse:
    provinces = provinces_of(actor)
    if not provinces:
        raise PermissionDenied(_("Chỉ cán bộ cơ quan cấp tỉnh được xem bản tự đánh giá."))
    keys = [unit.key for unit in provinces]
    editions = [each for each in get_editions().values() if each.is_weighted]
    offered = [(each, criteria) for each in editions for criteria in list_criteria(each, keys)]
    units = [{"value": unit.key, "text": _unit_name(unit.name, unit.valid_to is None)} for unit in provinces]
    years = sorted({year for each in editions for year in each.years}, reverse=True)
    shared = {"kind": "select", "no_blank": True}
    unit_field = {
        "name": "unit",
        "label": _("Tỉnh"),
        "options": units,
        "value": request.POST.get("unit", keys[0]),
        **shared,
    }
    context = {
        "crumbs": crumbs((_("Tự đánh giá"), "")),
        "errors": [{"text": text} for text in wrong],
        "table": _assessments(keys),
        "fields": [
            unit_field,
            {"name": "year", "label": _("Năm đo"), "options": [{"value": str(y), "text": str(y)} for y in years], "value": request.POST.get("year", ""), **shared},
            {
                "name": "criteria", "label": _("Bộ chỉ số và danh sách tiêu chí"), "value": request.POST.get("criteria", ""), **shared,
                "options": [{"value": f"{e.code}:{c.code}", "text": f"{said(e.name)} · {said(c.name)}"} for e, c in offered],
            },
        ],
        "list_fields": [
            {**unit_field, "id": "list-unit"},
            {"name": "edition", "label": _("Bộ chỉ số"), "options": [{"value": e.code, "text": said(e.name)} for e in editions], **shared},
            {"name": "file", "kind": "file", "label": _("Tệp danh sách"), "accept": ".toml,.csv,.xlsx", "hint": _("Các cột: mã, chỉ số chính, tên tiêu chí, điểm tối đa, cách chấm, tham số.")},
        ],
    }  # fmt: skip
    return show(request, "assessments", context, status=422 if wrong else 200)


def _unit_name(unit: str, stands: bool) -> str:  # noqa: FBT001 - said in one place
    return unit if stands else _("%(unit)s (đến 30/06/2025)") % {"unit": unit}


def _assessments(keys: list[str]) -> dict[str, Any] | None:
    rows = [
        [
            {"text": f"{row.unit_name} {row.year}", "url": url("dti:assessment", row.public_id), "note": row.public_id},
            row.edition,
            {"badge": state_badge(row.state)},
            told(row.composite),
        ]
        for row in list_assessments(keys)
    ]
    columns = [(_("Bản tự đánh giá"), ""), (_("Bộ chỉ số"), ""), (_("Trạng thái"), ""), (_("Điểm khi trình"), "num")]
    return table(columns, rows, _("Bản tự đánh giá")) if rows else None


@for_officers
def show_assessment(request: HttpRequest, public_id: str) -> HttpResponse:
    """One assessment: its sums, each criterion, its steps, and the years before."""
    return answer_with(request, open_for(public_id, officer_in(request)), [])


def answer_with(request: HttpRequest, opened: Opened, wrong: list[str]) -> HttpResponse:
    """The page of an assessment, with what went wrong."""
    published = read_year(opened.year)
    others = mean_and_best(published, opened.edition)
    declared = {index.code: index.value for index in opened.total.indices if index.declared}
    context = {
        "title": f"{opened.unit.name} {opened.year}",
        "public_id": opened.public_id,
        "crumbs": crumbs((_("Tự đánh giá"), url("dti:assessments")), (f"{opened.unit.name} {opened.year}", "")),
        "errors": [{"text": text} for text in wrong],
        "edition": {"text": said(opened.edition.name), "url": url("dti:edition", opened.edition.code)},
        "state": state_badge(opened.state),
        "figures": _figures(opened),
        "bars": index_bars(opened.edition, declared, others),
        "basis": basis_of(others),
        "table": _table(opened),
        "buttons": _buttons(opened),
        "wants_note": "return" in opened.acts,
        "planner_url": url("dti:planner", opened.public_id),
        "history": _history(opened),
        "past": _past(opened, published.figure(COMPOSITE, MEAN)),
    }
    return show(request, "assessment", context, status=422 if wrong else 200)


def _figures(opened: Opened) -> list[dict[str, Any]]:
    total, period = opened.total, _("tự chấm %(year)s") % {"year": opened.year}
    missing = _("còn %(count)s tiêu chí chưa khai") % {"count": total.missing} if total.missing else _("đã khai đủ")
    told_points = _("%(points)s trên %(most)s điểm") % {
        "points": number(total.points),
        "most": number(opened.edition.total),
    }
    rows = [(_("Điểm tổng"), told(total.composite), f"{told_points} · {missing}")]
    rows += [(said(opened.edition.name_of(code)), told(value), "") for code, value in total.pillars.items()]
    return [{"title": title, "value": value, "basis": basis, "period": period} for title, value, basis in rows]


def _table(opened: Opened) -> dict[str, Any]:
    """All criteria; under their main indices where an index has several."""
    columns = [
        (_("Tiêu chí"), ""),
        (_("Giá trị"), ""),
        (_("Điểm"), "num"),
        (_("Tối đa"), "num"),
        (_("Minh chứng"), "num"),
    ]
    rows = [_criterion(opened, criterion) for criterion in opened.criteria.criteria]
    found = table(columns, rows, _("Tiêu chí"))
    if all(criterion.is_rest for criterion in opened.criteria.criteria):
        return found
    groups = []
    for total in opened.total.indices:
        scored = _("%(points)s trên %(most)s điểm") % {"points": number(total.points), "most": number(total.most)}
        own = [
            row
            for row, criterion in zip(found["rows"], opened.criteria.criteria, strict=True)
            if criterion.index == total.code
        ]
        title = said(opened.edition.name_of(total.code))
        groups.append({"id": f"index-{total.code}", "title": title, "count": scored, "rows": own})
    return found | {"rows": [], "groups": groups, "width": len(columns)}


def _criterion(opened: Opened, criterion: Criterion) -> list[Any]:
    value = opened.values.get(criterion.code)
    files = sum(each.criterion == criterion.code for each in opened.evidence)
    note = _("lấy từ hồ sơ của nền tảng") if criterion.indicator else ""
    return [
        {"text": said(criterion.name), "url": url("dti:criterion", opened.public_id, criterion.code), "note": note},
        answer_in_words(criterion, value.answer) if value else {"badge": {"text": _("chưa khai"), "kind": ""}},
        number(value.points) if value else NONE,
        number(criterion.max_points),
        str(files) if files else NONE,
    ]


def answer_in_words(criterion: Criterion, answer: Any) -> str:
    """What was declared, as people say it."""
    if "numerator" in answer:
        return f"{answer['numerator']} / {answer['denominator']}"
    if "choice" in answer:
        found = next((each for each in criterion.shape.choices if each.code == answer["choice"]), None)
        return said(found.name) if found else str(answer["choice"])
    if "part_1" in answer:
        return " + ".join(str(answer[key]) for key in sorted(answer) if key.startswith("part_"))
    return f"{answer.get('value', '')} {said(criterion.unit)}".strip()


def _buttons(opened: Opened) -> list[dict[str, str]]:
    names = {
        "submit": _("Trình rà soát"),
        "review": _("Đã rà soát, trình ký"),
        "sign": _("Ký xác nhận"),
        "return": _("Trả lại để sửa"),
    }
    return [
        {"name": "act", "value": act, "text": names[act], "kind": "secondary" if act == "return" else "primary"}
        for act in opened.acts
    ]


def _history(opened: Opened) -> list[dict[str, str]]:
    names = {"submit": _("Trình"), "review": _("Rà soát xong"), "sign": _("Ký xác nhận"), "return": _("Trả lại")}
    return [
        {"title": f"{names[move.act]}: {move.moved_name}", "text": moment(move.moved_at), "note": move.note}
        for move in opened.moves
    ]


def _past(opened: Opened, mean: Any) -> dict[str, Any] | None:
    years = [year for year in list_years() if year <= opened.year + 1]
    rows: list[list[Any]] = [
        [str(past.year), told(past.own.value if past.own else past.merged), rank_of(past.own)]
        for past in list_past(opened.unit.key, years)
    ]
    if mean is not None:
        rows.insert(0, [_("Trung bình các tỉnh %(year)s") % {"year": opened.year}, told(mean.value), NONE])
    rows += [
        [
            {"text": _("Tự chấm %(year)s") % {"year": row.year}, "url": url("dti:assessment", row.public_id)},
            told(row.composite),
            NONE,
        ]
        for row in list_assessments([unit.key for unit in list_lineage(opened.unit.key)])
        if row.composite is not None and row.public_id != opened.public_id and row.edition == opened.edition.code
    ]
    columns = [(_("Năm"), ""), (_("Điểm tổng"), "num"), (_("Hạng"), "num")]
    return table(columns, rows, _("Đã công bố và tự chấm")) if rows else None
