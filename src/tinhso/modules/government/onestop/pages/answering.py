"""What an applicant does with a dossier under way: hand in what was missing, take it back."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.kernel.flow import NotAllowed, PaperRule, Text
from tinhso.modules.government.onestop.actions.filing import CannotFile, hand_in_supplement, keep_piece
from tinhso.modules.government.onestop.pages.papers import paper_field, pieces_in
from tinhso.modules.government.onestop.pages.visit import CaseView, on_own_dossier, the_actor
from tinhso.modules.government.onestop.queries.tracking import Asked, get_asked
from tinhso.modules.government.onestop.rules import AskedPaper
from tinhso.modules.government.onestop.rules.words import in_words, moment, said
from tinhso.platform.cases.actions import ChangedMeanwhile, act_on_case
from tinhso.platform.cases.queries import list_steps_open_to
from tinhso.platform.clock import now
from tinhso.platform.files.rules import Refusal
from tinhso.platform.wording import language

SUPPLEMENT, WITHDRAW = "supplement", "withdraw"
LONGEST_NOTE = 1000
HELD = re.compile(r"([\w-]{1,40}):([0-9a-f]{64}):([^\x00]{1,120})")
Held = dict[str, dict[str, str]]  # by paper and hash: the names of files that were kept


@on_own_dossier
def supplement(request: HttpRequest, case: CaseView) -> HttpResponse:
    """Each paper that is missing, why, and what to bring; files for them go with the applicant's step."""
    asked = get_asked(case)
    if asked is None:
        return _to_dossier(case)
    note, held, problems = "", Held(), dict[str, str]()
    if request.method == "POST":
        note = request.POST.get("note", "").replace("\x00", "").strip()[:LONGEST_NOTE]
        held, problems = _keep(request, asked)
        problems = problems | ({} if note else _lacking(asked, held, problems))
        if not problems:
            return _handed_in(request, case, held, note)
    fields = [_field(each, held.get(each.code, {}), problems) for each in asked.papers]
    context = {
        "case": case,
        "name": in_words(case.procedure.name),
        "reasons": asked.reasons,
        "until": moment(asked.until, now()) if asked.until else "",
        "fields": fields,
        "held": [f"{code}:{sha256}:{name}" for code, files in held.items() for sha256, name in files.items()],
        "note": _note_field(note),
        "draft_key": f"{the_actor(request).code}:{case.public_id}:{SUPPLEMENT}",
        "errors": [{"text": text, "href": f"#paper-{code}"} for code, text in problems.items()],
    }
    return render(request, "onestop/supplement.html", context, status=422 if problems else 200)


def _rule(each: AskedPaper) -> PaperRule:
    return each.paper or PaperRule(code=each.code[:40], name=Text(each.code, each.code))


def _keep(request: HttpRequest, asked: Asked) -> tuple[Held, dict[str, str]]:
    """What was kept when the page was sent before, and what is chosen now; a refusal loses none of the others."""
    held = Held()
    problems = {}
    for told in request.POST.getlist("held")[:100]:
        if found := HELD.fullmatch(told):
            held.setdefault(found[1], {})[found[2]] = found[3]
    for each in asked.papers:
        try:
            for name, content in pieces_in(request, _rule(each)):
                file = keep_piece(paper=_rule(each), name=name, content=content, actor=the_actor(request), now=now())
                held.setdefault(each.code, {})[file["file_sha256"]] = file["name"]
        except Refusal as refused:
            problems[each.code] = said(refused)
    return held, problems


def _lacking(asked: Asked, held: Held, problems: dict[str, str]) -> dict[str, str]:
    """What is missing; words to the officer may stand for a paper that cannot be had."""
    text = _("Hãy chọn tệp cho “%(paper)s”, hoặc ghi ở lời nhắn vì sao chưa có.")
    missing = [each for each in asked.papers if not held.get(each.code) and each.code not in problems]
    return {each.code: text % {"paper": in_words(_rule(each).name)} for each in missing}


def _handed_in(request: HttpRequest, case: CaseView, held: Held, note: str) -> HttpResponse:
    try:
        hand_in_supplement(case=case, act=SUPPLEMENT, papers=held, note=note, actor=the_actor(request), now=now())
        messages.success(request, _("Chúng tôi đã nhận phần bạn bổ sung."))
    except CannotFile as refused:
        messages.error(request, refused.problems[0].in_language(language()))
    except (NotAllowed, ChangedMeanwhile):  # sent twice: the first one is in
        messages.success(request, _("Chúng tôi đã nhận phần bạn bổ sung."))
    return _to_dossier(case)


def _field(each: AskedPaper, files: dict[str, str], problems: dict[str, str]) -> dict[str, Any]:
    rows = [{"name": name, "size": _("đã tải lên"), "id": sha256} for sha256, name in files.items()]
    field = paper_field(_rule(each), rows, problems.get(each.code, ""))
    return field | {"hint": f"{each.why} {field['hint']}".strip(), "optional": False}


def _note_field(note: str) -> dict[str, Any]:
    return {
        "name": "note", "kind": "textarea", "label": _("Lời nhắn cho cán bộ"), "rows": 3, "max_length": LONGEST_NOTE,
        "value": note, "optional": True, "hint": _("Ví dụ: giấy nào chưa có, vì sao, khi nào có."),
    }  # fmt: skip


@on_own_dossier
def withdraw(request: HttpRequest, case: CaseView) -> HttpResponse:
    """Ask once more before a dossier is taken back."""
    step = next((each.step for each in list_steps_open_to(case, the_actor(request)) if each.act == WITHDRAW), None)
    if step is None:
        return _to_dossier(case)
    if request.method == "POST":
        try:
            act_on_case(public_id=case.public_id, act=WITHDRAW, actor=the_actor(request), now=now())
            messages.success(request, in_words(case.procedure.state(step.target).told))
        except (NotAllowed, ChangedMeanwhile) as refused:
            messages.error(request, said(refused))
        return _to_dossier(case)
    at_once = case.procedure.is_final(step.target)
    context = {"case": case, "name": in_words(case.procedure.name), "at_once": at_once}
    return render(request, "onestop/withdraw.html", context)


def _to_dossier(case: CaseView) -> HttpResponse:
    return HttpResponseRedirect(reverse("onestop:dossier", args=[case.public_id]))


urlpatterns = [
    path("dossiers/<slug:public_id>/supplement/", supplement, name="supplement"),
    path("dossiers/<slug:public_id>/withdraw/", withdraw, name="withdraw"),
]
