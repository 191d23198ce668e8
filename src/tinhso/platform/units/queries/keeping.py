"""Answers kept for a while in this process: units hardly ever change, and every page asks for them."""

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

Key = TypeVar("Key")
Answer = TypeVar("Answer")

KEPT_SECONDS = 60.0
MOST_ANSWERS = 20_000

_all: list["Kept"] = []  # type: ignore[type-arg]


class Kept(Generic[Key, Answer]):
    """Answers by key; all are read anew a minute after the first of them, so another process's load is seen by then."""

    def __init__(self) -> None:
        self._answers: dict[Key, Answer] = {}
        self._until = 0.0
        _all.append(self)

    def get(self, key: Key, read: Callable[[Key], Answer]) -> Answer:
        """The kept answer, or the one that `read` gives now; what `read` raises is not kept."""
        if monotonic() >= self._until or len(self._answers) >= MOST_ANSWERS:
            self.forget()
            self._until = monotonic() + KEPT_SECONDS
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = read(key)
        return answer

    def forget(self) -> None:
        """Read everything anew."""
        self._answers = {}


def forget_units() -> None:
    """Read all units and calendars anew in this process; called after loading packs."""
    for kept in _all:
        kept.forget()
