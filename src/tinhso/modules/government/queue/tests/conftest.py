"""A commune's one-stop hall: two receptionists who can sign in, and people who take numbers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from tinhso.modules.government.queue import actions
from tinhso.modules.government.queue.models import Ticket
from tinhso.platform.cases.tests.conftest import COMMUNE, make_units
from tinhso.platform.people import actions as people
from tinhso.platform.people.models import Account, Role
from tinhso.platform.people.queries import find_officer_actor
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.units.queries.keeping import forget_units

START = datetime(2025, 7, 1, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 08:00 in Vietnam
ALL = ("civil", "land", "business", "result")


def appoint(name: str, sign_in_name: str, role: str = "receptionist", unit_key: str = COMMUNE) -> Actor:
    made = people.register_officer(name=name, sign_in_name=sign_in_name, unit_key=unit_key, actor=SYSTEM, now=START)
    people.appoint(officer_code=made.code, unit_key=unit_key, role=role, valid_from=START, actor=SYSTEM, now=START)
    found = find_officer_actor(made.code, MORNING)
    assert found is not None
    return found


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(code=actor.code), "django.contrib.auth.backends.ModelBackend")
    return client


def take(group: str = "civil", priority: str = "", *, minute: float = 0, address: str = "") -> Ticket:
    at = MORNING + timedelta(minutes=minute)
    return actions.take_ticket(unit_key=COMMUNE, group_code=group, priority_code=priority, address=address, now=at)


@dataclass
class Hall:
    """Hoa at desk 1 and Nga at desk 2."""

    hoa: Actor
    nga: Actor

    def sit(self, *, hoa: tuple[str, ...] = ALL, nga: tuple[str, ...] = ALL) -> "Hall":
        for desk, (actor, groups) in enumerate(((self.hoa, hoa), (self.nga, nga)), start=1):
            actions.sit_down(unit_key=COMMUNE, desk=desk, groups=groups, actor=actor, now=MORNING)
        return self

    def calls(self, actor: Actor, current: Ticket | None = None, *, minute: float = 10) -> str:
        at = MORNING + timedelta(minutes=minute)
        found = actions.call_next(current=current.pk if current else 0, actor=actor, now=at)
        return str(found) if found else ""


def make_hall() -> Hall:
    cache.clear()
    make_units()
    forget_units()
    for code in ("receptionist", "handler"):
        Role.objects.get_or_create(code=code, defaults={"scope": "unit", "name_vi": code, "name_en": code})
    return Hall(appoint("Lộc Thị Hoa", "hoa.lt"), appoint("Vi Thị Nga", "nga.vt"))


@pytest.fixture
def hall(db) -> Hall:
    with translation.override("vi"):
        yield make_hall()
