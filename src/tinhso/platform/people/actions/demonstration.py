"""Making the people of the demonstration. None of them has a password: they are signed in with one click, in demo only."""

from dataclasses import replace
from datetime import date, datetime
from random import Random

from django.db import transaction

from tinhso.platform.people import models, rules
from tinhso.platform.people.actions.persons import open_account, register_person
from tinhso.platform.people.actions.posts import appoint, give_title, register_officer
from tinhso.platform.people.adapters.demonstration import OfficerCard, read_citizens, read_officers
from tinhso.platform.people.rules import SYSTEM, Identity
from tinhso.platform.units.queries import get_units


@transaction.atomic
def load_demonstration_people(*, commune_key: str, province_key: str, now: datetime) -> dict[str, str]:
    """
    Make the invented officers of one commune, of the province and of other units that stand, and the citizens; what is
    there stays, with posts that are new.

    Codes are settled by unit and name of the post, so a link to a demonstration sign-in stays good.

    :returns: public code by key of the officer ("mot-cua") or personal number of the citizen
    """
    places = {"commune": commune_key, "province": province_key}
    cards = read_officers()
    places |= {key: key for key in get_units({card.at for card in cards} - places.keys())}
    found = {card.key: _officer(card, places[card.at], now) for card in cards if card.at in places}
    return found | {identity.personal_number: _citizen(identity, commune_key, now) for identity in read_citizens()}


def _officer(card: OfficerCard, unit_key: str, now: datetime) -> str:
    code = rules.new_code("officer", Random(f"{unit_key} {card.key}"))  # noqa: S311 - settled, not secret
    if models.Officer.objects.filter(code=code).exists():
        _give_what_is_new(card, code, unit_key, now)
        return code
    sign_in_name = f"{card.key}.{unit_key.partition('@')[0]}"
    register_officer(name=card.name, sign_in_name=sign_in_name, unit_key=unit_key, code=code, actor=SYSTEM, now=now)
    models.Account.objects.filter(code=code).update(is_demonstration=True)
    for role in card.roles:
        first = _first_day(unit_key)
        appoint(officer_code=code, unit_key=unit_key, role=role, valid_from=first, actor=SYSTEM, now=now)
        if card.title and role == rules.LEADER:
            give_title(officer_code=code, unit_key=unit_key, role=role, title=card.title, actor=SYSTEM, now=now)
    return code


def _give_what_is_new(card: OfficerCard, code: str, unit_key: str, now: datetime) -> None:
    """The posts that the packs give by now and the officer never held; what an administrator ended stays ended."""
    held = set(models.PostHolding.objects.filter(officer_id=code, unit_key=unit_key).values_list("role", flat=True))
    for role in card.roles:
        if role not in held:
            first = _first_day(unit_key)
            appoint(officer_code=code, unit_key=unit_key, role=role, valid_from=first, actor=SYSTEM, now=now)


def _citizen(identity: Identity, commune_key: str, now: datetime) -> str:
    code = rules.new_code("citizen", Random(identity.personal_number))  # noqa: S311 - settled, not secret
    settled = replace(identity, residence_key=commune_key)
    person = register_person(identity=settled, code=code, actor=SYSTEM, now=now)
    if person.account is None:
        models.Person.objects.filter(pk=person.pk).update(source=models.Person.Source.DEMONSTRATION)
        open_account(person=person, is_demonstration=True)
    return person.code


def _first_day(unit_key: str) -> datetime:
    """Midnight, local, of the day from which the unit exists: the part of its key after the sign @."""
    return rules.start_of(date.fromisoformat(unit_key.rpartition("@")[2]))
