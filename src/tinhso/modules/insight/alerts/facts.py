"""The facts this module tells: what became of alerts, of their rules, of events and of subscriptions."""

from typing import Final

RAISED: Final = "alerts.alert.raised"
CLEARED: Final = "alerts.alert.cause_cleared"
RELAPSED: Final = "alerts.alert.cause_returned"
NOTED: Final = "alerts.alert.noted"
THRESHOLD_CHANGED: Final = "alerts.rule.changed"
RULE_PAUSED: Final = "alerts.rule.paused"
RULE_RESUMED: Final = "alerts.rule.resumed"
EVENT_ENTERED: Final = "alerts.event.entered"
EVENT_WITHDRAWN: Final = "alerts.event.withdrawn"
SUBSCRIBED: Final = "alerts.subscription.confirmed"
UNSUBSCRIBED: Final = "alerts.subscription.ended"
