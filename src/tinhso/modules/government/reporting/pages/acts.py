"""Acts on a report: propose, sign and submit, return, approve, open again, add up, send up; many approved at once."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tinhso.kernel.flow import Incomplete, NotAllowed
from tinhso.modules.government.reporting import actions
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in
from tinhso.modules.government.reporting.queries import NoReport, NotYours
from tinhso.platform.cases.actions import ChangedMeanwhile
from tinhso.platform.clock import now
from tinhso.platform.people.rules import Actor
from tinhso.platform.wording import said

Act = Callable[[str, str, Actor, datetime], object]
REFUSALS: Final = (actions.Forbidden, actions.NotOpen, actions.NotReady, Incomplete, NotAllowed, ChangedMeanwhile)
MOST_AT_ONCE, LONGEST_REASONS = 500, 2000


def _propose(public_id: str, _reasons: str, actor: Actor, at: datetime) -> object:
    return actions.propose_report(public_id=public_id, actor=actor, now=at)


def _give_back(public_id: str, reasons: str, actor: Actor, at: datetime) -> object:
    return actions.give_back_report(public_id=public_id, reasons=reasons, actor=actor, now=at)


def _submit(public_id: str, reasons: str, actor: Actor, at: datetime) -> object:
    return actions.submit_report(public_id=public_id, reason=reasons, actor=actor, now=at)


def _return(public_id: str, reasons: str, actor: Actor, at: datetime) -> object:
    return actions.return_report(public_id=public_id, reasons=reasons, actor=actor, now=at)


def _approve(public_id: str, _reasons: str, actor: Actor, at: datetime) -> object:
    return actions.approve_report(public_id=public_id, actor=actor, now=at)


def _reopen(public_id: str, reasons: str, actor: Actor, at: datetime) -> object:
    return actions.reopen_report(public_id=public_id, reasons=reasons, actor=actor, now=at)


def _sum_up(public_id: str, _reasons: str, actor: Actor, at: datetime) -> object:
    return actions.sum_up_report(public_id=public_id, actor=actor, now=at)


def _send_up(public_id: str, _reasons: str, actor: Actor, at: datetime) -> object:
    return actions.send_up(public_id=public_id, actor=actor, now=at)


ACTS: Final[Mapping[str, Act]] = {
    "propose": _propose,
    "give_back": _give_back,
    "submit": _submit,
    "return": _return,
    "approve": _approve,
    "reopen": _reopen,
    "sum_up": _sum_up,
    "send_up": _send_up,
}


@require_POST
@for_officers
def act(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the act of the button that was pressed; a refusal is said in words above the report."""
    take = ACTS.get(request.POST.get("act", ""))
    reasons = request.POST.get("reasons", "").strip()[:LONGEST_REASONS]
    back = HttpResponseRedirect(reverse("reporting:report", args=[public_id]))
    if take is None:
        return back
    try:
        take(public_id, reasons, officer_in(request), now())
        messages.success(request, _done(request.POST["act"]))
    except REFUSALS as refused:
        messages.error(request, _why(refused))
    return back


def _done(name: str) -> str:
    told = {
        "propose": _("Đã trình lãnh đạo."),
        "submit": _("Đã ký và nộp."),
        "return": _("Đã trả lại đơn vị."),
        "approve": _("Đã duyệt và khóa."),
        "reopen": _("Đã mở lại để sửa."),
        "sum_up": _("Đã tổng hợp."),
        "send_up": _("Đã gửi lên trên."),
    }
    return told.get(name, _("Đã xong."))


def _why(refused: Any) -> str:
    if isinstance(refused, Incomplete) and "reasons" in refused.missing:
        return _("Hãy ghi lý do.")
    if isinstance(refused, actions.NotReady):
        return " ".join([said(refused), *(said(each) for each in refused.failed[:3])])
    return said(refused)


@require_POST
@for_officers
def approve_many(request: HttpRequest, public_id: str) -> HttpResponse:
    """Approve the ticked reports; what cannot be approved is counted and said."""
    done, refused = 0, list[str]()
    for each in request.POST.getlist("report")[:MOST_AT_ONCE]:
        try:
            actions.approve_report(public_id=each, actor=officer_in(request), now=now())
            done += 1
        except (*REFUSALS, NoReport, NotYours) as why:
            refused.append(said(why))
    if done:
        text = ngettext("Đã duyệt %(count)s báo cáo.", "Đã duyệt %(count)s báo cáo.", done)
        messages.success(request, text % {"count": done})
    if refused:
        messages.error(request, " ".join(dict.fromkeys(refused)))
    if not done and not refused:
        messages.error(request, _("Hãy chọn báo cáo cần duyệt."))
    return HttpResponseRedirect(reverse("reporting:overview", args=[public_id]))
