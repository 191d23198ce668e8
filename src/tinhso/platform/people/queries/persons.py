"""Persons and organisations in the register, and who looked at their data."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from tinhso.platform.people import models

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


@dataclass(frozen=True, slots=True)
class GlimpseRow:
    """Somebody saw the subject's name in a list, on that day."""

    who_name: str
    unit_key: str
    place: str
    seen_on: date


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


_ORGANISATION_FIELDS = ("code", "name", "tax_code", "phone", "email", "representative_code", "seat_key")


def find_organisation(code: str) -> OrganisationRow | None:
    """The organisation with that public code, or None."""
    row = models.Organisation.objects.filter(code=code).values(*_ORGANISATION_FIELDS).first()
    return OrganisationRow(**row) if row else None


def list_represented(person_code: str, *, limit: int = 5) -> tuple[OrganisationRow, ...]:
    """The organisations whose representative by law the person is, the last registered first."""
    found = models.Organisation.objects.filter(representative_code=person_code)
    return tuple(OrganisationRow(**row) for row in found.order_by("-pk").values(*_ORGANISATION_FIELDS)[:limit])


_SIGHT_FIELDS = ("id", "who_code", "who_name", "unit_key", "subject_code", "case_id", "purpose", "seen_at")


def list_sights(subject_code: str, *, before: int | None = None, limit: int = SIGHTS_ON_A_PAGE) -> SightPage:
    """Who looked at the subject's data, newest first, `limit` at a time; pass the page's `before` to go on."""
    found = models.Sight.objects.filter(subject_code=subject_code)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = [SightRow(**row) for row in found.order_by("-pk").values(*_SIGHT_FIELDS)[: limit + 1]]
    more = len(rows) > limit
    return SightPage(rows=tuple(rows[:limit]), before=rows[limit - 1].id if more else None)


def list_case_sights(subject_code: str, case_id: str, *, limit: int) -> tuple[SightRow, ...]:
    """Who looked at that case of the subject's, newest first; each officer once, with the last look."""
    found = models.Sight.objects.filter(subject_code=subject_code, case_id=case_id)
    last = found.values("who_code").annotate(last=Max("pk")).order_by("-last").values_list("last", flat=True)[:limit]
    rows = models.Sight.objects.filter(pk__in=list(last)).order_by("-pk").values(*_SIGHT_FIELDS)
    return tuple(SightRow(**row) for row in rows)


def list_glimpses(subject_code: str, *, limit: int = SIGHTS_ON_A_PAGE) -> tuple[GlimpseRow, ...]:
    """In whose lists the subject's name stood lately, the last days first."""
    found = models.Glimpse.objects.filter(subject_code=subject_code).order_by("-seen_on", "-pk")
    rows = found.values("who_name", "unit_key", "place", "seen_on")[:limit]
    return tuple(GlimpseRow(**row) for row in rows)
