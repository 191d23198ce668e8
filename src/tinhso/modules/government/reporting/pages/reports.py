"""The page of one report: fill it in, save it, see what is wrong, hand it on."""

import json
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in, show
from tinhso.modules.government.reporting.pages.grids import Typed, id_of, sheets_of, shown, text_of
from tinhso.modules.government.reporting.pages.standing import standing_of
from tinhso.modules.government.reporting.queries import ReportView
from tinhso.modules.government.reporting.rules.checks import is_asked_of
from tinhso.modules.government.reporting.rules.filling import Sent
from tinhso.platform.clock import now
from tinhso.platform.wording import language, said

MOST_TYPED, MANY = 4000, 4  # more columns than that take the whole width of the page


@for_officers
def show_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """The report with its cells; sending the form saves what was changed."""
    view = queries.read_report(public_id, officer_in(request))
    return _save(request, view) if request.method == "POST" else _draw(request, view)


def _draw(
    request: HttpRequest, view: ReportView, *, typed: Typed | None = None, wrong: Mapping[str, list[str]] | None = None
) -> HttpResponse:
    one = shown(view, typed=typed or {}, wrong=wrong)
    errors = [
        {"text": text if name in text else f"{name}: {text}", "href": f"#{id_of(key)}"}
        for key, texts in one.wrong.items()
        for name in [view.template.name_of(key, language())]
        for text in texts
    ]
    context = {
        **standing_of(view, now()),
        "title": said(view.regime.name),
        "sheets": sheets_of(one),
        "errors": errors if view.may_fill else [],
        "is_wide": any(len(sheet.columns) > MANY for sheet in view.template.sheets),
        "can_fill": view.may_fill,
        "revision": str(view.row.revision),
        "base": json.dumps({key: text_of(view, key) for key in _asked(view)}, ensure_ascii=False),
        "derives": any(cell.derived for cell in view.template.cells.values()) and not view.row.is_summed,
    }
    return show(request, "reporting/report.html", context)


def _asked(view: ReportView) -> list[str]:
    return [key for key, cell in view.template.cells.items() if is_asked_of(cell, view.level)]


def _save(request: HttpRequest, view: ReportView) -> HttpResponse:
    """
    Keep the cells that this form changed. Where somebody else saved in between, other cells are merged; the same cell is shown
    again with both texts, and nothing typed is lost.
    """
    base, typed = _base(request), _typed(request, view)
    changed = {key: three for key, three in typed.items() if list(three) != base.get(key, ["", "", ""])}
    theirs = {
        key: text_of(view, key)[0]
        for key in changed
        if key in base and list(text_of(view, key)) != base[key] and text_of(view, key) != changed[key]
    }
    if theirs:
        wrong = {key: [_("Người khác vừa ghi “%(text)s”.") % {"text": text or "–"}] for key, text in theirs.items()}
        return _draw(request, view, typed=changed, wrong=wrong)
    sent = [Sent(key, text, note, reason) for key, (text, note, reason) in changed.items()]
    try:
        saved = actions.save_cells(
            public_id=view.public_id, sent=sent, revision=view.row.revision, actor=officer_in(request), now=now()
        )
    except actions.Outdated as outdated:
        messages.error(request, said(outdated))
        return _draw(request, queries.read_report(view.public_id, officer_in(request)), typed=changed)
    except (actions.Forbidden, actions.NotOpen) as refused:
        messages.error(request, said(refused))
        return _draw(request, queries.read_report(view.public_id, officer_in(request)), typed=changed)
    if saved.troubles:
        fresh = queries.read_report(view.public_id, officer_in(request))
        wrong = {trouble.field: [said(trouble)] for trouble in saved.troubles}
        kept = {key: three for key, three in changed.items() if key in wrong}
        return _draw(request, fresh, typed=kept, wrong=wrong)
    messages.success(request, _("Đã lưu."))
    return HttpResponseRedirect(reverse("reporting:report", args=[view.public_id]))


def _base(request: HttpRequest) -> dict[str, list[str]]:
    """What the form showed before anybody typed; a form without it changes everything it holds."""
    try:
        found = json.loads(request.POST.get("base", "{}"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _typed(request: HttpRequest, view: ReportView) -> dict[str, tuple[str, str, str]]:
    """What the form holds of each cell that is filled in."""
    found: dict[str, tuple[str, str, str]] = {}
    for key in _asked(view):
        if f"v:{key}" in request.POST:
            text, note, reason = (
                request.POST.get(f"{part}:{key}", "").replace("\r\n", "\n").strip()[:MOST_TYPED] for part in "vnr"
            )
            found[key] = (text, note, reason)
    return found


@for_officers
def refresh(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take what the records say now."""
    if request.method == "POST":
        try:
            actions.refresh_cells(public_id=public_id, actor=officer_in(request), now=now())
            messages.success(request, _("Đã lấy lại số liệu của hệ thống."))
        except (actions.Forbidden, actions.NotOpen) as refused:
            messages.error(request, said(refused))
    return HttpResponseRedirect(reverse("reporting:report", args=[public_id]))
