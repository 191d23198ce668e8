"""Orders to devices that take them: given with a reason, sent, answered; what the device then does it reports itself."""

from datetime import datetime

from tinhso.modules.insight.telemetry.models import Order
from tinhso.modules.insight.telemetry.rules.judging import Known
from tinhso.modules.insight.telemetry.rules.refusals import Refusal
from tinhso.modules.insight.telemetry.rules.senml import Malformed, parse


def take_answers(*, content: bytes, device: Known, now: datetime) -> tuple[int, list[Refusal]]:
    """
    Keep what a device answers to an order: how many were taken, and what was refused.

    :raises Malformed: it is no answer
    """
    said = parse(content)
    if (
        not isinstance(said, dict)
        or said.get("answer") not in {"done", "refused"}
        or not isinstance(said.get("id"), str)
    ):
        raise Malformed("malformed")
    found = Order.objects.filter(public_id=said["id"].replace("\0", ""), device_id=device.id, answered_at=None)
    text = str(said.get("text", "")).replace("\0", "")[:300]
    if not found.update(answered_at=now, answer=said["answer"], answer_text=text):
        return 0, [Refusal("unknown_order", said["id"])]
    return 1, []
