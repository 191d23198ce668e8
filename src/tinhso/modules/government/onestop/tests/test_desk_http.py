"""The API of the desk: the inbox and acts of an officer, by the rules of the pages; the same request again acts once."""

import re

import pytest
from django.test import Client

from tinhso.modules.government.onestop.tests.conftest import ONE_PIXEL, OTHER, Commune, appoint
from tinhso.modules.government.onestop.tests.test_portal_http import send
from tinhso.platform.cases import queries
from tinhso.platform.clock import now
from tinhso.platform.files.actions import store_file
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.people.models import Sight

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/onestop/work"
ASKED = {"reasons": "Giấy chứng sinh mờ", "papers": [{"code": "birth_proof", "why": "Không đọc được"}]}


@pytest.fixture
def desk(commune: Commune) -> Client:
    return commune.client_of(commune.desk)


def act(client: Client, public_id: str, act: str, body: dict | None = None, **headers):
    return send(client, f"/work/dossiers/{public_id}/acts/{act}", body or {}, **headers)


def kinds(public_id: str) -> list[str]:
    return [fact.kind.rpartition(".")[2] for fact in list_facts(public_id)]


def test_an_officer_finds_the_work_and_does_it(commune, desk):
    public_id = commune.files()
    (row,) = desk.get(f"{ROOT}/inbox").json()["rows"]
    assert (row["public_id"], row["role"], row["procedure"]) == (public_id, "receptionist", "1.001193")

    dossier = desk.get(f"{ROOT}/dossiers/{public_id}").json()
    assert {"accept", "decline"} <= {each["act"] for each in dossier["acts"]}
    assert dossier["data"]["child_name"]

    done = act(desk, public_id, "accept").json()
    assert done["state"] == queries.get_case(public_id).state.code
    assert done["code"] == queries.get_case(public_id).code
    assert desk.get(f"{ROOT}/inbox").json() == {"rows": [], "after": ""}


def test_the_applicant_sees_that_a_dossier_was_opened_through_the_api(commune, desk):
    public_id = commune.files()
    desk.get(f"{ROOT}/dossiers/{public_id}")
    assert Sight.objects.filter(case_id=public_id, who_code=commune.desk.code).exists()


def test_the_same_request_again_gives_the_same_answer_and_acts_once(commune, desk):
    public_id = commune.files()
    first = act(desk, public_id, "accept", **{"Idempotency-Key": "a1"})
    again = act(desk, public_id, "accept", **{"Idempotency-Key": "a1"})
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert kinds(public_id).count("accepted") == 1
    assert act(desk, public_id, "accept").status_code == 409, "without a key it is a second try"
    other = act(desk, public_id, "accept", {"note": "khác"}, **{"Idempotency-Key": "a1"})
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert act(desk, public_id, "accept", **{"Idempotency-Key": "có dấu".encode().decode("latin1")}).status_code == 422


def test_what_an_act_asks_is_said_at_once_by_field(commune, desk):
    public_id = commune.files()
    refused = act(desk, public_id, "decline")
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["problems"]] == ["reasons"]
    assert kinds(public_id) == ["filed"]


def test_only_officers_with_a_post_there_may_look_and_act(commune, client):
    public_id = commune.files()
    stranger = commune.client_of(appoint("Lê Văn Xa", "receptionist", OTHER))
    citizen = commune.client_of(commune.mai)
    for who, status in ((client, 401), (citizen, 403), (stranger, 403)):
        assert who.get(f"{ROOT}/dossiers/{public_id}").status_code == status
        assert act(who, public_id, "accept").status_code == status
    assert citizen.get(f"{ROOT}/inbox").status_code == 403
    assert stranger.get(f"{ROOT}/inbox").json()["rows"] == []
    handler = commune.client_of(commune.handler)
    assert act(handler, public_id, "accept").status_code == 409, "the act is another role's"
    assert act(handler, "TS-0000-0000-00", "accept").status_code == 404
    assert kinds(public_id) == ["filed"]


