"""Registering persons and organisations, and opening the accounts they sign in with."""

from dataclasses import asdict
from datetime import datetime
from random import SystemRandom
from typing import Any

from django.db import connection, transaction

from tinhso.kernel.identifiers import parse_personal_number, parse_tax_code
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people import facts, models, rules
from tinhso.platform.people.rules import Actor, Identity


@transaction.atomic
def register_person(
    *, identity: Identity, unit_key: str = "", actor: Actor, now: datetime, code: str = ""
) -> models.Person:
    """
    The person with that personal number, written down when not yet known; without a number always a new one.

    A person who is known stays as known: only an identity provider (`identify_person`) changes names and numbers.

    :param unit_key: the unit whose desk registers, empty for an identity provider
    :param code: a public code decided beforehand, for demonstrations
    :raises NotReadable: the personal number does not have twelve digits
    """
    number = _number_of(identity)
    if number:
        _lock_number(number)
        if known := models.Person.objects.filter(personal_number=number).first():
            return known
    source = models.Person.Source.COUNTER if actor.kind == "officer" else models.Person.Source.VNEID
    person = models.Person(code=code or rules.new_code("citizen", SystemRandom()), source=source, registered_at=now)
    _take_over(person, identity, number)
    person.save(force_insert=True)
    _tell(facts.PERSON_REGISTERED, person, unit_key, actor, now)
    return person


@transaction.atomic
def identify_person(
    *, identity: Identity, account: models.Account | None, actor: Actor, now: datetime
) -> models.Account:
    """
    The account of a citizen whom the identity provider vouches for; person and account are made or brought up to date.

    What the provider says replaces what was held; what it leaves out stays. Telephone and e-mail that the citizen
    gave are kept.

    :param account: the account known by the provider's subject, None when the subject is new
    :raises NotReadable: the personal number does not have twelve digits
    """
    person = getattr(account, "person", None) or register_person(identity=identity, actor=actor, now=now)
    number = _number_of(identity)
    if _take_over(person, identity, number):
        if person.source != models.Person.Source.DEMONSTRATION:
            person.source = models.Person.Source.VNEID
        person.save()
        _tell(facts.PERSON_IDENTIFIED, person, "", actor, now)
    return person.account or open_account(person=person)


def open_account(*, person: models.Person, is_demonstration: bool = False) -> models.Account:
    """Give a person an account without a password: citizens come through the identity provider only."""
    account = models.Account(username=person.code, code=person.code, is_demonstration=is_demonstration)
    account.set_unusable_password()
    account.save(force_insert=True)
    person.account = account
    person.save(update_fields=["account"])
    return account


@transaction.atomic
def register_organisation(
    *, name: str, tax_code: str = "", representative_code: str = "", seat_key: str = "", actor: Actor, now: datetime
) -> models.Organisation:
    """
    The organisation with that tax code, written down when not yet known; without a tax code always a new one.

    :raises NotReadable: the tax code is wrong
    """
    digits = str(parse_tax_code(tax_code)) if tax_code else None
    if digits and (known := models.Organisation.objects.filter(tax_code=digits).first()):
        return known
    organisation = models.Organisation.objects.create(
        code=rules.new_code("organisation", SystemRandom()), name=name.strip(), tax_code=digits,
        representative_code=representative_code, seat_key=seat_key, registered_at=now,
    )  # fmt: skip
    body = {"representative_code": representative_code}
    record_fact(
        kind=facts.ORGANISATION_REGISTERED,
        subject=organisation.code,
        unit_key=seat_key,
        body=body,
        actor=actor,
        now=now,
    )
    return organisation


def _number_of(identity: Identity) -> str | None:
    return parse_personal_number(identity.personal_number).digits if identity.personal_number else None


def _lock_number(number: str) -> None:
    """Serialise the first meetings with one person, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", ["person " + number])


def _take_over(person: models.Person, identity: Identity, number: str | None) -> bool:
    """Put what the identity says into the row; whether anything changed."""
    said: dict[str, Any] = {key: value for key, value in asdict(identity).items() if value and key != "level"}
    said |= {"identity_level": identity.level}
    if number:
        said["personal_number"] = number
    for own in ("phone", "email"):
        if getattr(person, own):
            said.pop(own, None)
    changed = {key: value for key, value in said.items() if getattr(person, key) != value}
    for key, value in changed.items():
        setattr(person, key, value)
    return bool(changed)


def _tell(kind: str, person: models.Person, unit_key: str, actor: Actor, now: datetime) -> None:
    body = {"identity_level": person.identity_level, "source": person.source}
    record_fact(kind=kind, subject=person.code, unit_key=unit_key, body=body, actor=actor, now=now)
