"""Alerts as pages and API show them: open ones by level and age, one with its case, how quick people were."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Q

from tinhso.kernel.flow import Text
from tinhso.modules.insight.alerts import adapters, models
from tinhso.modules.insight.alerts.rules.definitions import URGENT, AlertRule
from tinhso.platform.cases.queries import CaseView, get_cases
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_unit, get_units
from tinhso.platform.units.rules import UnitRow

MOST = 200
COUNTED, COUNTED_SECONDS = "alerts:open", 10


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert with the case that is the work on it, the unit that answers, and its rule where packs still have it."""

    alert: models.Alert
    case: CaseView
    unit: UnitRow | None
    rule: AlertRule | None

    @property
    def name(self) -> Text:
        """What people call the subject."""
        return Text(self.alert.name_vi, self.alert.name_en)

    @property
    def title(self) -> Text:
        """What the rule is called; its code where packs no longer have it."""
        return self.rule.name if self.rule else Text(self.alert.rule, self.alert.rule)

    @property
    def is_urgent(self) -> bool:
        """Whether it is of the higher level."""
        return self.alert.level == URGENT


@dataclass(frozen=True, slots=True)
class Quickness:
    """How many alerts of a time there were, and how long people took: medians, None where there was nothing."""

    raised: int
    open: int
    false: int
    acknowledged: int
    resolved: int
    to_acknowledge: timedelta | None
    to_resolve: timedelta | None


def units_seen(actor: Actor) -> frozenset[str] | None:
    """The units whose alerts an actor sees, with all below: those of the posts; None for the system."""
    return None if actor.kind == "system" else frozenset(post.unit_key for post in actor.posts)


def list_alerts(
    units: Collection[str] | None, *, is_open: bool = True, rule: str = "", subject: str = "", limit: int = MOST
) -> list[AlertRow]:
    """
    Alerts of these units and all below (None: of all): open ones, urgent first and then the oldest; or those that are over,
    the latest first. At most four statements.
    """
    rows = models.Alert.objects.filter(closed_at__isnull=is_open)
    rows = rows.filter(rule=rule) if rule else rows
    rows = rows.filter(subject=subject) if subject else rows
    rows = rows.order_by("raised_at") if is_open else rows.order_by("-raised_at")
    found = _rows_of(list(rows[: limit * 2]))
    seen = [row for row in found if is_below(row.unit, units)]
    if is_open:
        seen = [row for row in seen if row.case.closed_at is None]
        seen.sort(key=lambda row: (not row.is_urgent, row.alert.raised_at))
    return seen[:limit]


def count_open(units: Collection[str] | None) -> int:
    """
    How many alerts of these units and those below are open, as of ten seconds ago at most: menus ask on every page.
    """
    keys: list[str] | None = cache.get(COUNTED)
    if keys is None:
        keys = list(models.Alert.objects.filter(closed_at=None).values_list("unit_key", flat=True)[:MOST])
        cache.set(COUNTED, keys, COUNTED_SECONDS)
    return sum(units is None or not set(get_unit(key).path).isdisjoint(units) for key in keys)


def is_below(unit: UnitRow | None, units: Collection[str] | None) -> bool:
    """Whether a unit is one of these or below one; None means all."""
    return units is None or (unit is not None and not set(unit.path).isdisjoint(units))


def may_see(actor: Actor | None, row: AlertRow) -> bool:
    """Whether an officer may see that alert: of the own units and those below."""
    return actor is not None and actor.kind in {"officer", "machine"} and is_below(row.unit, units_seen(actor))


def find_alert(public_id: str) -> AlertRow | None:
    """The alert whose case has that id, or None."""
    return next(iter(_rows_of(list(models.Alert.objects.filter(public_id=public_id)))), None)


def _rows_of(alerts: Sequence[models.Alert]) -> list[AlertRow]:
    if not alerts:
        return []
    cases = get_cases([alert.public_id for alert in alerts])
    units = get_units({alert.unit_key for alert in alerts})
    rules = adapters.find_definitions().rules
    return [
        AlertRow(alert, cases[alert.public_id], units.get(alert.unit_key), rules.get(alert.rule))
        for alert in alerts
        if alert.public_id in cases
    ]


def list_notes(alert: models.Alert) -> list[models.Note]:
    """What was noted on an alert, in order."""
    return list(models.Note.objects.filter(alert=alert).order_by("id"))


def get_quickness(units: Collection[str] | None, first: datetime, last: datetime, level: str = "") -> Quickness:
    """Counts and medians of the alerts raised in that time at these units and below; two statements."""
    rows = models.Alert.objects.filter(Q(raised_at__gte=first) & Q(raised_at__lt=last))
    found = list(rows.filter(level=level) if level else rows)
    known = get_units({row.unit_key for row in found}) if found else {}
    seen = [row for row in found if is_below(known.get(row.unit_key), units)]
    acknowledged = [row.acknowledged_at - row.raised_at for row in seen if row.acknowledged_at]
    resolved = [row.resolved_at - row.raised_at for row in seen if row.resolved_at and not row.is_false]
    return Quickness(
        raised=len(seen),
        open=sum(row.closed_at is None for row in seen),
        false=sum(row.is_false for row in seen),
        acknowledged=len(acknowledged),
        resolved=len(resolved),
        to_acknowledge=_median(acknowledged),
        to_resolve=_median(resolved),
    )


def _median(spans: list[timedelta]) -> timedelta | None:
    return sorted(spans)[(len(spans) - 1) // 2] if spans else None
