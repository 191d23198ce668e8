"""Handing a signed result over at the desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tinhso.platform.cases.actions import Moved, NoSuchCase, act_on_case, mark_delivered
from tinhso.platform.cases.queries import get_cases, list_results
from tinhso.platform.people.rules import Actor


class NothingToHandOver(Exception):
    """The dossier has no signed result yet."""

    vi = "Hồ sơ chưa có kết quả đã ký nên chưa trả được. Hãy chờ lãnh đạo ký."
    en = "The dossier has no signed result yet, so there is nothing to hand over. Wait for the signature."

    def __init__(self) -> None:
        super().__init__(self.vi)


@transaction.atomic
def hand_over(*, public_id: str, act: str, answers: Mapping[str, Any], actor: Actor, now: datetime) -> Moved:
    """
    Take the step that gives the result to the applicant, and note that the result in force reached them.

    :raises NothingToHandOver: nothing was signed
    :raises NotAllowed: the step is not open to the actor
    """
    case = get_cases([public_id]).get(public_id)
    if case is None:
        raise NoSuchCase(public_id)
    moved = act_on_case(public_id=public_id, act=act, actor=actor, now=now, answers=answers)
    if not list_results(case.case_id):
        raise NothingToHandOver
    mark_delivered(public_id=public_id, now=now)
    return moved
