"""The shape of a fact as reactions read it, and the register of reactions."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened: `kind` is `module.noun.verb`, `body` holds ids, codes and measures, no personal data."""

    id: int
    subject: str
    sequence: int
    kind: str
    actor_code: str
    unit_key: str
    happened_at: datetime
    body: Mapping[str, Any]
    hash: bytes

    @staticmethod
    def read_body(text: str) -> Mapping[str, Any]:
        """The body from its canonical text."""
        found: Mapping[str, Any] = json.loads(text)
        return found


Reaction = Callable[[Fact], None]
_is_replay: ContextVar[bool] = ContextVar("is_replay", default=False)
_reactions: dict[str, list[Reaction]] = defaultdict(list)


def reacts_to(*kinds: str) -> Callable[[Reaction], Reaction]:
    """
    Register a reaction to facts of these kinds; "cases.dossier.*" stands for every fact of that noun.

    It runs as a job deferred in the fact's own transaction, in order per subject, and may run twice.
    """

    def register(reaction: Reaction) -> Reaction:
        for kind in kinds:
            _reactions[kind].append(reaction)
        return reaction

    return register


@contextmanager
def without_reactions() -> Iterator[None]:
    """Facts told within are told to nobody else: what happened long ago is written down, and nothing follows from it."""
    token = _is_replay.set(True)
    try:
        yield
    finally:
        _is_replay.reset(token)


def reactions_to(kind: str) -> tuple[Reaction, ...]:
    """The reactions registered for that kind of fact, those for every fact of its noun last."""
    if _is_replay.get():
        return ()
    noun = kind.rpartition(".")[0]
    return (*_reactions.get(kind, ()), *_reactions.get(f"{noun}.*", ()))
