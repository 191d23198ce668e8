"""One criterion of an assessment: declaring its value, taking it from records, its evidence; and the steps of the whole."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.modules.insight.dti import actions
from tinhso.modules.insight.dti.pages.assessments import answer_with, state_badge
from tinhso.modules.insight.dti.pages.editions import shape_in_words
from tinhso.modules.insight.dti.pages.importing import uploaded
from tinhso.modules.insight.dti.pages.words import crumbs, show, typed, url
from tinhso.modules.insight.dti.queries.assessments import Opened, open_for
from tinhso.modules.insight.dti.rules import Said
from tinhso.modules.insight.dti.rules.criteria import Criterion
from tinhso.modules.insight.dti.rules.shapes import BEST, CHOICE, HALVES, OF_TWO_NUMBERS, fields_of
from tinhso.platform.clock import now
from tinhso.platform.files.queries import find_file, open_file
from tinhso.platform.files.rules import Refusal
from tinhso.platform.people.pages.work import for_officers, officer_in
from tinhso.platform.wording import moment, number, said

POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"


@for_officers
@require_POST
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a step of the whole assessment."""
    actor = officer_in(request)
    opened = open_for(public_id, actor)
    act = request.POST.get("act", "")
    if act not in opened.acts:
        return answer_with(request, opened, [_("Việc này không làm được ở trạng thái hiện tại; tải lại trang.")])
    try:
        actions.move_assessment(public_id=public_id, act=act, note=typed(request, "note"), actor=actor, now=now())
    except Said as wrong:
        return answer_with(request, opened, said(wrong).splitlines())
    messages.success(request, _("Đã ghi vào sổ cái."))
    return HttpResponseRedirect(url("dti:assessment", public_id))


