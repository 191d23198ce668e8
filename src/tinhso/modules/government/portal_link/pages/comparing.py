"""The comparison with the portal: figures of a day, each difference, one click to send a dossier again."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.modules.government.portal_link import actions
from tinhso.modules.government.portal_link.adapters import find_portal
from tinhso.modules.government.portal_link.models import Comparison, Difference, Dossier, Submission
from tinhso.modules.government.portal_link.pages.frame import moment, show
from tinhso.modules.government.portal_link.ports import Unreachable
from tinhso.modules.government.portal_link.queries import comparing as queries
from tinhso.modules.government.portal_link.rules.states import name_of
from tinhso.platform.clock import now
from tinhso.platform.people.pages.work import for_administrators, officer_in

DAYS, MOST_DAYS, MOST_REPAIRED = 3, 400, 1000
UNKNOWN_HERE, CODES_SAID = "unknown_here", 20


def standings() -> dict[str, tuple[str, str]]:
    """How the two sides may stand: in words, and the kind of badge."""
    return {
        "equal": (_("khớp"), "ok"),
        "behind": (_("Cổng chậm hơn ta"), "soon"),
        "ahead": (_("Cổng khác ta"), "late"),
        "unknown_there": (_("Cổng chưa có"), "late"),
        "unknown_here": (_("ta chưa có"), "late"),
    }


@for_administrators
def show_comparison(request: HttpRequest) -> HttpResponse:
    """One comparison, the newest unless another is asked for."""
    asked = request.GET.get("id", "")
    found = queries.find_comparison(int(asked) if asked.isdecimal() and len(asked) < 19 else None)
    differences = queries.list_differences(found.pk) if found else []
    ours = [row for row in differences if row.standing != UNKNOWN_HERE]
    others = [row for row in differences if row.standing == UNKNOWN_HERE]
    context = {
        "comparison": found,
        "compared_at": moment(found.compared_at) if found else "",
        "counts": _counts(found) if found else [],
        "table": _table(ours) if ours else None,
        "strangers": _strangers(others) if others else None,
        "unknown": _unknown(found) if found else [],
        "agrees": found is not None and not differences,
        "days": {"name": "days", "kind": "number", "label": _("Hồ sơ đổi trong mấy ngày qua"), "value": DAYS, "min": 1, "max": MOST_DAYS, "width": 3},
        "buttons": [{"text": _("Gửi lại toàn bộ các hồ sơ đã chọn"), "form": "picked"}] if ours else [],
        "earlier": _earlier(queries.list_comparisons()),
    }  # fmt: skip
    return show(request, "portal_link/comparison.html", context)


def _unknown(found: Comparison) -> list[str]:
    """Codes of ours that the portal does not list, in sentences; what bears them will be refused."""
    said = [
        (_("Cổng chưa có các thủ tục: %(codes)s."), found.unknown_codes.get("procedures")),
        (_("Cổng chưa có các cơ quan: %(codes)s."), found.unknown_codes.get("agencies")),
    ]
    return [text % {"codes": ", ".join(codes[:CODES_SAID])} for text, codes in said if codes]


def _counts(found: Comparison) -> list[dict[str, Any]]:
    rows = [
        {"value": str(found.figures.get(code, 0)), "text": text, "kind": kind if found.figures.get(code) else ""}
        for code, (text, kind) in standings().items()
    ]
    unanswered = {"value": str(found.unanswered), "text": _("Cổng không trả lời"), "kind": "soon"}
    return rows + ([unanswered] if found.unanswered else [])


def _table(rows: Sequence[Difference]) -> dict[str, Any]:
    titles = [_("Mã hồ sơ"), _("Khác thế nào"), _("Ta"), _("Cổng"), _("Tin đang chờ"), _("Sửa")]
    names = standings()
    shown = [
        {
            "id": row.portal_code,
            "name": row.portal_code,
            "cells": [
                {"text": row.portal_code, "url": reverse("portal_link:dossier", args=[row.portal_code]), "heads": True},
                {"badge": {"kind": names[row.standing][1], "text": names[row.standing][0]}, "label": titles[1]},
                {"text": name_of(row.ours), "label": titles[2]},
                {"text": name_of(row.theirs), "label": titles[3]},
                {"text": str(row.waiting), "kind": "num", "label": titles[4]},
                {"text": moment(row.repaired_at), "label": titles[5]},
            ],
        }
        for row in rows
    ]
    return {
        "caption": _("Hồ sơ khác nhau"),
        "columns": [{"title": title} for title in titles],
        "rows": shown,
        "picks": "code",
        "form": "picked",
    }


def _strangers(rows: Sequence[Difference]) -> dict[str, Any]:
    """What the portal knows and we do not; where it was handed in and waits for people, the way there."""
    titles = [_("Mã trên Cổng"), _("Cổng"), _("Ở đây")]
    known = queries.find_submissions([row.portal_code for row in rows])
    shown = []
    for row in rows:
        here: dict[str, Any] = {"text": _("không có gì"), "label": titles[2]}
        if row.portal_code in known:
            public_id, state = known[row.portal_code]
            said = _("đã bỏ qua") if state == Submission.DISMISSED else _("chờ người xem")
            url = reverse("portal_link:submission", args=[public_id])
            here = {"text": said, "url": url, "label": titles[2]}
        cells = [{"text": row.portal_code, "heads": True}, {"text": name_of(row.theirs), "label": titles[1]}, here]
        shown.append({"id": row.portal_code, "cells": cells})
    return {"caption": _("Cổng có mà ta chưa có"), "columns": [{"title": title} for title in titles], "rows": shown}


def _earlier(rows: Sequence[Comparison]) -> list[dict[str, str]]:
    return [
        {
            "url": f"{reverse('portal_link:comparison')}?id={row.pk}",
            "text": moment(row.compared_at),
            "note": _("%(equal)s khớp trên %(all)s") % {"equal": row.figures.get("equal", 0), "all": row.looked_at},
        }
        for row in rows
    ]


@for_administrators
@require_POST
def compare_now(request: HttpRequest) -> HttpResponse:
    """Compare at once."""
    asked, portal = request.POST.get("days", ""), find_portal()
    days = min(int(asked), MOST_DAYS) if asked.isdecimal() and len(asked) < 5 and int(asked) else DAYS
    if portal is None:
        messages.error(request, _("Chưa đặt địa chỉ Cổng Dịch vụ công quốc gia."))
        return HttpResponseRedirect(reverse("portal_link:comparison"))
    try:
        actions.compare_with_portal(portal=portal, days=days, actor=officer_in(request), now=now())
        messages.success(request, _("Đã đối soát xong."))
    except Unreachable as away:
        messages.error(request, _("Cổng không trả lời (%(words)s). Hãy thử lại sau.") % {"words": away})
    return HttpResponseRedirect(reverse("portal_link:comparison"))


@for_administrators
@require_POST
def repair(request: HttpRequest) -> HttpResponse:
    """Send the picked dossiers again as they stand."""
    done = 0
    for code in request.POST.getlist("code")[:MOST_REPAIRED]:
        try:
            actions.repair_dossier(portal_code=code, actor=officer_in(request), now=now())
            done += 1
        except Dossier.DoesNotExist:
            messages.error(request, _("%(code)s không phải hồ sơ của ta, hãy hỏi nơi vận hành Cổng.") % {"code": code})
    if done:
        messages.success(request, _("Toàn bộ %(count)s hồ sơ sẽ được gửi lại trong ít giây.") % {"count": done})
    return HttpResponseRedirect(reverse("portal_link:comparison"))
