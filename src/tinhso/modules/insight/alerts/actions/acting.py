"""What people do with an alert: acts as its flow offers, and notes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from tinhso.modules.insight.alerts import facts, queries
from tinhso.modules.insight.alerts.actions.following import follow_case
from tinhso.modules.insight.alerts.models import Note
from tinhso.platform.cases.actions import Moved, act_on_case
from tinhso.platform.cases.queries import get_case, roles_of
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor, NotAllowed

LONGEST: Final = 1000
VERBS: Final = {"acknowledge": "acknowledged", "resolve": "resolved", "review": "reviewed", "dismiss": "dismissed", "send_back": "sent_back"}  # fmt: skip


class NothingSaid(Exception):
    """A note without words, or with too many."""

    def __init__(self) -> None:
        self.vi = f"Hãy viết điều muốn ghi lại, nhiều nhất {LONGEST} ký tự."
        self.en = f"Write what is to be noted, at most {LONGEST} signs."
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says with an act: what was done, or why."""

    note: str = ""
    reasons: str = ""


@transaction.atomic
def act_on_alert(*, public_id: str, act: str, told: Told, actor: Actor, now: datetime) -> Moved:
    """
    Take a step of the alert's flow.

    :raises NoSuchCase, NotAllowed, Incomplete, ChangedMeanwhile: as `cases.actions.act_on_case`
    """
    answers = {
        key: text.strip()[:LONGEST] for key, text in (("note", told.note), ("reasons", told.reasons)) if text.strip()
    }
    moved = act_on_case(public_id=public_id, act=act, actor=actor, now=now, answers=answers)
    if act in VERBS:
        follow_case(public_id=public_id, verb=VERBS[act], now=now)
    return moved


@transaction.atomic
def note_on_alert(*, public_id: str, text: str, actor: Actor, now: datetime) -> int:
    """
    Note something on an alert, in any state; the note's number.

    :raises NothingSaid: there are no words, or too many
    :raises NotAllowed: the actor holds no post at the alert's unit or above it
    """
    row = queries.find_alert(public_id)
    if row is None or not (roles_of(actor, get_case(public_id)) or queries.may_see(actor, row)):
        raise NotAllowed("not yours")
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise NothingSaid
    note = Note.objects.create(
        alert=row.alert, text=words, written_by=actor.code, writer_name=actor.name, written_at=now
    )
    body = {"note": note.pk, "signs": len(words)}
    record_fact(kind=facts.NOTED, subject=public_id, unit_key=row.alert.unit_key, body=body, actor=actor, now=now)
    return note.pk
