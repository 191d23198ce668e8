"""The page of a case: what was filed, the papers, where it stands, why that day, what happened, what the officer can do."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.kernel.flow import Step, Text, draw_svg
from tinhso.modules.government.onestop.pages.days import days_of
from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, open_for, show
from tinhso.modules.government.onestop.pages.flags import alerts_of
from tinhso.modules.government.onestop.pages.issued import parts_about_results
from tinhso.modules.government.onestop.pages.serving import VIEWS
from tinhso.modules.government.onestop.queries.casefile import CaseFile, Opened, past_of, read_case_file
from tinhso.modules.government.onestop.rules import (
    Seeing,
    case_badge,
    due_badge,
    in_words,
    moment,
    needs_page,
    tell_past,
)
from tinhso.modules.government.onestop.rules.holding import CORRECTED
from tinhso.modules.government.onestop.rules.letters import NAMES as LETTER_NAMES
from tinhso.modules.government.onestop.rules.saying import say_size
from tinhso.platform.cases.queries import CaseView, list_results
from tinhso.platform.clock import now
from tinhso.platform.forms.rules import answer_rows
from tinhso.platform.payments.pages.words import money_of
from tinhso.platform.people.queries import get_role_names, list_case_sights
from tinhso.platform.people.rules import purpose_text
from tinhso.platform.units.queries import get_unit

LOOKERS_SHOWN = 5
FINAL_WITHOUT_RESULT = (3, 8)  # not accepted, stopped: acts that lead there are shown as a warning


@for_officers
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that lies in the case; acts as buttons where the officer may act."""
    opened = open_for(request, public_id)
    at, names = now(), get_role_names()
    view = opened.case
    file = read_case_file(view, officer_in(request))
    context = {
        **heading_of(view, at),
        "is_reading": opened.seeing is Seeing.READING,
        "is_over": view.closed_at is not None,
        "warnings": alerts_of(view.public_id, at),
        "standing": _standing(view, file, names, at),
        "due": _due(view, at),
        "why": "\n".join(in_words(step) for step in file.due.steps) if file.due else "",
        "days": days_of(file.due),
        "sections": _sections(view, file),
        "money": money_of(view),
        "papers": _papers(view, file),
        "results": results_of(view, at, file.results),
        "documents": _documents(view, file),
        "steps": [*tell_past(past_of(view, file, at)), *_present(view, file, names, at)],
        "related": _related(file),
        "flow_url": reverse("onestop:flow", args=[view.public_id]),
        "acts": _acts(opened, file.steps),
        "lookers": _lookers(opened, at),
        **parts_about_results(opened, file, officer_in(request)),
    }
    return show(request, "onestop/desk_case.html", context)


def heading_of(view: CaseView, at: datetime) -> dict[str, Any]:
    """What names a case at the head of its pages."""
    return {
        "work": in_words(view.procedure.name),
        "about": view.title or view.applicant_name,
        "code": view.code or view.public_id,
        "badge": case_badge(view, at),
        "case_url": reverse("onestop:case", args=[view.public_id]),
    }


def _standing(view: CaseView, file: CaseFile, names: Mapping[str, str], at: datetime) -> list[dict[str, Any]]:
    """Where the case stands, who holds it, who filed it."""
    rows: list[dict[str, Any]] = [
        {"key": _("Đang ở bước"), "value": in_words(view.state.name)},
        {"key": _("Ai giữ"), "value": _holder(file, names), "badge": _item_badge(file, at)},
        {"key": _("Chờ"), "value": _awaited(file, at)},
        {"key": _("Người nộp"), "value": view.applicant_name},
        {"key": _("Cách nộp"), "value": _channel(view)},
        {"key": _("Nộp lúc"), "value": moment(view.filed_at, at)},
        {"key": _("Đơn vị giải quyết"), "value": get_unit(view.unit_key).name_in(get_language() or "vi")},
        {"key": _("Mã theo dõi"), "value": view.public_id},
    ]
    return [row for row in rows if row["value"]]


