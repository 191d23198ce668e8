"""Alerts as pages and API show them: open ones by level and age, one with its case, how quick people were."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from tinhso.kernel.flow import Text
from tinhso.modules.insight.alerts import adapters, models
from tinhso.modules.insight.alerts.rules.definitions import URGENT, AlertRule
from tinhso.platform.cases.models import Case as CaseRow
from tinhso.platform.cases.queries import CaseView, get_cases
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_units
from tinhso.platform.units.rules import UnitRow

MOST = 200
UNANSWERED = ("new", "escalated")
COUNTED, COUNTED_SECONDS = "alerts:open:by-unit", 10


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


@dataclass(frozen=True, slots=True)
class Standing:
    """How many alerts are open: in all, urgent ones, those nobody took, those whose time to be dealt with is over."""

    all: int
    urgent: int
    waiting: int
    late: int


def units_seen(actor: Actor) -> frozenset[str] | None:
    """The units whose alerts an actor sees, with all below: those of the posts; None for the system."""
    return None if actor.kind == "system" else frozenset(post.unit_key for post in actor.posts)


def list_alerts(
    units: Collection[str] | None, *, is_open: bool = True, rule: str = "", subject: str = "", limit: int = MOST
) -> list[AlertRow]:
    """
    Alerts of these units and all below (None: of all): open ones, urgent first, or those that are over; the latest first.
    At most five statements.
    """
    rows = _at(models.Alert.objects.filter(closed_at__isnull=is_open), units)
    rows = rows.filter(rule=rule) if rule else rows
    rows = rows.filter(subject=subject) if subject else rows
    if is_open:
        rows = rows.order_by(Case(When(level=URGENT, then=0), default=1), "-raised_at", "-id")
    else:
        rows = rows.order_by("-raised_at", "-id")
    found = _rows_of(list(rows[:limit]))
    return [row for row in found if row.case.closed_at is None] if is_open else found


def _at(rows: QuerySet[models.Alert], units: Collection[str] | None) -> QuerySet[models.Alert]:
    """Those of these units and all below."""
    if units is None:
        return rows
    answering = get_units(set(rows.order_by().values_list("unit_key", flat=True).distinct()))
    return rows.filter(unit_key__in=[key for key, unit in answering.items() if is_below(unit, units)])


def count_open(units: Collection[str] | None) -> int:
    """
    How many alerts of these units and those below are open, as of ten seconds ago at most: menus ask on every page.
    """
    counts: list[tuple[frozenset[str], int]] | None = cache.get(COUNTED)
    if counts is None:
        rows = models.Alert.objects.filter(closed_at=None).order_by().values_list("unit_key")
        found = dict(rows.annotate(count=Count("pk")))
        known = get_units(found)
        counts = [(frozenset(known[key].path if key in known else ()), count) for key, count in found.items()]
        cache.set(COUNTED, counts, COUNTED_SECONDS)
    return sum(count for path, count in counts if units is None or not path.isdisjoint(units))


def sum_up_open(units: Collection[str] | None, now: datetime) -> Standing:
    """How the open alerts of these units and below stand, all of them; three statements."""
    rows = _at(models.Alert.objects.filter(closed_at=None), units)
    levels = rows.aggregate(all=Count("pk"), urgent=Count("pk", filter=Q(level=URGENT)))
    overdue = Q(due_at__lt=Coalesce("resolved_at", Value(now)), paused_at=None)
    cases = CaseRow.objects.filter(closed_at=None, public_id__in=rows.order_by().values("public_id"))
    held = cases.aggregate(waiting=Count("pk", filter=Q(state__in=UNANSWERED)), late=Count("pk", filter=overdue))
    return Standing(levels["all"], levels["urgent"], held["waiting"], held["late"])


def narrow(unit_key: str, seen: Collection[str] | None) -> frozenset[str] | None:
    """What a reader of these units (with all below; None: of all) sees of a unit and all below; empty `unit_key` is everything."""
    if not unit_key or seen is None:
        return frozenset({unit_key}) if unit_key else None if seen is None else frozenset(seen)
    units = get_units({unit_key, *seen})
    if is_below(units.get(unit_key), seen):
        return frozenset({unit_key})
    return frozenset(key for key in seen if is_below(units.get(key), {unit_key}))


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
