"""What boards may show of alerts: those that are open, and how many were raised and dealt with day by day."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.insight.alerts import queries
from tinhso.modules.insight.alerts.pages.words import against, level_badge, span, unit_name
from tinhso.modules.insight.alerts.queries import AlertRow
from tinhso.platform.capability import Panel, PanelAsked
from tinhso.platform.people.rules import Actor
from tinhso.platform.wording import moment, said

SHOWN, SHOWN_ON_A_WALL = 8, 6
STALE_AFTER = timedelta(minutes=3)
DAYS = 14


def _units_of(asked: PanelAsked, actor: Actor) -> frozenset[str] | None:
    """What the actor may see of the units that are asked of; None for all. A wall that was put up sees all of its unit."""
    is_wall = asked.wall and actor.code.startswith("wall:")
    return queries.narrow(asked.unit_key, None if is_wall else queries.units_seen(actor))


def _officer(actor: Any) -> Actor | None:
    return actor if isinstance(actor, Actor) and actor.kind == "officer" else None


def draw_open(asked: PanelAsked) -> Panel | None:
    """Open alerts, urgent first; for officers and their walls only: nothing for the public."""
    if (actor := _officer(asked.actor)) is None:
        return None
    units = _units_of(asked, actor)
    rows, found = queries.list_alerts(units), queries.sum_up_open(units, asked.now)
    shown = rows[: SHOWN_ON_A_WALL if asked.wall else SHOWN]
    items = [
        {
            "title": f"{said(row.title)}: {said(row.name)}",
            "text": f"{against(row)} · {said(row.case.state.name)} · {span(asked.now - row.alert.raised_at)}",
            "kind": "late" if row.is_urgent else "soon",
            "url": "" if asked.wall else reverse("alerts:alert", args=[row.alert.public_id]),
        }
        for row in shown
    ]
    head = [
        _("Cảnh báo điều hành"),
        _("Nơi đo"),
        _("Mức cảnh báo"),
        _("Số đo"),
        _("Nơi chịu trách nhiệm"),
        _("Trạng thái"),
        _("Từ lúc"),
    ]
    return Panel(
        title=_("Cảnh báo đang mở"),
        template="alerts/panel_open.html",
        context={"items": items, "more": max(found.all, len(rows)) - len(shown)},
        table=[head, *(_table_row(row) for row in rows)],
        as_of=asked.now,
        stale_after=STALE_AFTER,
        state="trouble" if found.urgent else "warning" if rows else "well",
        lines=[_line(row) for row in shown] or [_("Không có cảnh báo nào đang mở.")],
        address=reverse("alerts:list"),
    )


def _line(row: AlertRow) -> str:
    """Without its age, which is another in every letter."""
    return f"{said(row.title)}, {said(row.name)}: {against(row)} · {said(row.case.state.name)}"


def _table_row(row: AlertRow) -> list[str]:
    return [said(row.title), said(row.name), level_badge(row.alert.level)["text"], against(row), unit_name(row), said(row.case.state.name), moment(row.alert.raised_at)]  # fmt: skip


def draw_course(asked: PanelAsked) -> Panel | None:
    """How many alerts were raised each day of the last two weeks, and how long people took; for officers only."""
    if (actor := _officer(asked.actor)) is None:
        return None
    units = _units_of(asked, actor)
    rows = []
    start = _midnight(asked.now) - timedelta(days=DAYS - 1)
    for number in range(DAYS):
        first = start + timedelta(days=number)
        found = queries.get_quickness(units, first, first + timedelta(days=1))
        rows.append((first, found))
    whole = queries.get_quickness(units, start, asked.now)
    most = max((found.raised for _first, found in rows), default=0) or 1
    bars = [
        {"text": f"{first:%d/%m}", "value": str(found.raised), "percent": 100 * found.raised / most, "kind": "late" if found.open else "ok"}
        for first, found in rows
        if found.raised
    ]  # fmt: skip
    told = {"raised": whole.raised, "taken": span(whole.to_acknowledge), "done": span(whole.to_resolve)}
    words = _("%(raised)s cảnh báo trong 14 ngày; nhận sau %(taken)s, xử lý sau %(done)s (trung vị).") % told
    return Panel(
        title=_("Cảnh báo 14 ngày qua"),
        template="alerts/panel_course.html",
        context={"bars": bars, "words": words},
        table=[
            [_("Ngày"), _("Số cảnh báo"), _("Còn mở"), _("Báo nhầm")],
            *([f"{first:%Y-%m-%d}", found.raised, found.open, found.false] for first, found in rows),
        ],
        as_of=asked.now,
        stale_after=STALE_AFTER,
        state="warning" if whole.open else "well",
        lines=[words],
        address=reverse("alerts:summary"),
    )


def _midnight(now: datetime) -> datetime:
    return now.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)


PANELS = {"alerts.open": draw_open, "alerts.course": draw_course}
