"""The only readers of people: who acts now, persons, officers at their posts, who looked at somebody's data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from tinhso.platform.people import models, rules
from tinhso.platform.people.rules import Actor, Post
from tinhso.platform.units import queries as units

SIGHTS_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A citizen as other parts see one; texts are empty and the number None where nothing is known."""

    code: str
    name: str
    personal_number: str | None
    birth_on: date | None
    sex: str
    phone: str
    email: str
    residence_key: str
    identity_level: int
    source: str


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An enterprise or body as other parts see one."""

    code: str
    name: str
    tax_code: str | None
    phone: str
    email: str
    representative_code: str
    seat_key: str


@dataclass(frozen=True, slots=True)
class Holder:
    """An officer who holds a role at a unit now; `on_behalf_of` names the officer who delegated it, if any."""

    code: str
    name: str
    on_behalf_of: str = ""
    procedures: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation as giver, receiver and administrators see it."""

    code: str
    giver_code: str
    receiver_code: str
    unit_key: str
    role: str
    procedures: tuple[str, ...]
    reason: str
    valid_from: datetime
    valid_to: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class SightRow:
    """One look at somebody's data."""

    id: int
    who_code: str
    who_name: str
    unit_key: str
    subject_code: str
    case_id: str
    purpose: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SightPage:
    """Some looks, newest first; `before` continues the list, None at its end."""

    rows: tuple[SightRow, ...]
    before: int | None


def _valid(now: datetime, prefix: str = "") -> Q:
    started = Q(**{f"{prefix}valid_from__lte": now})
    return started & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": now}))


def _delegations_in_force(now: datetime) -> QuerySet[models.Delegation]:
    revoked = Q(revoked_at__isnull=False, revoked_at__lte=now)
    return models.Delegation.objects.filter(_valid(now), _valid(now, "post__")).exclude(revoked)


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
    """The officer with that public code as an actor at that moment, or None."""
    name = models.Officer.objects.filter(code=code).values_list("name", flat=True).first()
    if name is None:
        return None
    own = models.PostHolding.objects.filter(_valid(now), officer_id=code).values_list("unit_key", "role").order_by("pk")
    lent = (
        _delegations_in_force(now)
        .filter(receiver__code=code)
        .order_by("pk")
        .values_list("post__unit_key", "post__role", "post__officer__code", "procedures")
    )
    posts = [Post(unit_key, role) for unit_key, role in own]
    posts += [Post(unit_key, role, giver, frozenset(codes)) for unit_key, role, giver, codes in lent]
    return Actor(code=code, kind="officer", name=name, posts=tuple(posts))


def administers(actor: Actor, unit_key: str) -> bool:
    """Whether the actor is administrator of the unit or of one above it; the system always is."""
    if actor.kind == "system":
        return True
    held = actor.units_as(rules.ADMINISTRATOR)
    return bool(held) and (unit_key in held or bool(held & _units_above(unit_key)))


def _units_above(unit_key: str) -> frozenset[str]:
    try:
        return frozenset(unit.key for unit in units.list_ancestors(unit_key))
    except units.NoSuchUnit:
        return frozenset()


def has_second_factor(account: models.Account) -> bool:
    """Whether the account has an authenticator app or a passkey."""
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=account.pk, type__in=types).exists())


def count_officers_without_second_factor() -> int:
    """How many officers have a password but neither app nor passkey."""
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    guarded = Authenticator.objects.filter(type__in=types).values("user_id")
    accounts = models.Account.objects.filter(officer__isnull=False, is_active=True).exclude(pk__in=guarded)
    return accounts.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).count()


_PERSON_FIELDS = (
    "code", "name", "personal_number", "birth_on", "sex", "phone", "email", "residence_key", "identity_level", "source"
)  # fmt: skip


def get_person(code: str) -> PersonRow:
    """
    The person with that public code. Showing it to an officer is a sight: see `actions.record_sight`.

    :raises LookupError: there is none
    """
    found = find_person(code)
    if found is None:
        raise LookupError(code)
    return found


def find_person(code: str) -> PersonRow | None:
    """The person with that public code, or None."""
    row = models.Person.objects.filter(code=code).values(*_PERSON_FIELDS).first()
    return PersonRow(**row) if row else None


