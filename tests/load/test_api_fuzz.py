"""The whole API under generated requests, from strangers, a citizen and an officer: never a 500, never an undescribed answer."""

import json
import os
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from load.crowd import citizen_codes, officer_code
from load.visitor import COMMUNE, DOSSIERS, PROCEDURE, answers_for, child_named, paper_for
from tinhso.host import packs
from tinhso.platform.capability import capabilities
from tinhso.platform.cases.actions import Filing, Opened, open_case
from tinhso.platform.cases.queries import procedure_on
from tinhso.platform.clock import now
from tinhso.platform.files.actions import store_file
from tinhso.platform.people.models import Account
from tinhso.platform.people.queries import actor_of

# all of them in one place: what they ask about is made once
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("api-fuzz")]
TOKEN = "0123456789abcdefghijklmnopqrstuv"
EXAMPLES = int(os.environ.get("TINHSO_FUZZ_EXAMPLES", "10"))
CONFIG = {"max-examples": EXAMPLES, "deterministic": True, "with-security-parameters": False}
NOT_ASKED = [positive_data_acceptance]  # a schema cannot say all that law and days ask of a request
KNOWN: dict[str, Any] = {"act": "withdraw"}
BETWEEN_REQUESTS = (request_started, request_finished)
HANDLER = WSGIHandler()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """The web application, keeping its connection, and so the transaction, as Django's own test client does."""
    for signal in BETWEEN_REQUESTS:
        signal.disconnect(close_old_connections)
    return HANDLER(environ, start_response)


schema = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", application, config=schemathesis.Config.from_dict({"generation": CONFIG})
)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["\x00", "\ud800", "9" * 400]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@schema.hook
def flatmap_path_parameters(context: schemathesis.HookContext, path_parameters: dict[str, Any]) -> st.SearchStrategy:
    """Half of the time ask for something that is there."""
    there = {name: KNOWN[name] for name in path_parameters or () if name in KNOWN}
    if "procedures/{code}" in context.operation.path:
        there["code"] = PROCEDURE
    return st.sampled_from([path_parameters, {**path_parameters, **there}]) if there else st.just(path_parameters)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The packs, the people of the demonstration and a dossier that one of them filed, all undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        whole = packs.chosen_packs()
        for app in capabilities():
            app.load_packs(whole, now())
        next(app for app in capabilities() if app.label == "people").load_demonstration(now())
        citizen = Account.objects.get(code=citizen_codes()[0])
        child = child_named(1)
        paper = store_file(content=BytesIO(paper_for(child)), name="a.pdf", actor=actor_of(citizen, now()), now=now())
        KNOWN["filing"] = {
            "procedure": PROCEDURE, "unit": COMMUNE, "answers": answers_for(child), "papers": {"birth_proof": [paper.sha256]}
        }  # fmt: skip
        KNOWN["public_id"] = filed(citizen, child).public_id
        yield
        transaction.set_rollback(True)
    for signal in BETWEEN_REQUESTS:
        signal.connect(close_old_connections)


def filed(citizen: Account, child: str) -> Opened:
    """A dossier that is there, whatever module would have taken it in."""
    filing = Filing(
        procedure_on(PROCEDURE, now().date()), COMMUNE, citizen.code, "Hoàng Thị Mai", child, answers_for(child)
    )
    return open_case(filing=filing, actor=actor_of(citizen, now()), now=now())


def headers_of(kind: str) -> Mapping[str, str]:
    plain = {"Accept-Encoding": "identity"}
    if kind == "stranger":
        return plain
    code = citizen_codes()[0] if kind == "citizen" else officer_code("mot-cua")
    browser = Client()
    browser.force_login(Account.objects.get(code=code), backend="django.contrib.auth.backends.ModelBackend")
    session = browser.cookies["sessionid"].value
    return plain | {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}


def ask(method: str, path: str, body: Any, headers: Mapping[str, str]) -> Any:
    """The answer to one request, whatever it left behind undone unless it filed something."""
    browser = Client(raise_request_exception=False)
    return browser.generic(method, path, json.dumps(body), content_type="application/json", headers=dict(headers))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["stranger", "citizen", "officer"])
@schema.parametrize()
def test_the_api_answers_any_request_as_described(world: None, case: schemathesis.Case, kind: str) -> None:
    with transaction.atomic():
        headers = headers_of(kind)
        response = case.call(headers=headers)
        case.validate_response(response, headers=headers, excluded_checks=NOT_ASKED)
        transaction.set_rollback(True)


@pytest.mark.story_of("onestop")
@pytest.mark.django_db
@settings(max_examples=EXAMPLES * 8, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(wrong=st.dictionaries(st.sampled_from(sorted(answers_for(""))), ANYTHING, min_size=1, max_size=2))
def test_a_dossier_with_any_answers_is_filed_or_refused_in_words(world: None, wrong: dict[str, Any]) -> None:
    told = {**KNOWN["filing"], "answers": KNOWN["filing"]["answers"] | wrong}
    with transaction.atomic():
        answer = ask("POST", DOSSIERS, told, {**headers_of("citizen"), "Idempotency-Key": "another"})
        transaction.set_rollback(True)

    assert answer.status_code in (201, 422), answer.content.decode()
    assert answer.status_code == 201 or all(each["vi"] for each in answer.json()["problems"])


QUESTIONS = [
    "/api/v1/units/due?received=2026-02-13T15:30&limit=2%20working_day&calendar={}",
    "/api/v1/units/due?received={}&limit=2%20working_day",
    "/api/v1/units/due?received=2026-02-13T15:30&limit={}",
    "/api/v1/units/units?on=2026-01-01&name={}",
    "/api/v1/forms/birth_registration/?on={}",
    "/api/v1/onestop/procedures?q={}",
    "/api/v1/onestop/procedures/{}",
    "/api/v1/onestop/track/{}",
    "/api/v1/indicators/on_time_rate?unit={}",
    "/find/?q={}",
    "/track/?code={}",
    "/board/?unit={}",
    "/board/province/panels/?unit={}",
    "/indicators/?unit={}",
    "/wall/{}/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("question", QUESTIONS)
def test_text_that_no_database_keeps_is_refused_and_breaks_nothing(world: None, question: str) -> None:
    for text in (
        "%00",
        "a%00b",
        "%ED%A0%80",
        "%FF",
        "9" * 3000,
        "%E2%80%AE",
        "0001-01-01",
        "9999-12-31",
        "-1",
        "1e400",
    ):
        with transaction.atomic():
            answer = Client(raise_request_exception=False).get(question.format(text))
            transaction.set_rollback(True)

        assert answer.status_code < 500, (question, text)
