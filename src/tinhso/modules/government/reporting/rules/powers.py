"""Who may see a report, fill it in, receive it. Posts lent for single procedures do not count."""

from collections.abc import Iterable
from typing import Final

from tinhso.platform.people.rules import ADMINISTRATOR, HANDLER, LEADER, Actor

FILLERS: Final = frozenset({HANDLER, LEADER})
LOOKERS: Final = frozenset({HANDLER, LEADER, ADMINISTRATOR, "statistician", "controller"})


def may_see(actor: Actor | None, lines: Iterable[str]) -> bool:
    """Whether a report may be seen: by a post at its unit or its receiver, or above one of them. `lines`: their keys, upward."""
    return not units_seen(actor).isdisjoint(lines)


def may_fill(actor: Actor | None, unit_key: str) -> bool:
    """Whether the report of that unit may be filled in."""
    return unit_key in units_filled(actor)


def may_receive(actor: Actor | None, receiver_key: str) -> bool:
    """Whether reports that go to that unit may be approved, returned, asked for and added up."""
    return bool(receiver_key) and may_fill(actor, receiver_key)


def may_sign(actor: Actor | None, unit_key: str) -> bool:
    """Whether a report of that unit may be signed."""
    return unit_key in _units(actor, frozenset({LEADER}))


def units_filled(actor: Actor | None) -> frozenset[str]:
    """The units whose reports the actor fills in."""
    return _units(actor, FILLERS)


def units_seen(actor: Actor | None) -> frozenset[str]:
    """The units where the actor sees reports, and those of everything below."""
    return _units(actor, LOOKERS)


def _units(actor: Actor | None, roles: frozenset[str]) -> frozenset[str]:
    if actor is None or actor.kind not in {"officer", "machine"}:
        return frozenset()
    return frozenset(post.unit_key for post in actor.posts if post.role in roles and not post.procedures)
