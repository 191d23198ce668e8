"""The whole API under generated requests, from strangers, a citizen and an officer: never a 500, never an undescribed answer."""

import os
from collections.abc import Iterator, Mapping

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tinhso.host import packs
from tinhso.platform.capability import capabilities
from tinhso.platform.clock import now
from tinhso.platform.people.models import Account

TOKEN = "0123456789abcdefghijklmnopqrstuv"
EXAMPLES = int(os.environ.get("TINHSO_FUZZ_EXAMPLES", "10"))
CONFIG = schemathesis.Config.from_dict(
    {"generation": {"max-examples": EXAMPLES, "deterministic": True, "with-security-parameters": False}}
)
NOT_ASKED = [positive_data_acceptance]  # a schema cannot say all that law and days ask of an answer
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), config=CONFIG)


@pytest.fixture(scope="module")
def one_connection() -> Iterator[None]:
    """Keep the connection, and so the transaction, from one request to the next, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def world(one_connection: None, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The packs and the people of the demonstration, undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        whole = packs.chosen_packs()
        for app in capabilities():
            app.load_packs(whole, now())
        for app in capabilities():
            app.load_demonstration(now())
        yield
        transaction.set_rollback(True)


def headers_of(kind: str) -> Mapping[str, str]:
    plain = {"Accept-Encoding": "identity"}
    if kind == "stranger":
        return plain
    account = Account.objects.filter(code__startswith=f"{kind}:", is_demonstration=True).order_by("code").first()
    browser = Client()
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = browser.cookies["sessionid"].value
    return plain | {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["stranger", "citizen", "officer"])
@schema.parametrize()
def test_the_api_answers_any_request_as_described(world: None, case: schemathesis.Case, kind: str) -> None:
    with transaction.atomic():
        response = case.call(headers=headers_of(kind))
        transaction.set_rollback(True)
    case.validate_response(response, headers=headers_of(kind), excluded_checks=NOT_ASKED)
