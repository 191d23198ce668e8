"""What all processes must agree on: failed sign-ins and used codes are counted once, not per process."""

import pytest
from django.test import Client, RequestFactory

from tinhso.platform.people.adapters.memory import Memory
from tinhso.platform.people.models import Remembered
from tinhso.platform.people.pages.officers import AccountDoor


@pytest.fixture
def memories():
    """The memories of two processes: apart but for the table."""
    return Memory("one", {}), Memory("another", {})


def test_a_try_in_one_process_is_known_in_the_other(db, memories):
    one, another = memories
    assert one.add("allauth:rl:login:hoa", [1.0], 60)
    assert not another.add("allauth:rl:login:hoa", [2.0], 60)
    another.set("allauth:rl:login:hoa", [2.0, 1.0], 60)
    assert one.get("allauth:rl:login:hoa") == [2.0, 1.0]
    assert one.delete("allauth:rl:login:hoa")
    assert another.get("allauth:rl:login:hoa") is None


def test_what_is_over_is_forgotten_and_what_is_touched_stays(db, memories):
    one, another = memories
    one.set("allauth:a", 1, 0)
    one.set("allauth:b", 1, 60)
    assert another.get("allauth:a") is None
    assert another.touch("allauth:b", 600)
    one.clear()
    assert one.get("allauth:b") == 1


def test_figures_of_a_page_stay_in_their_process(memories):
    one, another = memories
    one.set("figures", 5)
    assert (one.get("figures"), another.get("figures")) == (5, None)
    one.clear()
    assert one.get("figures") is None


def test_failed_sign_ins_are_written_where_every_process_reads_them(db):
    Client().post("/account/login/", {"login": "ai", "password": "sai"})
    assert Remembered.objects.filter(cache_key__contains="allauth:rl").exists()


def test_behind_our_web_server_tries_are_counted_by_the_address_it_saw(settings):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
    assert AccountDoor().get_client_ip(request) == "127.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert AccountDoor().get_client_ip(request) == "198.51.100.7"