def find_person_by_number(personal_number: str) -> PersonRow | None:
    """The person with that twelve-digit number, or None."""
    row = models.Person.objects.filter(personal_number=personal_number).values(*_PERSON_FIELDS).first()
    return PersonRow(**row) if row else None


def find_organisation(code: str) -> OrganisationRow | None:
    """The organisation with that public code, or None."""
    fields = ("code", "name", "tax_code", "phone", "email", "representative_code", "seat_key")
    row = models.Organisation.objects.filter(code=code).values(*fields).first()
    return OrganisationRow(**row) if row else None


def get_names(codes: Iterable[str]) -> Mapping[str, str]:
    """Names by public code, of persons, officers and organisations; codes of nobody are missing. Three statements."""
    wanted = set(codes)
    names: dict[str, str] = {}
    for model in (models.Person, models.Officer, models.Organisation):
        names |= dict(model.objects.filter(code__in=wanted).values_list("code", "name"))
    return names


def officers_holding(role: str, unit_key: str, now: datetime) -> tuple[Holder, ...]:
    """The officers who hold the role at the unit at that moment, by own post first, then by delegation."""
    own = (
        models.PostHolding.objects.filter(_valid(now), unit_key=unit_key, role=role)
        .order_by("pk")
        .values_list("officer__code", "officer__name")
    )
    lent = (
        _delegations_in_force(now)
        .filter(post__unit_key=unit_key, post__role=role)
        .order_by("pk")
        .values_list("receiver__code", "receiver__name", "post__officer__code", "procedures")
    )
    holders = [Holder(code, name) for code, name in own]
    holders += [Holder(code, name, giver, frozenset(codes)) for code, name, giver, codes in lent]
    return tuple(holders)


def list_delegations(officer_code: str, now: datetime) -> tuple[DelegationRow, ...]:
    """Delegations the officer gave or got that are not over at `now`, also those still to begin."""
    mine = Q(receiver_id=officer_code) | Q(post__officer_id=officer_code)
    rows = models.Delegation.objects.filter(mine, valid_to__gt=now, revoked_at__isnull=True).select_related("post")
    return tuple(_delegation_row(row) for row in rows.order_by("valid_from", "pk"))


def _delegation_row(row: models.Delegation) -> DelegationRow:
    return DelegationRow(
        code=row.code,
        giver_code=row.post.officer_id,
        receiver_code=row.receiver_id,
        unit_key=row.post.unit_key,
        role=row.post.role,
        procedures=tuple(row.procedures),
        reason=row.reason,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        revoked_at=row.revoked_at,
    )


def list_sights(subject_code: str, *, before: int | None = None, limit: int = SIGHTS_ON_A_PAGE) -> SightPage:
    """Who looked at the subject's data, newest first, `limit` at a time; pass the page's `before` to go on."""
    found = models.Sight.objects.filter(subject_code=subject_code)
    if before is not None:
        found = found.filter(pk__lt=before)
    fields = ("id", "who_code", "who_name", "unit_key", "subject_code", "case_id", "purpose", "seen_at")
    rows = [SightRow(**row) for row in found.order_by("-pk").values(*fields)[: limit + 1]]
    more = len(rows) > limit
    return SightPage(rows=tuple(rows[:limit]), before=rows[limit - 1].id if more else None)


def list_demonstration_people(now: datetime) -> tuple[Actor, ...]:
    """Everyone who may be signed in with one click, officers with their own posts first; demo only. Three statements."""
    posts: dict[str, list[Post]] = {}
    held = models.PostHolding.objects.filter(_valid(now), officer__account__is_demonstration=True).order_by("pk")
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


def get_unit_names(unit_keys: Iterable[str]) -> Mapping[str, str]:
    """Names of units by key, in the reader's language; a key of no unit is missing."""
    language = get_language() or "vi"
    return {key: unit.name_in(language) for key, unit in units.get_units(unit_keys).items()}


def get_role_names() -> Mapping[str, str]:
    """Names of the packs' roles by code, in the reader's language."""
    column = "name_en" if (get_language() or "vi").startswith("en") else "name_vi"
    return dict(models.Role.objects.values_list("code", column))
