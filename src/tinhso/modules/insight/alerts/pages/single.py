"""One alert: what it rests on, what to do, its course; acts as its flow offers and notes, made for a phone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.kernel.flow import Incomplete, NotAllowed
from tinhso.modules.insight.alerts import actions, queries
from tinhso.modules.insight.alerts.actions.acting import NothingSaid
from tinhso.modules.insight.alerts.pages.course import steps_of
from tinhso.modules.insight.alerts.pages.lists import links_of
from tinhso.modules.insight.alerts.pages.words import (
    against,
    due_cell,
    for_roles,
    level_badge,
    officer_in,
    span,
    state_badge,
    unit_name,
)
from tinhso.modules.insight.alerts.queries import AlertRow
from tinhso.platform.cases.actions import ChangedMeanwhile
from tinhso.platform.cases.queries import get_case, list_steps_open_to
from tinhso.platform.clock import now as present
from tinhso.platform.people.queries import get_role_names
from tinhso.platform.people.rules import NotAllowed as NotYours
from tinhso.platform.wording import moment, said

PLAIN = {"dismiss", "send_back"}
HISTORY = 20


def _row(request: HttpRequest, public_id: str) -> AlertRow:
    row = queries.find_alert(public_id)
    if row is None or not queries.may_see(officer_in(request), row):
        raise Http404
    return row


@for_roles()
def show_alert(request: HttpRequest, public_id: str) -> HttpResponse:
    """The alert with what can be done about it."""
    return _page(request, _row(request, public_id))


def _page(
    request: HttpRequest, row: AlertRow, *, errors: list[dict[str, str]] | None = None, words: str = ""
) -> HttpResponse:
    now = present()
    acts = [
        {"act": each.act, "text": said(each.step.name), "kind": "secondary" if each.act in PLAIN else ""}
        for each in list_steps_open_to(row.case, officer_in(request))
    ]
    context = {
        "row": row,
        "title": said(row.title),
        "subject": said(row.name),
        "level": level_badge(row.alert.level),
        "state": state_badge(row),
        "cleared": moment(row.alert.cleared_at),
        "is_open": row.case.closed_at is None,
        "advice": said(row.rule.advice) if row.rule else "",
        "rows": _facts_of(row, now),
        "acts": acts,
        "words": words,
        "errors": errors or [],
        "steps": steps_of(row),
        "history": _history(row),
        "links": links_of(""),
        "crumbs": [{"url": reverse("alerts:list"), "text": _("Cảnh báo điều hành")}, {"text": said(row.name)}],
    }
    return render(request, "alerts/alert.html", context, status=422 if errors else 200)


def _facts_of(row: AlertRow, now: Any) -> list[dict[str, Any]]:
    alert, case = row.alert, row.case
    due, kind = due_cell(case.due_at, now)
    holder = get_role_names().get(case.state.holder, "")
    rows: list[dict[str, Any]] = [
        {"key": _("Số đo"), "value": against(row), "note": _("đo lúc %(at)s") % {"at": moment(alert.as_of)} if alert.as_of else ""},
        {"key": _("Xem số liệu"), "value": said(row.name), "url": alert.address} if alert.address else {},
        {"key": _("Nơi chịu trách nhiệm"), "value": unit_name(row), "note": holder},
        {"key": _("Phát hiện"), "value": moment(alert.raised_at), "note": span((alert.closed_at or now) - alert.raised_at)},
        {"key": _("Hạn xử lý"), "value": due, "badge": {"kind": "late", "text": _("quá hạn")} if kind and case.is_overdue(now) else None},
        {"key": _("Quy tắc"), "value": said(row.title), "note": row.rule.basis if row.rule else ""},
    ]  # fmt: skip
    return [each for each in rows if each]


def _history(row: AlertRow) -> list[dict[str, str]]:
    """Earlier and other alerts of the same rule and subject, the latest first."""
    found = [
        *queries.list_alerts(None, rule=row.alert.rule, subject=row.alert.subject),
        *queries.list_alerts(None, is_open=False, rule=row.alert.rule, subject=row.alert.subject, limit=HISTORY),
    ]
    return [
        {
            "url": reverse("alerts:alert", args=[each.alert.public_id]),
            "text": f"{moment(each.alert.raised_at)}: {against(each)}, {said(each.case.state.name)}",
        }
        for each in found
        if each.alert.pk != row.alert.pk
    ]


@require_POST
@for_roles()
def act(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the step that was pressed, with the words written beside it."""
    row, words = _row(request, public_id), request.POST.get("words", "")
    told = actions.Told(note=words, reasons=words)
    try:
        actions.act_on_alert(
            public_id=public_id, act=request.POST.get("act", ""), told=told, actor=officer_in(request), now=present()
        )
    except Incomplete:
        text = _("Việc này cần ghi vài lời: đã làm gì, cử ai, hoặc vì sao. Viết vào ô bên dưới rồi bấm lại.")
        return _page(request, row, errors=[{"text": text, "href": "#words"}], words=words)
    except (NotAllowed, ChangedMeanwhile) as refused:
        messages.error(request, said(refused))
    else:
        messages.success(request, _("Đã ghi: %(state)s.") % {"state": said(get_case(public_id).state.name)})
    return HttpResponseRedirect(reverse("alerts:alert", args=[public_id]))


@require_POST
@for_roles()
def note(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note something without taking a step."""
    row, words = _row(request, public_id), request.POST.get("words", "")
    try:
        actions.note_on_alert(public_id=public_id, text=words, actor=officer_in(request), now=present())
    except NothingSaid as refused:
        return _page(request, row, errors=[{"text": said(refused), "href": "#words"}], words=words)
    except NotYours as refused:
        raise PermissionDenied from refused
    messages.success(request, _("Đã ghi chú."))
    return HttpResponseRedirect(reverse("alerts:alert", args=[public_id]))
