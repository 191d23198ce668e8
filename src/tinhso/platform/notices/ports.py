"""What notices need from outside: gateways that carry a letter to an address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """
    What a gateway carries.

    :param key: the same for each attempt at the same letter, so that a gateway can refuse to carry it twice
    :param kind: the fact the letter follows; Zalo chooses its registered template by it
    :param fields: the values in the text, for gateways that fill a template of their own
    """

    key: str
    to: str
    kind: str
    subject: str
    body: str
    sent_at: datetime
    fields: Mapping[str, str] = field(default_factory=dict)


class EmailGate(Protocol):
    """Carries letters to e-mail addresses."""

    def send(self, letter: Letter) -> str:
        """
        The gateway's number of the letter it took.

        :raises Refused: it will never carry it
        :raises Unreachable: it could not be asked, or did not answer in time
        """
        ...


class SmsGate(Protocol):
    """Carries text messages to telephone numbers: at most 160 plain characters; raises as `EmailGate`."""

    def send(self, letter: Letter) -> str:
        """The gateway's number of the message it took; a key it knows is answered with the number of then."""
        ...


class ZaloGate(Protocol):
    """Carries notifications to Zalo accounts by telephone number; raises as `EmailGate`."""

    def send(self, letter: Letter) -> str:
        """The gateway's number of the notification it took; a key it knows is answered with the number of then."""
        ...


Gate = EmailGate | SmsGate | ZaloGate
