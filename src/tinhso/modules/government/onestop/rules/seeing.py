"""Which officers may open a case, what they may do there, and what their look at it is recorded as."""

from collections.abc import Collection
from enum import Enum

from tinhso.platform.people.rules import ADMINISTRATOR, HANDLER, HELPER, LEADER, RECEPTIONIST, Actor

WATCHERS = frozenset({LEADER, ADMINISTRATOR})
PURPOSES = {RECEPTIONIST: "receive_case", HANDLER: "handle_case", LEADER: "sign_result"}


class Seeing(Enum):
    """What an officer may do with a case: nothing, read it from above, or work on it."""

    NOTHING = "nothing"
    READING = "reading"
    WORKING = "working"

    def __bool__(self) -> bool:
        return self is not Seeing.NOTHING


def seeing_of(actor: Actor, unit_key: str, above: Collection[str], procedure_code: str) -> Seeing:
    """
    What the actor may do with a case of that unit: work on it with any role there, read it as a leader or
    administrator of a unit above; a citizen nothing, for the desk's pages are not the applicant's.

    :param above: keys of the units above the case's unit
    """
    if actor.kind != "officer":
        return Seeing.NOTHING
    if actor.roles_in(unit_key, procedure_code) - {HELPER}:
        return Seeing.WORKING
    watches = any(post.role in WATCHERS and post.unit_key in above and not post.procedures for post in actor.posts)
    return Seeing.READING if watches else Seeing.NOTHING


def purpose_of(actor: Actor, unit_key: str, procedure_code: str, holder: str, *, is_resolved: bool = False) -> str:
    """
    Why the actor opens the case, as the applicant will read it: the work of the role that holds it now when the actor
    has that role, else of the actor's first role there; from above it is oversight.
    """
    roles = actor.roles_in(unit_key, procedure_code)
    if is_resolved and RECEPTIONIST in roles:
        return "deliver_result"
    if holder in roles and holder in PURPOSES:
        return PURPOSES[holder]
    return next((purpose for role, purpose in PURPOSES.items() if role in roles), "oversight")
