"""A filing of the portal becomes a case, a supplement or withdrawal an act: with the person, the papers, the unit."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from tinhso.kernel.flow import Incomplete, NotAllowed, Procedure
from tinhso.kernel.identifiers import NotReadable
from tinhso.modules.government.portal_link.actions.writing import link_dossier
from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
from tinhso.modules.government.portal_link.models import Dossier, Submission
from tinhso.modules.government.portal_link.ports import NationalPortal, Refused
from tinhso.modules.government.portal_link.queries.incoming import find_unit_of
from tinhso.modules.government.portal_link.rules.incoming import SUPPLEMENT, Unacceptable
from tinhso.modules.government.portal_link.rules.wire import BUSINESS, Attachment, BadWire, Progress, Whole
from tinhso.platform.cases.actions import ChangedMeanwhile, Filing, KeyReused, act_on_case, add_papers, open_case
from tinhso.platform.cases.models import ProcedureVersion
from tinhso.platform.cases.queries import CaseView, get_case, procedure_on
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.actions import store_file
from tinhso.platform.files.rules import DEFAULT_LIMITS, Refusal
from tinhso.platform.forms.queries import find_form_on
from tinhso.platform.forms.rules import validate
from tinhso.platform.people.actions import register_organisation, register_person
from tinhso.platform.people.rules import Actor, Identity

CHANNEL: Final = "national_portal"
IS_DELETED: Final = "1"
LONGEST_NAME, LONGEST_TITLE = 120, 200
FACTS_OF_ACTS: Final = {
    SUPPLEMENT: frozenset({"supplemented"}),
    "withdrawal": frozenset({"withdrawn", "withdrawal_requested"}),
}


def file_for(
    *, content: Mapping[str, Any], portal_code: str, portal: NationalPortal, actor: Actor, now: datetime
) -> str:
    """
    Open the case that a filing at the portal asks for, once for each code of the portal; part of the caller's transaction.

    :returns: the case's tracking id
    :raises Unacceptable: something is unknown, missing or wrong; all of its kind at once
    :raises Unreachable: a paper cannot be fetched now
    """
    known = Dossier.objects.filter(portal_code=portal_code).first()
    if known:
        return known.case_public_id
    told, on = _read(Whole, content), now.astimezone(VIETNAM).date()
    procedure = _procedure(told.procedure_code, on)
    unit_key = find_unit_of(told.agency, procedure.handled_by, on)
    if unit_key is None:
        raise Unacceptable("unknown_agency", told.agency)
    answers = _answers(procedure, content.get(find_exchange().answers_name), on)
    papers = _fetch_papers(procedure, told.attachments, portal, actor, now)
    code, name = _applicant(told, unit_key, actor, now)
    filing = Filing(
        procedure=procedure, unit_key=unit_key, applicant_code=code, applicant_name=name[:LONGEST_NAME],
        title=told.title[:LONGEST_TITLE], data=answers, papers=papers, channel=CHANNEL,
    )  # fmt: skip
    try:
        opened = open_case(filing=filing, actor=actor, now=now, key=f"portal:{portal_code}")
    except KeyReused as reused:
        raise Unacceptable("other_content", reused.public_id) from reused
    link_dossier(case=get_case(opened.public_id), portal_code=portal_code, is_from_portal=True, now=now)
    return opened.public_id


def act_for(*, row: Submission, portal: NationalPortal, actor: Actor, now: datetime) -> str:
    """
    Take the applicant's step that the portal passes on, with the papers that came with it.

    :returns: the case's tracking id
    :raises Unacceptable: the dossier is unknown or does not wait for this
    :raises Unreachable: a paper cannot be fetched now
    """
    dossier = Dossier.objects.filter(portal_code=row.portal_code).first()
    if dossier is None:
        raise Unacceptable("unknown_dossier", row.portal_code)
    case = get_case(dossier.case_public_id)
    is_supplement = row.kind == SUPPLEMENT
    told = _read(Whole, row.content) if is_supplement else _read(Progress, row.content)
    act = _act_of(case, row.kind)
    papers = _fetch_papers(case.procedure, told.attachments, portal, actor, now) if isinstance(told, Whole) else []
    applicant = Actor(code=case.applicant_code, kind="citizen", name=case.applicant_name)
    note = told.supplements[-1].content if isinstance(told, Whole) and told.supplements else ""
    note = note or (told.content if isinstance(told, Progress) else "")
    answers = {"note": note} if note else {}
    try:
        act_on_case(public_id=case.public_id, act=act, actor=applicant, now=now, answers=answers)
    except (NotAllowed, Incomplete, ChangedMeanwhile) as refusal:
        raise Unacceptable("not_open", refusal.vi) from refusal
    if papers:
        add_papers(public_id=case.public_id, papers=papers, actor=actor, now=now)
    return case.public_id


def _act_of(case: CaseView, kind: str) -> str:
    """The applicant's act that is meant, as the procedure calls it."""
    for step in case.procedure.steps_from(case.state.code, {"applicant"}):
        if step.fact in FACTS_OF_ACTS[kind]:
            return step.act
    raise Unacceptable("not_open", case.state.name.vi)


