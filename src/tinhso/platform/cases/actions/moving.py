"""Taking steps: one case or many, by the procedure's table, in one short transaction."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import transaction

from tinhso.kernel.flow import MOVE, Incomplete, NotAllowed, Procedure, Step
from tinhso.kernel.worktime import Calendar, Segment, WorktimeError
from tinhso.platform.cases import queries, rules
from tinhso.platform.cases.actions.statements import (
    STANDING_OF_MANY,
    STANDING_OF_ONE,
    as_json,
    move_many_statement,
    move_statement,
    parts_of,
    values_of,
)
from tinhso.platform.ledger.facts import reactions_to
from tinhso.platform.ledger.rules import canonical
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.prepared import run
from tinhso.platform.units.queries import get_calendar

NOTHING: Mapping[str, Any] = {}
TRIES = 3
Refusal = NotAllowed | Incomplete | rules.NoClock | WorktimeError
REFUSALS = (NotAllowed, Incomplete, rules.NoClock, WorktimeError)


class NoSuchCase(Exception):
    """There is no case of that id."""

    def __init__(self, public_id: str) -> None:
        self.vi = f"Không có hồ sơ {public_id}. Hãy kiểm tra lại mã trên giấy biên nhận."
        self.en = f"There is no dossier {public_id}. Check the code on the receipt."
        super().__init__(self.vi)


class ChangedMeanwhile(Exception):
    """Somebody else moved the case at the same moment, again and again."""

    def __init__(self, public_id: str) -> None:
        self.vi = f"Hồ sơ {public_id} vừa được người khác xử lý. Hãy tải lại trang và xem lại."
        self.en = f"Somebody else has just handled dossier {public_id}. Reload the page and look again."
        super().__init__(self.vi)


class Written(Mapping[str, Any]):
    """Data of a case as they are written, read when somebody looks: most steps do not."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _read(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self._text)
        return found

    def __getitem__(self, name: str) -> Any:
        """The value of that name."""
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """The names, in order."""
        return iter(self._read)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._read)


