"""Taking a step from the desk: the engine does it, with a signature, a hand-over or papers where the step needs them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from tinhso.kernel.flow import Incomplete, NotAllowed
from tinhso.kernel.worktime import WorktimeError
from tinhso.modules.government.onestop.actions.handing_over import (
    DuesFirst,
    HandedOverAlready,
    NothingToHandOver,
    hand_over,
)
from tinhso.modules.government.onestop.actions.sealing import seal_dossiers
from tinhso.modules.government.onestop.actions.signing import sign_dossiers
from tinhso.modules.government.onestop.rules import Outcome, said, way_of
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.actions import (
    ChangedMeanwhile,
    Moved,
    NoSuchCase,
    act_on_case,
    act_on_cases,
    add_papers,
)
from tinhso.platform.cases.rules import NoClock
from tinhso.platform.files.actions import store_file
from tinhso.platform.people.rules import Actor

NOTHING: Mapping[str, Any] = {}
REFUSALS = (
    NotAllowed, Incomplete, NoClock, WorktimeError, NoSuchCase, ChangedMeanwhile, NothingToHandOver, HandedOverAlready,
    DuesFirst,
)  # fmt: skip
Piece = tuple[str, str, BinaryIO]  # code of the paper, name of the file, its content


def take_step(
    *, public_ids: Sequence[str], act: str, answers: Mapping[str, Any] = NOTHING, actor: Actor, now: datetime
) -> list[Outcome]:
    """
    Take one step on one dossier or on many; each is done or refused by itself, with the reason in words.

    A step that signs goes through `sign_dossiers`, one that seals through `seal_dossiers`, one that hands a result over
    through `hand_over`.
    """
    found = cases.get_cases(public_ids)
    ways: dict[str, list[str]] = {}
    for public_id in dict.fromkeys(public_ids):
        ways.setdefault(_way(found.get(public_id), act, actor), []).append(public_id)
    done = [
        *(_told(each.public_id, found, each.moved, each.refusal) for each in _plainly(ways, act, answers, actor, now)),
        *sign_dossiers(public_ids=ways.get("result", []) + ways.get("refusal", []), actor=actor, now=now),
        *seal_dossiers(public_ids=ways.get("seal", []), actor=actor, now=now),
        *(_hand_over(public_id, found, act, answers, actor, now) for public_id in ways.get("delivery", [])),
    ]
    by_id = {each.public_id: each for each in done}
    return [by_id[public_id] for public_id in dict.fromkeys(public_ids)]


def _way(case: cases.CaseView | None, act: str, actor: Actor) -> str:
    steps = cases.list_steps_open_to(case, actor) if case else []
    return next((way_of(each.step) for each in steps if each.act == act), "plain")


def _plainly(
    ways: Mapping[str, list[str]], act: str, answers: Mapping[str, Any], actor: Actor, now: datetime
) -> Iterable[Any]:
    plain = ways.get("plain", [])
    return act_on_cases(public_ids=plain, act=act, actor=actor, now=now, answers=answers) if plain else ()


def _hand_over(
    public_id: str,
    found: Mapping[str, cases.CaseView],
    act: str,
    answers: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Outcome:
    try:
        moved = hand_over(public_id=public_id, act=act, answers=answers, actor=actor, now=now)
    except REFUSALS as refusal:
        return _told(public_id, found, None, refusal)
    return _told(public_id, found, moved, None)


def _told(
    public_id: str, found: Mapping[str, cases.CaseView], moved: Moved | None, refusal: Exception | None
) -> Outcome:
    case = found.get(public_id)
    code = (moved.code if moved else None) or (case.code if case else None) or ""
    return Outcome(public_id, code, said(refusal) if refusal else "")


@transaction.atomic
def take_in_papers(
    *,
    public_id: str,
    act: str,
    pieces: Sequence[Piece],
    answers: Mapping[str, Any] = NOTHING,
    actor: Actor,
    now: datetime,
) -> Moved:
    """
    Take papers in at the desk for the applicant and take the step that goes with it; all or nothing.

    :raises Refusal: a file is too large, locked, broken or of a kind that is not taken
    :raises NotAllowed: the step is not open to the actor
    """
    moved = act_on_case(public_id=public_id, act=act, actor=actor, now=now, answers=answers)
    rows = []
    for code, name, content in pieces:
        kept = store_file(content=content, name=name, actor=actor, now=now)
        rows.append(
            {
                "code": code,
                "file_sha256": kept.sha256,
                "name": name[:200],
                "media_type": kept.media_type,
                "size": kept.size,
            }
        )
    if rows:
        add_papers(public_id=public_id, papers=rows, actor=actor, now=now)
    return moved
