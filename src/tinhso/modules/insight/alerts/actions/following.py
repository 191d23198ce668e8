"""What follows from the course of an alert's case: moments that are counted, escalation where nobody answers."""

from datetime import datetime
from typing import Any

from tinhso.kernel.flow import NotAllowed
from tinhso.modules.insight.alerts import adapters
from tinhso.modules.insight.alerts.actions.raising import tell
from tinhso.modules.insight.alerts.models import Alert
from tinhso.platform.cases.actions import NoSuchCase, act_on_case
from tinhso.platform.people.rules import LEADER, SYSTEM

ESCALATED = "cases.alert.escalated"


def follow_case(*, public_id: str, verb: str, now: datetime) -> bool:
    """
    Keep on the alert what its case did: acknowledged, resolved, over; told twice it changes nothing.

    :param now: the moment it happened
    :returns: whether there is such an alert
    """
    changes: dict[str, Any] = {}
    alerts = Alert.objects.filter(public_id=public_id)
    if verb == "acknowledged":
        alerts.filter(acknowledged_at=None).update(acknowledged_at=now)
        changes = {"escalate_at": None}
    elif verb == "resolved":
        changes = {"resolved_at": now, "escalate_at": None}
    elif verb == "sent_back":
        changes = {"resolved_at": None}
    elif verb in {"reviewed", "dismissed"}:
        changes = {"closed_at": now, "escalate_at": None, "is_false": verb == "dismissed"}
    if changes:
        return bool(alerts.update(**changes))
    if verb == "escalated":
        return _tell_leaders(alerts.first(), now)
    return alerts.exists()


def _tell_leaders(alert: Alert | None, now: datetime) -> bool:
    rule = adapters.find_definitions().rules.get(alert.rule) if alert else None
    if alert is None or rule is None:
        return False
    tell(alert, rule, LEADER, kind=ESCALATED, now=now)
    return True


def escalate_unanswered(*, now: datetime) -> int:
    """Hand alerts that nobody acknowledged in time to the leaders of their unit; how many."""
    due = list(Alert.objects.filter(closed_at=None, escalate_at__lte=now).values_list("public_id", flat=True)[:200])
    done = 0
    for public_id in due:
        try:
            act_on_case(public_id=public_id, act="escalate", actor=SYSTEM, now=now)
            done += 1
        except (NotAllowed, NoSuchCase):
            pass  # somebody was quicker
        Alert.objects.filter(public_id=public_id).update(escalate_at=None)
    return done
