"""The questions of an act as fields of the design system, and what an officer typed into them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.kernel.flow import PaperRule, Step
from tinhso.modules.government.onestop.actions.acting import Piece
from tinhso.modules.government.onestop.queries.filing import desk_names, list_desks
from tinhso.modules.government.onestop.rules import Fault, Typed, brings_papers, in_words, papers_asked, way_of
from tinhso.modules.government.onestop.rules.asking import LONGEST_TEXT, LONGEST_WHY
from tinhso.modules.government.onestop.rules.delivering import COUNTER, WAYS, read_handed
from tinhso.modules.government.onestop.rules.journey import TOLD_WITH_REASONS
from tinhso.platform.cases.queries import CaseView, get_remarks
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.clock import now
from tinhso.platform.files.rules import DEFAULT_LIMITS

WHY, FILE = "why-", "file-"


def typed_in(request: HttpRequest) -> Typed:
    """What was typed on the page of an act."""
    post = request.POST
    why = {name.removeprefix(WHY): str(post[name]) for name in post if name.startswith(WHY)}
    return Typed(
        reasons=post.get("reasons", ""),
        note=post.get("note", ""),
        extension_days=post.get("extension_days", ""),
        unit=post.get("unit", ""),
        papers=post.getlist("papers"),
        why=why,
    )


def fields_of(
    request: HttpRequest, step: Step, case: CaseView | None, faults: Sequence[Fault], *, asks: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The fields that an act asks, with what was typed and what is wrong; a note may always be added."""
    wrong = {fault.field: fault.text for fault in faults}
    asked = [ask for ask in (asks or step.asks) if ask in _FIELDS]
    if "note" not in asked:
        asked.append("note")
    fields = []
    for name in asked:
        field = _FIELDS[name](step) | {"name": name, "value": request.POST.get(name, ""), "error": wrong.get(name, "")}
        fields.append(field | {"optional": name not in step.asks, "required": name in step.asks})
    if case and brings_papers(case.procedure, step):
        fields = [*_file_fields(case), *fields]
    if case and "unit" in step.asks:
        fields = [_unit_field(request, case, wrong), *fields]
    if case and way_of(step) == "delivery":
        fields = [*_delivery_fields(request, case, wrong), *fields]
    return fields


def _unit_field(request: HttpRequest, case: CaseView, wrong: Mapping[str, str]) -> dict[str, Any]:
    """The units that may handle the case instead of the present one."""
    desks = [unit for unit in list_desks(case.procedure, now().astimezone(VIETNAM).date()) if unit.key != case.unit_key]
    options = [{"value": key, "text": text} for key, text in desk_names(desks, get_language() or "vi")]
    return {
        "name": "unit", "kind": "select", "label": _("Chuyển tới đơn vị nào"), "options": options, "required": True,
        "hint": _("Người nộp được báo ngay, không phải nộp lại; mã hồ sơ giữ nguyên."),
        "value": request.POST.get("unit", ""), "error": wrong.get("unit", ""),
    }  # fmt: skip


def _delivery_fields(request: HttpRequest, case: CaseView, wrong: Mapping[str, str]) -> list[dict[str, Any]]:
    """By which way the result goes, into whose hands, seen which paper of theirs."""
    post = request.POST
    wanted = str(case.data.get("delivery", ""))
    way = post.get("way") or (wanted if wanted in WAYS else COUNTER)
    fields: list[dict[str, Any]] = [
        {"name": "way", "kind": "radios", "label": _("Trả bằng cách nào"), "required": True, "value": way,
         "options": [{"value": code, "text": text, "checked": code == way} for code, text in WAYS.items()]},
        {"name": "recipient_name", "kind": "text", "label": _("Họ tên người nhận"),
         "value": post.get("recipient_name", case.applicant_name)},
        {"name": "recipient_paper", "kind": "text", "label": _("Giấy tờ người nhận xuất trình"),
         "hint": _("Khi trả tại quầy. Ví dụ: căn cước số cuối 817."), "value": post.get("recipient_paper", "")},
        {"name": "waybill", "kind": "text", "label": _("Số bưu gửi"), "hint": _("Khi trả qua bưu chính."),
         "value": post.get("waybill", ""), "optional": True},
    ]  # fmt: skip
    return [field | {"error": wrong.get(str(field["name"]), "")} for field in fields]