def _channel(view: CaseView) -> str:
    known = {
        "online": _("trực tuyến"),
        "national_portal": _("trên Cổng Dịch vụ công quốc gia"),
        "counter": _("tại quầy"),
        "post": _("qua bưu điện"),
        "internal": _("cơ quan khác chuyển đến"),
    }
    said = known.get(view.channel, view.channel)
    return _("%(channel)s, có người giúp") % {"channel": said} if view.helper_code else said


def _holder(file: CaseFile, names: Mapping[str, str]) -> str:
    return ", ".join(names.get(each.role, each.role) for each in file.held if each.closed_at is None)


def _item_badge(file: CaseFile, at: datetime) -> Any | None:
    badges = [due_badge(each.due_at, at) for each in file.held if each.closed_at is None]
    return next((badge for badge in badges if badge.text), None)


def _awaited(file: CaseFile, at: datetime) -> str:
    for each in file.awaited:
        if each.closed_at is None:
            whom = {"applicant": _("người nộp"), "sub_cases": _("các cơ quan được hỏi")}.get(
                each.whom, _("cơ quan được hỏi")
            )
            return (
                _("%(whom)s, đến %(until)s") % {"whom": whom, "until": moment(each.until, at)} if each.until else whom
            )
    return ""


def _due(view: CaseView, at: datetime) -> dict[str, Any] | None:
    """The promised moment, as the component `due` takes it."""
    if view.due_at is None:
        return None
    text, badge = "", case_badge(view, at)
    if view.paused_at and not view.resolved_at:
        text = _("Đồng hồ dừng từ %(since)s; hạn được tính lại khi hồ sơ đi tiếp.") % {
            "since": moment(view.paused_at, at)
        }
    elif view.due_first_at and view.due_first_at != view.due_at:
        text = _("Hẹn lần đầu: %(first)s.") % {"first": moment(view.due_first_at, at)}
    title = _("Hẹn trả trước %(due)s") % {"due": moment(view.due_at, at)}
    return {"title": title, "kind": "late" if badge.kind == "late" else "", "text": text}


def _sections(view: CaseView, file: CaseFile) -> list[dict[str, Any]]:
    """The answers page by page; the rows of groups as lines."""
    if file.form is None:
        return []
    sections = answer_rows(file.form, view.data, language=get_language() or "vi")
    corrected = next((fact.body.get(CORRECTED, ()) for fact in file.past[0]), ())
    for section in sections:
        for row in section["rows"]:
            if "values" in row:
                row["lines"] = row.pop("values")
            if row["field"] in corrected:
                row["note"] = _("Người nộp sửa: nơi đang giữ dữ liệu ghi khác. Hãy đối chiếu.")
    return sections


def _papers(view: CaseView, file: CaseFile) -> list[dict[str, Any]]:
    """Each paper the dossier needs: the file to open, or that it is missing."""
    rows: list[dict[str, Any]] = []
    rules = {paper.code: paper for paper in view.procedure.papers}
    for paper in file.papers:
        rule = rules.get(paper.code)
        note = f"{paper.name} · {say_size(paper.size)}"
        url = reverse("onestop:attachment", args=[view.public_id, paper.file_sha256])
        rows.append(
            {
                "key": in_words(rule.name) if rule else paper.code,
                "value": _("Mở xem"),
                "url": url,
                "view": VIEWS.get(paper.media_type, ""),
                "note": note,
            }
        )
    handed_in = {paper.code for paper in file.papers}
    lacking = [rule for rule in view.procedure.papers_for(view.data) if rule.required and rule.code not in handed_in]
    badge = {"kind": "soon", "text": _("thiếu")}
    return rows + [{"key": in_words(rule.name), "value": _("chưa có"), "badge": badge} for rule in lacking]


def results_of(view: CaseView, at: datetime, results: Sequence[Any] | None = None) -> list[dict[str, Any]]:
    """The results in force, to be opened and printed: number, who signed, whether it was handed over."""
    rows = []
    for result in list_results(view.case_id) if results is None else results:
        said = [_("ký %(at)s, %(name)s") % {"at": moment(result.signed_at, at), "name": result.signer_name}]
        if result.delivered_at:
            said.append(_("đã trả %(at)s") % {"at": moment(result.delivered_at, at)})
        rows.append(
            {
                "key": result.name,
                "value": _("Số %(number)s") % {"number": result.number} if result.number else _("chưa có số"),
                "url": reverse("onestop:attachment", args=[view.public_id, result.file_sha256]),
                "view": "pdf",
                "note": "; ".join(said),
            }
        )
    return rows


