"""The messages on their way to the portal: what waits, what is stuck and why; resend, skip, a whole dossier's course."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.adapters import find_portal
from tinhso.modules.government.portal_link.models import Message
from tinhso.modules.government.portal_link.pages.frame import CASE_PAGE, moment, show
from tinhso.modules.government.portal_link.queries import outbox as queries
from tinhso.modules.government.portal_link.queries.outbox import MessageRow, Overview
from tinhso.modules.government.portal_link.rules.sending import reason_in_words
from tinhso.modules.government.portal_link.rules.states import WHOLE, name_of
from tinhso.modules.government.portal_link.rules.wire import Progress, Whole
from tinhso.platform.clock import now
from tinhso.platform.people.pages.work import for_administrators, officer_in
from tinhso.platform.wording import said, span

PERSONAL = frozenset({"ChuHoSo", "MaDoiTuong", "Email", "SoDienThoai", "TrichYeuHoSo", "NguoiXuLy"})
KINDS = {Message.WAITING: "soon", Message.STUCK: "late", Message.DELIVERED: "ok", Message.SKIPPED: ""}


@for_administrators
def show_outbox(request: HttpRequest) -> HttpResponse:
    """Counts, age, whether the portal answers; the stuck messages, then those that wait."""
    at = now()
    overview = queries.get_overview(at)
    stuck, waiting = queries.list_messages(Message.STUCK), queries.list_messages(Message.WAITING, 50)
    context = {
        "counts": _counts(overview, at),
        "warnings": _warnings(overview, at),
        "stuck": _table(stuck, at, _("Tin bị kẹt"), picks=True) if stuck else None,
        "waiting": _table(waiting, at, _("Tin đang chờ gửi, cũ nhất trước"), picks=False) if waiting else None,
        "buttons": _buttons() if stuck else [],
    }
    return show(request, "portal_link/outbox.html", context)


def _counts(overview: Overview, at: datetime) -> list[dict[str, Any]]:
    age = span(overview.age(at)) if overview.oldest_at else "–"
    return [
        {"value": str(overview.waiting), "text": _("chờ gửi")},
        {"value": str(overview.stuck), "text": _("bị kẹt"), "kind": "late" if overview.stuck else "ok"},
        {"value": age, "text": _("tin cũ nhất"), "kind": "late" if overview.is_old(at) else "ok"},
        {"value": str(overview.delivered), "text": _("đã gửi trong 24 giờ")},
    ]


def _warnings(overview: Overview, at: datetime) -> list[str]:
    said = []
    if find_portal() is None:
        said.append(_("Chưa đặt địa chỉ Cổng Dịch vụ công quốc gia, nên mọi tin đều đang chờ."))
    if overview.rests_until:
        words = {"until": moment(overview.rests_until), "words": overview.trouble_words}
        said.append(_("Cổng không trả lời (%(words)s). Tạm nghỉ gửi, thử lại lúc %(until)s.") % words)
    if overview.is_old(at):
        words = {"age": span(overview.age(at)), "most": span(overview.longest_age)}
        said.append(_("Tin cũ nhất đã chờ %(age)s, quá mức %(most)s.") % words)
    return said


def _buttons() -> list[dict[str, str]]:
    url = reverse("portal_link:resend")
    return [
        {"text": _("Gửi lại các tin đã chọn"), "name": "which", "value": "picked", "form": "picked", "formaction": url},
        {"text": _("Gửi lại tất cả"), "kind": "secondary", "name": "which", "value": "all", "form": "picked", "formaction": url},
    ]  # fmt: skip


def _table(rows: Sequence[MessageRow], at: datetime, caption: str, *, picks: bool) -> dict[str, Any]:
    titles = [_("Mã hồ sơ"), _("Tin"), _("Vì sao"), _("Đã chờ"), _("Đã thử")]
    shown = [
        {
            "id": str(row.id),
            "name": row.portal_code,
            "cells": [
                {"text": row.portal_code, "url": reverse("portal_link:message", args=[row.id]), "heads": True},
                {"text": f"{call_in_words(row.call)} ({row.sequence})", "label": titles[1]},
                {"text": reason_in_words(row.trouble, row.trouble_code, row.trouble_words) if row.trouble else "–", "label": titles[2]},
                {"text": span(at - row.written_at), "label": titles[3]},
                {"text": ngettext("%(count)s lần", "%(count)s lần", row.tries) % {"count": row.tries}, "label": titles[4]},
            ],
        }
        for row in rows
    ]  # fmt: skip
    table: dict[str, Any] = {"caption": caption, "columns": [{"title": title} for title in titles], "rows": shown}
    return table | ({"picks": "message", "form": "picked"} if picks else {})


def call_in_words(call: str) -> str:
    """What a message is about."""
    return _("Toàn bộ hồ sơ") if call == WHOLE else _("Một bước xử lý")


def state_in_words(state: str) -> str:
    """Where a message stands."""
    names = {
        Message.WAITING: _("chờ gửi"),
        Message.STUCK: _("bị kẹt"),
        Message.DELIVERED: _("đã gửi"),
        Message.SKIPPED: _("đã bỏ qua"),
    }
    return names[state]


@for_administrators
@require_POST
def resend(request: HttpRequest) -> HttpResponse:
    """Try the picked messages again, or all that are stuck."""
    actor, done = officer_in(request), 0
    if request.POST.get("which") == "all":
        done = actions.resend_all(actor=actor, now=now())
    for each in request.POST.getlist("message") if request.POST.get("which") != "all" else ():
        try:
            actions.resend_message(message_id=int(each) if each.isdecimal() else 0, actor=actor, now=now())
            done += 1
        except actions.NotStuck as gone:
            messages.error(request, said(gone))
    if done:
        messages.success(request, _("%(count)s tin sẽ được gửi lại trong ít giây.") % {"count": done})
    return HttpResponseRedirect(reverse("portal_link:outbox"))


@for_administrators
def show_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message: why it is stuck, what it says but for personal data, what one may do."""
    return _message(request, queries.get_message(message_id), "")


