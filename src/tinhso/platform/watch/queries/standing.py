"""Rules in force, and the warnings that hold: of cases, of units, counted by rule."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count

from tinhso.kernel.worktime import VIETNAM
from tinhso.platform.people.rules import Actor
from tinhso.platform.watch.models import EarlyWarning, WarningRule
from tinhso.platform.watch.rules import Rule, read_rule

MOST = 200
HELD = """
select count(distinct w.subject) from unnest(%(units)s::text[], %(roles)s::text[]) as held(unit_key, role)
join watch_earlywarning w on w.unit_key = held.unit_key and w.ended_at is null
join cases_case c on c.public_id = w.subject
join cases_workitem i on i.case_id = c.id and i.closed_at is null and i.unit_key = held.unit_key and i.role = held.role
    and i.officer_code in ('', %(officer)s)
"""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that holds: its rule, about what, at which unit, the measure as it is said, since when."""

    rule: Rule
    subject: str
    unit_key: str
    measure: str
    raised_at: datetime


def list_rules(now: datetime) -> list[Rule]:
    """The rules in force on that day, in the order of their codes."""
    on = now.astimezone(VIETNAM).date()
    rules = [read_rule(body) for body in WarningRule.objects.order_by("code").values_list("body", flat=True)]
    return [rule for rule in rules if rule.is_in_force(on)]


def list_warned(subjects: Collection[str], now: datetime) -> Mapping[str, list[Warned]]:
    """The warnings about these cases or units, by subject; those without any are left out. Two statements, or one."""
    rows = list(EarlyWarning.objects.filter(subject__in=list(subjects), ended_at=None).order_by("raised_at"))
    found: dict[str, list[Warned]] = {}
    for each in _dressed(rows, now):
        found.setdefault(each.subject, []).append(each)
    return found


def count_warned(actor: Actor) -> int:
    """How many cases that the actor's roles hold now are warned of."""
    posts = {(post.unit_key, post.role) for post in actor.posts}
    units, roles = [unit for unit, _ in posts], [role for _, role in posts]
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"units": units, "roles": roles, "officer": actor.code})
        return int(cursor.fetchone()[0])


def list_warnings_of(unit_keys: Sequence[str], now: datetime, *, rule: str = "", limit: int = MOST) -> list[Warned]:
    """The warnings at these units, of one rule or all, the oldest first."""
    rows = EarlyWarning.objects.filter(unit_key__in=list(unit_keys), ended_at=None)
    return _dressed(list((rows.filter(rule=rule) if rule else rows).order_by("raised_at", "id")[:limit]), now)


def count_warnings(unit_keys: Sequence[str], now: datetime) -> list[tuple[Rule, int]]:
    """How many warnings hold at these units, by rule; rules without any are left out."""
    rows = EarlyWarning.objects.filter(unit_key__in=list(unit_keys), ended_at=None)
    counts = dict(rows.values_list("rule").annotate(count=Count("id")).values_list("rule", "count"))
    return [(rule, counts[rule.code]) for rule in list_rules(now) if rule.code in counts] if counts else []


def _dressed(rows: list[EarlyWarning], now: datetime) -> list[Warned]:
    if not rows:
        return []
    rules = {rule.code: rule for rule in list_rules(now)}
    return [
        Warned(rules[row.rule], row.subject, row.unit_key, row.measure, row.raised_at)
        for row in rows
        if row.rule in rules
    ]
