"""What the portal is told of a dossier, as it stood after one of its facts: the whole of it, or the step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from tinhso.modules.government.portal_link.rules.wire import (
    BUSINESS,
    COUNTER,
    PERSON,
    POST,
    Attachment,
    Charge,
    Progress,
    ResultPaper,
    Supplement,
    Whole,
)
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.queries import CaseView
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.payments.queries import find_bill
from tinhso.platform.people.queries import find_organisation, find_person, get_names
from tinhso.platform.units.queries import get_agency_code, get_unit

FILE_SALT = "portal_link.file"
FILE_SECONDS = 7 * 24 * 3600
KEPT, ASKED, ANSWERED, LAPSED = "0", "1", "2", "3"
LONGEST_WORDS = 1000
KINDS_OF_CHARGE = {"charge": "1", "fee": "2"}  # LoaiPhiLePhi: phí, lệ phí


@dataclass(frozen=True)
class Told:
    """A dossier with all its facts; what is told is cut off after the fact in question."""

    case: CaseView
    portal_code: str
    facts: Sequence[Fact]

    @cached_property
    def names(self) -> dict[str, str]:
        """Who acted, by public code."""
        return {
            **get_names({fact.actor_code for fact in self.facts}),
            self.case.applicant_code: self.case.applicant_name,
        }

    @cached_property
    def remarks(self) -> dict[datetime, Any]:
        """What was written with an act, by its moment."""
        return {remark.written_at: remark for remark in cases.get_remarks(self.case.case_id).values()}

    def state_after(self, fact: Fact) -> str:
        """The code of the state in which that fact left the dossier; empty where it says nothing of the state."""
        if fact.kind.endswith(".filed"):
            return self.case.procedure.start
        return str(fact.body.get("state", ""))

    def progress(self, fact: Fact, state: int, due_at: datetime | None) -> Progress:
        """The step that was taken by that fact."""
        procedure, code = self.case.procedure, self.state_after(fact)
        act = next((step.name.vi for step in procedure.steps if step.act == fact.body.get("act")), "Nộp hồ sơ")
        words = f"{act}: {procedure.state(code).name.vi}" if code else act
        return Progress(
            portal_code=self.portal_code, actor_name=self.names.get(fact.actor_code, ""), acted_at=fact.happened_at,
            unit_name=get_unit(self.case.unit_key).name, content=words[:LONGEST_WORDS], state=str(state),
            began_at=fact.happened_at, due_at=due_at,
        )  # fmt: skip

    def whole(self, last: Fact | None, state: int, due_at: datetime | None) -> Whole:
        """The whole dossier as it stood after that fact; papers and results are those of now. None: after the last."""
        case = self.case
        until = [fact for fact in self.facts if last is None or fact.sequence <= last.sequence]
        whole = Whole(
            portal_code=self.portal_code, procedure_code=case.procedure.code, procedure_name=case.procedure.name.vi,
            sector_name=case.procedure.sector.vi, holder_name=case.applicant_name or self.portal_code, title=case.title,
            accepted_at=case.accepted_at, due_at=due_at, state=str(state),
            returned_at=_moment_of(until, "returned"), way=POST if case.channel == "post" else COUNTER,
            resolved_at=_moment_of(until, "resolved"),
            agency=get_agency_code(case.unit_key, case.filed_at.date()),
            attachments=_attachments(case), charges=_charges(case), supplements=self._supplements(until),
            results=_results(case),
        )  # fmt: skip
        return replace(whole, **_holder(case.applicant_code))

    def _supplements(self, facts: Sequence[Fact]) -> tuple[Supplement, ...]:
        found: list[Supplement] = []
        due: datetime | None = None
        for fact in facts:
            before, due = due, _due_in(fact) or due
            if fact.kind.endswith(".supplement_required"):
                asked = Supplement(f"{self.portal_code}-{fact.sequence}", self.names.get(fact.actor_code, ""),
                    self._words_with(fact), fact.happened_at, None, ASKED, before, None)  # fmt: skip
                found.append(asked)
            elif found and found[-1].state == ASKED and fact.kind.endswith((".supplemented", ".lapsed")):
                state = ANSWERED if fact.kind.endswith(".supplemented") else LAPSED
                received = fact.happened_at if state == ANSWERED else None
                found[-1] = replace(found[-1], received_at=received, state=state, due_after=due)
        return tuple(found)

    def _words_with(self, fact: Fact) -> str:
        remark = self.remarks.get(fact.happened_at)
        return _flat(remark.answers.get("reasons") if remark else "")[:LONGEST_WORDS]


def _flat(words: Any) -> str:
    if isinstance(words, dict):
        return "; ".join(_flat(each) for each in words.values())
    return "; ".join(map(_flat, words)) if isinstance(words, list | tuple) else str(words or "")


def due_after(fact: Fact, before: datetime | None) -> datetime | None:
    """When the dossier was due after that fact."""
    return _due_in(fact) or before


def _due_in(fact: Fact) -> datetime | None:
    return datetime.fromisoformat(fact.body["due_at"]) if fact.body.get("due_at") else None


def _moment_of(facts: Sequence[Fact], word: str) -> datetime | None:
    return next((fact.happened_at for fact in reversed(facts) if fact.kind.endswith("." + word)), None)


def _holder(code: str) -> dict[str, Any]:
    """Who the dossier belongs to, under the record's names."""
    if code.startswith("organisation:"):
        body = find_organisation(code)
        known = (body.tax_code or "", body.email, body.phone) if body else ("", "", "")
        return {"holder_kind": BUSINESS, **dict(zip(("holder_number", "email", "phone"), known, strict=True))}
    person = find_person(code)
    known = (person.personal_number or "", person.email, person.phone) if person else ("", "", "")
    return {"holder_kind": PERSON, **dict(zip(("holder_number", "email", "phone"), known, strict=True))}


def _attachments(case: CaseView) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(row.file_sha256[:32], row.name, row.code, address_of(row.file_sha256, row.name), KEPT)
        for row in cases.list_papers(case.case_id)
    )


def _results(case: CaseView) -> tuple[ResultPaper, ...]:
    return tuple(
        ResultPaper(row.name, row.number, address_of(row.file_sha256, f"{row.code}.pdf"))
        for row in cases.list_results(case.case_id)
    )


def _charges(case: CaseView) -> tuple[Charge, ...]:
    """What is owed, as the bill has it; nothing where nothing is."""
    bill = find_bill(case.public_id)
    rows = bill.charges if bill else ()
    return tuple(
        Charge(row.name_vi, row.fee_code, "", row.amount_dong, KINDS_OF_CHARGE.get(row.kind, "")) for row in rows
    )


def address_of(sha256: str, name: str) -> str:
    """Where the portal may fetch a file for a week, without signing in: the address itself is the right to it."""
    token = signing.dumps({"sha256": sha256, "name": name}, salt=FILE_SALT, compress=True)
    return settings.PUBLIC_ADDRESS + reverse("portal_link:file", args=[token])


def read_address(token: str) -> tuple[str, str] | None:
    """Hash and name of the file that the address opens; None when it is not ours or too old."""
    try:
        known = signing.loads(token, salt=FILE_SALT, max_age=FILE_SECONDS)
    except signing.BadSignature:
        return None
    return known["sha256"], known["name"]
