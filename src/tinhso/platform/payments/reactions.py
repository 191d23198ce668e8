"""What follows by itself: charges when a case is filed or a step asks for money, receipts, and cases that go on."""

from tinhso.platform.cases.queries import get_case
from tinhso.platform.ledger.facts import Fact, reacts_to
from tinhso.platform.payments import actions, facts
from tinhso.platform.people.rules import SYSTEM

HANDED_OVER = 10


@reacts_to("cases.dossier.filed")
def on_dossier_filed_assess(fact: Fact) -> None:
    """What a dossier owes from the moment it is filed."""
    actions.assess_charges(case_id=fact.subject, moment="filing", occasion="filing", actor=SYSTEM, now=fact.happened_at)


@reacts_to("cases.dossier.*")
def on_dossier_fact_ask_payment(fact: Fact) -> None:
    """What a step asks for; a case that then owes nothing goes on at once."""
    if "ask_payment" in fact.body.get("effects", ()):
        occasion = f"fact:{fact.id}"
        actions.assess_charges(
            case_id=fact.subject, moment="step", occasion=occasion, actor=SYSTEM, now=fact.happened_at
        )
        actions.go_on_when_paid(case_id=fact.subject, now=fact.happened_at)


@reacts_to("cases.dossier.*")
def on_dossier_fact_cancel(fact: Fact) -> None:
    """A case that ends without a result owes nothing any more; what is paid already is for an officer to give back."""
    case = get_case(fact.subject)
    if case.closed_at and case.procedure.fees and case.state.national != HANDED_OVER:
        actions.cancel_open_charges(case_id=fact.subject, actor=SYSTEM, now=fact.happened_at)


@reacts_to(facts.MATCHED)
def on_payment_matched_issue_receipt(fact: Fact) -> None:
    """The receipt over what the payment brought."""
    at = fact.happened_at
    actions.issue_receipt(payment_id=str(fact.body["payment"]), case_id=fact.subject, laid_at=at, actor=SYSTEM, now=at)


@reacts_to(facts.SETTLED)
def on_bill_settled_go_on(fact: Fact) -> None:
    """A case that waited for its money goes on."""
    actions.go_on_when_paid(case_id=fact.subject, now=fact.happened_at)
