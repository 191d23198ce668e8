"""What follows by itself from the facts of a dossier: its papers, word to the applicant, the result in their hands."""

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.queries.corrections import find_parent
from tinhso.modules.government.onestop.queries.telling import notice_fields
from tinhso.platform.cases.actions import tell_applicant
from tinhso.platform.cases.queries import get_case
from tinhso.platform.ledger.facts import Fact, reacts_to
from tinhso.platform.people.rules import SYSTEM


@reacts_to("cases.dossier.*")
def on_dossier_fact_issue_documents(fact: Fact) -> None:
    """Receipt, request for papers, refusal, apology, notice of a stop: made once for each fact that calls for one."""
    actions.issue_documents(fact=fact, now=fact.happened_at)


@reacts_to("cases.dossier.*")
def on_dossier_fact_deliver(fact: Fact) -> None:
    """Note, once, that the result in force is in the applicant's hands."""
    if "deliver_result" in fact.body.get("effects", ()):
        actions.note_handed_over(public_id=fact.subject, actor=SYSTEM, now=fact.happened_at)


@reacts_to("cases.dossier.*")
def on_dossier_fact_tell_applicant(fact: Fact) -> None:
    """Tell the applicant, where the packs have words for what happened; told twice it is one notice."""
    case = get_case(fact.subject)
    tell_applicant(case=case, fact=fact, fields=lambda: notice_fields(case, fact), now=fact.happened_at)


@reacts_to("cases.correction.corrected")
def on_correction_corrected_tell_applicant(fact: Fact) -> None:
    """Tell the holder that a right paper stands for the wrong one; told twice it is one notice."""
    origin = find_parent(get_case(fact.subject))
    if origin is not None:
        tell_applicant(case=origin, fact=fact, fields=lambda: notice_fields(origin, fact), now=fact.happened_at)
