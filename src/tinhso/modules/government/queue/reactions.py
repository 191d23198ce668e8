"""What the queue takes from the facts of dossiers: which were filed while a number was served."""

from tinhso.modules.government.queue.actions import link_filing
from tinhso.platform.clock import now
from tinhso.platform.ledger.facts import Fact, reacts_to


@reacts_to("cases.dossier.filed")
def on_dossier_filed_link_the_number(fact: Fact) -> None:
    """A dossier filed by an officer with a number in hand belongs to that number; told twice it is once."""
    if fact.actor_code.startswith("officer:"):
        link_filing(case_id=fact.subject, officer_code=fact.actor_code, filed_at=fact.happened_at, now=now())
