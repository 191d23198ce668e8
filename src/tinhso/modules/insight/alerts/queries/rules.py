"""Rules as they count now: the packs' text with what the province changed or paused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from tinhso.kernel.flow import Problem
from tinhso.modules.insight.alerts import adapters
from tinhso.modules.insight.alerts.models import Adjustment, Silence
from tinhso.modules.insight.alerts.rules.definitions import UNREADABLE, AlertRule
from tinhso.platform.people.rules import day_of


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in force; `written` is the threshold of the pack, `changed` the change in force, `paused` the pause."""

    rule: AlertRule
    written: Decimal
    changed: Adjustment | None = None
    paused: Adjustment | None = None


def list_rules(now: datetime) -> list[RuleRow]:
    """The rules in force on that day, paused ones too, with the thresholds that count; two statements at most."""
    on = day_of(now)
    rules = [rule for rule in adapters.find_definitions().rules.values() if rule.is_in_force(on)]
    latest: dict[tuple[str, bool], Adjustment] = {}
    for row in Adjustment.objects.filter(rule__in=[rule.code for rule in rules]).order_by("id"):
        latest[row.rule, row.act == Adjustment.THRESHOLD] = row
    return [_row(rule, latest.get((rule.code, True)), latest.get((rule.code, False)), now) for rule in rules]


def _row(rule: AlertRule, changed: Adjustment | None, halted: Adjustment | None, now: datetime) -> RuleRow:
    is_paused = (
        halted is not None
        and halted.act == Adjustment.PAUSE
        and (halted.until_at is None or halted.until_at > now)
    )  # fmt: skip
    moved = changed if changed and changed.threshold is not None else None
    if moved and moved.threshold == rule.bounds.threshold:
        moved = None
    threshold = moved.threshold if moved else None
    shown = rule.with_threshold(threshold) if threshold is not None else rule
    return RuleRow(shown, rule.bounds.threshold, moved, halted if is_paused else None)


def find_rule(code: str, now: datetime) -> RuleRow | None:
    """The rule of that code as it counts now, or None."""
    return next((row for row in list_rules(now) if row.rule.code == code), None)


def list_adjustments(code: str) -> list[Adjustment]:
    """What was changed of a rule, the latest first."""
    return list(Adjustment.objects.filter(rule=code).order_by("-id")[:50])


def list_silent_minutes(now: datetime) -> list[tuple[str, int]]:
    """Each source that rules watch, with the minutes for which it could not be read; 0 for those that can."""
    since = dict(Silence.objects.values_list("source", "since"))
    watched = sorted({row.rule.asked for row in list_rules(now) if row.rule.source != UNREADABLE} | since.keys())
    return [(asked, int((now - since.get(asked, now)).total_seconds() // 60)) for asked in watched]


def find_problems(folders: Iterable[Path]) -> list[Problem]:
    """Everything that is wrong with the rules and events of these packs, with file and line."""
    return adapters.read_folders(folders)[1]
