"""Making the documents of a case and keeping them: each once, and again with a reason when one was wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from tinhso.modules.government.onestop.adapters import get_sheet
from tinhso.modules.government.onestop.facts import LETTER_REPLACED
from tinhso.modules.government.onestop.models import CaseDocument
from tinhso.modules.government.onestop.queries import letters
from tinhso.modules.government.onestop.queries.casefile import list_letters
from tinhso.modules.government.onestop.queries.telling import occasion_of
from tinhso.modules.government.onestop.rules.letters import letter_code
from tinhso.platform.cases.queries import CaseView, get_case
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.actions import keep_document
from tinhso.platform.files.adapters import render_document
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.people.rules import SYSTEM, Actor

PDF = "application/pdf"
Contents = Callable[[CaseView, letters.Occasion], dict[str, Any]]
CONTENTS: Final[Mapping[str, Contents]] = {
    CaseDocument.Kind.RECEIPT: letters.fields_of_receipt,
    CaseDocument.Kind.SUPPLEMENT: letters.fields_of_supplement,
    CaseDocument.Kind.REFUSAL: letters.fields_of_refusal,
    CaseDocument.Kind.APOLOGY: letters.fields_of_apology,
    CaseDocument.Kind.STOP_NOTICE: letters.fields_of_stop_notice,
}


@dataclass(frozen=True, slots=True)
class Anew:
    """What a letter issued again says besides: which one it stands for, corrected reasons, the moment it is issued."""

    replaces: str = ""
    words: str = ""
    issued_at: datetime | None = None


FIRST: Final = Anew()


class CannotReissue(Exception):
    """The letter cannot be made anew; `vi` and `en` say why."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


def issue_documents(*, fact: Fact, now: datetime) -> list[CaseDocument]:
    """Make and keep the letters that a fact of a case calls for, each once; what is there already is returned."""
    case = get_case(fact.subject)
    called_for = [letter for letter in list_letters([fact], case.procedure) if not letter.is_asked_for]
    return [issue_document(case=case, fact=fact, kind=letter.kind, now=now) for letter in called_for]


def issue_document(*, case: CaseView, fact: Fact, kind: str, actor: Actor = SYSTEM, now: datetime) -> CaseDocument:
    """
    The case's document of that kind for that fact, made when it is not there yet; twice gives the first one.

    :raises NoTemplate: the set of forms of that day has no such form
    """
    if made := find_document(case.public_id, kind, fact.id):
        return made
    pdf = _draw(case, fact, kind, code_of(case.public_id, kind, fact.id))
    return keep_case_document(case_public_id=case.public_id, kind=kind, fact_id=fact.id, pdf=pdf, actor=actor, now=now)


def find_document(case_public_id: str, kind: str, fact_id: int) -> CaseDocument | None:
    """The document in force of that kind for that fact, or None."""
    rows = CaseDocument.objects.filter(case_public_id=case_public_id, kind=kind, fact_id=fact_id, replaced_at=None)
    return rows.order_by("-revision").first()


@transaction.atomic
def reissue_document(
    *, case: CaseView, fact: Fact, kind: str, reason: str, words: str = "", actor: Actor, now: datetime
) -> CaseDocument:
    """
    Make a letter anew, because the first was wrong: the older is kept and says publicly that it was replaced.

    :param words: the reasons as they are to stand in the letter, where those first typed were wrong
    :raises CannotReissue: no reason was given, it was signed by a leader, or it was never made
    """
    last = CaseDocument.objects.select_for_update().filter(
        case_public_id=case.public_id, kind=kind, fact_id=fact.id, replaced_at=None
    )  # fmt: skip
    old = last.order_by("-revision").first()
    if old is None or not reason.strip():
        raise CannotReissue("Hãy ghi lý do cấp lại giấy.", "Say why the letter is issued again.")
    if old.signed_by:
        raise CannotReissue(
            "Giấy này lãnh đạo đã ký; hãy trình ký lại.", "A leader signed this one; propose it for signature again."
        )
    old.replaced_at = now
    old.save(update_fields=["replaced_at"])
    code = code_of(case.public_id, kind, fact.id, old.revision + 1)
    at = old.made_at.astimezone(VIETNAM)
    pdf = _draw(case, fact, kind, code, Anew(f"lúc {at:%H:%M} ngày {at:%d/%m/%Y}", words, now))
    kept = keep_document(content=pdf, media_type=PDF, actor=actor, now=now)
    made = CaseDocument.objects.create(
        case_public_id=case.public_id, kind=kind, fact_id=fact.id, revision=old.revision + 1, code=code,
        sha256=kept.sha256, made_at=now, reason=reason.strip()[:500],
    )  # fmt: skip
    body = {"kind": kind, "fact": fact.id, "revision": made.revision, "sha256": made.sha256}
    record_fact(
        kind=LETTER_REPLACED, subject=case.public_id, unit_key=case.unit_key, body=body, actor=actor, now=now
    )  # fmt: skip
    return made


def code_of(case_public_id: str, kind: str, fact_id: int, revision: int = 1) -> str:
    """The code printed on that document: the same again, so that what is drawn twice is one document."""
    return letter_code(settings.SECRET_KEY, case_public_id, kind, fact_id, revision)


def _draw(case: CaseView, fact: Fact, kind: str, code: str, anew: Anew = FIRST) -> bytes:
    """A one-stop form as PDF, from the set in force when it is issued."""
    occasion = occasion_of(case, fact, reasons=anew.words)
    at = anew.issued_at or occasion.at
    sheet = get_sheet(kind, at.astimezone(VIETNAM).date())
    fields = CONTENTS[kind](case, occasion) | letters.printed(sheet, code, anew.replaces)
    return render_document(sheet.path, fields, now=at)


@transaction.atomic
def keep_case_document(
    *, case_public_id: str, kind: str, fact_id: int, pdf: bytes, actor: Actor, now: datetime
) -> CaseDocument:
    """Keep a document's bytes and note them at the case; who is an officer has signed it. Twice gives the first one."""
    kept = keep_document(content=pdf, media_type=PDF, actor=actor, now=now)
    made, _ = CaseDocument.objects.get_or_create(
        case_public_id=case_public_id,
        kind=kind,
        fact_id=fact_id,
        revision=1,
        defaults={
            "sha256": kept.sha256,
            "code": code_of(case_public_id, kind, fact_id),
            "signed_by": actor.code if actor.kind == "officer" else "",
            "made_at": now,
        },
    )
    return made
