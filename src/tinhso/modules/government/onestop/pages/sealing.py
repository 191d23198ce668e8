"""The clerk's queue: results that leaders signed, to be numbered and sealed; look at each, tick, seal at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tinhso.kernel.flow import Step
from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.pages import ticking
from tinhso.modules.government.onestop.pages.desk import for_officers, open_for
from tinhso.modules.government.onestop.pages.serving import serve
from tinhso.modules.government.onestop.queries.sealing import list_waiting
from tinhso.modules.government.onestop.rules import moment
from tinhso.platform.cases.queries import InboxRow
from tinhso.platform.people.rules import CLERK

QUEUE = ticking.Queue(
    role=CLERK,
    ways=frozenset({"seal"}),
    url_name="onestop:seal_queue",
    template="onestop/desk_seal.html",
    verb=lazy("Đóng dấu"),
    button=lazy("Cấp số và đóng dấu các hồ sơ đã chọn"),
    is_sealing=True,
    most_while_waiting=10,
)


@for_officers
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for number and seal; POST seals what is ticked."""
    return ticking.answer(request, QUEUE, _table)


def _table(rows: Sequence[tuple[InboxRow, Step]], at: datetime) -> dict[str, Any]:
    titles = [_("Mã"), _("Việc"), _("Kết quả"), _("Người ký"), _("Hạn"), _("Bản đã ký")]
    signed = list_waiting([row.public_id for row, _step in rows])
    return {
        "caption": _("Chờ đóng dấu"), "caption_hidden": True, "picks": "case", "form": "picked",
        "columns": [{"title": title} for title in titles],
        "rows": [_row(row, signed.get(row.public_id), titles, at) for row, _step in rows],
    }  # fmt: skip


def _row(row: InboxRow, signed: IssuedResult | None, titles: list[str], at: datetime) -> dict[str, Any]:
    result = {"text": signed.name if signed else ""}
    signer = {"text": signed.signer_name, "note": moment(signed.signed_at, at)} if signed else {"text": ""}
    look = {"text": _("xem"), "url": reverse("onestop:signed", args=[row.public_id])}
    return ticking.row_of(row, titles, at, [result, signer], look)


@for_officers
def signed(request: HttpRequest, public_id: str) -> FileResponse:
    """The result as its leader signed it, not numbered and not sealed yet."""
    case = open_for(request, public_id).case
    row = list_waiting([case.public_id]).get(case.public_id)
    if row is None:
        raise Http404(_("Không có kết quả nào chờ đóng dấu."))
    return serve(row.file_sha256, name=f"{row.name} {case.code or case.public_id}.pdf", media_type="application/pdf")


urlpatterns = [
    path("work/seal/", queue, name="seal_queue"),
    path("work/cases/<str:public_id>/signed/", signed, name="signed"),
]
