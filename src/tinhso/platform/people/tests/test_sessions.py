"""Who asks: read in one statement with the session, and never more than Django itself would let in."""

from datetime import timedelta

import pytest
from django.test import Client

from tinhso.platform.clock import now
from tinhso.platform.people import actions, queries
from tinhso.platform.people.adapters.sessions import SessionStore
from tinhso.platform.people.jobs import forget_sessions
from tinhso.platform.people.models import Account, Session
from tinhso.platform.people.rules import SYSTEM
from tinhso.platform.people.tests.conftest import MAI

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def mai(places):
    account = actions.identify_person(identity=MAI, account=None, actor=SYSTEM, now=now())
    client = Client()
    client.force_login(account, BACKEND)
    return client


def stored(client: Client) -> SessionStore:
    found = SessionStore(client.cookies["sessionid"].value)
    found.load()
    return found


def test_one_statement_says_who_asks(mai, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert stored(mai).citizen.code.startswith("citizen:")


def test_a_citizen_has_the_level_of_the_identity(mai):
    actor = stored(mai).citizen
    assert actor == queries.find_citizen_actor(actor.code)
    assert (actor.kind, actor.name, actor.level) == ("citizen", MAI.name, 2)


def test_a_closed_account_is_nobody(mai):
    assert mai.get("/my/sights/").status_code == 200
    Account.objects.update(is_active=False)
    assert mai.get("/my/sights/").status_code == 302


def test_a_session_under_another_password_is_over(mai):
    account = Account.objects.get()
    account.set_password("một câu khác")
    account.save()
    assert mai.get("/my/sights/").status_code == 302
    assert not Session.objects.exists()


def test_signing_out_ends_the_session(mai):
    mai.logout()
    assert not Session.objects.exists()
    assert SessionStore("a" * 32).load() == {}


def test_sessions_that_are_over_are_forgotten_at_night(mai):
    forget_sessions(int(now().timestamp()))
    assert mai.get("/my/sights/").status_code == 200
    Session.objects.update(expire_date=now() - timedelta(hours=1))
    assert mai.get("/my/sights/").status_code == 302
    forget_sessions(int(now().timestamp()))
    assert not Session.objects.exists()
