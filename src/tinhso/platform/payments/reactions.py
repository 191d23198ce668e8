"""What follows by itself: charges when a case is filed or a step asks for money, receipts, word to people, cases that go on."""

from datetime import date

from tinhso.kernel.flow import Procedure
from tinhso.platform.cases.actions import tell_applicant
from tinhso.platform.cases.queries import get_case, get_procedure
from tinhso.platform.ledger.facts import Fact, reacts_to
from tinhso.platform.payments import actions, facts
from tinhso.platform.payments.queries.bills import find_bill
from tinhso.platform.payments.queries.telling import fields_of_notice
from tinhso.platform.people.rules import SYSTEM

HANDED_OVER = 10


@reacts_to("cases.dossier.filed")
def on_dossier_filed_assess(fact: Fact) -> None:
    """What a dossier owes from the moment it is filed."""
    if _costs(fact):
        actions.assess_charges(
            case_id=fact.subject, moment="filing", occasion="filing", actor=SYSTEM, now=fact.happened_at
        )


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
    procedure = _costs(fact)
    state = str(fact.body.get("state", ""))
    if procedure and procedure.is_final(state) and procedure.state(state).national != HANDED_OVER:
        actions.cancel_open_charges(case_id=fact.subject, actor=SYSTEM, now=fact.happened_at)


def _costs(fact: Fact) -> Procedure | None:
    """The procedure the fact names, if it costs anything; most do not, and then nothing is read."""
    code, version = fact.body.get("procedure"), fact.body.get("version")
    if not code or not version:
        return None
    procedure = get_procedure(code, date.fromisoformat(version))
    return procedure if procedure.fees else None


@reacts_to(facts.MATCHED)
def on_payment_matched_issue_receipt(fact: Fact) -> None:
    """The receipt over what the payment brought."""
    at = fact.happened_at
    actions.issue_receipt(payment_id=str(fact.body["payment"]), case_id=fact.subject, laid_at=at, actor=SYSTEM, now=at)


@reacts_to(facts.SETTLED)
def on_bill_settled_go_on(fact: Fact) -> None:
    """A case that waited for its money goes on."""
    actions.go_on_when_paid(case_id=fact.subject, now=fact.happened_at)


@reacts_to(facts.CHARGED)
def on_charge_assessed_tell(fact: Fact) -> None:
    """Tell the applicant what there is to pay, and where; told twice it is one notice."""
    bill = find_bill(fact.subject)
    if bill is not None and bill.due_dong:
        _tell(fact, bill.due_dong)


@reacts_to(facts.SETTLED)
def on_bill_settled_tell(fact: Fact) -> None:
    """Tell the applicant that everything is paid; told twice it is one notice."""
    if paid_dong := int(fact.body["paid_dong"]):
        _tell(fact, paid_dong)


def _tell(fact: Fact, amount_dong: int) -> None:
    case = get_case(fact.subject)
    tell_applicant(case=case, fact=fact, fields=lambda: fields_of_notice(case, amount_dong), now=fact.happened_at)
