"""Who may change rules, and who may say what happened."""

from typing import Final

from tinhso.platform.people.rules import ADMINISTRATOR, LEADER, Actor

TELLERS: Final = frozenset({LEADER, ADMINISTRATOR, "statistician"})


def units_administered(actor: Actor) -> frozenset[str]:
    """The units at which the actor is an administrator."""
    return actor.units_as(ADMINISTRATOR)


def units_told_of(actor: Actor) -> frozenset[str]:
    """The units of which, with all below, the actor may say what happened."""
    return frozenset(post.unit_key for post in actor.posts if post.role in TELLERS)
