"""Orders to devices that take them: given with a reason, sent, answered; what the device then does it reports itself."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from tinhso.modules.insight.telemetry import facts, queries
from tinhso.modules.insight.telemetry.models import Device, Order, Placement
from tinhso.modules.insight.telemetry.rules.devices import refuse
from tinhso.modules.insight.telemetry.rules.judging import ACTIVE, Known
from tinhso.modules.insight.telemetry.rules.orders import Wish
from tinhso.modules.insight.telemetry.rules.powers import check_may_command
from tinhso.modules.insight.telemetry.rules.refusals import Refusal
from tinhso.modules.insight.telemetry.rules.senml import Malformed, parse
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.units.queries import get_unit


@transaction.atomic
def give_order(*, code: str, wish: Wish, actor: Actor, now: datetime) -> str:
    """
    Order a device to be so bright for a while; it is sent within seconds. The order's public id.

    :raises NotAllowed: the actor commands no devices of that unit
    :raises Refused: the device takes no orders, or is paused
    """
    device = Device.objects.filter(code=code).first()
    if device is None or not queries.get_kind(device.kind).takes_orders or device.state != ACTIVE:
        raise refuse("device", "Thiết bị này không nhận lệnh.", "This device takes no orders.")
    unit_key = Placement.objects.get(device=device, valid_to=None).unit_key
    check_may_command(actor, get_unit(unit_key).path)
    order = Order.objects.create(public_id=uuid4().hex, device=device, level=wish.level, starts_at=wish.starts_at, ends_at=wish.ends_at, reason=wish.reason, ordered_by=actor.code, ordered_at=now)  # fmt: skip
    body = {"device": code, "order": order.public_id, "level": wish.level, "starts_at": wish.starts_at.isoformat(), "ends_at": wish.ends_at.isoformat()}  # fmt: skip
    record_fact(kind=facts.ORDER_GIVEN, subject=f"telemetry:{code}", unit_key=unit_key, body=body, actor=actor, now=now)
    return order.public_id


def note_sent(*, public_id: str, now: datetime) -> None:
    """An order has left for its device."""
    Order.objects.filter(public_id=public_id, sent_at=None).update(sent_at=now)


def take_answers(*, content: bytes, device: Known, now: datetime) -> tuple[int, list[Refusal]]:
    """
    Keep what a device answers to an order: how many were taken, and what was refused.

    :raises Malformed: it is no answer
    """
    said = parse(content)
    if (
        not isinstance(said, dict)
        or said.get("answer") not in ("done", "refused")
        or not isinstance(said.get("id"), str)
    ):
        raise Malformed("malformed")
    found = Order.objects.select_for_update().filter(
        public_id=said["id"].replace("\0", ""), device_id=device.id, answered_at=None
    )
    order = found.first()
    if order is None:
        return 0, [Refusal("unknown_order", said["id"])]
    order.answered_at, order.answer, order.answer_text = (
        now,
        said["answer"],
        str(said.get("text", "")).replace("\0", "")[:300],
    )
    order.save(update_fields=["answered_at", "answer", "answer_text"])
    unit_key = Placement.objects.get(device_id=device.id, valid_to=None).unit_key
    body = {"device": device.code, "order": order.public_id, "answer": order.answer}
    record_fact(kind=facts.ORDER_ANSWERED, subject=f"telemetry:{device.code}", unit_key=unit_key, body=body, actor=SYSTEM, now=now)  # fmt: skip
    return 1, []
