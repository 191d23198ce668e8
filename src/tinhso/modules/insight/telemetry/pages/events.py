"""Events that devices tell of: a person confirms or rejects each; only then anything else may be done with it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.pages.doors import for_officers, officer_in
from tinhso.modules.insight.telemetry.pages.panels import event_title
from tinhso.modules.insight.telemetry.pages.words import REVIEWS, percent
from tinhso.modules.insight.telemetry.queries import EventRow, Wanted
from tinhso.modules.insight.telemetry.rules.devices import Refused
from tinhso.modules.insight.telemetry.rules.kinds import SEVERITIES
from tinhso.modules.insight.telemetry.rules.powers import may_review
from tinhso.platform.clock import now
from tinhso.platform.people.queries import get_names
from tinhso.platform.sheets import csv_answer
from tinhso.platform.wording import language, moment, said

KIND_OF_SEVERITY = {"trouble": "late", "warning": "soon", "notice": ""}


@for_officers
def show_events(request: HttpRequest) -> HttpResponse:
    """The events of the devices the officer may see: first those that wait for a look."""
    review = request.GET.get("review", "waiting")
    review = review if review in REVIEWS else ""
    devices = queries.list_devices(Wanted(with_retired=True), now(), seen_by=officer_in(request))
    rows = queries.list_events(devices, review=review, before=_before(request))
    url = reverse("telemetry:events")
    last = rows[-1].event if len(rows) == queries.EVENTS_ON_A_PAGE else None
    choices = [*((code, str(text)) for code, (_kind, text) in REVIEWS.items()), ("all", _("Tất cả"))]
    context = {
        "crumbs": [{"url": reverse("telemetry:devices"), "text": _("Quan trắc")}, {"text": _("Sự kiện")}],
        "choices": [{"url": f"{url}?review={code}", "text": text, "current": code == (review or "all")} for code, text in choices],
        "table": _table(rows) if rows else None,
        "next_url": f"{url}?review={review or 'all'}&before={last.happened_at.timestamp()}&id={last.id}" if last else "",
        "first_url": f"{url}?review={review or 'all'}" if request.GET.get("before") else "",
        "download": reverse("telemetry:events_csv") + f"?review={review or 'all'}",
    }  # fmt: skip
    return render(request, "telemetry/events.html", context)


def _before(request: HttpRequest) -> tuple[datetime, int] | None:
    try:
        return datetime.fromtimestamp(float(request.GET["before"]), tz=UTC), int(request.GET["id"]) % 2**62
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def _table(rows: list[EventRow]) -> dict[str, Any]:
    titles = [_("Sự kiện"), _("Lúc"), _("Thiết bị"), _("Biển số (đã che)"), _("Mức"), _("Xem xét")]
    found = []
    for row in rows:
        kind, text = REVIEWS[row.event.review]
        severity = {"kind": KIND_OF_SEVERITY[row.event.severity], "text": str(SEVERITIES[row.event.severity])}
        cells = [
            {"text": event_title(row), "url": reverse("telemetry:event", args=[row.event.public_id]), "heads": True, "note": row.event.text},
            {"text": moment(row.event.happened_at), "label": titles[1]},
            {"text": row.device.name_in(language()), "url": reverse("telemetry:device", args=[row.device.code]), "label": titles[2]},
            {"text": row.event.plate_masked or "–", "label": titles[3]},
            {"badge": severity, "label": titles[4]},
            {"badge": {"kind": kind, "text": str(text)}, "label": titles[5], "note": row.event.review_note},
        ]  # fmt: skip
        found.append({"cells": cells})
    return {
        "caption": _("Sự kiện"),
        "caption_hidden": True,
        "columns": [{"title": title} for title in titles],
        "rows": found,
    }


@for_officers
def events_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table to take away, a thousand at most."""
    review = request.GET.get("review", "")
    devices = queries.list_devices(Wanted(with_retired=True), now(), seen_by=officer_in(request))
    rows = queries.list_events(devices, review=review if review in REVIEWS else "", limit=1000)
    head = [
        _("Lúc"),
        _("Sự kiện"),
        _("Thiết bị"),
        _("Mã"),
        _("Biển số (đã che)"),
        _("Nội dung"),
        _("Xem xét"),
        _("Ghi chú"),
    ]
    table = [[moment(row.event.happened_at), event_title(row), row.device.name_in(language()), row.device.code, row.event.plate_masked, row.event.text, str(REVIEWS[row.event.review][1]), row.event.review_note] for row in rows]  # fmt: skip
    return csv_answer([head, *table], "telemetry-events")


def find_row(request: HttpRequest, public_id: str) -> EventRow:
    """The event of that id, where the officer may see its device. :raises Http404: there is none for this officer"""
    event = queries.find_event(public_id)
    device = queries.find_device(event.device.code, now(), seen_by=officer_in(request)) if event else None
    if event is None or device is None:
        raise Http404
    return EventRow(event, device, device.kind.events.get(event.type))


@for_officers
def show_event(request: HttpRequest, public_id: str) -> HttpResponse:
    """One event, with the form in which it is confirmed or rejected."""
    row = find_row(request, public_id)
    event, name = row.event, row.device.name_in(language())
    kind, text = REVIEWS[event.review]
    reviewer = get_names([event.reviewed_by]).get(event.reviewed_by, event.reviewed_by) if event.reviewed_by else ""
    told = [
        (_("Thiết bị"), name),
        (_("Lúc"), moment(event.happened_at)),
        (_("Nhận lúc"), moment(event.received_at)),
        (_("Mức"), str(SEVERITIES[event.severity])),
        (_("Máy tin chắc"), percent(event.confidence) if event.confidence is not None else ""),
        (_("Biển số (đã che)"), event.plate_masked),
        (_("Nội dung"), event.text),
        (_("Người xem xét"), f"{reviewer}, {moment(event.reviewed_at)}" if reviewer else ""),
        (_("Ghi chú"), event.review_note),
    ]
    context = {
        "title": event_title(row),
        "badge": {"kind": kind, "text": str(text)},
        "rows": [{"key": key, "value": value} for key, value in told if value],
        "crumbs": [
            {"url": reverse("telemetry:devices"), "text": _("Quan trắc")},
            {"url": reverse("telemetry:events"), "text": _("Sự kiện")},
            {"text": event_title(row)},
        ],
        "device_url": reverse("telemetry:device", args=[row.device.code]),
        "review_url": reverse("telemetry:review", args=[public_id]) if event.review == "waiting" and may_review(officer_in(request), row.device.line) else "",
    }  # fmt: skip
    return render(request, "telemetry/event.html", context)


@for_officers
@require_POST
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """Confirm or reject an event."""
    find_row(request, public_id)
    verdict, note = request.POST.get("verdict", ""), request.POST.get("note", "")
    try:
        actions.review_event(public_id=public_id, verdict=verdict, note=note, actor=officer_in(request), now=now())
    except Refused as refused:
        messages.error(request, said(refused))
        return HttpResponseRedirect(reverse("telemetry:event", args=[public_id]))
    messages.success(request, _("Đã xác nhận sự kiện.") if verdict == "confirmed" else _("Đã bác bỏ sự kiện."))
    return HttpResponseRedirect(reverse("telemetry:events"))
