"""Saying what happened that explains figures, and taking it back."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tinhso.modules.insight.alerts import facts, queries
from tinhso.modules.insight.alerts.models import Event
from tinhso.modules.insight.alerts.rules.drafts import Refused, Trouble, read_event, read_reason
from tinhso.modules.insight.alerts.rules.powers import units_told_of
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor, NotAllowed
from tinhso.platform.units.queries import NoSuchUnit, get_unit


@transaction.atomic
def enter_event(*, sent: Mapping[str, str], actor: Actor, now: datetime) -> str:
    """
    Keep an event of a form; its public id. Everybody sees it beside the figures of its unit.

    :raises Refused: carries each field that is wrong
    :raises NotAllowed: the actor may not speak of that unit
    """
    draft = read_event(sent)
    _check_unit(draft.unit_key, actor)
    public_id = secrets.token_hex(16)
    Event.objects.create(
        public_id=public_id, unit_key=draft.unit_key, first_on=draft.first_on, last_on=draft.last_on,
        title_vi=draft.title_vi, title_en=draft.title_en, source=draft.source, address=draft.address,
        entered_by=actor.code, entered_at=now,
    )  # fmt: skip
    body = {"first_on": draft.first_on.isoformat(), "last_on": draft.last_on.isoformat() if draft.last_on else ""}
    _tell(facts.EVENT_ENTERED, public_id, draft.unit_key, body, actor, now)
    return public_id


def _check_unit(unit_key: str, actor: Actor) -> None:
    allowed = units_told_of(actor)
    if not allowed:
        raise NotAllowed("only leaders, administrators and statistics officers")
    try:
        path = get_unit(unit_key).path
    except (NoSuchUnit, ValueError) as unknown:
        raise Refused(
            [Trouble("unit", "Hãy chọn một đơn vị trong danh sách.", "Choose a unit of the list.")]
        ) from unknown
    if allowed.isdisjoint(path):
        raise NotAllowed("another unit's")


@transaction.atomic
def withdraw_event(*, public_id: str, reason: str, actor: Actor, now: datetime) -> None:
    """
    Take an event back; it no longer shows beside figures, and stays in the list with the reason.

    :raises Refused: no such event, withdrawn already, or no reason
    :raises NotAllowed: the actor may not speak of that unit
    """
    row = queries.find_event(public_id)
    if row is None or row.withdrawn_at is not None:
        raise Refused([Trouble("reason", "Sự kiện này không còn để rút.", "This event cannot be withdrawn any more.")])
    _check_unit(row.unit_key, actor)
    why = read_reason(reason)
    Event.objects.filter(public_id=public_id).update(withdrawn_by=actor.code, withdrawn_at=now, withdraw_reason=why)
    _tell(facts.EVENT_WITHDRAWN, public_id, row.unit_key, {}, actor, now)


def _tell(kind: str, public_id: str, unit_key: str, body: Mapping[str, str], actor: Actor, now: datetime) -> None:
    record_fact(kind=kind, subject=f"event:{public_id}", unit_key=unit_key, body=body, actor=actor, now=now)
