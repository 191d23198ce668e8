"""Who sees devices, who adds and pauses them, who reviews events and gives orders: posts at the device's unit or above."""

from collections.abc import Iterable
from typing import Final

from tinhso.platform.people.rules import ADMINISTRATOR, LEADER, Actor, NotAllowed

OPERATOR: Final = "operator"  # on shift in the operations centre
REVIEWERS: Final = frozenset({OPERATOR, LEADER, ADMINISTRATOR})
COMMANDERS: Final = frozenset({OPERATOR, LEADER})


def units_of(actor: Actor | None, roles: frozenset[str] | None = None) -> frozenset[str]:
    """Where an officer holds one of these roles (any role when None)."""
    if actor is None or actor.kind not in {"officer", "machine"}:
        return frozenset()
    return frozenset(
        post.unit_key for post in actor.posts if (roles is None or post.role in roles) and not post.procedures
    )


def may_see(actor: Actor | None, line: Iterable[str]) -> bool:
    """Whether an officer sees the devices of a unit. :param line: keys from the country down to it"""
    return not units_of(actor).isdisjoint(line)


def may_administer(actor: Actor | None, line: Iterable[str]) -> bool:
    """Whether devices of a unit may be added, moved, paused. :param line: as of `may_see`"""
    return not units_of(actor, frozenset({ADMINISTRATOR})).isdisjoint(line)


def may_review(actor: Actor | None, line: Iterable[str]) -> bool:
    """Whether events of a unit's devices may be confirmed or rejected. :param line: as of `may_see`"""
    return not units_of(actor, REVIEWERS).isdisjoint(line)


def may_command(actor: Actor | None, line: Iterable[str]) -> bool:
    """Whether devices of a unit may be told to do something. :param line: as of `may_see`"""
    return not units_of(actor, COMMANDERS).isdisjoint(line)


def check_may_administer(actor: Actor, line: Iterable[str]) -> None:
    """:raises NotAllowed: the actor does not administer that unit"""
    if not may_administer(actor, line):
        raise NotAllowed("Bạn không quản trị thiết bị của đơn vị này.")


def check_may_command(actor: Actor, line: Iterable[str]) -> None:
    """:raises NotAllowed: the actor may give no orders to devices of that unit"""
    if not may_command(actor, line):
        raise NotAllowed("Bạn không được ra lệnh cho thiết bị của đơn vị này.")
