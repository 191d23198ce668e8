"""What follows from the course of an alert's case: moments that are counted, escalation where nobody answers."""

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import InterfaceError, OperationalError, transaction

from tinhso.kernel.flow import NotAllowed
from tinhso.modules.insight.alerts import adapters
from tinhso.modules.insight.alerts.actions.raising import tell
from tinhso.modules.insight.alerts.models import Alert
from tinhso.platform.cases.actions import NoSuchCase, act_on_case
from tinhso.platform.cases.queries import get_cases
from tinhso.platform.people.rules import LEADER, SYSTEM

ESCALATED = "cases.alert.escalated"
TRIED_AGAIN: Final = timedelta(minutes=5)
log: Final = logging.getLogger(__name__)


def follow_case(*, public_id: str, verb: str, now: datetime) -> bool:
    """
    Keep on the alert what its case did: acknowledged, resolved, over; told twice, or late, it changes nothing: where the case
    went on since, as to `new` with its cause back, the alert stands as the case stands.

    :param now: the moment it happened
    :returns: whether there is such an alert
    """
    changes: dict[str, Any] = {}
    alerts = Alert.objects.filter(public_id=public_id)
    if verb == "acknowledged":
        alerts.filter(acknowledged_at=None).update(acknowledged_at=now)
    if verb in {"acknowledged", "resolved", "sent_back"}:
        changes = _as_it_stands(public_id)
    elif verb in {"reviewed", "dismissed"}:
        changes = {"closed_at": now, "escalate_at": None, "is_false": verb == "dismissed"}
    if changes:
        return bool(alerts.update(**changes))
    if verb == "escalated":
        return _tell_leaders(alerts.first(), now)
    return alerts.exists()


def _as_it_stands(public_id: str) -> dict[str, Any]:
    case = get_cases([public_id]).get(public_id)
    if case is None:
        return {}
    answered = {} if case.state.code == "new" else {"escalate_at": None}
    return {"resolved_at": case.resolved_at, **answered}


def _tell_leaders(alert: Alert | None, now: datetime) -> bool:
    rule = adapters.find_definitions().rules.get(alert.rule) if alert else None
    if alert is None or rule is None:
        return False
    tell(alert, rule, LEADER, kind=ESCALATED, now=now)
    return True


def escalate_unanswered(*, now: datetime) -> int:
    """Hand alerts that nobody acknowledged in time to the leaders of their unit; how many."""
    due = list(Alert.objects.filter(closed_at=None, escalate_at__lte=now).values_list("public_id", flat=True)[:200])
    return sum(_hand_on(public_id, now) for public_id in due)


def _hand_on(public_id: str, now: datetime) -> bool:
    """One that cannot be handed on stops no other; it is tried again some minutes later."""
    row = Alert.objects.filter(public_id=public_id)
    try:
        with transaction.atomic():
            act_on_case(public_id=public_id, act="escalate", actor=SYSTEM, now=now)
            row.update(escalate_at=None)
    except (NotAllowed, NoSuchCase):
        row.update(escalate_at=None)  # somebody was quicker
    except (OperationalError, InterfaceError):  # the database is away: the job is run again
        raise
    except Exception:  # whatever is wrong with one, the others reach their leaders
        log.exception("alert %s cannot be handed on", public_id)
        row.update(escalate_at=now + TRIED_AGAIN)
    else:
        return True
    return False
