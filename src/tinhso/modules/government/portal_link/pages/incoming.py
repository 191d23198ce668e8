"""What came in from the portal: in quarantine with the reason, on its way, taken in lately; try again, put away."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.models import Submission
from tinhso.modules.government.portal_link.pages.frame import CASE_PAGE, moment, show
from tinhso.modules.government.portal_link.pages.outbox import PERSONAL, names_in_order
from tinhso.modules.government.portal_link.queries import incoming as queries
from tinhso.modules.government.portal_link.queries.incoming import SubmissionRow
from tinhso.modules.government.portal_link.rules.incoming import KIND_NAMES, reason_in_short, reason_in_words
from tinhso.platform.clock import now
from tinhso.platform.people.pages.work import for_administrators, officer_in
from tinhso.platform.wording import said

TAKEN_SHOWN = 20


@for_administrators
def show_incoming(request: HttpRequest) -> HttpResponse:
    """What waits for people, what is on its way, what was taken in last."""
    quarantined = queries.list_submissions(Submission.QUARANTINED)
    context = {
        "quarantined": _table(quarantined, _("Chờ người xem"), why=True) if quarantined else None,
        "waiting": _table_or_none(queries.list_submissions(Submission.WAITING), _("Đang nhận")),
        "taken": _table_or_none(queries.list_submissions(Submission.TAKEN, TAKEN_SHOWN), _("Vừa nhận xong")),
    }
    return show(request, "portal_link/incoming.html", context)


def _table_or_none(rows: Sequence[SubmissionRow], caption: str) -> dict[str, Any] | None:
    return _table(rows, caption, why=False) if rows else None


def _table(rows: Sequence[SubmissionRow], caption: str, *, why: bool) -> dict[str, Any]:
    titles = [_("Mã trên Cổng"), _("Việc"), _("Vì sao chưa nhận") if why else _("Hồ sơ của ta"), _("Đến lúc")]
    shown = []
    for row in rows:
        third: dict[str, Any] = {"text": reason_in_short(row.reason, row.details), "label": titles[2]}
        if not why:
            case = {"url": CASE_PAGE.format(row.case_public_id)} if row.case_public_id else {}
            third = {"text": row.case_public_id or row.details or "–", "label": titles[2], **case}
        cells = [
            {"text": row.portal_code or "–", "url": reverse("portal_link:submission", args=[row.public_id]), "heads": True},
            {"text": str(KIND_NAMES[row.kind]), "label": titles[1]},
            third,
            {"text": moment(row.received_at), "label": titles[3]},
        ]  # fmt: skip
        shown.append({"id": row.public_id, "cells": cells})
    return {"caption": caption, "columns": [{"title": title} for title in titles], "rows": shown}


@for_administrators
def show_submission(request: HttpRequest, public_id: str) -> HttpResponse:
    """One thing from the portal: why it waits, what it says but for personal data, what one may do."""
    row = queries.get_submission(public_id)
    facts = [
        {"key": _("Mã trên Cổng"), "value": row.portal_code or "–"},
        {"key": _("Việc"), "value": str(KIND_NAMES[row.kind])},
        {"key": _("Vì sao chưa nhận"), "value": reason_in_words(row.reason, row.details) if row.reason else ""},
        {"key": _("Hồ sơ của ta"), "value": row.case_public_id, "url": CASE_PAGE.format(row.case_public_id)},
        {"key": _("Đến lúc"), "value": moment(row.received_at)},
    ]
    content = [
        {"key": name, "value": _shown(name, row.content[name])}
        for name in names_in_order(row.content)
        if not isinstance(row.content[name], dict)
    ]
    context = {
        "row": row,
        "facts": [each for each in facts if each["value"]],
        "content": content,
        "is_quarantined": row.state == Submission.QUARANTINED,
        "reason": {"name": "reason", "kind": "textarea", "label": _("Vì sao bỏ qua"), "rows": 2, "max_length": 300},
        "above": [{"url": reverse("portal_link:incoming"), "text": _("Từ Cổng về")}],
    }
    return show(request, "portal_link/submission.html", context)


def _shown(name: str, value: Any) -> str:
    if name in PERSONAL and value:
        return _("(dữ liệu cá nhân, không hiện ở đây)")
    return _("%(count)s mục") % {"count": len(value)} if isinstance(value, list) else str(value) or "–"


@for_administrators
@require_POST
def release(request: HttpRequest, public_id: str) -> HttpResponse:
    """Try again what waits for people."""
    try:
        actions.release(public_id=public_id, now=now())
        messages.success(request, _("Sẽ nhận lại trong ít giây."))
    except actions.NotInQuarantine as gone:
        messages.error(request, said(gone))
    return HttpResponseRedirect(reverse("portal_link:incoming"))


@for_administrators
@require_POST
def dismiss(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put away what waits for people; a reason is needed."""
    reason = request.POST.get("reason", "").strip()[:300]
    if not reason:
        messages.error(request, _("Hãy ghi vì sao bỏ qua."))
        return HttpResponseRedirect(reverse("portal_link:submission", args=[public_id]))
    try:
        actions.dismiss(public_id=public_id, reason=reason, actor=officer_in(request), now=now())
        messages.success(request, _("Đã bỏ qua. Nội dung vẫn được giữ."))
    except actions.NotInQuarantine as gone:
        messages.error(request, said(gone))
    return HttpResponseRedirect(reverse("portal_link:incoming"))
