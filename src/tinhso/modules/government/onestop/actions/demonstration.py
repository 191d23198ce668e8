"""The dossiers of the demonstration: invented people file, officers act, all through the real actions, in the past weeks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from tinhso.modules.government.onestop.actions.acting import take_in_papers, take_step
from tinhso.modules.government.onestop.actions.documents import PDF
from tinhso.modules.government.onestop.actions.rating import rate_dossier
from tinhso.modules.government.onestop.adapters.demonstration import read_story, sample_paper
from tinhso.modules.government.onestop.rules import demonstration as rules
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.actions import Filing, open_case
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.actions import keep_document
from tinhso.platform.files.adapters import render_document
from tinhso.platform.payments.actions import assess_charges, take_cash
from tinhso.platform.payments.queries import find_bill
from tinhso.platform.people.actions import record_sight, register_person
from tinhso.platform.people.queries import find_citizen_actor, get_person, list_demonstration_people
from tinhso.platform.people.rules import RECEPTIONIST, SYSTEM, Actor, Identity, new_code
from tinhso.platform.units.queries import get_calendar

Event = tuple[datetime, int, Callable[[], None]]
WEEK = timedelta(days=7)


@dataclass(slots=True)
class Stage:
    """The commune of the story: its officers by role, its people who can sign in, the paper that stands for all papers."""

    story: rules.Story
    officers: dict[str, Actor]
    citizens: list[Actor]
    paper: dict[str, Any]
    random: Random
    now: datetime


@dataclass(slots=True)
class Dossier:
    """One dossier on its way; the id is known once it is filed."""

    journey: rules.Journey
    number: int
    applicant: Actor
    identity: Identity
    public_id: str = ""


@transaction.atomic
def load_demonstration_dossiers(*, now: datetime) -> int:
    """
    Let the invented dossiers of the packs happen, once, all or none; what lies in the future has not happened yet.

    :returns: how many were filed; none when there is no such story, or it was told before
    """
    story = read_story()
    if story is None:
        return 0
    people = list_demonstration_people(now)
    citizens = [each for each in people if each.kind == "citizen" and each.level >= 2]
    if not citizens or any(cases.list_filed_by(each.code, limit=1) for each in citizens):
        return 0
    random = Random(story.seed)  # noqa: S311 - the same invented people each time
    stage = Stage(story, _officers(people, story.commune_key), citizens, {}, random, now)
    stage.paper = _sample_paper(stage)
    for _at, _order, happen in sorted(_events(stage), key=lambda event: event[:2]):
        happen()
    return sum(journey.count for journey in story.journeys)


def _officers(people: tuple[Actor, ...], commune_key: str) -> dict[str, Actor]:
    """The first officer of each role at the commune."""
    found: dict[str, Actor] = {}
    for actor in people:
        for role in actor.roles_in(commune_key):
            found.setdefault(role, actor)
    return found


def _sample_paper(stage: Stage) -> dict[str, Any]:
    drawn = render_document(sample_paper(), {"name": "Giấy tờ kèm theo"}, now=stage.now)
    kept = keep_document(content=drawn, media_type=PDF, actor=SYSTEM, now=stage.now)
    return {"file_sha256": kept.sha256, "name": "giay-to-mau.pdf", "media_type": PDF, "size": kept.size}


def _events(stage: Stage) -> Iterator[Event]:
    """Everything that happens, each with its moment; filing before the acts that follow it."""
    order, own = 0, 0
    for journey in stage.story.journeys:
        for number in range(journey.count):
            if journey.is_own:
                own += 1
            dossier = _dossier(stage, journey, number, own)
            calendar = get_calendar(stage.story.commune_key, stage.now.astimezone(VIETNAM).date())
            start = rules.filed_at(journey, calendar, stage.now, stage.random)
            moments = rules.moments_of(journey, start, calendar, stage.now, stage.random)
            happenings = [(start, _filing(stage, dossier, start)), *_acts(stage, dossier, moments)]
            for at, happen in happenings:
                order += 1
                yield at, order, happen


def _dossier(stage: Stage, journey: rules.Journey, number: int, own: int) -> Dossier:
    told = (stage.story.seed, journey.procedure, journey.channel, journey.filed_days_ago, journey.turns, number)
    random = Random(str(told))  # noqa: S311 - as above
    if journey.is_own:
        applicant = stage.citizens[own % len(stage.citizens)]
        row = get_person(applicant.code)
        sex = "male" if row.sex == "male" else "female"
        identity = Identity(
            row.name, row.personal_number or "", row.birth_on, "male" if sex == "male" else "female", row.phone
        )
        return Dossier(journey, number, applicant, identity)
    identity = rules.invent_person(stage.story, random.choice(("female", "male")), random)
    code = new_code("citizen", Random(identity.personal_number))  # noqa: S311 - as above
    person = register_person(
        identity=identity,
        unit_key=stage.story.commune_key,
        code=code,
        actor=stage.officers[RECEPTIONIST],
        now=stage.now,
    )
    found = find_citizen_actor(person.code)
    assert found is not None
    return Dossier(journey, number, found, identity)


def _filing(stage: Stage, dossier: Dossier, at: datetime) -> Callable[[], None]:
    journey = dossier.journey
    words = rules.words_for(stage.story, dossier.identity, at.astimezone(VIETNAM).date(), stage.random)
    answers = rules.answers_for(stage.story, journey.procedure, words)

    def happen() -> None:
        papers = [stage.paper | {"code": code} for code in stage.story.papers.get(journey.procedure, ())]
        filing = Filing(
            procedure=cases.procedure_on(journey.procedure, at.astimezone(VIETNAM).date()),
            unit_key=stage.story.commune_key,
            applicant_code=dossier.applicant.code,
            applicant_name=dossier.applicant.name,
            title=answers.get("child_name") or dossier.applicant.name,
            data=answers,
            papers=papers,
            channel=journey.channel,
        )
        filer = dossier.applicant if journey.channel == "online" else stage.officers[RECEPTIONIST]
        dossier.public_id = open_case(filing=filing, actor=filer, now=at).public_id

    return happen


def _acts(stage: Stage, dossier: Dossier, moments: list[datetime]) -> Iterator[tuple[datetime, Callable[[], None]]]:
    turns = dossier.journey.turns
    for turn, at in zip(turns, moments, strict=False):
        yield at, _act(stage, dossier, turn, at)
    scores = dossier.journey.scores
    if len(moments) == len(turns) and dossier.number < len(scores):
        later = min(moments[-1] + timedelta(hours=stage.random.randint(1, 60)), stage.now)
        yield later, _rating(stage, dossier, scores[dossier.number], later)


def _act(stage: Stage, dossier: Dossier, turn: rules.Turn, at: datetime) -> Callable[[], None]:
    def happen() -> None:
        case = cases.get_case(dossier.public_id)
        step = next(each for each in case.procedure.steps_from(case.state.code) if each.act == turn.act)
        actor = stage.officers[step.role]
        record_sight(
            actor=actor, subject_code=case.applicant_code, case_id=case.public_id, purpose="handle_case",
            unit_key=case.unit_key, now=at,
        )  # fmt: skip
        if turn.act == "receive_supplement":
            take_in_papers(public_id=case.public_id, act=turn.act, pieces=(), actor=actor, now=at)
            return
        if turn.act == "hand_over":
            _pays_at_the_desk(stage, case.public_id, at)
        answers = _answers(turn)
        (outcome,) = take_step(public_ids=[case.public_id], act=turn.act, answers=answers, actor=actor, now=at)
        assert outcome.done, outcome.refusal

    return happen


def _pays_at_the_desk(stage: Stage, case_id: str, at: datetime) -> None:
    """Nobody takes a result home without having paid for it."""
    assess_charges(case_id=case_id, moment="filing", occasion="filing", actor=SYSTEM, now=at)
    bill = find_bill(case_id)
    if bill and bill.due_dong:
        desk = stage.officers[RECEPTIONIST]
        take_cash(case_id=case_id, amount_dong=bill.due_dong, key=f"desk:{case_id}", actor=desk, now=at)


def _answers(turn: rules.Turn) -> dict[str, Any]:
    answers = dict(turn.answers)
    if codes := answers.get("papers"):
        answers["papers"] = [{"code": code, "why": answers.get("reasons", "")} for code in codes]
    return answers


def _rating(stage: Stage, dossier: Dossier, score: int, at: datetime) -> Callable[[], None]:
    answers, words = stage.story.said_with(score, dossier.number)

    def happen() -> None:
        case = cases.get_case(dossier.public_id)
        rate_dossier(case=case, score=score, comment=words, answers=answers, actor=dossier.applicant, now=at)

    return happen
