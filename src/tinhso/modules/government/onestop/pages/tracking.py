"""Following one's own dossier: where it is, why that day, what comes next; its files and the proof of filing."""

import json
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.adapters import find_result
from tinhso.modules.government.onestop.pages.days import days_of
from tinhso.modules.government.onestop.pages.receipt import receipt_parts
from tinhso.modules.government.onestop.pages.serving import serve
from tinhso.modules.government.onestop.pages.visit import CaseView, on_own_dossier, the_actor
from tinhso.modules.government.onestop.queries.casefile import list_letters
from tinhso.modules.government.onestop.queries.proving import fields_of_proof, filing_proof, proof_file
from tinhso.modules.government.onestop.queries.tracking import Standing, find_file, get_standing
from tinhso.modules.government.onestop.rules.journey import HANDED_OVER, RESOLVED, tell_journey
from tinhso.modules.government.onestop.rules.letters import NAMES as LETTER_NAMES
from tinhso.modules.government.onestop.rules.letters import RECEIPT
from tinhso.modules.government.onestop.rules.saying import say_deadline, say_size
from tinhso.modules.government.onestop.rules.words import in_words, lateness, moment
from tinhso.platform.cases.queries import explain_due, list_steps_open_to
from tinhso.platform.clock import now
from tinhso.platform.files.adapters import render_document
from tinhso.platform.payments.pages.words import money_of
from tinhso.platform.units.queries import get_unit
from tinhso.platform.wording import language


@on_own_dossier
def filed(request: HttpRequest, case: CaseView) -> HttpResponse:
    """The receipt right after filing: the tracking id, what happens next, the proof."""
    first = case.procedure.state(case.procedure.start)
    context = {
        "case": case,
        "name": in_words(case.procedure.name),
        "unit_name": get_unit(case.unit_key).name_in(language()),
        "deadline": say_deadline(case.deadline, language()),
        "told": in_words(first.told),
        "is_sealed": filing_proof(case).seal is not None,
        "filed": moment(case.filed_at, now()),
        **receipt_parts(get_standing(case, now()), now()),
        "money": money_of(case),
        "links": [{"text": _("Theo dõi hồ sơ này"), "url": reverse("onestop:dossier", args=[case.public_id])}],
    }
    return render(request, "onestop/filed.html", context)


@on_own_dossier
def dossier(request: HttpRequest, case: CaseView) -> HttpResponse:
    """The dossier like a parcel on its way."""
    moment_now = now()
    standing = get_standing(case, moment_now)
    acts = {each.act for each in list_steps_open_to(case, the_actor(request))}
    unit_name = get_unit(case.unit_key).name_in(language())
    steps = tell_journey(replace(standing.journey, unit_name=unit_name))
    for step in steps:
        if step.get("verb") == "filed":
            step["links"] = [
                {"text": _("Biên nhận có chứng thực"), "url": reverse("onestop:proof", args=[case.public_id])}
            ]
    context = {
        "case": case,
        "name": in_words(case.procedure.name),
        "meta": _meta(case, moment_now),
        "told": in_words(case.state.told),
        "due": _due(standing, moment_now),
        "why": [step.en if language() == "en" else step.vi for step in due.steps] if (due := explain_due(case)) else [],
        "days": days_of(due),
        "steps": steps,
        "money": money_of(case),
        "asked": standing.asked,
        "asked_until": moment(standing.asked.until, moment_now) if standing.asked and standing.asked.until else "",
        "must_act": standing.asked is not None,
        "is_ready": case.state.national == RESOLVED,
        "files": _files(standing),
        "receipt_url": _receipt_url(standing),
        "papers": [_paper(standing, paper) for paper in standing.papers],
        "can_withdraw": "withdraw" in acts,
        "can_supplement": "supplement" in acts,
        "can_rate": bool(standing.rating),
        "is_rated": standing.is_rated,
        "is_over": case.closed_at is not None,
    }
    return render(request, "onestop/dossier.html", context)


def _meta(case: CaseView, at: Any) -> str:
    code = (
        _("Mã hồ sơ %(code)s") % {"code": case.code}
        if case.code
        else _("Mã theo dõi %(code)s") % {"code": case.public_id}
    )
    parts = [
        code,
        _("nộp lúc %(moment)s") % {"moment": moment(case.filed_at, at)},
        get_unit(case.unit_key).name_in(language()),
    ]
    return " · ".join(parts)


