"""Name the source that is used where sources disagree; make somebody responsible for a target."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tinhso.modules.insight.plans import facts, queries
from tinhso.modules.insight.plans.actions.entering import read_reason
from tinhso.modules.insight.plans.actions.writing import refuse, subject_of
from tinhso.modules.insight.plans.models import Choice, Responsibility
from tinhso.modules.insight.plans.rules.powers import may_decide
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor, NotAllowed, day_of

LONGEST_POST, LONGEST_NOTE = 60, 300


class NotFound(LookupError):
    """There is no such target or unit."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is to answer for a target: a unit, perhaps a post there, with a word about it."""

    unit_key: str
    post: str = ""
    note: str = ""


@transaction.atomic
def choose_source(*, public_id: str, reason: str, actor: Actor, now: datetime) -> None:
    """
    Use, for its period, what the source of that figure says; its later announcements too. The others stay beside it.

    :raises Refused: there is no such figure, or no reason is given
    :raises NotAllowed: the actor does not decide for that unit
    """
    figure = queries.find_figure(public_id)
    if figure is None:
        raise refuse("figure", "Không có số liệu này, hoặc đã rút.", "There is no such figure, or it was taken back.")
    _check(actor, figure.unit_key, now)
    words = read_reason(reason)
    row = Choice.objects.create(
        measure=figure.measure,
        unit_key=figure.unit_key,
        level=figure.level,
        period=figure.period,
        source_key=figure.source_key,
        reason=words,
        chosen_by=actor.code,
        chosen_at=now,
    )
    body = {"measure": row.measure, "level": row.level, "period": row.period, "figure": public_id}
    subject = subject_of(row.measure, row.unit_key)
    record_fact(kind=facts.SOURCE_CHOSEN, subject=subject, unit_key=row.unit_key, body=body, actor=actor, now=now)


@transaction.atomic
def assign_responsibility(*, target: str, duty: Duty, actor: Actor, now: datetime) -> None:
    """
    Make a unit (and a post there) responsible for a target; who was so before stays in the record.

    :raises NotFound: there is no such target
    :raises Refused: there is no such unit now, or a word is too long
    :raises NotAllowed: the actor does not decide for the target's unit
    """
    aim = queries.find_target(target)
    if aim is None:
        raise NotFound(target)
    _check(actor, aim.unit_key, now)
    unit = queries.find_unit_of_figures(duty.unit_key, day_of(now))
    if unit is None or not unit.is_valid(day_of(now)):
        raise refuse("unit", "Không có đơn vị này hiện nay.", "There is no such unit now.")
    if len(duty.post) > LONGEST_POST or len(duty.note) > LONGEST_NOTE:
        raise refuse("note", "Chức danh hoặc ghi chú dài quá.", "The post or the note is too long.")
    Responsibility.objects.create(
        target=target, unit_key=unit.key, post=duty.post, note=duty.note, assigned_by=actor.code, assigned_at=now
    )
    body = {"target": target, "unit": unit.key}
    record_fact(
        kind=facts.RESPONSIBILITY_ASSIGNED, subject=subject_of(target), unit_key=aim.unit_key, body=body, actor=actor, now=now
    )  # fmt: skip


def _check(actor: Actor, unit_key: str, now: datetime) -> None:
    if not may_decide(actor, queries.get_subject(unit_key, day_of(now)).line):
        raise NotAllowed("Chỉ lãnh đạo hoặc quản trị của đơn vị hay cấp trên quyết định việc này.")
