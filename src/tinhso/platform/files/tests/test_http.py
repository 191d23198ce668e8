"""Uploads over the API, as a page's script does them."""

import json

import pytest
from django.test import Client

from tinhso.platform.files import queries
from tinhso.platform.files.models import Upload
from tinhso.platform.files.tests.papers import content_of, pdf, written

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/files/uploads/"
PAPER = written(pdf(2))
STREAM = "application/octet-stream"


@pytest.fixture(autouse=True)
def door(settings):
    kept = [each for each in settings.MIDDLEWARE if not each.endswith("CurrentActor")]
    settings.MIDDLEWARE = [*kept, "tinhso.platform.files.tests.door.BelievesHeader"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def phone():
    return Client(headers={"X-Test-Actor": "citizen:mai"})


@pytest.fixture
def address(phone):
    return start(phone)["Location"]


def start(client, name="giấy.pdf", size=len(PAPER), **more):
    return client.post(ROOT, json.dumps({"name": name, "size": size, **more}), content_type="application/json")


def send(client, address, offset, piece):
    return client.patch(address, piece, content_type=STREAM, headers={"Upload-Offset": str(offset)})


def test_an_upload_goes_on_where_the_network_was_cut(phone, address):
    assert send(phone, address, 0, PAPER[:300]).status_code == 204

    status = phone.head(address)
    assert (status["Upload-Offset"], status["Upload-Length"]) == ("300", str(len(PAPER)))
    assert phone.get(address).json()["received"] == 300
    assert send(phone, address, 300, PAPER[300:])["Upload-Offset"] == str(len(PAPER))

    kept = phone.post(f"{address}finish/")
    assert kept.status_code == 200
    assert (kept.json()["media_type"], kept.json()["pages"]) == ("application/pdf", 2)
    assert content_of(kept.json()["sha256"]) == PAPER
    assert phone.post(f"{address}finish/").json() == kept.json()


def test_a_wrong_offset_is_answered_with_the_right_one(phone, address):
    send(phone, address, 0, PAPER[:300])

    answer = send(phone, address, 0, PAPER[:300])

    assert answer.status_code == 409
    assert answer["Upload-Offset"] == "300"
    assert answer.json()["expected_offset"] == 300
    assert "300" in answer.json()["vi"]


@pytest.mark.parametrize("offset", ["", "-1", "abc", "٣", "9" * 30])
def test_an_offset_that_is_no_number_is_refused(phone, address, offset):
    assert phone.patch(address, b"x", content_type=STREAM, headers={"Upload-Offset": offset}).status_code == 400


def test_a_piece_that_is_too_large_is_refused_before_it_is_read(phone, address):
    answer = phone.patch(address, b"x" * (8 * 2**20 + 1), content_type=STREAM, headers={"Upload-Offset": "0"})

    assert answer.status_code == 413


def test_a_refusal_comes_in_both_languages(phone):
    program = b"MZ" + b"\0" * 60
    address = start(phone, "don.pdf", len(program))["Location"]
    send(phone, address, 0, program)

    answer = phone.post(f"{address}finish/")

    assert answer.status_code == 422
    assert answer.json()["code"] == "dangerous"
    assert "chương trình" in answer.json()["vi"]
    assert "program" in answer.json()["en"]


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(phone):
    answer = start(phone, size=2**30)

    assert answer.status_code == 422
    assert answer.json()["code"] == "too_big"
    assert not Upload.objects.exists()


def test_a_stranger_sends_nothing(phone, address):
    stranger = Client()
    other = Client(headers={"X-Test-Actor": "citizen:nam"})

    assert start(stranger).status_code == 401
    assert stranger.get(address).status_code == 401
    for answer in (
        other.get(address),
        send(other, address, 0, b"x"),
        other.post(f"{address}finish/"),
        other.delete(address),
    ):
        assert answer.status_code == 404


def test_a_foreign_page_cannot_send_in_somebodys_name():
    lured = Client(enforce_csrf_checks=True, headers={"X-Test-Actor": "citizen:mai"})

    assert start(lured).status_code == 403
    assert not Upload.objects.exists()


def test_an_upload_can_be_given_up(phone, address, mai):
    assert phone.delete(address).status_code == 204
    assert queries.find_upload(address.split("/")[-2], actor=mai) is None


def test_limits_are_told_to_anybody():
    told = Client().get("/api/v1/files/limits/").json()

    assert told["max_bytes"] == 10 * 2**20
    assert "10 MB" in told["vi"]


@pytest.mark.parametrize(
    "body", ["{}", "[", '{"name": 1, "size": "x"}', '{"name": "a\\u0000", "size": 99999999999999999999}']
)
def test_nonsense_is_refused_not_suffered(phone, body):
    assert phone.post(ROOT, body, content_type="application/json").status_code in {400, 422}
    assert phone.get(f"{ROOT}zz/").status_code == 422
