"""What the applicant says of how it went: one small page, with the receipt, a request, a refusal or the result in hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop.actions.rating import CannotRate, rate_dossier
from tinhso.modules.government.onestop.pages.visit import CaseView, on_own_dossier, the_actor, today
from tinhso.modules.government.onestop.queries.rating import rating_rules_on
from tinhso.modules.government.onestop.queries.tracking import occasion_now
from tinhso.modules.government.onestop.rules.rating import Index
from tinhso.modules.government.onestop.rules.words import in_words, said
from tinhso.platform.clock import now


@on_own_dossier
def rate(request: HttpRequest, case: CaseView) -> HttpResponse:
    """Ask, and keep the answer; the same person again changes nothing."""
    back = HttpResponseRedirect(reverse("onestop:dossier", args=[case.public_id]))
    if request.method != "POST":
        return _page(request, case, "") if occasion_now(case) else back
    asked, score = rating_rules_on(today()).asked, request.POST.get("score", "")
    try:
        rate_dossier(
            case=case,
            score=int(score) if score in {"1", "2", "3", "4", "5"} else 0,
            comment=request.POST.get("comment", "").replace("\x00", ""),
            answers=_read_answers(request, asked),
            actor=the_actor(request),
            now=now(),
        )
    except CannotRate as refused:
        return _page(request, case, said(refused)) if occasion_now(case) else back
    messages.success(request, _("Cảm ơn bạn đã đánh giá."))
    return back


def _read_answers(request: HttpRequest, asked: tuple[Index, ...]) -> dict[int, int]:
    typed = {index.number: request.POST.get(f"index-{index.number}", "") for index in asked}
    return {number: int(points) for number, points in typed.items() if points in {"0", "1", "2"}}


def _page(request: HttpRequest, case: CaseView, refusal: str) -> HttpResponse:
    fields = _fields(rating_rules_on(today()).asked)
    for each in fields:
        each["value"] = request.POST.get(each["name"], "")
    fields[0]["error"] = refusal
    context = {
        "case": case,
        "name": in_words(case.procedure.name),
        "fields": fields,
        "errors": [{"text": refusal, "href": "#score"}] if refusal else [],
    }
    return render(request, "onestop/rating.html", context, status=422 if refusal else 200)


def _fields(asked: tuple[Index, ...]) -> list[dict[str, Any]]:
    """The five points, the plain questions of the indices, and the open word."""
    words = (_("Rất không hài lòng"), _("Không hài lòng"), _("Bình thường"), _("Hài lòng"), _("Rất hài lòng"))
    levels = [{"value": str(score), "text": word} for score, word in reversed(list(enumerate(words, 1)))]
    score = {"name": "score", "kind": "radios", "label": _("Bạn thấy việc phục vụ thế nào?"), "options": levels}
    hint = _("Cán bộ chỉ đọc lời này cùng lời của nhiều người khác, không biết là của ai.")
    comment = {
        "name": "comment", "kind": "textarea", "label": _("Điều bạn muốn nói"), "hint": hint, "rows": 3, "max_length": 1000,
        "optional": True,
    }  # fmt: skip
    return [score | {"required": True}, *(_question(each) for each in asked), comment]


def _question(index: Index) -> dict[str, Any]:
    assert index.question
    options = [{"value": str(points), "text": in_words(text)} for points, text in index.answers]
    name = f"index-{index.number}"
    return {"name": name, "kind": "radios", "label": in_words(index.question), "options": options, "inline": True, "optional": True}  # fmt: skip


urlpatterns = [path("dossiers/<slug:public_id>/rate/", rate, name="rate")]
