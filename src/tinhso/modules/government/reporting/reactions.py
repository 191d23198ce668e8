"""What people are told of reports by themselves: returned, opened again, not taken above."""

from tinhso.modules.government.reporting import facts
from tinhso.modules.government.reporting.actions.chasing import tell_fillers
from tinhso.platform.ledger.facts import Fact, reacts_to


@reacts_to("cases.report.returned")
def on_report_returned_tell_who_filled_it_in(fact: Fact) -> None:
    """Who filled the report in reads why it came back."""
    tell_fillers(fact=fact, now=fact.happened_at)


@reacts_to("cases.report.reopened")
def on_report_reopened_tell_who_filled_it_in(fact: Fact) -> None:
    """Who filled the report in reads why it was unlocked."""
    tell_fillers(fact=fact, now=fact.happened_at)


@reacts_to(facts.PARCEL_REFUSED)
def on_parcel_refused_tell_who_filled_it_in(fact: Fact) -> None:
    """Who added the report up reads why the level above did not take it."""
    tell_fillers(fact=fact, now=fact.happened_at)
