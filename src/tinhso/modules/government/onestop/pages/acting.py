"""Acts from the desk: a button, a page that asks what an act needs, one act on many dossiers and what became of each."""

import re
from collections.abc import Iterable, Sequence
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tinhso.kernel.flow import DUES_FIRST, MOVE, Step
from tinhso.kernel.money import format_dong
from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.pages.asking import (
    fields_of,
    handed_in_request,
    paper_choices,
    pieces_of,
    typed_in,
)
from tinhso.modules.government.onestop.pages.case import heading_of, results_of
from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, open_for, show
from tinhso.modules.government.onestop.queries.bulk import Bulk, plan_bulk
from tinhso.modules.government.onestop.rules import Fault, Outcome, brings_papers, in_words, read_answers, said, way_of
from tinhso.platform.cases.actions import KeyReused, do_once
from tinhso.platform.cases.queries import CaseView, list_steps_open_to, was_done
from tinhso.platform.clock import now
from tinhso.platform.files.rules import Refusal
from tinhso.platform.payments.queries import get_due
from tinhso.platform.people.pages.own import next_of

MOST_AT_ONCE = 500
KEY_FIELD, KEY = "request_key", re.compile(r"[0-9a-f]{32}")


@for_officers
def act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Ask what the act needs, and do it; an act that needs nothing is done by its button."""
    actor, case = officer_in(request), open_for(request, public_id).case
    key = request.POST.get(KEY_FIELD, "")
    if KEY.fullmatch(key) and was_done(case.public_id, key, actor):
        messages.success(request, _("Việc này đã xong."))
        return HttpResponseRedirect(reverse("onestop:case", args=[public_id]))
    step = next((each.step for each in list_steps_open_to(case, actor) if each.act == act), None)
    if step is None:
        messages.error(request, _("Việc này không làm được nữa: hồ sơ đang ở bước “%(state)s”.") % {"state": in_words(case.state.name)})  # fmt: skip
        return HttpResponseRedirect(reverse("onestop:case", args=[public_id]))
    if request.method != "POST":
        return _ask(request, case, step, [])
    typed = typed_in(request)
    answers, faults = read_answers(step.asks, typed, [paper.code for paper in case.procedure.papers])
    handed, wrong = handed_in_request(request, case, step)
    answers, faults = answers | handed, [*wrong, *faults]
    if not faults and (refused := _do_once(request, case, step, answers)):
        faults = [refused]
    if faults:
        return _ask(request, case, step, faults)
    messages.success(request, _("Đã xong: %(act)s.") % {"act": in_words(step.name)})
    gone = MOVE in step.effects
    return HttpResponseRedirect(reverse("onestop:moved") if gone else reverse("onestop:case", args=[public_id]))


class _NotDone(Exception):
    """The act was refused: nothing is kept under its key."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.text)


def _do_once(request: HttpRequest, case: CaseView, step: Step, answers: dict[str, Any]) -> Fault | None:
    """Do it under the key of the page that asked, so that a form sent twice acts once; signing takes its own care."""
    key = request.POST.get(KEY_FIELD, "")
    if not KEY.fullmatch(key) or way_of(step) in {"result", "refusal", "seal"}:
        return _do(request, case, step, answers)

    def do() -> dict[str, Any]:
        if refused := _do(request, case, step, answers):
            raise _NotDone(refused)
        return {}

    try:
        do_once(key=key, public_id=case.public_id, asked=step.act, do=do, actor=officer_in(request), now=now())
    except _NotDone as refused:
        return refused.fault
    except KeyReused as refused:
        return Fault("", said(refused))
    return None


def _do(request: HttpRequest, case: CaseView, step: Step, answers: dict[str, Any]) -> Fault | None:
    actor, moment = officer_in(request), now()
    if brings_papers(case.procedure, step):
        pieces = pieces_of(request, case)
        try:
            actions.take_in_papers(public_id=case.public_id, act=step.act, pieces=pieces, answers=answers, actor=actor, now=moment)  # fmt: skip
        except (Refusal, *actions.REFUSALS) as refusal:
            return Fault("", said(refusal))
        return None
    (outcome,) = actions.take_step(public_ids=[case.public_id], act=step.act, answers=answers, actor=actor, now=moment)
    return None if outcome.done else Fault("", outcome.refusal)


def _ask(request: HttpRequest, case: CaseView, step: Step, faults: Sequence[Fault]) -> HttpResponse:
    way = way_of(step)
    context = {
        **heading_of(case, now()),
        "request_key": request.POST.get(KEY_FIELD) or token_hex(16),
        "act": in_words(step.name),
        "errors": [{"text": fault.text, "href": f"#{fault.field}" if fault.field else ""} for fault in faults],
        "fields": fields_of(request, step, case, faults),
        "papers": paper_choices(request, case) if "papers" in step.asks else None,
        "papers_error": next((fault.text for fault in faults if fault.field == "papers"), ""),
        "draft_url": reverse("onestop:draft", args=[case.public_id]) if way in {"result", "refusal"} else "",
        "seal_url": reverse("onestop:signed", args=[case.public_id]) if way == "seal" else "",
        "due": _due(case, step) if way == "delivery" else None,
        "results": results_of(case, now()) if way == "delivery" else [],
        "draft_key": f"{officer_in(request).code}:{case.public_id}:{step.act}",
        "takes_files": brings_papers(case.procedure, step),
        "target": in_words(case.procedure.state(step.target).name),
    }
    return show(request, "onestop/desk_act.html", context, status=422 if faults else 200)


