"""A filing under way: its draft, procedure, form, what is held about the person, the units that may take it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tinhso.kernel.flow import PaperRule, Procedure, Text
from tinhso.kernel.packs import Form
from tinhso.modules.government.onestop.queries.holding import gather, seal
from tinhso.modules.government.onestop.rules.filing import (
    APPLICANT,
    CHANNEL,
    UNIT,
    missing_papers,
    way_through,
)
from tinhso.modules.government.onestop.rules.holding import HELD, HOUSEHOLD_CLASS, Holdings, measures_of, sources_from
from tinhso.platform.cases.models import ProcedureVersion, Request
from tinhso.platform.cases.queries import procedure_on
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.forms import rules as forms
from tinhso.platform.forms.queries import DraftRow, NoSuchForm, find_form_on, get_draft, get_form
from tinhso.platform.people.queries import PersonRow, find_person
from tinhso.platform.people.rules import Actor
from tinhso.platform.units import queries as units
from tinhso.platform.units.rules import UnitRow

CODE = re.compile(r"[\w.\-]{1,64}", re.ASCII)


class NoSuchProcedure(LookupError):
    """There is no such procedure in force, or it is not filed here."""


@dataclass(frozen=True)
class Begun:
    """A filing that somebody has begun and not yet sent."""

    draft: DraftRow
    procedure: Procedure
    form: Form
    actor: Actor
    today: date

    @cached_property
    def typed(self) -> forms.Outcome:
        """What fits of the answers as they were typed."""
        return forms.validate(self.form, self.draft.answers, on=self.today)

    @cached_property
    def outcome(self) -> forms.Outcome:
        """What fits of the answers, and all that is wrong with them; what stands as it is held is not answered otherwise."""
        fixed = {code: self.taken.answers[code] for code in self.taken.fixed}
        if all(self.typed.answers.get(code) == value for code, value in fixed.items()):
            return self.typed
        return forms.validate(self.form, {**self.draft.answers, **fixed}, on=self.today)

    @property
    def known(self) -> dict[str, Any]:
        """The answers that fit."""
        return self.outcome.answers

    @property
    def unit_key(self) -> str:
        """The unit that is to handle it; empty before it was chosen."""
        return str(self.draft.answers.get(UNIT) or "")

    @property
    def applicant_code(self) -> str:
        """Whose filing it is: the actor's own, or that of the person an officer files for."""
        named = self.draft.answers.get(APPLICANT) if self.actor.kind == "officer" else None
        return str(named or self.actor.code)

    @property
    def channel(self) -> str:
        """How it comes in."""
        return str(self.draft.answers.get(CHANNEL) or "online") if self.actor.kind == "officer" else "online"

    @cached_property
    def applicant(self) -> PersonRow | None:
        """The person whose filing it is, where one is known."""
        return find_person(self.applicant_code)

    @property
    def papers_asked(self) -> tuple[PaperRule, ...]:
        """The papers these answers ask for."""
        return self.procedure.papers_for(self.known)

    @property
    def papers_missing(self) -> tuple[PaperRule, ...]:
        """The papers that must be there and are not."""
        return missing_papers(self.procedure, self.known, self.draft.papers)

    @property
    def way(self) -> list[str]:
        """All pages in order."""
        return way_through(self.procedure, self.form, self.known)

    @cached_property
    def holdings(self) -> Holdings:
        """What was held when it was begun; for a draft without that, what is held here."""
        kept = self.draft.answers.get(HELD)
        return Holdings.from_json(kept) if kept else gather(self.form, self.applicant, self.today)

    @cached_property
    def taken(self) -> forms.Taken:
        """What can be taken over, and from where."""
        return taken_from(self.holdings, self.form, self.typed.answers, self.today)

    @property
    def prefilled(self) -> tuple[dict[str, Any], dict[str, Text]]:
        """The answers that can be taken over, and where each was taken from."""
        return self.taken.answers, self.taken.origins

    @property
    def sent(self) -> dict[str, Any]:
        """What is filed: the answers that fit, and what a register says of the household where a fee depends on it."""
        said = self.holdings.household_class
        return self.known | ({HOUSEHOLD_CLASS: said.values["poverty_class"]} if said else {})

    @property
    def measures(self) -> dict[str, Any]:
        """How much was asked, how much stood answered: for the fact of filing."""
        return measures_of(self.form, self.known, self.taken, self.holdings, seal)


