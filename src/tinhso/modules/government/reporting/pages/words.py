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
from tinhso.modules.government.reporting.rules.templates import MONEY, WHOLE, Cell
from tinhso.platform.wording import day, language, number

ROMAN: Final = ("I", "II", "III", "IV")
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


def period_name(code: str) -> str:
    """How people call a period: "tháng 11/2026", "quý IV/2026", "6 tháng đầu năm 2026", "năm 2026", "01/11 đến 30/11/2026"."""
    if ".." in code:
        first, last = (datetime.fromisoformat(part).date() for part in code.split(".."))
        return _("%(first)s đến %(last)s") % {"first": day(first), "last": day(last)}
    year, _dash, part = code.partition("-")
    if not part:
        return _("năm %(year)s") % {"year": year}
    if part.startswith("Q"):
        return _("quý %(quarter)s/%(year)s") % {"quarter": ROMAN[int(part[1:]) - 1], "year": year}
    if part.startswith("H"):
        half = _("6 tháng đầu năm %(year)s") if part == "H1" else _("6 tháng cuối năm %(year)s")
        return half % {"year": year}
    if part.startswith("W"):
        return _("tuần %(week)s/%(year)s") % {"week": int(part[1:]), "year": year}
    return _("tháng %(month)s/%(year)s") % {"month": int(part), "year": year}


def days_of(row: Report) -> str:
    """The days a report speaks of."""
    return _("số liệu từ %(first)s đến %(last)s") % {"first": day(row.start_on), "last": day(row.cut_off_on)}


def state_badge(row: Report) -> dict[str, str]:
    """Where a report stands, as a badge."""
    return {"kind": BADGES.get(row.state, ""), "text": str(states.NAMES.get(row.state, row.state))}


def due_badge(row: Report, now: datetime) -> dict[str, str]:
    """How near the day is while the report is owed; afterwards whether it came in time."""
    if row.state not in states.OWED:
        came = row.first_submitted_at or row.sent_up_at
        if came and came > row.due_at:
            return {"kind": "late", "text": _("nộp trễ %(late)s") % {"late": _lateness(row.due_at, came)}}
        return {"kind": "ok", "text": _("đúng hạn")}
    if row.due_at < now:
        return {"kind": "late", "text": _("trễ %(late)s") % {"late": _lateness(row.due_at, now)}}
    local = row.due_at.astimezone(VIETNAM)
    days = (local.date() - now.astimezone(VIETNAM).date()).days
    if days == 0:
        return {"kind": "soon", "text": _("hôm nay %(clock)s") % {"clock": f"{local:%H:%M}"}}
    if days == 1:
        return {"kind": "soon", "text": _("mai %(clock)s") % {"clock": f"{local:%H:%M}"}}
    return {"kind": "soon" if days <= SOON_DAYS else "ok", "text": _("hạn %(day)s") % {"day": day(local.date())}}


def _lateness(due_at: datetime, until: datetime) -> str:
    days = (until.astimezone(VIETNAM).date() - due_at.astimezone(VIETNAM).date()).days
    if days:
        return ngettext("%(count)s ngày", "%(count)s ngày", days) % {"count": days}
    hours = max(int((until - due_at).total_seconds() // 3600), 1)
    return ngettext("%(count)s giờ", "%(count)s giờ", hours) % {"count": hours}


def value_text(cell: Cell, value: Value | None) -> str:
    """A value as people read it, without its unit; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, Decimal):
        return number(value, cell.decimals, cell.decimals if cell.kind == "share" else 0)
    return value


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
