"""The leader's queue: look at each draft, tick, sign at once; many are signed in the background with a page that tells how far."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.kernel.flow import Step
from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.pages.acting import outcome_table, problem_of, tell_outcomes
from tinhso.modules.government.onestop.pages.desk import for_officers, names_seen, officer_in, show
from tinhso.modules.government.onestop.pages.workspace import bulk_buttons, in_groups, read_key, write_key
from tinhso.modules.government.onestop.queries.batches import Batch, NoSuchBatch, get_batch
from tinhso.modules.government.onestop.rules import due_badge, in_words, way_of
from tinhso.platform.cases.queries import InboxRow, list_inbox
from tinhso.platform.clock import now
from tinhso.platform.people.rules import LEADER, Actor

MOST_AT_ONCE, MOST_WHILE_WAITING = 200, 20
REFRESH_SECONDS = "3"


@for_officers
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the officer's signature, the most urgent first; POST signs what is ticked."""
    if request.method == "POST":
        return _sign(request)
    actor, moment, after = officer_in(request), now(), request.GET.get("after", "")
    page = list_inbox(actor, roles=[LEADER], after=read_key(after), limit=MOST_AT_ONCE)
    names_seen(request, "signing", page.rows)
    rows = [(row, step) for row in page.rows if (step := signing_step(row, actor))]
    context = {
        "table": _table(rows, moment),
        "buttons": _buttons([row for row, _step in rows], actor),
        "shown": _("%(count)s hồ sơ") % {"count": len(rows)},
        "first_url": request.path if after else "",
        "next_url": f"{request.path}?after={write_key(page.after)}" if page.after else "",
        "here": request.get_full_path(),
    }
    return show(request, "onestop/desk_sign.html", context)


def signing_step(row: InboxRow, actor: Actor) -> Step | None:
    """The step by which this officer signs that work; None when it awaits something else."""
    steps = row.procedure.steps_from(row.state.code, actor.roles_in(row.unit_key, row.procedure.code))
    return next((step for step in steps if way_of(step) in {"result", "refusal"}), None)


def _table(rows: Sequence[tuple[InboxRow, Step]], moment: datetime) -> dict[str, Any]:
    titles = [_("Mã"), _("Việc"), _("Sẽ ký"), _("Hạn"), _("Bản sẽ ký")]
    return {
        "caption": _("Chờ ký"), "caption_hidden": True, "picks": "case", "form": "picked",
        "columns": [{"title": title} for title in titles], "width": len(titles) + 1,
        "groups": in_groups(((row.due_at, _row(row, step, titles, moment)) for row, step in rows), moment),
    }  # fmt: skip


def _row(row: InboxRow, step: Step, titles: list[str], moment: datetime) -> dict[str, Any]:
    work, about = in_words(row.procedure.name), row.title or row.applicant_name
    draft = reverse("onestop:draft", args=[row.public_id])
    return {
        "id": row.public_id,
        "name": f"{work}, {about}",
        "cells": [
            {"text": row.code or row.public_id, "kind": "code", "label": titles[0]},
            {"text": work, "url": reverse("onestop:case", args=[row.public_id]), "note": about, "heads": True},
            {"text": in_words(step.name), "label": titles[2]},
            {"badge": due_badge(row.due_at, moment), "label": titles[3]},
            {"text": _("xem trước"), "url": draft, "view": "pdf", "label": titles[4]},
        ],
    }


def _buttons(rows: list[InboxRow], actor: Actor) -> list[dict[str, Any]]:
    if not rows:
        return []
    others = [button for button in bulk_buttons(rows, actor) if button.get("value")]
    for button in others:
        button |= {"kind": "secondary", "formaction": reverse("onestop:act_on_many")}
    return [{"text": _("Ký các hồ sơ đã chọn"), "form": "picked", "name": "sign", "value": "1"}, *others]


def _sign(request: HttpRequest) -> HttpResponse:
    ticked, actor = list(dict.fromkeys(request.POST.getlist("case"))), officer_in(request)
    back = reverse("onestop:sign_queue")
    if problem := problem_of(ticked, MOST_AT_ONCE):
        messages.error(request, problem)
        return HttpResponseRedirect(back)
    if len(ticked) > MOST_WHILE_WAITING:
        batch = actions.order_signing(public_ids=ticked, actor=actor, now=now())
        return HttpResponseRedirect(reverse("onestop:batch", args=[batch]))
    outcomes = actions.sign_dossiers(public_ids=ticked, actor=actor, now=now())
    return tell_outcomes(request, outcomes, _("Ký"), back)


@for_officers
def batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the signing of many has come; the page asks again by itself until all are through, and can be left."""
    order = _own_batch(public_id, officer_in(request))
    refused = [each for each in order.outcomes if not each.done]
    context = {
        "done": len(order.outcomes),
        "asked": len(order.asked),
        "refused": len(refused),
        "is_finished": order.finished_at is not None,
        "is_sealing": order.is_sealing,
        "table": outcome_table(order.outcomes) if order.outcomes else None,
    }
    response = show(request, "onestop/desk_batch.html", context)
    if order.finished_at is None:
        response.headers["Refresh"] = REFRESH_SECONDS
    return response


def _own_batch(public_id: str, actor: Actor) -> Batch:
    try:
        order = get_batch(public_id)
    except NoSuchBatch:
        raise Http404 from None
    if order.actor_code != actor.code:
        raise Http404
    return order


urlpatterns = [
    path("work/sign/", queue, name="sign_queue"),
    path("work/sign/batches/<str:public_id>/", batch, name="batch"),
]