def get_begun(draft_id: str, *, actor: Actor, now: datetime) -> Begun:
    """
    The actor's own filing under way.

    :raises NoSuchDraft: it was sent or discarded, or is another's
    :raises NoSuchProcedure: the procedure is no longer in force
    """
    draft = get_draft(draft_id, actor=actor)
    today = now.astimezone(VIETNAM).date()
    procedure = get_fileable(draft.procedure_code, today)
    try:
        form = get_form(draft.form_code, draft.form_version)
    except NoSuchForm as missing:
        raise NoSuchProcedure(draft.procedure_code) from missing
    return Begun(draft, procedure, form, actor, today)


def get_fileable(code: str, on: date) -> Procedure:
    """That procedure when people file it themselves. :raises NoSuchProcedure: there is none"""
    procedure = get_shown(code, on)
    if procedure.kind != "dossier" or not procedure.form or procedure.service_level == "info_only":
        raise NoSuchProcedure(code)
    return procedure


def get_shown(code: str, on: date) -> Procedure:
    """That procedure, in force on that day. :raises NoSuchProcedure: there is none"""
    if not CODE.fullmatch(code):
        raise NoSuchProcedure(code)
    try:
        return procedure_on(code, on)
    except ProcedureVersion.DoesNotExist as missing:
        raise NoSuchProcedure(code) from missing


def form_of(procedure: Procedure, on: date) -> Form:
    """The procedure's form in use on that day. :raises NoSuchProcedure: it was never loaded"""
    form = find_form_on(procedure.form, on)
    if form is None:
        raise NoSuchProcedure(procedure.code)
    return form


def taken_from(holdings: Holdings, form: Form, answers: Mapping[str, Any], on: date) -> forms.Taken:
    """What the form takes over of what is held, under the answers so far (cleaned)."""
    return forms.take_over(form, sources_from(holdings, form, answers), on=on, answers=answers)


def list_desks(procedure: Procedure, on: date) -> list[UnitRow]:
    """The units that take this procedure in, by Vietnamese alphabet."""
    return units.list_with_agency(on, kinds=procedure.handled_by)


def desk_names(desks: list[UnitRow], language: str) -> list[tuple[str, str]]:
    """Keys and names for a list to choose from, the telling part first: "Đồng Đăng (xã)"."""
    if language.startswith("en"):
        return [(unit.key, unit.name_en or unit.name) for unit in desks]
    return [(unit.key, _telling(unit)) for unit in desks]


def _telling(unit: UnitRow) -> str:
    sort = unit.name.removesuffix(unit.short_name).strip()
    return f"{unit.short_name} ({sort.lower()})" if sort and sort != unit.name else unit.name


def home_desk(actor: Actor, desks: list[UnitRow]) -> str:
    """The desk where the actor lives, or empty."""
    person = find_person(actor.code)
    return person.residence_key if person and person.residence_key in {unit.key for unit in desks} else ""


def find_filed(key: str, *, actor: Actor) -> str | None:
    """The tracking id of what the actor filed under that key before, or None."""
    found = Request.objects.filter(actor_code=actor.code, key=key)
    return found.values_list("case_public_id", flat=True).first()


def key_of_draft(draft_id: str) -> str:
    """The idempotency key under which a draft is filed: its own, so that sending it twice is one dossier."""
    return f"draft:{draft_id}"


def papers_of(draft_papers: Mapping[str, Any], asked: tuple[PaperRule, ...]) -> list[dict[str, Any]]:
    """The files of the papers that are asked for, as the engine takes them; files of papers no longer asked stay out."""
    return [
        {"code": paper.code, **{name: file[name] for name in ("file_sha256", "name", "media_type", "size")}}
        for paper in asked
        for file in draft_papers.get(paper.code) or ()
    ]