def _due(case: CaseView, step: Step) -> dict[str, str] | None:
    """What is still due when a result is to go, and whether it keeps the result here; None when nothing is."""
    due_dong = get_due(case.public_id)
    if not due_dong:
        return None
    keeps = _("Thu tại quầy rồi mới trả kết quả.") if DUES_FIRST in step.effects else _("Hãy nhắc người nhận nộp.")
    return {
        "text": _("Hồ sơ còn %(amount)s chưa nộp. %(what)s") % {"amount": format_dong(due_dong), "what": keeps},
        "url": reverse("payments:case_money", args=[case.public_id]),
    }


@require_POST
@for_officers
def act_on_many(request: HttpRequest) -> HttpResponse:
    """One act on every ticked dossier; what it asks is asked once, and each dossier that refuses is named with why."""
    ticked, act = list(dict.fromkeys(request.POST.getlist("case"))), request.POST.get("act", "")
    back = next_of(request) or reverse("onestop:inbox")
    if problem := problem_of(ticked, MOST_AT_ONCE):
        messages.error(request, problem)
        return HttpResponseRedirect(back)
    actor = officer_in(request)
    bulk = plan_bulk(ticked, act, actor)
    answers, faults = read_answers(bulk.asks, typed_in(request))
    if bulk.step and bulk.asks and (faults or "confirmed" not in request.POST):
        return _ask_for_many(request, ticked, act, bulk, faults if "confirmed" in request.POST else [])
    outcomes = [*actions.take_step(public_ids=bulk.together, act=act, answers=answers, actor=actor, now=now())] if bulk.together else []  # fmt: skip
    one_by_one = _("Việc này phải làm từng hồ sơ. Hãy mở hồ sơ để làm.")
    outcomes += [Outcome(case.public_id, case.code or "", one_by_one) for case in bulk.alone]
    return tell_outcomes(request, outcomes, in_words(bulk.step.name) if bulk.step else act, back)


def problem_of(ticked: Sequence[str], most: int) -> str:
    """Why these cannot be done at once: nothing was ticked, or too much; empty when they can."""
    if not ticked:
        return _("Hãy đánh dấu chọn ít nhất một việc trong danh sách.")
    if len(ticked) > most:
        return _("Mỗi lần làm được nhiều nhất %(most)s hồ sơ.") % {"most": most}
    return ""


def _ask_for_many(
    request: HttpRequest, ticked: Sequence[str], act: str, bulk: Bulk, faults: Sequence[Fault]
) -> HttpResponse:
    assert bulk.step is not None
    context = {
        "act": in_words(bulk.step.name),
        "act_code": act,
        "ticked": ticked,
        "count": len(ticked),
        "next": next_of(request),
        "errors": [{"text": fault.text, "href": f"#{fault.field}"} for fault in faults],
        "fields": fields_of(request, bulk.step, None, faults, asks=bulk.asks),
    }
    return show(request, "onestop/desk_act_many.html", context, status=422 if faults else 200)


def tell_outcomes(request: HttpRequest, outcomes: Sequence[Outcome], name: str, back: str) -> HttpResponse:
    """Back to the list with a word when all went well; otherwise a page with what became of each."""
    done = [each for each in outcomes if each.done]
    said_done = ngettext("%(act)s: xong %(count)s hồ sơ.", "%(act)s: xong %(count)s hồ sơ.", len(done))
    text = said_done % {"act": name, "count": len(done)}
    if len(done) == len(outcomes):
        messages.success(request, text)
        return HttpResponseRedirect(back)
    context = {"heading": name, "summary": text, "table": outcome_table(outcomes), "back": back}
    return show(request, "onestop/desk_outcomes.html", context)


def outcome_table(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """What became of each dossier, those that were refused first, as the component `table` takes it."""
    titles = [_("Hồ sơ"), _("Kết quả"), _("Lý do")]
    rows = [
        {
            "id": each.public_id,
            "cells": [
                {"text": each.code or each.public_id, "url": reverse("onestop:case", args=[each.public_id]), "heads": True},
                {"badge": {"kind": "ok", "text": _("xong")} if each.done else {"kind": "late", "text": _("chưa làm")}, "label": titles[1]},
                {"text": each.refusal, "label": titles[2]},
            ],
        }
        for each in sorted(outcomes, key=lambda each: each.done)
    ]  # fmt: skip
    return {
        "caption": _("Từng hồ sơ"),
        "caption_hidden": True,
        "columns": [{"title": title} for title in titles],
        "rows": rows,
    }


urlpatterns = [
    path("work/cases/<str:public_id>/acts/<str:act>/", act, name="act"),
    path("work/acts/", act_on_many, name="act_on_many"),
]
