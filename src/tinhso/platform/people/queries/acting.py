"""Who acts now: actors with the posts and delegations valid at a moment, holders of a role, administrators."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from tinhso.platform.people import models, rules
from tinhso.platform.people.rules import Actor, Post
from tinhso.platform.prepared import read
from tinhso.platform.units import queries as units

# The same moments as `valid` and `delegations_in_force` below.
OFFICER = """
with held as not materialized (
    select * from people_postholding where valid_from <= $2::timestamptz and (valid_to is null or valid_to > $2::timestamptz)
)
select o.name,
    (select json_agg(json_build_array(h.unit_key, h.role, '', '{}'::text[], h.title) order by h.id)
     from held h where h.officer_code = o.code),
    (select json_agg(json_build_array(h.unit_key, h.role, h.officer_code, d.procedures, h.title) order by d.id)
     from people_delegation d join held h on h.id = d.post_id
     where d.receiver_code = o.code and d.valid_from <= $2::timestamptz and d.valid_to > $2::timestamptz
        and (d.revoked_at is null or d.revoked_at > $2::timestamptz))
from people_officer o where o.code = $1
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """An officer who holds a role at a unit now; `on_behalf_of` names the officer who delegated it, if any."""

    code: str
    name: str
    on_behalf_of: str = ""
    procedures: frozenset[str] = frozenset()


def valid(now: datetime, prefix: str = "") -> Q:
    """Rows that are valid at that moment, here or behind the relation `prefix`."""
    started = Q(**{f"{prefix}valid_from__lte": now})
    return started & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": now}))


def delegations_in_force(now: datetime) -> QuerySet[models.Delegation]:
    """Delegations that let somebody act at that moment."""
    revoked = Q(revoked_at__isnull=False, revoked_at__lte=now)
    return models.Delegation.objects.filter(valid(now), valid(now, "post__")).exclude(revoked)


def actor_of(account: models.Account, now: datetime) -> Actor | None:
    """The actor behind an account with the posts and delegations valid at `now`; None when the account is closed."""
    if not account.is_active:
        return None
    if rules.kind_of(account.code) == "officer":
        return find_officer_actor(account.code, now)
    return find_citizen_actor(account.code)


def find_citizen_actor(code: str) -> Actor | None:
    """The citizen with that public code as an actor, or None."""
    person = models.Person.objects.filter(code=code).values_list("name", "identity_level").first()
    return Actor(code=code, kind="citizen", name=person[0], level=person[1]) if person else None


def find_officer_actor(code: str, now: datetime) -> Actor | None:
    """The officer with that public code as an actor at that moment, or None; one statement, since every page asks it."""
    rows = read(OFFICER, code, now.isoformat())
    if not rows:
        return None
    ((name, own, lent),) = rows
    held = [*(own or ()), *(lent or ())]
    posts = [Post(unit_key, role, giver, frozenset(codes), title) for unit_key, role, giver, codes, title in held]
    return Actor(code=code, kind="officer", name=name, posts=tuple(posts))


def find_officer_at_work(code: str, now: datetime) -> Actor | None:
    """The same for work that goes on without them, say a batch: None too when their account was closed since."""
    is_open = models.Officer.objects.filter(code=code, account__is_active=True).exists()
    return find_officer_actor(code, now) if is_open else None


def administers(actor: Actor, unit_key: str) -> bool:
    """Whether the actor is administrator of the unit or of one above it; the system always is."""
    if actor.kind == "system":
        return True
    held = actor.units_as(rules.ADMINISTRATOR)
    return bool(held) and (unit_key in held or bool(held & _units_above(unit_key)))


def has_administrator(now: datetime) -> bool:
    """Whether anybody is administrator of any unit; without one only the command line can make officers."""
    return bool(models.PostHolding.objects.filter(valid(now), role=rules.ADMINISTRATOR).exists())


def _units_above(unit_key: str) -> frozenset[str]:
    try:
        return frozenset(unit.key for unit in units.list_ancestors(unit_key))
    except units.NoSuchUnit:
        return frozenset()


def officers_holding(role: str, unit_key: str, now: datetime) -> tuple[Holder, ...]:
    """The officers who hold the role at the unit at that moment, by own post first, then by delegation."""
    own = (
        models.PostHolding.objects.filter(valid(now), unit_key=unit_key, role=role)
        .order_by("pk")
        .values_list("officer__code", "officer__name")
    )
    lent = (
        delegations_in_force(now)
        .filter(post__unit_key=unit_key, post__role=role)
        .order_by("pk")
        .values_list("receiver__code", "receiver__name", "post__officer__code", "procedures")
    )
    holders = [Holder(code, name) for code, name in own]
    holders += [Holder(code, name, giver, frozenset(codes)) for code, name, giver, codes in lent]
    return tuple(holders)


def find_units_with(role: str, now: datetime) -> tuple[str, ...]:
    """The units at which somebody holds the role by an own post at that moment."""
    held = models.PostHolding.objects.filter(valid(now), role=role).order_by("unit_key")
    return tuple(held.values_list("unit_key", flat=True).distinct())


def list_demonstration_people(now: datetime) -> tuple[Actor, ...]:
    """Everyone who may be signed in with one click, officers with their own posts first; demo only. Three statements."""
    posts: dict[str, list[Post]] = {}
    held = models.PostHolding.objects.filter(valid(now), officer__account__is_demonstration=True).order_by("pk")
    for code, unit_key, role in held.values_list("officer__code", "unit_key", "role"):
        posts.setdefault(code, []).append(Post(unit_key, role))
    clicks = {"account__is_demonstration": True, "account__is_active": True}
    officers = models.Officer.objects.filter(**clicks).order_by("pk").values_list("code", "name")
    persons = models.Person.objects.filter(**clicks).order_by("pk").values_list("code", "name", "identity_level")
    found = [Actor(code=code, kind="officer", name=name, posts=tuple(posts.get(code, ()))) for code, name in officers]
    return (*found, *(Actor(code=code, kind="citizen", name=name, level=level) for code, name, level in persons))


def find_demonstration_account(code: str) -> models.Account | None:
    """The account of the demonstration person with that public code; None for anybody real."""
    return models.Account.objects.filter(code=code, is_demonstration=True, is_active=True).first()
