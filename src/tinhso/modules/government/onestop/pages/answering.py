"""What an applicant does with a dossier under way: hand in what was missing, take it back, say how it went."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.kernel.flow import NotAllowed, PaperRule, Text
from tinhso.modules.government.onestop.actions.filing import Piece, hand_in_supplement
from tinhso.modules.government.onestop.actions.rating import CannotRate, rate_dossier
from tinhso.modules.government.onestop.pages.papers import paper_field, pieces_in
from tinhso.modules.government.onestop.pages.visit import CaseView, on_own_dossier, the_actor
from tinhso.modules.government.onestop.queries.tracking import Asked, get_asked
from tinhso.modules.government.onestop.rules.words import in_words, moment, said
from tinhso.platform.cases.actions import ChangedMeanwhile, act_on_case
from tinhso.platform.cases.queries import list_steps_open_to
from tinhso.platform.clock import now
from tinhso.platform.files.rules import Refusal

SUPPLEMENT, WITHDRAW = "supplement", "withdraw"
LONGEST_NOTE = 1000


@on_own_dossier
def supplement(request: HttpRequest, case: CaseView) -> HttpResponse:
    """Each paper that is missing, why, and what to bring; files for them go with the applicant's step."""
    asked = get_asked(case)
    if asked is None:
        return _to_dossier(case)
    note, problems = request.POST.get("note", "").replace("\x00", "").strip()[:LONGEST_NOTE], dict[str, str]()
    if request.method == "POST":
        pieces = list(_pieces(request, asked))
        problems = _lacking(asked, pieces, note)
        if not problems:
            try:
                _hand_in(request, case, pieces, note)
            except Refusal as refused:
                problems = {_blamed(pieces, refused): said(refused)}
            else:
                messages.success(request, _("Chúng tôi đã nhận phần bạn bổ sung."))
                return _to_dossier(case)
    fields = [_field(each.code, each.paper, each.why, problems) for each in asked.papers]
    context = {
        "case": case,
        "name": in_words(case.procedure.name),
        "reasons": asked.reasons,
        "until": moment(asked.until, now()) if asked.until else "",
        "fields": fields,
        "note": _note_field(note),
        "errors": [{"text": text, "href": f"#paper-{code}"} for code, text in problems.items()],
    }
    return render(request, "onestop/supplement.html", context, status=422 if problems else 200)


def _hand_in(request: HttpRequest, case: CaseView, pieces: list[tuple[PaperRule, Piece]], note: str) -> None:
    try:
        hand_in_supplement(case=case, act=SUPPLEMENT, pieces=pieces, note=note, actor=the_actor(request), now=now())
    except (NotAllowed, ChangedMeanwhile):
        return  # sent twice: the first one is in


def _rule(code: str, paper: PaperRule | None) -> PaperRule:
    return paper or PaperRule(code=code[:40], name=Text(code, code))


def _pieces(request: HttpRequest, asked: Asked) -> Iterator[tuple[PaperRule, Piece]]:
    for each in asked.papers:
        rule = _rule(each.code, each.paper)
        yield from ((rule, piece) for piece in pieces_in(request, rule))


def _lacking(asked: Asked, pieces: list[tuple[PaperRule, Piece]], note: str) -> dict[str, str]:
    """What is missing; words to the officer may stand for a paper that cannot be had."""
    given = {rule.code for rule, _piece in pieces}
    text = _("Hãy chọn tệp cho “%(paper)s”, hoặc ghi ở lời nhắn vì sao chưa có.")
    names = {each.code: in_words(_rule(each.code, each.paper).name) for each in asked.papers}
    return {} if note else {code: text % {"paper": name} for code, name in names.items() if code not in given}


def _blamed(pieces: list[tuple[PaperRule, Piece]], refused: Refusal) -> str:
    return next((rule.code for rule, (name, _file) in pieces if name and name in str(refused)), pieces[0][0].code)


def _field(code: str, paper: PaperRule | None, why: str, problems: dict[str, str]) -> dict[str, Any]:
    field = paper_field(_rule(code, paper), [], problems.get(code, ""))
    return field | {"hint": f"{why} {field['hint']}".strip() if why else field["hint"], "optional": False}


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


@require_POST
@on_own_dossier
def rate(request: HttpRequest, case: CaseView) -> HttpResponse:
    """Keep a rating; the same person again changes nothing."""
    score = request.POST.get("score", "")
    try:
        rate_dossier(
            case=case,
            score=int(score) if score in {"1", "2", "3", "4", "5"} else 0,
            comment=request.POST.get("comment", "").replace("\x00", ""),
            actor=the_actor(request),
            now=now(),
        )
        messages.success(request, _("Cảm ơn bạn đã đánh giá."))
    except CannotRate as refused:
        messages.error(request, said(refused))
    return _to_dossier(case)


def _to_dossier(case: CaseView) -> HttpResponse:
    return HttpResponseRedirect(reverse("onestop:dossier", args=[case.public_id]))


urlpatterns = [
    path("dossiers/<slug:public_id>/supplement/", supplement, name="supplement"),
    path("dossiers/<slug:public_id>/withdraw/", withdraw, name="withdraw"),
    path("dossiers/<slug:public_id>/rate/", rate, name="rate"),
]
