"""The API of the portal: files once, judges as the pages do, shows one's own alone, breaks on nothing that is sent."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from tinhso.modules.government.onestop.models import Miss
from tinhso.modules.government.onestop.rules.looking_up import CALLS
from tinhso.modules.government.onestop.tests.conftest import BIRTH, COMMUNE, ONE_PIXEL, Commune
from tinhso.modules.government.onestop.tests.test_filing import another
from tinhso.modules.government.onestop.tests.test_tracking import MISSING
from tinhso.platform.cases.models import Case
from tinhso.platform.clock import now
from tinhso.platform.files.actions import store_file
from tinhso.platform.people.models import Person

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/onestop"


@pytest.fixture
def mai(commune: Commune) -> Client:
    return commune.client_of(commune.mai)


@pytest.fixture
def proof(commune: Commune) -> str:
    return store_file(content=ONE_PIXEL, name="chung-sinh.png", actor=commune.mai, now=now()).sha256


def send(client: Client, path: str, body: object, **headers):
    return client.post(ROOT + path, json.dumps(body), content_type="application/json", headers=headers)


def filing(proof: str, **other) -> dict:
    return {"procedure": "1.001193", "unit": COMMUNE, "answers": BIRTH, "papers": {"birth_proof": [proof]}} | other


def test_a_procedure_is_found_and_says_what_it_takes(commune, client):
    assert client.get(f"{ROOT}/procedures?q=giay khai sinh").json()[0]["code"] == "1.001193"
    told = client.get(f"{ROOT}/procedures/1.001193").json()
    assert (told["form"], [fee["code"] for fee in told["fees"]]) == (
        "birth_registration",
        ["late_registration", "copy"],
    )
    assert "birth_proof" in {paper["code"] for paper in told["papers"]}
    assert client.get(f"{ROOT}/procedures/9.9").json()["code"] == "unknown_procedure"


def test_the_same_request_twice_is_one_dossier(mai, proof):
    first = send(mai, "/dossiers", filing(proof), **{"Idempotency-Key": "k1"})
    again = send(mai, "/dossiers", filing(proof), **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["public_id"] == again.json()["public_id"]
    assert Case.objects.count() == 1
    other = send(
        mai, "/dossiers", filing(proof, answers=BIRTH | {"child_name": "Hoàng An"}), **{"Idempotency-Key": "k1"}
    )
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")


def test_filing_asks_the_database_for_who_it_is_for_the_files_and_once_to_write(
    mai, proof, django_assert_max_num_queries
):
    send(mai, "/dossiers", filing(proof), **{"Idempotency-Key": "first"})  # what changes with the packs alone is kept
    with django_assert_max_num_queries(3 + 2):  # two are the savepoint inside the test's own transaction
        assert send(mai, "/dossiers", filing(proof), **{"Idempotency-Key": "then"}).status_code == 201


def test_everything_that_is_wrong_is_said_at_once_by_field(mai):
    wrong = filing("0" * 64, unit="90@2025-07-01", answers=BIRTH | {"child_name": "", "child_birth_date": "2026-13-01"})
    answer = send(mai, "/dossiers", wrong, **{"Idempotency-Key": "k2"})
    assert answer.status_code == 422
    fields = {each["field"]: each["code"] for each in answer.json()["problems"]}
    assert fields == {
        "unit": "no_desk", "child_name": "required", "child_birth_date": "not_a_date", "papers.birth_proof": "unknown_file",
    }  # fmt: skip
    assert all(each["vi"] and each["en"] for each in answer.json()["problems"])


def test_a_file_of_somebody_else_cannot_be_attached(commune, proof):
    dung = another(commune).client
    answer = send(dung, "/dossiers", filing(proof), **{"Idempotency-Key": "k3"})
    assert answer.json()["problems"][0]["code"] == "unknown_file"


def test_filing_needs_a_session_a_level_and_a_key(commune, client, mai, proof):
    assert send(client, "/dossiers", filing(proof), **{"Idempotency-Key": "k"}).status_code == 401
    lan = another(commune, level=1).client
    assert send(lan, "/dossiers", filing(proof), **{"Idempotency-Key": "k"}).json()["code"] == "level"
    officer = commune.client_of(commune.desk)
    assert send(officer, "/dossiers", filing(proof), **{"Idempotency-Key": "k"}).status_code == 403
    assert send(mai, "/dossiers", filing(proof)).json()["code"] == "no_key"


def test_a_dossier_is_shown_to_its_applicant_and_tracked_by_anybody(commune, mai, client):
    public_id = commune.files()
    commune.does(public_id, "accept")
    own = mai.get(f"{ROOT}/dossiers/{public_id}").json()
    assert (own["title"], own["state"]["code"], own["acts"]) == ("Hoàng Gia Bảo", "accepted", ["withdraw"])
    assert another(commune).client.get(f"{ROOT}/dossiers/{public_id}").status_code == 404

    told = client.get(f"{ROOT}/track/{public_id}").content.decode()
    assert json.loads(told)["state"]["code"] == "accepted"
    assert not [word for word in ("Hoàng", "Lộc", "Bảo", "applicant", "0201") if word in told]


def test_who_is_not_identified_sees_nothing_by_the_api_either(commune, mai):
    public_id = commune.files()
    Person.objects.filter(code=commune.mai.code).update(identity_level=0)
    assert mai.get(f"/dossiers/{public_id}/").status_code == 403
    assert mai.get(f"{ROOT}/dossiers/{public_id}").json()["code"] == "level"
    assert send(mai, f"/dossiers/{public_id}/acts/withdraw", {}).json()["code"] == "level"
    assert Case.objects.get(public_id=public_id).state == "registered"


def test_look_ups_that_find_nothing_are_limited(commune, client):
    answers = [client.get(f"{ROOT}/track/TS-2222-2222-22").status_code for _ in range(31)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_one_address_may_call_the_tracking_api_so_often_in_a_minute_and_is_told_when_to_come_again(commune, client):
    public_id = commune.files()
    calls = [client.get(f"{ROOT}/track/{public_id}") for _ in range(CALLS + 1)]
    assert {answer.status_code for answer in calls[:-1]} == {200}
    refused = calls[-1]
    assert (refused.status_code, refused.json()["code"]) == (429, "too_often")
    assert 1 <= int(refused["Retry-After"]) <= 60

    elsewhere = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}
    assert client.get(f"{ROOT}/track/{public_id}", **elsewhere).status_code == 200
    assert not Miss.objects.filter(key__contains="127.0.0.1").exists()
    Miss.objects.update(started_at=now() - timedelta(seconds=61))
    assert client.get(f"{ROOT}/track/{public_id}").status_code == 200


def test_who_guesses_is_told_when_to_come_again(commune, client):
    answers = [client.get(f"{ROOT}/track/TS-2222-2222-22") for _ in range(31)]
    assert 60 < int(answers[-1]["Retry-After"]) <= 15 * 60
    page = client.get("/track/?tracking=TS-2222-2222-22")
    assert (page.status_code, int(page["Retry-After"]) > 60) == (429, True)


def test_the_limits_of_the_tracking_api_stand_in_its_description(client):
    told = client.get("/api/v1/openapi.json").json()["paths"][f"{ROOT}/track/{{public_id}}"]["get"]
    assert "security" not in told
    assert "Retry-After" in told["responses"]["429"]["headers"]
    assert "120 calls a minute" in told["description"]


def test_an_applicant_acts_and_is_told_what_is_open(commune, mai, proof):
    public_id = commune.files()
    commune.does(public_id, "request_supplement", **MISSING)
    act = f"/dossiers/{public_id}/acts"
    assert send(mai, f"{act}/accept", {}).json()["code"] == "not_allowed"
    assert send(mai, f"{act}/supplement", {}).status_code == 422
    done = send(mai, f"{act}/supplement", {"papers": {"birth_proof": [proof]}})
    assert (done.status_code, done.json()["state"]) == (200, "resubmitted")
    assert send(mai, f"{act}/supplement", {"papers": {"birth_proof": [proof]}}).status_code == 409
    assert send(another(commune).client, f"{act}/withdraw", {}).status_code == 404


NASTY = ["\x00", "\ud800", "a" * 300, "../..", "%00", "١٢", "TS-2222-2222-22", " ", "🙂"]


def test_nothing_that_is_sent_breaks_the_api(commune, mai, client, proof):
    from urllib.parse import quote

    for word in NASTY:
        quoted = quote(word, safe="", errors="replace")
        for path in (f"/procedures?q={quoted}", f"/procedures/{quoted}", f"/dossiers/{quoted}", f"/track/{quoted}"):
            assert mai.get(ROOT + path).status_code < 500, path
        assert send(mai, f"/dossiers/{quoted}/acts/{quoted}", {"note": word}).status_code < 500
        nasty = filing(
            proof,
            procedure=word,
            unit=word,
            answers={word: word, "child_name": [word], "requester_phone": {word: 1e308}},
        )
        assert send(mai, "/dossiers", nasty, **{"Idempotency-Key": "n"}).status_code < 500
        whole = filing(proof, answers=BIRTH | {"child_home_town": f"x{word}y", "copies_wanted": 10**400})
        assert send(mai, "/dossiers", whole, **{"Idempotency-Key": "m"}).status_code < 500
        for page in (
            f"/track/?tracking={quoted}",
            f"/track/?code={quoted}&last={quoted}",
            f"/procedures/{quoted}/",
            f"/dossiers/{quoted}/",
        ):
            assert client.get(page).status_code < 500, page
    for body in ("", "[]", "null", "{", '{"papers": 1}', '{"answers": NaN}'):
        assert mai.post(f"{ROOT}/dossiers", body, content_type="application/json").status_code < 500
