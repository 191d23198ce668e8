"""An officer's search for the dossiers of somebody: by the personal number, at the officer's own units."""

from tinhso.kernel.identifiers import NotReadable, parse_personal_number
from tinhso.platform.cases.models import Case
from tinhso.platform.people.queries import PersonRow, find_person_by_number
from tinhso.platform.people.rules import HELPER, Actor

MOST = 50


def read_number(typed: str) -> str:
    """The personal number that was typed, with whatever between its digits; empty when it is none."""
    digits = "".join(sign for sign in typed if sign not in " .-")
    try:
        return parse_personal_number(digits).digits
    except NotReadable:
        return ""


def list_of_person(number: str, actor: Actor) -> tuple[PersonRow | None, list[Case]]:
    """
    The person with that number and the dossiers that lie at the actor's units, the newest first.

    Somebody who has none there is not told apart from somebody who does not exist.
    """
    units = {post.unit_key for post in actor.posts if post.role != HELPER and not post.procedures}
    person = find_person_by_number(number)
    if person is None or not units:
        return None, []
    found = Case.objects.filter(applicant_code=person.code, unit_key__in=units, parent=None)
    rows = list(found.order_by("-id")[:MOST])
    return (person, rows) if rows else (None, [])
