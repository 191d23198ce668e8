"""How reports are worded on pages: periods, values, states, how near the day is."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.filling import Value
from tinhso.modules.government.reporting.rules.naming import days_name, period_name, value_text
from tinhso.modules.government.reporting.rules.templates import MONEY, WHOLE, Cell
from tinhso.platform.wording import day, language

__all__ = ["days_of", "due_badge", "period_name", "state_badge", "table", "typed_text", "value_text"]
SOON_DAYS: Final = 3
BADGES: Final = {
    states.ASSIGNED: "",
    states.DRAFTING: "",
    states.PROPOSED: "soon",
    states.SUBMITTED: "soon",
    states.RETURNED: "late",
    states.APPROVED: "ok",
    states.AGGREGATED: "soon",
    states.SENT_UP: "ok",
    states.REOPENED: "late",
}


def days_of(row: Report) -> str:
    """The days a report speaks of."""
    return days_name(row.start_on, row.cut_off_on)


def state_badge(row: Report) -> dict[str, str]:
    """Where a report stands, as a badge."""
    return {"kind": BADGES.get(row.state, ""), "text": str(states.NAMES.get(row.state, row.state))}


def due_badge(row: Report, now: datetime) -> dict[str, str]:
    """How near the day is while the report is owed; afterwards whether it came in time."""
    if row.state not in states.OWED:
        came = row.first_submitted_at or row.sent_up_at
        if came and came > row.due_at:
            return {"kind": "late", "text": _("nộp, %(late)s") % {"late": _lateness(row.due_at, came)}}
        return {"kind": "ok", "text": _("đúng hạn")}
    if row.due_at < now:
        return {"kind": "late", "text": _lateness(row.due_at, now)}
    local = row.due_at.astimezone(VIETNAM)
    days = (local.date() - now.astimezone(VIETNAM).date()).days
    if days == 0:
        return {"kind": "soon", "text": _("hôm nay %(clock)s") % {"clock": f"{local:%H:%M}"}}
    if days == 1:
        return {"kind": "soon", "text": _("mai %(clock)s") % {"clock": f"{local:%H:%M}"}}
    return {"kind": "soon" if days <= SOON_DAYS else "ok", "text": _("hạn %(day)s") % {"day": day(local.date())}}


def _lateness(due_at: datetime, until: datetime) -> str:
    """By how much a deadline was missed: in days as a calendar counts them, on the same day in hours."""
    days = (until.astimezone(VIETNAM).date() - due_at.astimezone(VIETNAM).date()).days
    if days:
        return ngettext("trễ %(count)s ngày", "trễ %(count)s ngày", days) % {"count": days}
    hours = max(int((until - due_at).total_seconds() // 3600), 1)
    return ngettext("trễ %(count)s giờ", "trễ %(count)s giờ", hours) % {"count": hours}


def typed_text(cell: Cell, value: Value | None) -> str:
    """A value as it stands in a field to be typed over: what counts whole things in groups, others without."""
    if isinstance(value, Decimal) and cell.kind not in {WHOLE, MONEY}:
        plain = f"{value:f}"
        return plain if language() == "en" else plain.replace(".", ",")
    return "" if value is None else value_text(cell, value)


def table(caption: str, titles: list[str], rows: list[dict[str, Any]], numbers: tuple[int, ...] = ()) -> dict[str, Any]:
    """A table of the design system; `numbers` are the columns set to the right."""
    columns = [{"title": title, **({"kind": "num"} if place in numbers else {})} for place, title in enumerate(titles)]
    return {"caption": caption, "columns": columns, "rows": rows, "width": len(titles)}
