"""The only readers of alerts: rules in force, alerts and their course, events, subscriptions."""

from tinhso.modules.insight.alerts.queries.alerts import (
    AlertRow,
    Quickness,
    Standing,
    count_open,
    find_alert,
    get_quickness,
    list_alerts,
    list_notes,
    may_see,
    narrow,
    sum_up_open,
    units_seen,
)
from tinhso.modules.insight.alerts.queries.events import EventRow, find_event, list_events, list_events_of
from tinhso.modules.insight.alerts.queries.letters import find_contact, list_own, sign
from tinhso.modules.insight.alerts.queries.reading import matching, place_of, read_sources, words_of
from tinhso.modules.insight.alerts.queries.rules import (
    RuleRow,
    find_problems,
    find_rule,
    list_adjustments,
    list_rules,
    list_silent_minutes,
)

__all__ = [
    "AlertRow",
    "EventRow",
    "Quickness",
    "RuleRow",
    "Standing",
    "count_open",
    "find_alert",
    "find_contact",
    "find_event",
    "find_problems",
    "find_rule",
    "get_quickness",
    "list_adjustments",
    "list_alerts",
    "list_events",
    "list_events_of",
    "list_notes",
    "list_own",
    "list_rules",
    "list_silent_minutes",
    "matching",
    "may_see",
    "narrow",
    "place_of",
    "read_sources",
    "sign",
    "sum_up_open",
    "units_seen",
    "words_of",
]
