"""Word to the applicant of a case about a fact."""

from collections.abc import Callable
from datetime import datetime

from tinhso.platform.cases.queries import CaseView
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.notices.actions import notify
from tinhso.platform.notices.rules import Fields, Recipient
from tinhso.platform.people.queries import find_organisation, find_person
from tinhso.platform.people.rules import SYSTEM


def tell_applicant(*, case: CaseView, fact: Fact, fields: Callable[[], Fields], now: datetime) -> None:
    """
    Tell who filed the case of that fact, in the packs' words; told twice it is one notice.

    Nothing is told where the case has no applicant or the packs have no words.

    :param fields: makes the values that the words name; asked only when there is somebody to tell
    """
    if recipient := _recipient_of(case):
        notify(
            recipient=recipient,
            kind=fact.kind,
            fields=fields(),
            case_id=case.public_id,
            key=f"fact:{fact.id}",
            actor=SYSTEM,
            now=now,
        )


def _recipient_of(case: CaseView) -> Recipient | None:
    code = case.applicant_code
    found = (find_person(code) or find_organisation(code)) if code else None
    return Recipient(found.code, found.name, found.phone, found.email, case.language) if found else None