def _message(request: HttpRequest, row: MessageRow, error: str) -> HttpResponse:
    facts: list[dict[str, Any]] = [
        {"key": _("Mã hồ sơ"), "value": row.portal_code, "url": reverse("portal_link:dossier", args=[row.portal_code])},
        {"key": _("Hồ sơ của ta"), "value": row.case_public_id, "url": CASE_PAGE.format(row.case_public_id)},
        {"key": _("Tin"), "value": f"{call_in_words(row.call)} ({row.call}, {_('số')} {row.sequence})"},
        {"key": _("Tình trạng"), "badge": {"kind": KINDS[row.state], "text": state_in_words(row.state)}, "value": ""},
        {"key": _("Vì sao"), "value": reason_in_words(row.trouble, row.trouble_code, row.trouble_words) if row.trouble else ""},
        {"key": _("Lý do bỏ qua"), "value": row.skip_reason},
        {"key": _("Viết lúc"), "value": moment(row.written_at)},
        {"key": _("Thử lần cuối"), "value": moment(row.tried_at)},
    ]  # fmt: skip
    content = [{"key": name, "value": _shown(name, row.content[name])} for name in names_in_order(row.content)]
    reason = {"name": "reason", "kind": "textarea", "label": _("Lý do bỏ qua"), "rows": 2, "error": error, "max_length": 300,
        "hint": _("Tin bị bỏ qua không bao giờ được gửi; các tin sau của hồ sơ sẽ đi tiếp.")}  # fmt: skip
    context = {
        "row": row,
        "facts": [each for each in facts if each["value"] or each.get("badge")],
        "content": content,
        "is_stuck": row.state == Message.STUCK,
        "reason": reason,
        "errors": [{"text": error, "href": "#reason"}] if error else [],
        "above": [{"url": reverse("portal_link:outbox"), "text": _("Gửi lên Cổng")}],
    }
    return show(request, "portal_link/message.html", context)


def names_in_order(content: Mapping[str, Any]) -> list[str]:
    """The names of a content as the wire orders them; those it does not know at the end."""
    order = {one.metadata["wire"]: place for place, one in enumerate((*fields(Whole), *fields(Progress)))}
    return sorted(content, key=lambda name: order.get(name, len(order)))


def _shown(name: str, value: Any) -> str:
    if name in PERSONAL and value:
        return _("(dữ liệu cá nhân, không hiện ở đây)")
    if isinstance(value, list):
        return _("%(count)s mục") % {"count": len(value)}
    return str(value) or "–"


@for_administrators
@require_POST
def skip(request: HttpRequest, message_id: int) -> HttpResponse:
    """Let a stuck message be, with the reason that was typed."""
    try:
        actions.skip_message(
            message_id=message_id, reason=request.POST.get("reason", ""), actor=officer_in(request), now=now()
        )
    except actions.NoReason as refusal:
        return _message(request, queries.get_message(message_id), said(refusal))
    except actions.NotStuck as gone:
        messages.error(request, said(gone))
    else:
        messages.success(request, _("Đã bỏ qua tin này. Các tin sau của hồ sơ đi tiếp."))
    return HttpResponseRedirect(reverse("portal_link:outbox"))


@for_administrators
def show_dossier(request: HttpRequest, portal_code: str) -> HttpResponse:
    """All that the portal was told of one dossier, in order."""
    rows = queries.list_of_dossier(portal_code)
    dossier = queries.find_dossier(portal_code)
    titles = [_("Số"), _("Tin"), _("Tình trạng"), _("Viết lúc"), _("Xong lúc")]
    shown = [
        {
            "id": str(row.id),
            "cells": [
                {"text": str(row.sequence), "url": reverse("portal_link:message", args=[row.id]), "heads": True},
                {"text": call_in_words(row.call), "label": titles[1]},
                {"badge": {"kind": KINDS[row.state], "text": state_in_words(row.state)}, "label": titles[2]},
                {"text": moment(row.written_at), "label": titles[3]},
                {"text": moment(row.settled_at), "label": titles[4]},
            ],
        }
        for row in rows
    ]
    table = {"caption": _("Các tin đã viết"), "columns": [{"title": title} for title in titles], "rows": shown}
    context = {
        "portal_code": portal_code,
        "dossier": dossier,
        "state": name_of(dossier.states[-1] if dossier and dossier.states else None),
        "case_url": CASE_PAGE.format(dossier.case_public_id) if dossier else "",
        "table": table if rows else None,
        "here": request.path,
        "above": [{"url": reverse("portal_link:outbox"), "text": _("Gửi lên Cổng")}],
    }
    return show(request, "portal_link/dossier.html", context)
