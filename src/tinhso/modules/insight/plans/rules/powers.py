"""Who may type figures, and who may name the one used or the one responsible."""

from collections.abc import Iterable

from tinhso.platform.people.rules import ADMINISTRATOR, LEADER, Actor

STATISTICIAN = "statistician"
TYPISTS = frozenset({STATISTICIAN, LEADER, ADMINISTRATOR})
DECIDERS = frozenset({LEADER, ADMINISTRATOR})


def is_typist(actor: Actor | None) -> bool:
    """Whether figures may be typed somewhere."""
    return bool(_units(actor, TYPISTS))


def is_decider(actor: Actor | None) -> bool:
    """Whether the actor may decide somewhere which figure is used and who is responsible."""
    return bool(_units(actor, DECIDERS))


def may_type(actor: Actor | None, line: Iterable[str]) -> bool:
    """Whether figures of a unit may be typed: by a post there or above. :param line: keys from the country down to it"""
    return not _units(actor, TYPISTS).isdisjoint(line)


def may_decide(actor: Actor | None, line: Iterable[str]) -> bool:
    """Whether of two sources one may be named, or somebody made responsible. :param line: as of `may_type`"""
    return not _units(actor, DECIDERS).isdisjoint(line)


def _units(actor: Actor | None, roles: frozenset[str]) -> frozenset[str]:
    if actor is None or actor.kind not in {"officer", "machine"}:
        return frozenset()
    return frozenset(post.unit_key for post in actor.posts if post.role in roles and not post.procedures)
