"""The leader's queue: look at each draft, tick, sign at once; many are signed in the background with a page that tells how far."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.pages.acting import outcome_table, problem_of, tell_outcomes
from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, show
from tinhso.modules.government.onestop.pages.workspace import bulk_buttons, read_key, work_table, write_key
from tinhso.modules.government.onestop.queries.batches import Batch, NoSuchBatch, get_batch
from tinhso.modules.government.onestop.rules import way_of
from tinhso.platform.cases.queries import InboxRow, list_inbox
from tinhso.platform.clock import now
from tinhso.platform.people.queries import get_role_names
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
    rows = [row for row in page.rows if awaits_signature(row, actor)]
    table = work_table(rows, actor, get_role_names(), moment)
    context = {
        "table": _with_drafts(table),
        "buttons": _buttons(rows, actor),
        "shown": _("%(count)s hồ sơ") % {"count": len(rows)},
        "first_url": request.path if after else "",
        "next_url": f"{request.path}?after={write_key(page.after)}" if page.after else "",
        "here": request.get_full_path(),
    }
    return show(request, "onestop/desk_sign.html", context)


def awaits_signature(row: InboxRow, actor: Actor) -> bool:
    """Whether the next step of that work is this officer's signature."""
    roles = actor.roles_in(row.unit_key, row.procedure.code)
    steps = row.procedure.steps_from(row.state.code, roles)
    return any(way_of(step) in {"result", "refusal"} for step in steps)


def _with_drafts(table: dict[str, Any]) -> dict[str, Any]:
    """The table with a last column that opens what would be signed."""
    title = _("Bản sẽ ký")
    table["caption"] = _("Chờ ký")
    table["columns"].append({"title": title})
    for row in table["rows"]:
        url = reverse("onestop:draft", args=[row["id"]])
        row["cells"].append({"text": _("Xem trước"), "url": url, "label": title})
    return table


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
