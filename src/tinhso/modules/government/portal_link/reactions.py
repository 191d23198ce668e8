"""What follows from the facts of a dossier: the portal is to hear of them."""

from tinhso.modules.government.portal_link.actions import write_messages
from tinhso.modules.government.portal_link.adapters import find_portal
from tinhso.platform.clock import now
from tinhso.platform.ledger.facts import Fact, reacts_to


@reacts_to("cases.dossier.*")
def on_dossier_fact_tell_the_portal(fact: Fact) -> None:
    """Write the messages that this fact calls for, and any that an earlier one left out; twice is once."""
    if find_portal() is not None:
        write_messages(public_id=fact.subject, now=now())
