"""What telemetry needs of a broker: messages that stay unread until they are acknowledged, and a way to speak to devices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Received:
    """A message and what is needed to acknowledge it; `connection` counts how often the line was made anew."""

    topic: str
    content: bytes
    number: int
    quality: int
    connection: int


class Line(Protocol):
    """A line to a broker. What was not acknowledged before it broke comes again."""

    def take(self, most: int, within: float) -> Sequence[Received]:
        """The next messages, at most so many; waits at most so many seconds for the first."""
        ...

    def acknowledge(self, received: Sequence[Received]) -> None:
        """These are kept: the broker may forget them."""
        ...

    def say(self, topic: str, content: bytes, within: float = 5.0) -> bool:
        """Hand a message to the broker; whether it has taken it: we may speak there, and somebody listens."""
        ...

    def close(self) -> None:
        """Hang up; the broker keeps what comes meanwhile."""
        ...
