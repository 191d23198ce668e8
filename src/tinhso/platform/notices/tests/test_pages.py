"""The page of one's own notices, and the page that stands for everybody's telephone in a demonstration."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client

from tinhso.platform.notices import models, queries
from tinhso.platform.notices.tests.conftest import MAI, NOW, tell, work
from tinhso.platform.people import actions as people
from tinhso.platform.people.rules import SYSTEM, Identity

pytestmark = pytest.mark.usefixtures("words")
OWN, SIMULATED = "/my/notices/", "/simulators/messages/"


@pytest.fixture
def citizen(client):
    """Mai, signed in."""
    account = people.identify_person(
        identity=Identity(name=MAI.name, personal_number="020195004817", level=2), account=None, actor=SYSTEM, now=NOW
    )
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return replace(MAI, code=account.code)


def test_whoever_is_not_signed_in_is_led_to_signing_in_and_back(client):
    answer = client.get(OWN)

    assert answer.status_code == 302
    assert "next=/my/notices/" in answer["Location"]


def test_a_citizen_reads_what_happened_to_the_dossier(client, citizen):
    tell(citizen)
    page = client.get(OWN).content.decode()

    assert "Hồ sơ H37.15-261123-0042 đã được tiếp nhận. Hẹn trả: 16:30 23/11/2026." in page
    assert "https://langson.example/t/TS-7K3M-9QXD-42" in page
    assert "09:30 20/11/2026" in page


def test_the_same_in_english(client, citizen):
    tell(citizen)

    assert (
        "Dossier H37.15-261123-0042 is accepted" in client.get(OWN, headers={"accept-language": "en"}).content.decode()
    )


def test_a_citizen_sees_nobody_elses_notices(client, citizen):
    tell(MAI)

    assert "H37.15" not in client.get(OWN).content.decode()


def test_reading_one_and_reading_all(client, citizen):
    first, _second, _third = (tell(citizen, key=f"fact-{number}") for number in range(3))

    client.post(f"{OWN}{first}/read/")
    assert queries.count_unread(citizen.code) == 2
    assert "Đã đánh dấu 2 thông báo" in client.post(f"{OWN}read/", follow=True).content.decode()
    assert queries.count_unread(citizen.code) == 0


def test_a_long_list_goes_on(client, citizen):
    for number in range(queries.PAGE + 1):
        tell(citizen, key=f"fact-{number}")
    first = client.get(OWN).content.decode()
    after = models.Notice.objects.order_by("-id")[queries.PAGE - 1].pk

    assert first.count("<article") == queries.PAGE
    assert f"?after={after}" in first
    assert client.get(OWN, {"after": after}).content.decode().count("<article") == 1


@pytest.mark.parametrize("after", ["-1", "x", "9" * 40, "' or 1=1"])
def test_an_odd_place_in_the_list_is_its_beginning(client, citizen, after):
    tell(citizen)

    assert client.get(OWN, {"after": after}).content.decode().count("<article") == 1


def test_the_list_costs_no_query_for_each_notice(client, citizen, django_assert_max_num_queries):
    for number in range(15):
        tell(citizen, key=f"fact-{number}")
    client.get(OWN)

    with django_assert_max_num_queries(8):
        client.get(OWN)


def test_everybody_sees_in_the_demonstration_what_was_sent(client):
    tell()
    work(NOW)
    page = client.get(SIMULATED).content.decode()

    assert "84912345678" in page
    assert "Ho so H37.15-261123-0042 da duoc tiep nhan" in page
    assert "mai@example.org" in page
    assert "mai@example.org" not in client.get(SIMULATED, {"channel": "sms"}).content.decode()


def test_faults_are_planned_on_the_page_and_happen(client):
    answer = client.post(f"{SIMULATED}faults/", {"channel": "sms", "fault": "timeout", "count": "1"}, follow=True)
    tell()
    work(NOW)

    assert "Đã đặt" in answer.content.decode()
    assert models.Delivery.objects.get(channel="sms").state == "queued"


@pytest.mark.parametrize("asked", [{}, {"channel": "fax", "fault": "timeout", "count": "1"},
                                   {"channel": "sms", "fault": "timeout", "count": "900"}])  # fmt: skip
def test_odd_faults_are_refused_in_words(client, asked):
    assert "Hãy chọn kênh" in client.post(f"{SIMULATED}faults/", asked, follow=True).content.decode()
    assert not models.SimulatedFault.objects.exists()


def test_outside_a_demonstration_there_is_no_such_page(client, settings):
    settings.DEMO = False

    assert client.get(SIMULATED).status_code == 404
    assert client.post(f"{SIMULATED}faults/", {"channel": "sms", "fault": "timeout", "count": "1"}).status_code == 404


def test_notices_are_not_marked_read_by_a_link_alone(client, citizen):
    notice = tell(citizen)

    assert client.get(f"{OWN}{notice}/read/").status_code == 405
    assert Client(enforce_csrf_checks=True).post(f"{OWN}{notice}/read/").status_code == 403
    assert queries.count_unread(citizen.code) == 1


def test_the_doctor_counts_what_did_not_arrive(settings):
    from django.apps import apps

    tell()
    models.Delivery.objects.filter(channel="sms").update(state="failed")
    found = apps.get_app_config("notices").examine(datetime(2026, 11, 21, tzinfo=UTC))

    assert [finding.level for finding in found] == ["warning"]