def _documents(view: CaseView, file: CaseFile) -> list[dict[str, Any]]:
    """The letters of the case, those that are made only for who asks too."""
    return [
        {
            "text": LETTER_NAMES[each.kind],
            "url": reverse("onestop:document", args=[view.public_id, each.fact_id, each.kind]),
            "again_url": "" if each.is_asked_for else reverse("onestop:reissue", args=[view.public_id, each.fact_id, each.kind]),
        }
        for each in file.documents
    ]  # fmt: skip


def _present(view: CaseView, file: CaseFile, names: Mapping[str, str], at: datetime) -> list[dict[str, Any]]:
    """The last step of the history: where the case is now."""
    if view.closed_at:
        return []
    badge = case_badge(view, at)
    since = next((each.opened_at for each in reversed(file.held) if each.closed_at is None), None)
    since = since or next((each.since for each in reversed(file.awaited) if each.closed_at is None), None)
    said = [
        _("từ %(since)s") % {"since": moment(since, at)} if since else "",
        _holder(file, names) or _awaited(file, at),
    ]
    state = "late" if badge.kind == "late" and view.resolved_at is None else "now"
    return [{"state": state, "title": in_words(view.state.name), "text": " · ".join(part for part in said if part), "trouble": badge.text if state == "late" else ""}]  # fmt: skip


def _lookers(opened: Opened, at: datetime) -> list[dict[str, str]]:
    """Who opened this case last, as the applicant can read it too."""
    sights = list_case_sights(opened.subject_code, opened.case.public_id, limit=LOOKERS_SHOWN)
    return [
        {"key": each.who_name, "value": moment(each.seen_at, at), "note": purpose_text(each.purpose)} for each in sights
    ]


def _related(file: CaseFile) -> list[dict[str, Any]]:
    """The case that waits for this one, and those this one waits for."""
    rows: list[dict[str, Any]] = []
    if file.parent:
        origin = reverse("onestop:case", args=[file.parent.public_id])
        rows.append({"key": _("Thuộc hồ sơ"), "value": file.parent.code or file.parent.public_id, "url": origin})
    for sub_case in file.sub_cases:
        unit = get_unit(sub_case.unit_key).name_in(get_language() or "vi")
        rows.append({"key": unit, "value": in_words(sub_case.procedure.name), "badge": {"kind": "ok" if sub_case.closed_at else "soon", "text": in_words(sub_case.state.name)}})  # fmt: skip
    return rows


def _acts(opened: Opened, steps: Iterable[Step]) -> list[dict[str, Any]]:
    """The acts open to the officer: the first is what usually comes next; those that end the case without result warn."""
    if opened.seeing is not Seeing.WORKING:
        return []
    view = opened.case
    acts = [
        {
            "text": in_words(step.name),
            "url": reverse("onestop:act", args=[view.public_id, step.act]),
            "asks": needs_page(view.procedure, step),
            "kind": "warning" if view.procedure.state(step.target).national in FINAL_WITHOUT_RESULT else "secondary",
        }
        for step in steps
    ]
    acts.sort(key=lambda act: act["kind"] == "warning")
    if acts and acts[0]["kind"] == "secondary" and not view.closed_at:
        acts[0]["kind"] = "primary"
    return acts


@for_officers
def flow(request: HttpRequest, public_id: str) -> HttpResponse:
    """The picture of the procedure's flow, with the place where the case stands marked."""
    view = open_for(request, public_id).case
    names = {code: Text(name, name) for code, name in get_role_names().items()}
    # Drawn by our own kernel from the pack's table; every word in it is escaped there.
    picture = mark_safe(draw_svg(view.procedure, get_language() or "vi", names, present=view.state.code))  # noqa: S308
    return show(request, "onestop/desk_flow.html", {**heading_of(view, now()), "picture": picture})


urlpatterns = [
    path("work/cases/<str:public_id>/", case, name="case"),
    path("work/cases/<str:public_id>/flow/", flow, name="flow"),
]
