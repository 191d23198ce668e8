"""A queue in which an officer looks at each dossier, ticks, and has one thing done to all that are ticked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tinhso.kernel.flow import Step
from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.pages.acting import problem_of, tell_outcomes
from tinhso.modules.government.onestop.pages.desk import names_seen, officer_in, show
from tinhso.modules.government.onestop.pages.workspace import bulk_buttons, read_key, write_key
from tinhso.modules.government.onestop.queries.batches import list_recent
from tinhso.modules.government.onestop.rules import due_badge, in_words, way_of
from tinhso.platform.cases.queries import InboxRow, list_inbox
from tinhso.platform.clock import now
from tinhso.platform.people.rules import Actor

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Queue:
    """
    Whose work it holds and what is done to what is ticked.

    `ways` are the ways of acting (`way_of`) that put a dossier here. More than `most_while_waiting` are left to a job.
    """

    role: str
    ways: frozenset[str]
    url_name: str
    template: str
    verb: Promise
    button: Promise
    is_sealing: bool
    most_while_waiting: int

    def step_for(self, row: InboxRow, actor: Actor) -> Step | None:
        """The step by which this officer does it to that work; None when the work awaits something else."""
        steps = row.procedure.steps_from(row.state.code, actor.roles_in(row.unit_key, row.procedure.code))
        return next((step for step in steps if way_of(step) in self.ways), None)


def answer(
    request: HttpRequest, queue: Queue, table: Callable[[Sequence[tuple[InboxRow, Step]], datetime], dict[str, Any]]
) -> HttpResponse:
    """The page of that queue, the most urgent first; POST does it to what is ticked."""
    if request.method == "POST":
        return _do_ticked(request, queue)
    actor, after = officer_in(request), request.GET.get("after", "")
    page = list_inbox(actor, roles=[queue.role], after=read_key(after), limit=MOST_AT_ONCE)
    names_seen(request, "signing", page.rows)
    rows = [(row, step) for row in page.rows if (step := queue.step_for(row, actor))]
    context = {
        "batches": _batches(actor, queue),
        "table": table(rows, now()),
        "is_empty": not rows,
        "buttons": _buttons([row for row, _step in rows], queue, actor),
        "shown": _("%(count)s hồ sơ") % {"count": len(rows)},
        "first_url": request.path if after else "",
        "next_url": f"{request.path}?after={write_key(page.after)}" if page.after else "",
        "here": request.get_full_path(),
    }
    return show(request, queue.template, context)


def _batches(actor: Actor, queue: Queue) -> list[dict[str, Any]]:
    """The way back to what is being done in the background, with how far it has come."""
    return [
        {
            "url": reverse("onestop:batch", args=[each.public_id]),
            "done": len(each.outcomes),
            "asked": len(each.asked),
            "is_finished": each.finished_at is not None,
        }
        for each in list_recent(actor.code, now(), is_sealing=queue.is_sealing)
    ]


def row_of(
    row: InboxRow, titles: Sequence[str], at: datetime, between: Sequence[dict[str, Any]], look: dict[str, Any]
) -> dict[str, Any]:
    """A row of such a table: code, work, what stands `between`, the deadline, and where to look at the paper."""
    work, about = in_words(row.procedure.name), row.title or row.applicant_name
    cells: list[dict[str, Any]] = [
        {"text": row.code or row.public_id, "kind": "code"},
        {"text": work, "url": reverse("onestop:case", args=[row.public_id]), "note": about, "heads": True},
        *between,
        {"badge": due_badge(row.due_at, at)},
        look,
    ]
    named = [cell if cell.get("heads") else {**cell, "label": title} for cell, title in zip(cells, titles, strict=True)]
    return {"id": row.public_id, "name": f"{work}, {about}", "cells": named}


def _buttons(rows: list[InboxRow], queue: Queue, actor: Actor) -> list[dict[str, Any]]:
    if not rows:
        return []
    others = [button for button in bulk_buttons(rows, actor) if button.get("value")]
    for button in others:
        button |= {"kind": "secondary", "formaction": reverse("onestop:act_on_many")}
    return [{"text": queue.button, "form": "picked", "name": "do", "value": "1"}, *others]


def _do_ticked(request: HttpRequest, queue: Queue) -> HttpResponse:
    ticked, actor = list(dict.fromkeys(request.POST.getlist("case"))), officer_in(request)
    back = reverse(queue.url_name)
    if problem := problem_of(ticked, MOST_AT_ONCE):
        messages.error(request, problem)
        return HttpResponseRedirect(back)
    if len(ticked) > queue.most_while_waiting:
        batch = actions.order_signing(public_ids=ticked, is_sealing=queue.is_sealing, actor=actor, now=now())
        return HttpResponseRedirect(reverse("onestop:batch", args=[batch]))
    do = actions.seal_dossiers if queue.is_sealing else actions.sign_dossiers
    outcomes = do(public_ids=ticked, actor=actor, now=now())
    return tell_outcomes(request, outcomes, str(queue.verb), back)
