"""Answers kept for a while in this process, and how a process notices that another one has loaded packs."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from django.db import connection

from tinhso.platform.units.models import PacksLoaded

Key = TypeVar("Key")
Answer = TypeVar("Answer")
Forget = TypeVar("Forget", bound=Callable[[], None])

KEPT_SECONDS = 60.0
MOST_ANSWERS = 20_000
LOOK_EVERY_SECONDS = 1.0

_all: list["Kept"] = []  # type: ignore[type-arg]


class _Watch:
    """What this process has seen of loads of packs, and what it forgets when there was another."""

    def __init__(self) -> None:
        self.next_look = 0.0
        self.seen: int | None = None
        self.is_recent = False
        self.forgetting: list[Callable[[], None]] = []
        self.lock = Lock()

    def look(self) -> None:
        """
        Read the number of the last load; on a new one forget.

        Once more at the next look: somebody may be about to keep what was read before the load.
        """
        if connection.needs_rollback or not self.lock.acquire(blocking=False):
            return
        try:
            self.next_look = monotonic() + LOOK_EVERY_SECONDS
            number = PacksLoaded.objects.values_list("number", flat=True).first() or 0
            is_new = self.seen is not None and number != self.seen
            if is_new or self.is_recent:
                for forget in self.forgetting:
                    forget()
            self.seen, self.is_recent = number, is_new
        finally:
            self.lock.release()


watch = _Watch()


def notice_new_packs() -> None:
    """
    Forget what is kept when packs were loaded since, here or in another process.

    Asks the database once a second at most; between that it costs less than a look into a dictionary.
    """
    if monotonic() >= watch.next_look:
        watch.look()


def forget_when_packs_change(forget: Forget) -> Forget:
    """Have `forget` called when packs were loaded and somebody calls `notice_new_packs`; returns it."""
    watch.forgetting.append(forget)
    return forget


class Kept(Generic[Key, Answer]):
    """Answers by key; all are read anew when packs were loaded, and a minute after the first of them."""

    def __init__(self) -> None:
        self._answers: dict[Key, Answer] = {}
        self._until = 0.0
        _all.append(self)

    def get(self, key: Key, read: Callable[[Key], Answer]) -> Answer:
        """The kept answer, or the one that `read` gives now; what `read` raises is not kept."""
        moment = monotonic()
        if moment >= watch.next_look:
            watch.look()
        if moment >= self._until or len(self._answers) >= MOST_ANSWERS:
            self.forget()
            self._until = moment + KEPT_SECONDS
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = read(key)
        return answer

    def forget(self) -> None:
        """Read everything anew."""
        self._answers = {}


@forget_when_packs_change
def forget_units() -> None:
    """Read all units and calendars anew in this process; called after loading packs."""
    for kept in _all:
        kept.forget()