def test_papers_that_the_applicant_brings_to_the_desk_are_taken_in_by_their_hashes(commune, desk):
    public_id = commune.files()
    step = next(each for each in desk.get(f"{ROOT}/dossiers/{public_id}").json()["acts"] if "papers" in each["asks"])
    assert act(desk, public_id, step["act"], ASKED).status_code == 200
    brings = next(each for each in desk.get(f"{ROOT}/dossiers/{public_id}").json()["acts"] if each["takes_files"])
    kept = store_file(content=ONE_PIXEL, name="giay.png", actor=commune.desk, now=now()).sha256

    strange = act(desk, public_id, brings["act"], {"files": {"birth_proof": ["0" * 64]}})
    assert (strange.status_code, strange.json()["field"]) == (422, "files.birth_proof")
    assert act(desk, public_id, brings["act"], {"files": {"birth_proof": [kept]}}).status_code == 200
    assert [paper.file_sha256 for paper in queries.list_papers(queries.get_case(public_id).case_id)] == [kept]


def test_nothing_that_is_sent_breaks_it(commune, desk):
    public_id = commune.files()
    for key in ("a~1", "2026-W47-5~1", "0001-01-01T00:00:00+14:00~1", "~", "\x00~1"):
        assert desk.get(f"{ROOT}/inbox", {"after": key}).status_code == 200
    assert act(desk, public_id, "decline", {"reasons": "\x00"}).status_code == 422
    assert act(desk, "\x00", "accept").status_code == 404
    assert act(desk, public_id, "\x00").status_code == 409


def test_a_citizens_act_through_the_api_is_done_once_under_its_key(commune):
    public_id, mai = commune.files(), commune.client_of(commune.mai)
    first, again = (
        send(mai, f"/dossiers/{public_id}/acts/withdraw", {"note": "Nhầm"}, **{"Idempotency-Key": "w"})
        for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert kinds(public_id).count("withdrawn") == 1


def test_a_form_that_is_sent_twice_acts_once_and_says_that_it_is_done(commune, desk):
    public_id = commune.files()
    page = desk.get(f"/work/cases/{public_id}/acts/decline/").content.decode()
    key = re.search(r'name="request_key" value="([0-9a-f]{32})"', page)[1]
    for _ in range(2):
        answer = desk.post(
            f"/work/cases/{public_id}/acts/decline/", {"reasons": "Sai nơi nộp", "request_key": key}, follow=True
        )
        assert "đã xong" in answer.content.decode().lower()
    assert len(kinds(public_id)) == 2


def test_pages_of_a_units_dossiers_know_moments_as_postgresql_does(commune):
    leader = commune.client_of(commune.leader)
    for key in ("2026-W47-5~1", "2026-11-20T09:00:00+07:00~1", "infinity~1", "20261120~1"):
        assert leader.get("/work/unit/", {"after": key}).status_code == 200


def test_a_paper_taken_in_at_the_desk_opens_for_its_applicant(commune, desk):
    public_id = commune.files()
    step = next(each for each in desk.get(f"{ROOT}/dossiers/{public_id}").json()["acts"] if "papers" in each["asks"])
    act(desk, public_id, step["act"], ASKED)
    brings = next(each for each in desk.get(f"{ROOT}/dossiers/{public_id}").json()["acts"] if each["takes_files"])
    kept = store_file(content=ONE_PIXEL, name="giay.png", actor=commune.desk, now=now()).sha256
    act(desk, public_id, brings["act"], {"files": {"birth_proof": [kept]}})

    mai = commune.client_of(commune.mai)
    assert kept in mai.get(f"/dossiers/{public_id}/").content.decode()
    opened = mai.get(f"/dossiers/{public_id}/files/{kept}/")
    assert b"".join(opened.streaming_content).startswith(b"\x89PNG")
    assert mai.get(f"/dossiers/{public_id}/files/{'0' * 64}/").status_code == 404
