"""Making the documents of a case and keeping them, each once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from tinhso.modules.government.onestop.adapters import find_form
from tinhso.modules.government.onestop.models import CaseDocument
from tinhso.modules.government.onestop.queries import letters
from tinhso.modules.government.onestop.queries.casefile import list_issued
from tinhso.modules.government.onestop.queries.telling import occasion_of
from tinhso.platform.cases.queries import CaseView, get_case
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.actions import keep_document
from tinhso.platform.files.adapters import render_document
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.people.rules import SYSTEM, Actor

PDF = "application/pdf"
CONTENTS: Final = {
    CaseDocument.Kind.RECEIPT: letters.fields_of_receipt,
    CaseDocument.Kind.SUPPLEMENT: letters.fields_of_supplement,
    CaseDocument.Kind.REFUSAL: letters.fields_of_refusal,
}


def issue_documents(*, fact: Fact, now: datetime) -> list[CaseDocument]:
    """
    Make and keep the documents that a fact of a case calls for, each once; what is there already is returned.

    :raises NoTemplate: the set of forms in force has no such form
    """
    case = get_case(fact.subject)
    return [issue_document(case=case, fact=fact, kind=issued.kind, now=now) for issued in list_issued([fact])]


def issue_document(*, case: CaseView, fact: Fact, kind: str, actor: Actor = SYSTEM, now: datetime) -> CaseDocument:
    """The case's document of that kind for that fact, made when it is not there yet; twice gives the first one."""
    if made := CaseDocument.objects.filter(case_public_id=case.public_id, kind=kind, fact_id=fact.id).first():
        return made
    occasion = occasion_of(case, fact)
    pdf = _render_form(kind, CONTENTS[CaseDocument.Kind(kind)](case, occasion), occasion.at)
    return keep_case_document(case_public_id=case.public_id, kind=kind, fact_id=fact.id, pdf=pdf, actor=actor, now=now)


def _render_form(kind: str, fields: Mapping[str, Any], at: datetime) -> bytes:
    """A one-stop form as PDF, from the set in force at that moment."""
    return render_document(find_form(kind, at.astimezone(VIETNAM).date()), fields, now=at)


@transaction.atomic
def keep_case_document(
    *, case_public_id: str, kind: str, fact_id: int, pdf: bytes, actor: Actor, now: datetime
) -> CaseDocument:
    """Keep a document's bytes and note them at the case; who is an officer has signed it. Twice gives the first one."""
    kept = keep_document(content=pdf, media_type=PDF, actor=actor, now=now)
    signed_by = actor.code if actor.kind == "officer" else ""
    made, _ = CaseDocument.objects.get_or_create(
        case_public_id=case_public_id,
        kind=kind,
        fact_id=fact_id,
        defaults={"sha256": kept.sha256, "signed_by": signed_by, "made_at": now},
    )
    return made