def _read(kind: type[Any], content: Mapping[str, Any]) -> Any:
    try:
        return find_exchange().codec.from_wire(kind, content)
    except BadWire as wrong:
        raise Unacceptable("unreadable", ", ".join(wrong.fields)) from wrong


def _procedure(code: str, on: date) -> Procedure:
    try:
        procedure = procedure_on(code, on)
    except ProcedureVersion.DoesNotExist as missing:
        raise Unacceptable("unknown_procedure", code) from missing
    if procedure.kind != "dossier" or not procedure.start:
        raise Unacceptable("unknown_procedure", code)
    return procedure


def _answers(procedure: Procedure, given: Any, on: date) -> dict[str, Any]:
    form = find_form_on(procedure.form, on) if procedure.form else None
    if form is None:
        return dict(given) if isinstance(given, Mapping) else {}
    outcome = validate(form, given if isinstance(given, Mapping) else {}, on=on)
    if outcome.problems:
        raise Unacceptable("answers", "\n".join(each.vi for each in outcome.problems))
    return outcome.answers


def _fetch_papers(
    procedure: Procedure, attachments: Sequence[Attachment], portal: NationalPortal, actor: Actor, now: datetime
) -> list[dict[str, Any]]:
    """The files that came with it, kept; as the engine takes them."""
    asked = {paper.code for paper in procedure.papers}
    strangers = [each.paper_code for each in attachments if each.paper_code not in asked]
    if strangers:
        raise Unacceptable("unknown_paper", ", ".join(strangers))
    papers = []
    for each in attachments:
        if each.is_deleted == IS_DELETED:
            continue
        try:
            content = portal.fetch_paper(each.address, DEFAULT_LIMITS.max_bytes)
            kept = store_file(content=content, name=each.file_name, actor=actor, now=now)
        except Refused as refusal:
            raise Unacceptable("paper_refused", f"{each.file_name}: {refusal.words}") from refusal
        except Refusal as refusal:
            raise Unacceptable("paper_refused", f"{each.file_name}: {refusal.vi}") from refusal
        known = {"name": each.file_name[-LONGEST_NAME:], "media_type": kept.media_type, "size": kept.size}
        papers.append({"code": each.paper_code, "file_sha256": kept.sha256, **known})
    return papers


def _applicant(told: Whole, unit_key: str, actor: Actor, now: datetime) -> tuple[str, str]:
    """Whose dossier it is: known by the number, or written down without an account."""
    if not told.holder_number:
        raise Unacceptable("bad_number", "MaDoiTuong")
    try:
        if told.holder_kind == BUSINESS:
            body = register_organisation(name=told.holder_name, tax_code=told.holder_number, actor=actor, now=now)
            return body.code, body.name
        identity = Identity(
            name=told.holder_name, personal_number=told.holder_number, phone=told.phone[:20], email=told.email
        )
        person = register_person(identity=identity, unit_key=unit_key, actor=actor, now=now)
    except NotReadable as wrong:
        raise Unacceptable("bad_number", str(wrong)) from wrong
    return person.code, person.name
