"""What the officer's units owe, what they receive, what may be asked for by hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.modules.government.reporting import queries
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.pages.frame import for_officers, officer_in, show
from tinhso.modules.government.reporting.pages.words import due_badge, period_name, state_badge, table
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules import states
from tinhso.platform.clock import now
from tinhso.platform.wording import language, said

DONE_SHOWN = 12


@for_officers
def list_own(request: HttpRequest) -> HttpResponse:
    """Reports that are due, the late ones first; then what was handed in; then what comes from below."""
    actor, moment = officer_in(request), now()
    owed = queries.list_reports(actor, owed=True)
    done = queries.list_reports(actor, owed=False, limit=DONE_SHOWN)
    received = queries.list_of_receiver(actor)
    late = sum(row.due_at < moment for row in owed)
    context = {
        "counts": [
            {"value": str(late), "text": _("quá hạn"), "kind": "late" if late else "ok"},
            {"value": str(len(owed)), "text": _("phải nộp")},
            {"value": str(len(done)), "text": _("đã nộp gần đây")},
        ],
        "owed": _table(_("Phải nộp"), owed, moment) if owed else None,
        "done": _table(_("Đã nộp"), done, moment) if done else None,
        "received": _table(_("Tổng hợp từ cấp dưới"), received, moment, name="reporting:overview")
        if received
        else None,
        "asks_url": reverse("reporting:ask") if queries.list_assignable(actor, moment) else "",
    }
    return show(request, "reporting/list.html", context)


def _table(caption: str, rows: Sequence[Report], moment: datetime, *, name: str = "reporting:report") -> dict[str, Any]:
    titles = [_("Báo cáo"), _("Kỳ"), _("Đơn vị"), _("Đang ở bước"), _("Hạn")]
    return table(caption, titles, [_row(row, titles, moment, name) for row in rows])


def _row(row: Report, titles: list[str], moment: datetime, name: str) -> dict[str, Any]:
    regime = queries.get_regime(row.regime, row.regime_version)
    note = row.subject or (_("Bản tổng hợp") if row.is_summed and name == "reporting:report" else regime.form)
    return {
        "id": row.public_id,
        "cells": [
            {"text": said(regime.name), "url": reverse(name, args=[row.public_id]), "note": note, "heads": True},
            {"text": period_name(row.period), "label": titles[1]},
            {"text": name_of(row.unit_key, language()), "label": titles[2]},
            {"badge": state_badge(row), "label": titles[3]},
            {"badge": due_badge(row, moment), "label": titles[4], "note": _stale(row)},
        ],
    }


def _stale(row: Report) -> str:
    if row.is_stale and row.state != states.ASSIGNED:
        return _("số liệu cấp dưới đã đổi")
    return ""
