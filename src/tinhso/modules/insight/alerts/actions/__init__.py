"""The only writers of alerts: evaluate rules, raise and follow alerts, change rules, keep events and subscriptions."""

from tinhso.modules.insight.alerts.actions.acting import Told, act_on_alert, note_on_alert
from tinhso.modules.insight.alerts.actions.adjusting import change_threshold, pause_rule, resume_rule
from tinhso.modules.insight.alerts.actions.evaluating import Evaluated, evaluate_alerts
from tinhso.modules.insight.alerts.actions.following import escalate_unanswered, follow_case
from tinhso.modules.insight.alerts.actions.inventing import load_invented
from tinhso.modules.insight.alerts.actions.sending import send_due
from tinhso.modules.insight.alerts.actions.subscribing import confirm, set_contact, subscribe, unsubscribe
from tinhso.modules.insight.alerts.actions.telling import enter_event, withdraw_event

__all__ = [
    "Evaluated",
    "Told",
    "act_on_alert",
    "change_threshold",
    "confirm",
    "enter_event",
    "escalate_unanswered",
    "evaluate_alerts",
    "follow_case",
    "load_invented",
    "note_on_alert",
    "pause_rule",
    "resume_rule",
    "send_due",
    "set_contact",
    "subscribe",
    "unsubscribe",
    "withdraw_event",
]
