"""Lending one's own posts to colleagues for a time, seeing what is lent to oneself, taking it back."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.platform.clock import now
from tinhso.platform.people import actions, queries
from tinhso.platform.people.pages.work import for_officers, officer_in, post_in_words, show, span
from tinhso.platform.people.pages.work_forms import Lend
from tinhso.platform.people.queries import DelegationRow
from tinhso.platform.people.rules import Invalid


@for_officers
def delegations(request: HttpRequest) -> HttpResponse:
    """What one has lent, what is lent to one, and the own posts that may be lent."""
    actor, moment = officer_in(request), now()
    rows = queries.list_delegations(actor.code, moment)
    names = queries.get_names(code for row in rows for code in (row.giver_code, row.receiver_code))
    procedures = queries.get_procedure_names(code for row in rows for code in row.procedures)
    shown = [_shown(row, names, procedures, moment) for row in rows]
    context = {
        "posts": [_lendable(post.unit_key, post.role) for post in actor.posts if not post.on_behalf_of],
        "given": [each for each, row in zip(shown, rows, strict=True) if row.giver_code == actor.code],
        "received": [each for each, row in zip(shown, rows, strict=True) if row.receiver_code == actor.code],
    }
    return show(request, "people/delegations.html", context)


@for_officers
def delegate(request: HttpRequest) -> HttpResponse:
    """Lend one of one's own posts."""
    actor, moment = officer_in(request), now()
    unit_key, role = request.GET.get("unit", ""), request.GET.get("role", "")
    if not any((post.unit_key, post.role, post.on_behalf_of) == (unit_key, role, "") for post in actor.posts):
        raise LookupError(role)
    receivers = queries.list_receivers(giver_code=actor.code, unit_key=unit_key, now=moment)
    form = Lend(request.POST or None, now=moment, receivers=receivers)
    if request.method == "POST" and form.is_valid():
        try:
            actions.delegate(
                unit_key=unit_key,
                role=role,
                receiver_code=form.cleaned_data["receiver"],
                terms=form.terms(),
                actor=actor,
                now=moment,
            )
        except Invalid as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("Đã ủy quyền. Người nhận thấy ngay ở trang Ủy quyền của họ."))
            return HttpResponseRedirect(reverse("people:delegations"))
    context = {
        "heading": _("Ủy quyền vị trí %(post)s") % {"post": post_in_words(role, unit_key)},
        "text": _("Người nhận làm được mọi việc của vị trí này; trên giấy tờ và trong sổ ghi rõ là làm thay bạn."),
        "form": form,
        "button": _("Ủy quyền"),
        "back_url": reverse("people:delegations"),
        "nobody": "" if receivers else _("Đơn vị chưa có người nào khác để ủy quyền."),
    }
    return show(request, "people/work_form.html", context)


@for_officers
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Say what taking back (or giving back) a delegation does, and do it."""
    actor, moment = officer_in(request), now()
    row = queries.find_delegation(code)
    if row is None or actor.code not in {row.giver_code, row.receiver_code}:
        raise LookupError(code)
    if request.method == "POST":
        actions.revoke_delegation(code=code, actor=actor, now=moment)
        messages.success(request, _("Việc ủy quyền đã hết."))
        return HttpResponseRedirect(reverse("people:delegations"))
    receiver = queries.get_names([row.receiver_code]).get(row.receiver_code, row.receiver_code)
    items = [
        _("Vị trí: %(post)s, %(span)s.")
        % {"post": post_in_words(row.role, row.unit_key), "span": span(row.valid_from, row.valid_to)},
        _("%(name)s thôi làm thay ngay lúc này.") % {"name": receiver},
        _("Việc đã làm trong thời gian được ủy quyền vẫn có hiệu lực. Việc đang chờ trở lại với người giữ vị trí."),
    ]
    is_giver = row.giver_code == actor.code
    context = {
        "heading": _("Thu lại ủy quyền?") if is_giver else _("Trả lại ủy quyền?"),
        "items": items,
        "button": _("Thu lại") if is_giver else _("Trả lại"),
        "back_url": reverse("people:delegations"),
        "is_grave": True,
    }
    return show(request, "people/work_form.html", context)


def _lendable(unit_key: str, role: str) -> dict[str, str]:
    address = f"{reverse('people:delegate')}?{urlencode({'unit': unit_key, 'role': role})}"
    return {"text": post_in_words(role, unit_key), "url": address}


def _shown(row: DelegationRow, names: Mapping[str, str], procedures: Mapping[str, str], moment: Any) -> dict[str, Any]:
    only: Sequence[str] = [f"{code} {procedures.get(code, '')}".strip() for code in row.procedures]
    return {
        "post": post_in_words(row.role, row.unit_key),
        "giver": names.get(row.giver_code, row.giver_code),
        "receiver": names.get(row.receiver_code, row.receiver_code),
        "span": span(row.valid_from, row.valid_to),
        "reason": row.reason,
        "procedures": only,
        "is_to_come": row.valid_from > moment,
        "revoke_url": reverse("people:revoke", args=[row.code]),
    }
