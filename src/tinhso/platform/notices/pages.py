"""A person's own notices, and what the simulated gateways took."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tinhso.platform.clock import now
from tinhso.platform.notices import actions, queries
from tinhso.platform.notices.adapters.simulator import FAULTS
from tinhso.platform.notices.rules import CHANNELS
from tinhso.platform.people.pages.doors import needs_actor

View = Callable[..., HttpResponse]
MOST_FAULTS = 20


def in_demonstration(view: View) -> View:
    """There is no such page outside a demonstration."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@never_cache
@needs_actor
def list_own(request: HttpRequest) -> HttpResponse:
    """What the signed-in person was told, newest first."""
    after = request.GET.get("after", "")
    page = queries.list_notices(request.actor.code, after=after)  # type: ignore[attr-defined]
    language = get_language() or "vi"
    rows = [
        {"id": row.public_id, "text": row.text.in_language(language), "link": row.link, "at": row.created_at, "is_new": row.read_at is None}
        for row in page.rows
    ]  # fmt: skip
    here = reverse("notices:list")
    context = {
        "notices": rows,
        "unread": queries.count_unread(request.actor.code),  # type: ignore[attr-defined]
        "first_url": here if after else "",
        "next_url": f"{here}?after={page.after}" if page.after else "",
    }
    return render(request, "notices/list.html", context)


@require_POST
@needs_actor
def read(request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
    """Note one notice as read, or all of them."""
    actor = request.actor  # type: ignore[attr-defined]
    if public_id:
        actions.mark_read(public_id=public_id, actor=actor, now=now())
    else:
        count = actions.mark_all_read(actor=actor, now=now())
        said = ngettext(
            "Đã đánh dấu %(count)s thông báo là đã đọc.", "Đã đánh dấu %(count)s thông báo là đã đọc.", count
        )
        messages.success(request, said % {"count": count})
    return HttpResponseRedirect(reverse("notices:list"))


@never_cache
@in_demonstration
def simulated(request: HttpRequest) -> HttpResponse:
    """The letters that would have gone out, and the faults that are planned."""
    channel = request.GET.get("channel", "")
    channel = channel if channel in CHANNELS else ""
    names = _channels()
    letters = [{"row": row, "channel_name": names[row.channel]} for row in queries.list_simulated(channel=channel)]
    context = {"letters": letters, "channel": channel, "channels": names, **_fault_fields()}
    return render(request, "notices/simulated.html", context)


@require_POST
@in_demonstration
def plan_faults(request: HttpRequest) -> HttpResponse:
    """Let the next letters on a channel go wrong."""
    channel, fault, count = (request.POST.get(name, "") for name in ("channel", "fault", "count"))
    if channel not in CHANNELS or fault not in FAULTS or not count.isdecimal() or int(count) > MOST_FAULTS:
        messages.error(request, _("Hãy chọn kênh, kiểu lỗi, và số lần từ 0 đến %(most)s.") % {"most": MOST_FAULTS})
    else:
        actions.plan_faults(channel=channel, fault=fault, count=int(count), actor=_Visitor(), now=now())
        messages.success(request, _("Đã đặt. Các tin gửi tiếp theo trên kênh này sẽ gặp lỗi đó."))
    return HttpResponseRedirect(reverse("notices:simulated"))


class _Visitor:
    """Whoever looks at the demonstration."""

    code = "demonstration"


def _channels() -> dict[str, str]:
    return {"email": _("Thư điện tử"), "sms": _("Tin nhắn SMS"), "zalo": "Zalo"}


def _faults() -> dict[str, str]:
    return {
        "timeout": _("Không trả lời, không nhận"),
        "refusal": _("Từ chối"),
        "lost_answer": _("Đã nhận nhưng câu trả lời bị mất"),
    }


def _fault_fields() -> dict[str, dict[str, Any]]:
    return {
        "channel_field": _choice("channel", _("Kênh"), _channels()),
        "fault_field": _choice("fault", _("Kiểu lỗi"), _faults()),
        "count_field": {"name": "count", "label": _("Cho mấy tin tiếp theo"), "value": "2", "inputmode": "numeric"},
    }


def _choice(name: str, label: str, options: dict[str, str]) -> dict[str, Any]:
    rows = [{"value": value, "text": text} for value, text in options.items()]
    return {"name": name, "label": label, "kind": "select", "no_blank": True, "options": rows}


urlpatterns = [
    path("my/notices/", list_own, name="list"),
    path("my/notices/read/", read, name="read_all"),
    path("my/notices/<uuid:public_id>/read/", read, name="read"),
    path("simulators/messages/", simulated, name="simulated"),
    path("simulators/messages/faults/", plan_faults, name="plan_faults"),
]