@for_officers
def show_criterion(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """One criterion, and what was wrong with what was sent."""
    actor = officer_in(request)
    opened = open_for(public_id, actor)
    criterion = opened.criterion(code)
    if request.method != "POST":
        return _page(request, opened, criterion, {})
    named: dict[str, Any] = {"public_id": public_id, "criterion": code, "actor": actor, "now": now()}
    try:
        if criterion.indicator:
            actions.take_from_records(**named)
        else:
            answer = {key: typed(request, key) for key in _asked(criterion)}
            actions.declare_value(answer=answer, note=typed(request, "note"), **named)
    except Said as wrong:
        return _page(request, opened, criterion, _by_field(wrong))
    messages.success(request, _("Đã ghi “%(name)s”.") % {"name": said(criterion.name)})
    return HttpResponseRedirect(url("dti:assessment", public_id))


@for_officers
@require_POST
def attach(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """Attach or take away a file of evidence."""
    actor = officer_in(request)
    opened = open_for(public_id, actor)
    named: dict[str, Any] = {"public_id": public_id, "criterion": code, "actor": actor, "now": now()}
    try:
        if sha256 := typed(request, "remove"):
            actions.detach_evidence(sha256=sha256, **named)
        elif file := uploaded(request):
            actions.attach_evidence(content=file[0], name=file[1], **named)
        else:
            return _page(request, opened, opened.criterion(code), {"file": _("Chọn tệp, nhiều nhất 5 MB.")})
    except (Said, Refusal) as wrong:
        return _page(request, opened, opened.criterion(code), {"file": said(wrong)})
    return HttpResponseRedirect(url("dti:criterion", public_id, code))


@for_officers
def evidence(request: HttpRequest, public_id: str, sha256: str) -> HttpResponse:
    """A file of evidence, never run by the browser."""
    opened = open_for(public_id, officer_in(request))
    found, file = next((each for each in opened.evidence if each.sha256 == sha256), None), find_file(sha256)
    if found is None or file is None:
        raise Http404
    with open_file(sha256) as content:
        answer = HttpResponse(content.read(), content_type=file.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = POLICY
    return answer


def _asked(criterion: Criterion) -> tuple[str, ...]:
    return (*fields_of(criterion.shape), "best") if criterion.shape.kind == BEST else fields_of(criterion.shape)


def _by_field(wrong: Said) -> dict[str, str]:
    return {str(each.place[0]) if each.place else "": said(each) for each in wrong.problems}


def _page(request: HttpRequest, opened: Opened, criterion: Criterion, wrong: dict[str, str]) -> HttpResponse:
    value = opened.values.get(criterion.code)
    answer = request.POST if wrong else (value.answer if value else {})
    files = [each for each in opened.evidence if each.criterion == criterion.code]
    title = f"{opened.unit.name} {opened.year}"
    context = {
        "title": said(criterion.name),
        "crumbs": crumbs(
            (_("Tự đánh giá"), url("dti:assessments")),
            (title, url("dti:assessment", opened.public_id)),
            (said(criterion.name), ""),
        ),
        "errors": [{"href": f"#{field}" if field else "", "text": text} for field, text in wrong.items()],
        "state": state_badge(opened.state),
        "rows": _rows(opened, criterion),
        "is_draft": opened.is_draft,
        "takes": bool(criterion.indicator),
        "fields": [] if criterion.indicator else _fields(criterion, answer, wrong),
        "attach_url": url("dti:attach", opened.public_id, criterion.code),
        "file_field": {
            "name": "file", "kind": "file", "label": _("Thêm minh chứng"), "accept": ".pdf,.png,.jpg,.jpeg,.docx,.xlsx",
            "hint": _("PDF, ảnh, docx hoặc xlsx, nhiều nhất 5 MB."), "error": wrong.get("file", ""),
        },
        "files": [
            {"name": each.name, "url": url("dti:evidence", opened.public_id, each.sha256), "sha256": each.sha256, "at": moment(each.attached_at)}
            for each in files
        ],
    }  # fmt: skip
    return show(request, "criterion", context, status=422 if wrong else 200)


def _rows(opened: Opened, criterion: Criterion) -> list[dict[str, Any]]:
    value = opened.values.get(criterion.code)
    rows: list[dict[str, Any]] = [
        {"key": _("Chỉ số chính"), "value": said(opened.edition.name_of(criterion.index))},
        {"key": _("Điểm tối đa"), "value": number(criterion.max_points)},
        {"key": _("Cách chấm"), "value": shape_in_words(criterion.shape), "note": said(criterion.sure)},
    ]
    if value is not None:
        rows.append({"key": _("Điểm đang có"), "value": number(value.points), "note": moment(value.declared_at)})
    if value is not None and value.figure:
        figure = value.figure
        as_of = datetime.fromisoformat(figure["as_of"]) if figure["as_of"] else None
        note = _("%(numerator)s trên %(denominator)s, số liệu đến %(as_of)s") % {**figure, "as_of": moment(as_of)}
        rows.append({"key": _("Lấy từ số liệu"), "value": note, "url": figure.get("address", "")})
    return rows


def _fields(criterion: Criterion, answer: Any, wrong: dict[str, str]) -> list[dict[str, Any]]:
    labels = {
        "numerator": said(criterion.numerator) or _("Tử số"),
        "denominator": said(criterion.denominator) or _("Mẫu số"),
        "value": said(criterion.unit).capitalize() or _("Giá trị"),
        "choice": _("Chọn một"),
        "best": _("Giá trị của đơn vị cao nhất"),
    }
    labels |= {f"part_{place}": said(part) for place, part in enumerate(criterion.shape.parts, start=1)}
    fields = []
    for code in _asked(criterion):
        field = {
            "name": code,
            "label": labels[code],
            "value": answer.get(code, ""),
            "error": wrong.get(code, ""),
            "width": 10,
        }
        if criterion.shape.kind == CHOICE:
            options = [{"value": each.code, "text": said(each.name)} for each in criterion.shape.choices]
            field |= {"kind": "select", "options": options}
        else:
            field["inputmode"] = "decimal"
        if criterion.shape.kind == HALVES:
            field["hint"] = _("Từ 0 đến 1; đạt đủ là 1.")
        if code == "value" and criterion.shape.kind not in OF_TWO_NUMBERS and criterion.is_rest:
            field["hint"] = _("Số điểm, từ 0 đến %(most)s.") % {"most": number(criterion.max_points)}
        fields.append(field)
    note = {
        "name": "note",
        "kind": "textarea",
        "label": _("Ghi chú"),
        "optional": True,
        "rows": 3,
        "value": answer.get("note", ""),
    }
    return [*fields, note]
