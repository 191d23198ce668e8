"""Serving somebody who is there: who it is is written down, and a filing in that person's name is begun."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tinhso.kernel.flow import Procedure
from tinhso.kernel.identifiers import NotReadable, parse_personal_number
from tinhso.kernel.packs import Form
from tinhso.kernel.vietnamese import fold
from tinhso.modules.government.onestop.actions.filing import CannotFile
from tinhso.modules.government.onestop.actions.gathering import begin_answers
from tinhso.modules.government.onestop.queries import filing as queries
from tinhso.modules.government.onestop.rules.filing import APPLICANT, CHANNEL, UNIT, is_of_the_team, serves
from tinhso.platform.forms import actions as drafts
from tinhso.platform.forms.models import Draft
from tinhso.platform.forms.rules import Problem
from tinhso.platform.people.actions import record_sight, register_person
from tinhso.platform.people.queries import find_person, find_person_by_number
from tinhso.platform.people.rules import Actor, Identity, Sex


@dataclass(frozen=True, slots=True)
class Served:
    """Somebody at the desk or at the door: who it is, what is filed, where, and by which channel it comes."""

    person_code: str
    procedure: Procedure
    form: Form
    unit_key: str
    channel: str


def begin_for_another(*, served: Served, actor: Actor, now: datetime) -> Draft:
    """
    Begin a draft of an officer's or a helper's for a person who is there, with what is known of that person filled in.

    :raises CannotFile: the actor serves nobody
    :raises TooManyDrafts: 50 are open
    """
    if not serves(actor):
        raise CannotFile(
            [
                _problem(
                    "", "Chỉ bộ phận một cửa và người nộp giúp làm được việc này.", "Only the desk and helpers do this."
                )
            ]
        )
    person = find_person(served.person_code)
    taken = begin_answers(procedure=served.procedure, form=served.form, person=person, actor=actor, now=now)
    answers = {**taken, UNIT: served.unit_key, APPLICANT: served.person_code, CHANNEL: served.channel}
    return drafts.start_draft(
        procedure_code=served.procedure.code, form=served.form, answers=answers, another=True, actor=actor, now=now
    )


@dataclass(frozen=True, slots=True)
class Visitor:
    """What somebody at the desk shows: an identity card, and what is to be filed, where, and how it came."""

    name: str
    number: str
    birth_on: date | None
    sex: Sex
    phone: str
    procedure_code: str
    unit_key: str
    channel: str


def serve_visitor(*, visitor: Visitor, actor: Actor, now: datetime) -> Draft:
    """
    Begin a filing in the name of a visitor, who is written down when not yet known; the look at what is held is told.

    Number and name have to agree with what is held: nobody learns a name by trying numbers.

    :raises CannotFile: something is wrong or missing; carries everything
    """
    today = now.astimezone(queries.VIETNAM).date()
    problems = [*_problems(visitor, today)]
    if problems:
        raise CannotFile(problems)
    procedure = queries.get_fileable(visitor.procedure_code, today)
    identity = Identity(
        name=visitor.name.strip(), personal_number=visitor.number, birth_on=visitor.birth_on, sex=visitor.sex,
        phone=visitor.phone, level=0,
    )  # fmt: skip
    with transaction.atomic():
        person = register_person(identity=identity, unit_key=visitor.unit_key, actor=actor, now=now)
        purpose = "help" if is_of_the_team(actor) else "counter"
        record_sight(actor=actor, subject_code=person.code, purpose=purpose, unit_key=visitor.unit_key, now=now)
    served = Served(person.code, procedure, queries.form_of(procedure, today), visitor.unit_key, visitor.channel)
    return begin_for_another(served=served, actor=actor, now=now)


def _problems(visitor: Visitor, today: date) -> list[Problem]:
    problems = []
    if not visitor.name.strip():
        problems.append(_problem("name", "Hãy viết họ và tên như trên căn cước.", "Write the name as on the card."))
    try:
        number = parse_personal_number(visitor.number).digits
    except NotReadable as wrong:
        problems.append(_problem("number", wrong.vi, wrong.en))
    else:
        held = find_person_by_number(number)
        if held and visitor.name.strip() and fold(held.name) != fold(visitor.name.strip()):
            problems.append(
                _problem("name", "Họ tên không khớp với số định danh này.", "Name and number do not agree.")
            )
    try:
        desks = {unit.key for unit in queries.list_desks(queries.get_fileable(visitor.procedure_code, today), today)}
    except queries.NoSuchProcedure:
        problems.append(_problem("procedure", "Hãy chọn thủ tục trong danh sách.", "Choose a procedure of the list."))
    else:
        if visitor.unit_key not in desks:
            words = (
                "Nơi này không nhận thủ tục đó. Hãy chọn nơi khác.",
                "That place does not take it. Choose another.",
            )
            problems.append(_problem("unit", *words))
    return problems


def _problem(field: str, vi: str, en: str) -> Problem:
    return Problem(field, "visitor", vi, en)
