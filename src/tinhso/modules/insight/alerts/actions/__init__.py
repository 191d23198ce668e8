"""The only writers of alerts: evaluate rules, raise and follow alerts, change rules, keep events and subscriptions."""

from tinhso.modules.insight.alerts.actions.acting import Told, act_on_alert, note_on_alert
from tinhso.modules.insight.alerts.actions.evaluating import Evaluated, evaluate_alerts
from tinhso.modules.insight.alerts.actions.following import escalate_unanswered, follow_case

__all__ = [
    "Evaluated",
    "Told",
    "act_on_alert",
    "escalate_unanswered",
    "evaluate_alerts",
    "follow_case",
    "note_on_alert",
]
