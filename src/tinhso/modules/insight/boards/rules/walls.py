"""Walls: who may hang one, the key it comes with, which of its pages is up at a moment."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from tinhso.modules.insight.boards.rules.boards import WallPage
from tinhso.platform.people.rules import ADMINISTRATOR, Actor


class Refused(ValueError):
    """A wall cannot be hung so; `field` is what to mend, `vi` and `en` say how."""

    def __init__(self, field: str, vi: str, en: str) -> None:
        super().__init__(vi)
        self.field, self.vi, self.en = field, vi, en


def is_administrator(actor: Actor | None) -> bool:
    """Whether the actor may hang walls somewhere."""
    return actor is not None and actor.kind == "officer" and bool(actor.units_as(ADMINISTRATOR))


def may_hang(actor: Actor | None, line: Iterable[str]) -> bool:
    """Whether the actor administers the unit, or one above. :param line: keys from the country down to it"""
    return actor is not None and is_administrator(actor) and not actor.units_as(ADMINISTRATOR).isdisjoint(line)


def digest_of(key: str) -> str:
    """What is kept of a wall's key: who reads the table cannot open a wall."""
    return sha256(key.encode()).hexdigest()


def page_at(pages: Sequence[WallPage], epoch_seconds: int) -> int:
    """
    Which page is up at that moment, from 0.

    It follows from the clock alone, so that a page drawn anew, a second wall beside and a browser without script agree.
    """
    place = epoch_seconds % sum(page.seconds for page in pages)
    for number, page in enumerate(pages):
        place -= page.seconds
        if place < 0:
            return number
    return 0
