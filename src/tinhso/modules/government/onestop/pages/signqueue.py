"""The leader's queue: look at each draft, tick, sign at once; many are signed in the background with a page that tells how far."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.kernel.flow import Step
from tinhso.modules.government.onestop.pages import ticking
from tinhso.modules.government.onestop.pages.acting import outcome_table
from tinhso.modules.government.onestop.pages.desk import for_officers, officer_in, show
from tinhso.modules.government.onestop.pages.workspace import in_groups
from tinhso.modules.government.onestop.queries.batches import Batch, NoSuchBatch, get_batch
from tinhso.modules.government.onestop.rules import in_words
from tinhso.platform.cases.queries import InboxRow
from tinhso.platform.people.rules import LEADER, Actor

REFRESH_SECONDS = "3"
QUEUE = ticking.Queue(
    role=LEADER,
    ways=frozenset({"result", "refusal"}),
    url_name="onestop:sign_queue",
    template="onestop/desk_sign.html",
    verb=lazy("Ký"),
    button=lazy("Ký các hồ sơ đã chọn"),
    is_sealing=False,
    most_while_waiting=20,
)


@for_officers
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the officer's signature; POST signs what is ticked."""
    return ticking.answer(request, QUEUE, _table)


def _table(rows: Sequence[tuple[InboxRow, Step]], moment: datetime) -> dict[str, Any]:
    titles = [_("Mã"), _("Việc"), _("Sẽ ký"), _("Hạn"), _("Bản sẽ ký")]
    return {
        "caption": _("Chờ ký"), "caption_hidden": True, "picks": "case", "form": "picked",
        "columns": [{"title": title} for title in titles], "width": len(titles) + 1,
        "groups": in_groups(((row.due_at, _row(row, step, titles, moment)) for row, step in rows), moment),
    }  # fmt: skip


def _row(row: InboxRow, step: Step, titles: list[str], moment: datetime) -> dict[str, Any]:
    draft = {"text": _("xem trước"), "url": reverse("onestop:draft", args=[row.public_id]), "view": "pdf"}
    return ticking.row_of(row, titles, moment, [{"text": in_words(step.name)}], draft)


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
