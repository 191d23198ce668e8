"""A case as an officer opens it: whether they may, and everything that lies in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tinhso.kernel.flow import Procedure, Step
from tinhso.kernel.packs import Form
from tinhso.kernel.worktime import Due
from tinhso.modules.government.onestop.adapters import find_sheet
from tinhso.modules.government.onestop.rules import Past, Seeing, seeing_of
from tinhso.modules.government.onestop.rules.letters import Happened, Letter, letters_after
from tinhso.platform.capability import case_address
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.forms.queries import find_form_on
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.queries import get_names
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.units.queries import get_unit, get_units


class NoSuchCase(LookupError):
    """There is no case of that id."""


class NotYours(Exception):
    """The case belongs to another unit; `vi` and `en` say whom to ask."""

    def __init__(self, unit_key: str) -> None:
        unit = get_unit(unit_key)
        self.vi = f"Hồ sơ này do {unit.name} giữ. Bạn không giữ vai trò nào ở đó nên không mở được."
        self.en = f"This dossier is held by {unit.name_in('en')}, where you hold no post, so you cannot open it."
        super().__init__(self.vi)


class ShownElsewhere(NotYours):
    """The case has a page of its own, at `address`; nothing is done with it here."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.vi = f"Việc này có trang riêng: {address}. Hãy xem và làm ở đó."
        self.en = f"This has a page of its own: {address}. Look at it and act there."
        Exception.__init__(self, self.vi)


@dataclass(frozen=True, slots=True)
class Opened:
    """A case an officer may open, what they may do with it, and whose data it holds."""

    case: cases.CaseView
    seeing: Seeing
    subject_code: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything that lies in a case, in the order it is read."""

    form: Form | None
    steps: Sequence[Step]
    papers: Sequence[Any]
    results: Sequence[Any]
    documents: Sequence[Letter]
    held: Sequence[cases.Held]
    awaited: Sequence[cases.Awaited]
    past: tuple[Sequence[Fact], Sequence[Any], Mapping[str, str]]
    due: Due | None
    parent: cases.CaseView | None
    sub_cases: Sequence[cases.CaseView]


def open_case_for(public_id: str, actor: Actor) -> Opened:
    """
    The case with what this officer may do in it. Showing it is a sight: see `people.actions.record_sight`.

    :raises NoSuchCase: there is none
    :raises NotYours: the officer holds no post there, and is no leader or administrator above
    :raises ShownElsewhere: another app shows cases of its kind
    """
    case = cases.get_cases([public_id]).get(public_id)
    if case is None:
        raise NoSuchCase(public_id)
    if address := case_address(case.procedure.kind, public_id):
        raise ShownElsewhere(address)
    seeing = seeing_of(actor, case.unit_key, get_unit(case.unit_key).path[:-1], case.procedure.code)
    if not seeing:
        raise NotYours(case.unit_key)
    subject = case.applicant_code
    if not subject and (parent := cases.find_parent(case)):
        subject = parent.applicant_code
    return Opened(case, seeing, subject)


def read_case_file(case: cases.CaseView, actor: Actor) -> CaseFile:
    """Everything in the case, and the acts open to this officer; a fixed number of statements."""
    facts, remarks = list_facts(case.public_id), list(cases.get_remarks(case.case_id).values())
    results = cases.list_results(case.case_id)
    has_sub_cases = bool(results) or any(state.sub_cases for state in case.procedure.states)
    filed_on = case.filed_at.astimezone(VIETNAM).date()
    return CaseFile(
        form=find_form_on(case.procedure.form, filed_on) if case.procedure.form else None,
        steps=[each.step for each in cases.list_steps_open_to(case, actor)],
        papers=cases.list_papers(case.case_id),
        results=results,
        documents=list_letters(facts, case.procedure),
        held=cases.list_held(case.case_id),
        awaited=cases.list_awaited(case.case_id),
        past=(facts, remarks, {**get_names({fact.actor_code for fact in facts}), **_units_moved_to(facts)}),
        due=cases.explain_due(case),
        parent=cases.find_parent(case),
        sub_cases=cases.list_sub_cases(case.case_id) if has_sub_cases else (),
    )


def _units_moved_to(facts: Sequence[Fact]) -> dict[str, str]:
    moved = {str(fact.body["to_unit"]) for fact in facts if "to_unit" in fact.body}
    return {key: unit.name for key, unit in get_units(moved).items()} if moved else {}


def list_letters(facts: Sequence[Fact], procedure: Procedure) -> list[Letter]:
    """The letters that the facts of a case call for, in order, where the forms of that day have one; made already or not."""
    found = []
    for fact in facts:
        happened = Happened(fact.id, fact.happened_at, fact.actor_code == SYSTEM.code, fact.body)
        on = fact.happened_at.astimezone(VIETNAM).date()
        found += [letter for letter in letters_after(happened, procedure) if find_sheet(letter.kind, on)]
    return found


def find_attachment(case: cases.CaseView, sha256: str) -> tuple[str, str] | None:
    """Name and media type of a file that lies in the case, a paper or a result; None when it does not lie there."""
    for paper in cases.list_papers(case.case_id):
        if paper.file_sha256 == sha256:
            return paper.name, paper.media_type
    for result in cases.list_results(case.case_id):
        if result.file_sha256 == sha256:
            return f"{result.name} {result.number.replace('/', '-')}.pdf", "application/pdf"
    return None


def past_of(case: cases.CaseView, file: CaseFile, now: Any) -> Past:
    """The history of the case, ready to be told."""
    facts, remarks, names = file.past
    return Past(case.procedure, facts, remarks, names, now)


def unit_names(actor: Actor, language: str) -> str:
    """The units where the actor holds posts, for the head of the page; the first two."""
    keys = list(dict.fromkeys(post.unit_key for post in actor.posts))
    units = get_units(keys) if len(keys) > 1 else {key: get_unit(key) for key in keys}
    return ", ".join(units[key].name_in(language) for key in keys[:2] if key in units)
