"""What alerts take from the facts of their cases: moments that are counted, leaders who are told."""

from tinhso.modules.insight.alerts.actions import follow_case
from tinhso.platform.ledger.facts import Fact, reacts_to


@reacts_to(
    "cases.alert.acknowledged",
    "cases.alert.resolved",
    "cases.alert.reviewed",
    "cases.alert.dismissed",
    "cases.alert.sent_back",
    "cases.alert.escalated",
)
def on_alert_moved_keep_its_moments(fact: Fact) -> None:
    """The alert knows when it was acknowledged, resolved and over; leaders are told of one that was handed to them."""
    follow_case(public_id=fact.subject, verb=fact.kind.rpartition(".")[2], now=fact.happened_at)
