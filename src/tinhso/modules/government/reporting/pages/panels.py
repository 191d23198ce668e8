"""What boards may show of reports, and what thresholds can be set on: how many came of how many, how many are late."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.modules.government.reporting.pages.words import period_name
from tinhso.modules.government.reporting.queries.coverage import Covered, count_late, list_coverage
from tinhso.modules.government.reporting.queries.regimes import get_regime
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.platform.capability import Panel, PanelAsked, Reading
from tinhso.platform.wording import language, said

LATE = "reporting.late"
SHOWN = 6


def draw_coverage(asked: PanelAsked) -> Panel | None:
    """The latest period of each regime below a unit: how many reports came, how many are late; None where nothing is owed."""
    found = [each for each in list_coverage(asked.unit_key, asked.now) if each.total][:SHOWN]
    if not found:
        return None
    bars = [
        {
            "text": f"{_name(each)}, {period_name(each.row.period)}",
            "value": _("%(present)s/%(total)s đã nộp") % {"present": each.present, "total": each.total},
            "percent": 100 * each.present / each.total,
            "kind": "late" if each.late else "",
        }
        for each in found
    ]
    late = sum(each.late for each in found)
    head = [_("Báo cáo"), _("Kỳ"), _("Đã nộp"), _("Phải nộp"), _("Quá hạn")]
    return Panel(
        title=_("Báo cáo đã nộp"),
        template="reporting/panel.html",
        context={"bars": bars, "late": late},
        table=[
            head,
            *([_name(each), period_name(each.row.period), each.present, each.total, each.late] for each in found),
        ],
        as_of=asked.now,
        state="trouble" if late else "well",
        lines=[f"{bar['text']}: {bar['value']}" for bar in bars],
        address=reverse("reporting:list"),
    )


def _name(each: Covered) -> str:
    return said(get_regime(each.row.regime, each.row.regime_version).name)


def read_late(now: datetime) -> Iterable[Reading]:
    """How many reports each receiver waits for that are late, of all periods together."""
    for unit_key, count in count_late(now).items():
        yield Reading(
            source=LATE,
            subject=unit_key,
            unit_key=unit_key,
            name=name_of(unit_key, language()),
            value=Decimal(count),
            unit=gettext_lazy("báo cáo trễ"),
            as_of=now,
            address=reverse("reporting:list"),
        )
