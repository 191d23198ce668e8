"""One-click sign-ins: only in a demonstration, only on this machine, only as people who do not exist."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from tinhso.platform.people import actions, queries
from tinhso.platform.people.apps import demonstration_stays_at_home
from tinhso.platform.people.models import Account, Officer

from .conftest import COMMUNE, NOW, PROVINCE

SOURCE = str(Path(__file__).parents[4])


@pytest.fixture
def people(places):
    return actions.load_demonstration_people(commune_key=COMMUNE, province_key=PROVINCE, now=NOW)


def test_one_click_signs_in_as_the_desk_of_the_commune(people):
    client = Client()
    answer = client.post(f"/demo/sign-in/{people['mot-cua']}/", {"next": "/my/account/"})
    assert answer.url == "/my/account/"
    page = client.get("/my/account/").content.decode()
    assert "Lộc Thị Hoa" in page
    assert "vai receptionist, Xã Thử" in page


def test_everybody_of_the_demonstration_is_on_the_sign_in_page(people, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page = Client().get("/sign-in/").content.decode()
    assert all(f"/demo/sign-in/{code}/" in page for code in people.values())
    assert {"mot-cua", "ho-tich", "lanh-dao", "van-thu", "quan-tri-xa", "quan-tri-tinh"} <= set(people)


def test_making_the_people_twice_makes_them_once(people):
    before = (Account.objects.count(), Officer.objects.count())
    assert actions.load_demonstration_people(commune_key=COMMUNE, province_key=PROVINCE, now=NOW) == people
    assert (Account.objects.count(), Officer.objects.count()) == before


def test_a_link_is_not_enough_and_nobody_real_is_one_click_away(people, officer):
    real = officer("that", "leader")
    assert Client().get(f"/demo/sign-in/{people['mot-cua']}/").status_code == 405
    assert Client().post(f"/demo/sign-in/{real}/").status_code == 404
    assert "Hoàng Văn Kiên" in Client().get("/sign-in/").content.decode()
    assert real not in Client().get("/sign-in/").content.decode()


def test_outside_demo_the_click_does_nothing_and_an_open_session_is_nobody(people, settings):
    client = Client()
    client.post(f"/demo/sign-in/{people['mot-cua']}/")
    settings.DEMO = False
    assert client.get("/api/v1/people/me").status_code == 401
    assert Client().post(f"/demo/sign-in/{people['mot-cua']}/").status_code == 404
    assert "/demo/" not in Client().get("/sign-in/").content.decode()


def test_outside_demo_neither_click_nor_simulator_have_an_address():
    script = """
import django; django.setup()
from django.urls import Resolver404, resolve
for path in ("/sign-in/", "/demo/sign-in/officer:x/", "/simulators/vneid/authorize/", "/simulators/vneid/token/"):
    try:
        resolve(path); found = "there"
    except Resolver404:
        found = "none"
    import sys; sys.stdout.write(found + " ")
"""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tinhso.host.settings",
        "TINHSO_DEMO": "0",
        "PYTHONPATH": SOURCE,
    }
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["there", "none", "none", "none"]


@pytest.mark.parametrize(
    ("demo", "address", "errors"),
    [
        (True, "http://127.0.0.1:8000", []),
        (True, "http://localhost:8000", []),
        (True, "https://dichvucong.langson.gov.vn", ["people.E001"]),
        (True, "http://0.0.0.0:8000", ["people.E001"]),
        (False, "https://dichvucong.langson.gov.vn", []),
    ],
)
def test_a_demonstration_with_a_public_address_does_not_pass_the_checks(settings, demo, address, errors):
    settings.DEMO, settings.PUBLIC_ADDRESS = demo, address
    assert [error.id for error in demonstration_stays_at_home(None)] == errors


def test_demonstration_people_have_no_password(people):
    assert not any(account.has_usable_password() for account in Account.objects.filter(is_demonstration=True))
    assert queries.find_person_by_number("020195004817").source == "demonstration"
