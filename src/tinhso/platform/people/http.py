"""The API of people: who I am, and who has looked at my data."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from tinhso.platform.people import queries, rules
from tinhso.platform.people.rules import Actor

router = Router(tags=["people"])


class PostOut(Schema):
    """A role at a unit held at this moment."""

    unit_key: str
    role: str
    on_behalf_of: str
    procedures: list[str]


class ActorOut(Schema):
    """Whoever makes the request."""

    code: str
    kind: str
    name: str
    level: int
    posts: list[PostOut]


class SightOut(Schema):
    """One look at my data."""

    who_code: str
    who_name: str
    unit_key: str
    case_id: str
    purpose: str
    purpose_text: str
    seen_at: datetime


class SightsOut(Schema):
    """Some looks, newest first; pass `before` to go on, null at the end."""

    sights: list[SightOut]
    before: int | None


class PersonTroubleOut(Schema):
    """What went wrong, for machines and in words."""

    code: str
    vi: str
    en: str


def _signed_in(request: HttpRequest) -> Actor | None:
    found: Actor | None = getattr(request, "actor", None)
    return found


@router.get("/me", response={200: ActorOut, 401: PersonTroubleOut}, auth=_signed_in, operation_id="people_me")
def me(request: HttpRequest) -> Any:
    """The actor who makes the request, with the posts held now."""
    actor = _signed_in(request)
    assert actor
    posts = [
        {"unit_key": p.unit_key, "role": p.role, "on_behalf_of": p.on_behalf_of, "procedures": sorted(p.procedures)}
        for p in actor.posts
    ]
    return {"code": actor.code, "kind": actor.kind, "name": actor.name, "level": actor.level, "posts": posts}


@router.get(
    "/me/sights", response={200: SightsOut, 401: PersonTroubleOut}, auth=_signed_in, operation_id="people_my_sights"
)
def my_sights(
    request: HttpRequest,
    before: int | None = Query(None, ge=1, le=2**63 - 1),
    limit: int = Query(queries.SIGHTS_ON_A_PAGE, ge=1, le=100),
) -> Any:
    """Who has opened my data, for which unit and case, why and when; newest first."""
    actor = _signed_in(request)
    assert actor
    page = queries.list_sights(actor.code, before=before, limit=limit)
    fields = ("who_code", "who_name", "unit_key", "case_id", "purpose", "seen_at")
    rows = [
        {**{name: getattr(row, name) for name in fields}, "purpose_text": rules.purpose_text(row.purpose)}
        for row in page.rows
    ]
    return {"sights": rows, "before": page.before}
