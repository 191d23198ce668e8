"""What a province changes of a rule: another threshold within its range, a pause, the end of a pause; each with its reason."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tinhso.modules.insight.alerts import facts, queries
from tinhso.modules.insight.alerts.models import Adjustment
from tinhso.modules.insight.alerts.queries.rules import RuleRow
from tinhso.modules.insight.alerts.rules.drafts import Refused, Trouble, read_reason, read_threshold
from tinhso.modules.insight.alerts.rules.powers import units_administered
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor, NotAllowed
from tinhso.platform.units.queries import get_units

HIGH: Final = frozenset({"country", "province"})
LONGEST_PAUSE_DAYS: Final = 30


def _province_of(actor: Actor) -> str:
    """The province whose administrator acts. :raises NotAllowed: the actor is none"""
    found = [key for key, unit in get_units(units_administered(actor)).items() if unit.kind in HIGH]
    if not found:
        raise NotAllowed("only administrators of the province change rules")
    return min(found)


def _row(code: str, now: datetime) -> RuleRow:
    row = queries.find_rule(code, now)
    if row is None:
        raise Refused([Trouble("rule", "Không có quy tắc này.", "There is no such rule.")])
    return row


@transaction.atomic
def change_threshold(*, code: str, threshold: str, reason: str, actor: Actor, now: datetime) -> Adjustment:
    """
    Set another threshold from the next look on.

    :raises NotAllowed: the actor is no administrator of the province
    :raises Refused: no number, outside the rule's range, or no reason
    """
    unit_key, row = _province_of(actor), _row(code, now)
    value, why = read_threshold(threshold, row.rule.least, row.rule.most), read_reason(reason)
    body = {"rule": code, "from": str(row.rule.bounds.threshold), "to": str(value)}
    record_fact(
        kind=facts.THRESHOLD_CHANGED, subject=f"alert-rule:{code}", unit_key=unit_key, body=body, actor=actor, now=now
    )
    return Adjustment.objects.create(
        rule=code, act=Adjustment.THRESHOLD, threshold=value, reason=why, decided_by=actor.code, decided_at=now
    )


@transaction.atomic
def pause_rule(*, code: str, days: str, reason: str, actor: Actor, now: datetime) -> Adjustment:
    """
    Let a rule rest for some days; alerts that are open stay.

    :raises NotAllowed: the actor is no administrator of the province
    :raises Refused: not 1 to 30 days, or no reason
    """
    unit_key, _row_found = _province_of(actor), _row(code, now)
    why = read_reason(reason)
    if not (days.isdecimal() and 1 <= int(days) <= LONGEST_PAUSE_DAYS):
        raise Refused([Trouble("days", f"Tạm dừng 1 đến {LONGEST_PAUSE_DAYS} ngày.", f"Pause for 1 to {LONGEST_PAUSE_DAYS} days.")])  # fmt: skip
    until = now + timedelta(days=int(days))
    body = {"rule": code, "until": until.isoformat()}
    record_fact(
        kind=facts.RULE_PAUSED, subject=f"alert-rule:{code}", unit_key=unit_key, body=body, actor=actor, now=now
    )
    return Adjustment.objects.create(
        rule=code, act=Adjustment.PAUSE, until_at=until, reason=why, decided_by=actor.code, decided_at=now
    )


@transaction.atomic
def resume_rule(*, code: str, reason: str, actor: Actor, now: datetime) -> Adjustment:
    """
    Let a paused rule speak again.

    :raises NotAllowed: the actor is no administrator of the province
    :raises Refused: no reason
    """
    unit_key, _row_found = _province_of(actor), _row(code, now)
    why = read_reason(reason)
    record_fact(
        kind=facts.RULE_RESUMED,
        subject=f"alert-rule:{code}",
        unit_key=unit_key,
        body={"rule": code},
        actor=actor,
        now=now,
    )
    return Adjustment.objects.create(
        rule=code, act=Adjustment.RESUME, reason=why, decided_by=actor.code, decided_at=now
    )
