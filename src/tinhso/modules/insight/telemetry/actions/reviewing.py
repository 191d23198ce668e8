"""A person says whether an event is what its device takes it for; until then nothing is done with it."""

from datetime import datetime

from django.db import transaction

from tinhso.modules.insight.telemetry import facts
from tinhso.modules.insight.telemetry.models import Event, Placement
from tinhso.modules.insight.telemetry.rules.devices import refuse
from tinhso.modules.insight.telemetry.rules.events import CONFIRMED, REJECTED, WAITING
from tinhso.modules.insight.telemetry.rules.powers import may_review
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor, NotAllowed
from tinhso.platform.units.queries import get_unit


@transaction.atomic
def review_event(*, public_id: str, verdict: str, note: str, actor: Actor, now: datetime) -> None:
    """
    Confirm or reject an event, once.

    :raises Refused: there is none, somebody has reviewed it, or a rejection gives no reason
    :raises NotAllowed: the actor may not review events of that unit
    """
    event = Event.objects.select_for_update().filter(public_id=public_id).select_related("device").first()
    if event is None or verdict not in {CONFIRMED, REJECTED}:
        raise refuse("event", "Không có sự kiện này.", "There is no such event.")
    unit_key = Placement.objects.get(device=event.device, valid_to=None).unit_key
    if not may_review(actor, get_unit(unit_key).path):
        raise NotAllowed("Bạn không được duyệt sự kiện của đơn vị này.")
    if event.review != WAITING:
        raise refuse("event", "Đã có người xem xét sự kiện này.", "Somebody has reviewed this event.")
    said = " ".join("".join(sign if sign.isprintable() else " " for sign in note).split())[:300]
    if verdict == REJECTED and not said:
        raise refuse("note", "Hãy ghi vì sao bác bỏ.", "Say why it is rejected.")
    event.review, event.reviewed_by, event.reviewed_at, event.review_note = verdict, actor.code, now, said
    event.save(update_fields=["review", "reviewed_by", "reviewed_at", "review_note"])
    body = {"event": public_id, "device": event.device.code, "type": event.type, "verdict": verdict}
    record_fact(kind=facts.EVENT_REVIEWED, subject=f"telemetry:{event.device.code}", unit_key=unit_key, body=body, actor=actor, now=now)  # fmt: skip