def handed_in_request(request: HttpRequest, case: CaseView, step: Step) -> tuple[dict[str, str], list[Fault]]:
    """What was typed of a hand-over, and what is wrong with it; nothing for any other step."""
    if way_of(step) != "delivery":
        return {}, []
    return read_handed({name: str(request.POST[name]) for name in request.POST}, case.applicant_name)


def _reasons(step: Step) -> dict[str, Any]:
    is_told = bool(TOLD_WITH_REASONS.intersection(step.effects))
    hint = _("Người nộp hồ sơ đọc những lời này: nói rõ vì sao và họ cần làm gì.") if is_told else ""
    return {"kind": "textarea", "label": _("Lý do"), "hint": hint, "rows": 5, "max_length": LONGEST_TEXT}


def _note(_step: Step) -> dict[str, Any]:
    return {"kind": "textarea", "label": _("Ghi chú"), "rows": 3, "max_length": LONGEST_TEXT}


def _days(_step: Step) -> dict[str, Any]:
    hint = _("Chỉ được hẹn lại một lần, và phải trước ngày đã hẹn.")
    return {
        "kind": "text",
        "label": _("Thêm bao nhiêu ngày làm việc"),
        "hint": hint,
        "inputmode": "numeric",
        "width": "3",
    }


_FIELDS = {"reasons": _reasons, "extension_days": _days, "note": _note}


def paper_choices(request: HttpRequest, case: CaseView) -> dict[str, list[dict[str, Any]]]:
    """The papers that may be asked for, those this case needs apart from the others, each with a line for what is wrong."""
    ticked = set(request.POST.getlist("papers"))
    needed = {paper.code for paper in case.procedure.papers_for(case.data)}
    choices = [_choice(request, paper, ticked) for paper in case.procedure.papers]
    others = [choice for choice in choices if choice["code"] not in needed]
    return {
        "needed": [choice for choice in choices if choice["code"] in needed] or others,
        "others": others if needed else [],
    }


def _choice(request: HttpRequest, paper: PaperRule, ticked: set[str]) -> dict[str, Any]:
    return {
        "code": paper.code,
        "name": in_words(paper.name),
        "hint": in_words(paper.note),
        "ticked": paper.code in ticked,
        "why": request.POST.get(WHY + paper.code, ""),
        "longest": LONGEST_WHY,
    }


def _file_fields(case: CaseView) -> list[dict[str, Any]]:
    """A place for each paper the applicant was last asked for; for every paper of the procedure when none was named."""
    hint = DEFAULT_LIMITS.told()[0]
    return [
        {"kind": "file", "name": FILE + paper.code, "label": in_words(paper.name), "hint": hint, "optional": True}
        for paper in _asked_for(case)
    ]


def _asked_for(case: CaseView) -> list[PaperRule]:
    remarks = sorted(get_remarks(case.case_id).values(), key=lambda remark: remark.revision)
    for remark in reversed(remarks):
        if found := [each.paper for each in papers_asked(remark.answers, case.procedure) if each.paper]:
            return found
    return list(case.procedure.papers)


def pieces_of(request: HttpRequest, case: CaseView) -> list[Piece]:
    """The files that came in, by the paper each is for."""
    known = {paper.code for paper in case.procedure.papers}
    pieces: list[Piece] = []
    for name, upload in request.FILES.items():
        code = str(name).removeprefix(FILE)
        if code in known and isinstance(upload, UploadedFile):
            pieces.append((code, upload.name or code, upload.file))  # type: ignore[arg-type]
    return pieces
