"""Reading dossiers for those they are about, and for anybody who holds a tracking id."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinhso.kernel.flow import APPLICANT
from tinhso.kernel.identifiers import read_tracking_id
from tinhso.modules.government.onestop.models import CaseDocument, Rating
from tinhso.modules.government.onestop.rules.asking import AskedPaper, papers_asked
from tinhso.modules.government.onestop.rules.journey import Journey
from tinhso.modules.government.onestop.rules.rating import occasion_of
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.models import Case, Paper
from tinhso.platform.cases.queries.reading import CaseView, view_of
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.queries import get_names, get_role_names
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_unit

LAST_SIGNS = 4
KIND = "dossier"


class NotOurs(LookupError):
    """There is no such dossier, or it is somebody else's: who asks is not told which."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the applicant was asked for last: why, which papers, until when, by which act it is handed in."""

    reasons: str
    papers: tuple[AskedPaper, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One dossier with all that its page tells; `rating` is the occasion on which one may be given now, empty for none."""

    case: CaseView
    journey: Journey
    asked: Asked | None
    results: tuple[Any, ...]
    documents: tuple[CaseDocument, ...]
    papers: tuple[Any, ...]
    rating: str
    is_rated: bool
    apology: str


def get_own(public_id: str, *, actor: Actor) -> CaseView:
    """
    The actor's own dossier.

    :raises NotOurs: there is none of that id, or it is another's
    """
    try:
        row = Case.objects.filter(public_id=read_tracking_id(public_id[:40]), parent=None).first()
    except ValueError:
        row = None
    if row is None or row.applicant_code != actor.code or not actor.code:
        raise NotOurs(public_id)
    return view_of(row)


def find_by_tracking_id(typed: str) -> CaseView | None:
    """The dossier with that tracking id, however it was typed, or None."""
    try:
        public_id = read_tracking_id(typed[:40])
    except ValueError:
        return None
    row = Case.objects.filter(public_id=public_id, kind=KIND).first()
    return view_of(row) if row else None


def find_by_code(code: str, last_signs: str) -> CaseView | None:
    """The dossier with that code whose tracking id ends in those four signs, or None."""
    typed, last = "".join(code.split()).upper(), "".join(sign for sign in last_signs.upper() if sign.isalnum())
    is_code = re.fullmatch(r"[A-Z0-9.\-]{1,60}", typed)
    row = Case.objects.filter(code=typed, kind=KIND).first() if is_code and len(last) == LAST_SIGNS else None
    if row is None or row.public_id.replace("-", "")[-LAST_SIGNS:] != last:
        return None
    return view_of(row)


def list_own(actor: Actor, *, before: int | None = None, limit: int = 20) -> list[CaseView]:
    """The actor's own dossiers, the newest first."""
    return [view_of(row) for row in cases.list_filed_by(actor.code, before=before, limit=limit)]


def get_standing(case: CaseView, now: datetime) -> Standing:
    """Everything that the applicant's page tells."""
    facts = list_facts(case.public_id)
    remarks = list(cases.get_remarks(case.case_id).values())
    documents = CaseDocument.objects.filter(case_public_id=case.public_id, replaced_at=None).order_by("id")
    rated = set(Rating.objects.filter(case_public_id=case.public_id).values_list("occasion", flat=True))
    occasion = occasion_now(case)
    return Standing(
        case=case,
        journey=_journey(case, facts, remarks, now),
        asked=find_asked(case, remarks),
        results=tuple(cases.list_results(case.case_id)),
        documents=tuple(documents),
        papers=tuple(cases.list_papers(case.case_id)),
        rating="" if occasion in rated else occasion,
        is_rated=occasion in rated,
        apology=_apology(remarks),
    )


def _journey(case: CaseView, facts: list[Fact], remarks: list[Any], now: datetime) -> Journey:
    holder, until = _holder(case)
    return Journey(
        procedure=case.procedure, state=case.state, facts=facts, now=now, due_at=case.due_at,
        is_late=case.resolved_at is None and case.is_overdue(now), holder=holder, until=until, is_private=True,
        unit_name=get_unit(case.unit_key).name, remarks=remarks, roles=get_role_names(), units=_units_before(facts),
        names=get_names(fact.actor_code for fact in facts if fact.actor_code.startswith("officer:")),
    )  # fmt: skip


def _units_before(facts: list[Fact]) -> dict[str, str]:
    """The units that passed the dossier on, by key."""
    keys = {str(fact.body["from_unit"]) for fact in facts if "from_unit" in fact.body}
    return {key: get_unit(key).name for key in keys}


def public_journey(case: CaseView, now: datetime) -> Journey:
    """What anybody may know who holds the tracking id: states and moments, no names, no reasons."""
    is_late = case.resolved_at is None and case.is_overdue(now)
    facts = list_facts(case.public_id)
    return Journey(case.procedure, case.state, facts, now, due_at=case.due_at, is_late=is_late, until=_holder(case)[1])


def _holder(case: CaseView) -> tuple[str, datetime | None]:
    """Who has it, as a role, or whom it waits for, and until when."""
    if case.closed_at:
        return "", None
    awaited = [each for each in cases.list_awaited(case.case_id) if each.closed_at is None]
    if awaited:
        return awaited[-1].whom, awaited[-1].until
    held = [each for each in cases.list_held(case.case_id) if each.closed_at is None]
    return (held[-1].role, held[-1].due_at) if held else ("", None)


def find_asked(case: CaseView, remarks: list[Any]) -> Asked | None:
    """What the case waits for its applicant to hand in; None when it does not wait for them."""
    if case.state.wait is None or case.state.wait.whom != APPLICANT or case.closed_at:
        return None
    last = max(remarks, key=lambda each: each.revision, default=None)
    answers: Mapping[str, Any] = last.answers if last else {}
    return Asked(str(answers.get("reasons", "")), papers_asked(answers, case.procedure), _holder(case)[1])


def get_asked(case: CaseView) -> Asked | None:
    """What the case waits for its applicant to hand in, or None."""
    return find_asked(case, list(cases.get_remarks(case.case_id).values()))


def _apology(remarks: list[Any]) -> str:
    """Why the promised day was put off, in the officer's words; empty when it never was."""
    said = [each for each in remarks if each.answers.get("extension_days")]
    return str(max(said, key=lambda each: each.revision).answers.get("reasons", "")) if said else ""


def occasion_now(case: CaseView) -> str:
    """With which paper a rating is offered at this moment; empty while with none."""
    return occasion_of(
        case.state.national, is_accepted=case.accepted_at is not None, is_over=case.closed_at is not None
    )


def find_file(case: CaseView, sha256: str) -> tuple[str, str] | None:
    """Name and kind of a file of the case that its applicant may have: papers, whoever took them in, results, documents."""
    for result in cases.list_results(case.case_id):
        if result.file_sha256 == sha256:
            return f"{result.name} {case.code or case.public_id}.pdf", "application/pdf"
    document = CaseDocument.objects.filter(case_public_id=case.public_id, sha256=sha256).first()
    if document:
        return f"{document.kind} {case.code or case.public_id}.pdf", "application/pdf"
    paper = Paper.objects.filter(case_id=case.case_id, file_sha256=sha256).first()
    return (paper.name, paper.media_type) if paper else None
