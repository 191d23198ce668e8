"""Giving an issued result to its holder: once, by one way, into identified hands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tinhso.kernel.flow import DUES_FIRST
from tinhso.kernel.money import format_dong
from tinhso.modules.government.onestop.facts import RESULT_DELIVERED
from tinhso.modules.government.onestop.models import Delivery, IssuedResult
from tinhso.modules.government.onestop.queries.corrections import find_in_force
from tinhso.modules.government.onestop.rules.delivering import Handed, handed_from
from tinhso.platform.cases.actions import Moved, NoSuchCase, act_on_case, mark_delivered
from tinhso.platform.cases.queries import CaseView, get_cases, list_results
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.payments.queries import get_due
from tinhso.platform.people.rules import Actor


class NothingToHandOver(Exception):
    """The dossier has no signed result yet."""

    vi = "Hồ sơ chưa có kết quả đã ký nên chưa trả được. Hãy chờ lãnh đạo ký."
    en = "The dossier has no signed result yet, so there is nothing to hand over. Wait for the signature."

    def __init__(self) -> None:
        super().__init__(self.vi)


class DuesFirst(Exception):
    """The procedure does not let a result go while something is due; `vi` and `en` say how much."""

    def __init__(self, due_dong: int) -> None:
        amount = format_dong(due_dong)
        self.vi = (
            f"Còn {amount} chưa nộp nên chưa trả được. Hãy thu tại quầy, hoặc miễn nếu người nộp thuộc diện được miễn."
        )
        self.en = f"{amount} are still due, so it cannot be handed over. Take it at the desk, or waive it where that is right."
        super().__init__(self.vi)


class HandedOverAlready(Exception):
    """The result in force reached its holder before; `vi` and `en` say when."""

    def __init__(self, delivery: Delivery) -> None:
        at = f"{delivery.delivered_at:%d/%m/%Y}"
        self.vi = f"Kết quả này đã trả cho {delivery.recipient_name} ngày {at}; mỗi kết quả chỉ trả một lần."
        self.en = f"This result was handed to {delivery.recipient_name} on {at}; each result is handed over once."
        super().__init__(self.vi)


@transaction.atomic
def hand_over(*, public_id: str, act: str, answers: Mapping[str, Any], actor: Actor, now: datetime) -> Moved:
    """
    Take the step that gives the result to the applicant, and note by which way the one in force reached whom.

    :param answers: besides what the step asks: `way`, `recipient_name`, `recipient_paper`, `waybill`; without them the
        applicant took it at the desk
    :raises NothingToHandOver: nothing was signed
    :raises HandedOverAlready: the result in force was handed over before
    :raises DuesFirst: something is due, and the step says that it is paid first
    :raises NotAllowed: the step is not open to the actor
    """
    case = get_cases([public_id]).get(public_id)
    if case is None:
        raise NoSuchCase(public_id)
    if DUES_FIRST in effects_of(case, act) and (due_dong := get_due(public_id)):
        raise DuesFirst(due_dong)
    moved = act_on_case(public_id=public_id, act=act, actor=actor, now=now, answers=answers)
    if not list_results(case.case_id):
        raise NothingToHandOver
    if row := find_in_force(public_id):
        note_delivery(row=row, case=case, handed=handed_from(answers, case.applicant_name), actor=actor, now=now)
    mark_delivered(public_id=public_id, now=now)
    return moved


def effects_of(case: CaseView, act: str) -> frozenset[str]:
    """What that act of the case's procedure brings about from where the case is."""
    steps = case.procedure.steps_from(case.state.code, None, case.data)
    return frozenset(effect for step in steps if step.act == act for effect in step.effects)


def note_delivery(*, row: IssuedResult, case: CaseView, handed: Handed, actor: Actor, now: datetime) -> Delivery:
    """
    Write down how a result reached its holder; part of the caller's transaction.

    :raises HandedOverAlready: it did before
    """
    values = {
        "way": handed.way, "recipient_name": handed.name, "recipient_paper": handed.paper, "waybill": handed.waybill,
        "delivered_at": now, "delivered_by": actor.code,
    }  # fmt: skip
    delivery, is_first = Delivery.objects.get_or_create(result=row, defaults=values)
    if not is_first:
        raise HandedOverAlready(delivery)
    body = {"number": row.number, "revision": row.revision, "way": handed.way}
    record_fact(kind=RESULT_DELIVERED, subject=case.public_id, unit_key=case.unit_key, body=body, actor=actor, now=now)
    return delivery


@transaction.atomic
def note_handed_over(*, public_id: str, actor: Actor, now: datetime) -> None:
    """Note that the result in force reached the applicant, where an act said so without saying how; twice is once."""
    mark_delivered(public_id=public_id, now=now)
    row = find_in_force(public_id)
    if row and not Delivery.objects.filter(result=row).exists():
        case = get_cases([public_id])[public_id]
        note_delivery(row=row, case=case, handed=handed_from({}, case.applicant_name), actor=actor, now=now)