@dataclass(frozen=True, slots=True)
class Moved:
    """What an act left behind."""

    public_id: str
    code: str | None
    state: str
    due_at: datetime | None
    fact_id: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case of a bulk act: moved, or refused with the reason in words."""

    public_id: str
    moved: Moved | None = None
    refusal: Refusal | NoSuchCase | ChangedMeanwhile | None = None


def act_on_case(
    *, public_id: str, act: str, actor: Actor, now: datetime, answers: Mapping[str, Any] = NOTHING
) -> Moved:
    """
    Take one step of the case's procedure and tell the ledger.

    :param answers: what the act asks for (reasons, note, extension_days …), and `data`, a change of the case's data
    :raises NoSuchCase: no case of that id
    :raises NotAllowed: the act is not open from this state to this actor; carries the acts that are
    :raises Incomplete: the act asks for answers that are missing; carries each of them
    :raises ChangedMeanwhile: others kept moving the case
    """
    (outcome,) = act_on_cases(public_ids=[public_id], act=act, actor=actor, now=now, answers=answers)
    if outcome.refusal:
        raise outcome.refusal
    assert outcome.moved is not None
    return outcome.moved


def act_on_cases(
    *, public_ids: Sequence[str], act: str, actor: Actor, now: datetime, answers: Mapping[str, Any] = NOTHING
) -> list[Outcome]:
    """
    Take the same step on many cases in one statement; each is moved or refused by itself, in the order asked.

    A case that somebody else moves at the same moment is read again and judged anew.
    """
    done: dict[str, Outcome] = {}
    waiting = list(dict.fromkeys(public_ids))
    for _ in range(TRIES):
        if not waiting:
            break
        done |= _one_round(waiting, act, actor, now, answers)
        waiting = [public_id for public_id in waiting if public_id not in done]
    done |= {public_id: Outcome(public_id, refusal=ChangedMeanwhile(public_id)) for public_id in waiting}
    return [done[public_id] for public_id in dict.fromkeys(public_ids)]


def _one_round(
    public_ids: list[str], act: str, actor: Actor, now: datetime, answers: Mapping[str, Any]
) -> dict[str, Outcome]:
    rows = run(STANDING_OF_MANY, public_ids) if len(public_ids) > 1 else run(STANDING_OF_ONE, public_ids[0])
    found = {row[1]: _standing(row) for row in rows}
    done = {each: Outcome(each, refusal=NoSuchCase(each)) for each in public_ids if each not in found}
    planned: list[tuple[rules.Standing, Procedure, rules.Move]] = []
    for standing in found.values():
        try:
            planned.append(_plan(standing, act, actor, now, answers))
        except REFUSALS as refusal:
            done[standing.public_id] = Outcome(standing.public_id, refusal=refusal)
    return done | _write(planned, actor, now)


def _standing(row: tuple[Any, ...]) -> rules.Standing:
    *values, data, is_waiting = row
    values += [Written(data), is_waiting]
    return rules.Standing(*values)


def _plan(
    standing: rules.Standing, act: str, actor: Actor, now: datetime, answers: Mapping[str, Any]
) -> tuple[rules.Standing, Procedure, rules.Move]:
    procedure = queries.get_procedure(standing.procedure_code, standing.procedure_version)
    is_conditional = any(step.when for step in procedure.steps_from(standing.state))
    known = {**standing.data, **answers.get("data", NOTHING), **answers} if is_conditional else answers
    roles = queries.roles_of(actor, standing)
    step = procedure.step(state=standing.state, act=act, roles=roles, answers=known)
    unit_key = _unit_after(standing, procedure, step, answers, now) if MOVE in step.effects else standing.unit_key
    around = surroundings(unit_key, now, standing.case_id)
    return standing, procedure, rules.plan_act(standing, procedure, step, around, answers)


def _unit_after(
    standing: rules.Standing, procedure: Procedure, step: Step, answers: Mapping[str, Any], now: datetime
) -> str:
    """The unit that a step hands the case to. :raises Incomplete: it is none that may handle it"""
    step.check(answers)
    if not queries.may_handle(procedure, str(answers["unit"]), now) or answers["unit"] == standing.unit_key:
        raise rules.WrongUnit(step)
    return str(answers["unit"])


def surroundings(unit_key: str, now: datetime, case_id: int = 0) -> rules.Surroundings:
    """The moment, the unit's calendar of that day, how its dossier codes begin, and the case's clock when asked for."""

    def calendar() -> Calendar:
        return get_calendar(unit_key, now.astimezone(rules.VIETNAM).date())

    def code_prefix(on: date) -> str:
        return queries.code_prefix(unit_key, on)

    def segments() -> tuple[Segment, ...]:
        return queries.list_segments(case_id)

    return rules.Surroundings(now, calendar, code_prefix, segments)


def _write(
    planned: list[tuple[rules.Standing, Procedure, rules.Move]], actor: Actor, now: datetime
) -> dict[str, Outcome]:
    if not planned:
        return {}
    if not any(standing.parent_id or procedure.state(move.state).sub_cases for standing, procedure, move in planned):
        return _run_moves(planned, actor, now)
    try:
        with transaction.atomic():
            return _run_moves(planned, actor, now)
    except (*REFUSALS, NoSuchCase, ChangedMeanwhile) as refusal:  # what follows in another case cannot be done
        if len(planned) == 1:
            public_id = planned[0][0].public_id
            return {public_id: Outcome(public_id, refusal=refusal)}
    return {name: outcome for each in planned for name, outcome in _write([each], actor, now).items()}


def _run_moves(
    planned: list[tuple[rules.Standing, Procedure, rules.Move]], actor: Actor, now: datetime
) -> dict[str, Outcome]:
    parts = frozenset[str]().union(*(parts_of(standing, move) for standing, _, move in planned))
    shared = {"actor_code": actor.code, "actor_name": actor.name, "moved_at": now}
    asked = [
        {**values_of(move, parts), **_told(move), **shared, "position": n} for n, (_, _, move) in enumerate(planned)
    ]
    if len(asked) == 1:
        rows = run(*move_statement(parts).with_values(asked[0]))
    else:
        rows = run(move_many_statement(parts), as_json(asked))
    done: dict[str, Outcome] = {}
    for position, _case_id, public_id, code, _parent, fact_id in rows:
        standing, procedure, move = planned[position]
        done[public_id] = Outcome(public_id, Moved(public_id, code, move.state, move.due_at, fact_id))
        _follow(standing, procedure, move, now)
    return done


def _told(move: rules.Move) -> dict[str, Any]:
    return {"body": canonical(move.body), "deliver": bool(reactions_to(move.fact))}


def _follow(standing: rules.Standing, procedure: Procedure, move: rules.Move, now: datetime) -> None:
    """Open the sub-cases the new state asks for; tell a parent whose last sub-case is over."""
    if procedure.state(move.state).sub_cases:
        from tinhso.platform.cases.actions.opening import open_sub_cases

        open_sub_cases(parent=standing, state=procedure.state(move.state), patch=move.patch or {}, now=now)
    if move.closed_at and standing.parent_id:
        _join(standing.parent_id, now)


def _join(parent_id: int, now: datetime) -> None:
    """Wake a parent when its last sub-case is over, or the first where the state joins on any."""
    parent = queries.lock_parent(parent_id)
    if parent is None:
        return
    state = queries.get_procedure(parent.procedure_code, parent.procedure_version).state(parent.state)
    if not (state.sub_cases and state.then):
        return
    if state.join == "any" or not queries.count_open_sub_cases(parent_id):
        act_on_case(public_id=parent.public_id, act=state.then, actor=SYSTEM, now=now)
