"""Simulated gateways: they keep what they took, for all to see in a demonstration, and fail on demand."""

from django.db import transaction

from tinhso.platform.notices.models import SimulatedFault, SimulatedMessage
from tinhso.platform.notices.ports import Letter
from tinhso.platform.outside import Refused, Unreachable

TIMEOUT, REFUSAL, LOST_ANSWER = "timeout", "refusal", "lost_answer"
FAULTS = (TIMEOUT, REFUSAL, LOST_ANSWER)


class SimulatedGate:
    """
    Takes each key once.

    Faults stand in a table, so that the page and the worker share them; each is used up by one letter: "timeout"
    takes nothing and does not answer, "refusal" refuses, "lost_answer" takes the letter and does not answer.
    """

    def __init__(self, channel: str) -> None:
        self.channel = channel

    def send(self, letter: Letter) -> str:
        """The number under which the letter is kept; raises as promised in the port."""
        fault = self._next_fault()
        if fault == TIMEOUT:
            raise Unreachable("simulated: no answer")
        if fault == REFUSAL:
            raise Refused("simulated: no such address")
        message, _is_new = SimulatedMessage.objects.get_or_create(
            key=letter.key,
            defaults={
                "channel": self.channel,
                "address": letter.to,
                "subject": letter.subject,
                "body": letter.body,
                "received_at": letter.sent_at,
            },
        )
        if fault == LOST_ANSWER:
            raise Unreachable("simulated: taken, but the answer was lost")
        return f"simulated-{message.pk}"

    def _next_fault(self) -> str:
        with transaction.atomic():
            row = (
                SimulatedFault.objects.select_for_update(skip_locked=True)
                .filter(channel=self.channel)
                .order_by("pk")
                .first()
            )
            if row is None:
                return ""
            row.delete()
            return row.kind