def _due(standing: Standing, at: Any) -> dict[str, str] | None:
    """The promised moment; when it is late, the apology, the reason and the new one."""
    case = standing.case
    if case.due_at is None or case.paused_at or (case.closed_at and case.state.national != HANDED_OVER):
        return None
    if case.resolved_at:
        is_late = case.resolved_at > case.due_at
        late = _("Xong %(late)s. Chúng tôi xin lỗi.") % {"late": lateness(case.due_at, case.resolved_at)}
        title = late if is_late else _("Xong đúng hẹn")
        text = _("Hẹn trước %(due)s, xong lúc %(resolved)s.")
        text = text % {"due": moment(case.due_at, at), "resolved": moment(case.resolved_at, at)}
        return {"title": title, "kind": "late" if is_late else "", "text": text}
    title = _("Hẹn trả trước %(due)s") % {"due": moment(case.due_at, at)}
    if case.is_overdue(at):
        text = _(
            "Chúng tôi xin lỗi. Cơ quan giải quyết phải báo cho bạn lý do và ngày mới; bạn không phải làm gì thêm."
        )
        return {"title": f"{title}: {lateness(case.due_at, at)}", "kind": "late", "text": text}
    if case.extensions and case.due_first_at:
        text = _("Chúng tôi xin lỗi: lúc đầu hẹn %(first)s. Lý do hẹn lại: %(reason)s")
        return {
            "title": title,
            "kind": "soon",
            "text": text % {"first": moment(case.due_first_at, at), "reason": standing.apology},
        }
    return {"title": title, "kind": "", "text": ""}


def _files(standing: Standing) -> list[dict[str, str]]:
    """What the applicant may download: results first, then the letters."""
    case = standing.case
    found = [
        {
            "text": f"{result.name} · {_('số')} {result.number}" if result.number else result.name,
            "note": _("bản điện tử có chữ ký số"),
            "url": reverse("onestop:dossier_file", args=[case.public_id, result.file_sha256]),
        }
        for result in standing.results
        if case.state.national in {RESOLVED, HANDED_OVER} or result.delivered_at
    ]
    for document in standing.documents:
        url = reverse("onestop:dossier_file", args=[case.public_id, document.sha256])
        found.append(
            {
                "text": str(LETTER_NAMES.get(document.kind, document.kind)),
                "note": moment(document.made_at, standing.journey.now),
                "url": url,
            }
        )
    return found


def _receipt_url(standing: Standing) -> str:
    """Where to ask for the receipt that a same-day dossier gets only when somebody asks; empty when it is there already."""
    letters = list_letters(standing.journey.facts, standing.case.procedure)
    is_made = any(document.kind == RECEIPT for document in standing.documents)
    if is_made or not any(letter.kind == RECEIPT and letter.is_asked_for for letter in letters):
        return ""
    return reverse("onestop:ask_receipt", args=[standing.case.public_id])


def _paper(standing: Standing, paper: Any) -> dict[str, str]:
    names = {rule.code: in_words(rule.name) for rule in standing.case.procedure.papers}
    url = reverse("onestop:dossier_file", args=[standing.case.public_id, paper.file_sha256])
    return {"text": names.get(paper.code, paper.code), "note": f"{paper.name} · {say_size(paper.size)}", "url": url}


@on_own_dossier
def file(request: HttpRequest, case: CaseView, sha256: str) -> HttpResponseBase:  # noqa: ARG001
    """A paper, a result or a letter of one's own dossier."""
    found = find_file(case, sha256)
    if found is None:
        raise Http404
    return serve(sha256, name=found[0], media_type=found[1])


@on_own_dossier
def proof(request: HttpRequest, case: CaseView) -> HttpResponse:
    """How to get and check the proof of filing; it can be downloaded once the next seal is made."""
    context = {"case": case, "is_sealed": filing_proof(case).seal is not None}
    return render(request, "onestop/proof.html", context)


@on_own_dossier
def proof_json(request: HttpRequest, case: CaseView) -> HttpResponse:
    """The proof for machines: `tinhso ledger check FILE` recomputes it without a network."""
    found = filing_proof(case)
    if found.seal is None:
        return _not_sealed(request, case)
    text = json.dumps(proof_file(case, found), ensure_ascii=False, indent=1)
    return _download(text.encode(), f"{case.public_id}.json", "application/json")


@on_own_dossier
def proof_pdf(request: HttpRequest, case: CaseView) -> HttpResponse:
    """The proof on paper, with a QR code that leads to the public check."""
    found = filing_proof(case)
    if found.seal is None:
        return _not_sealed(request, case)
    pdf = render_document(find_result("filing_proof"), fields_of_proof(case, found, now()), now=now())
    return _download(pdf, f"{case.public_id}.pdf", "application/pdf")


def _not_sealed(request: HttpRequest, case: CaseView) -> HttpResponse:
    messages.info(request, _("Chứng thực chưa xong. Sổ được niêm phong mỗi phút; hãy thử lại sau một phút."))
    return HttpResponseRedirect(reverse("onestop:proof", args=[case.public_id]))


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


urlpatterns = [
    path("dossiers/<slug:public_id>/", dossier, name="dossier"),
    path("dossiers/<slug:public_id>/filed/", filed, name="filed"),
    path("dossiers/<slug:public_id>/proof/", proof, name="proof"),
    path("dossiers/<slug:public_id>/proof.json", proof_json, name="proof_json"),
    path("dossiers/<slug:public_id>/proof.pdf", proof_pdf, name="proof_pdf"),
    path("dossiers/<slug:public_id>/files/<slug:sha256>/", file, name="dossier_file"),
]
