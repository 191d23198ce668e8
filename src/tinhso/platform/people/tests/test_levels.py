"""What the first level of identity may see and the second may file."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from tinhso.platform.people.pages.doors import needs_level, needs_officer
from tinhso.platform.people.rules import Actor, Post, masked_number, shown_number

from .conftest import COMMUNE, OTHER

DESK = Actor("officer:hoa", "officer", "Hoa", (Post(COMMUNE, "receptionist"),))


def open_as(actor, view=needs_level(2)):
    request = RequestFactory().get("/file/")
    request.actor, request.user = actor, AnonymousUser()
    return view(lambda _request: HttpResponse("the form"))(request)


def citizen(level: int) -> Actor:
    return Actor("citizen:mai", "citizen", "Hoàng Thị Mai", level=level)


def test_the_second_level_files():
    assert open_as(citizen(2)).content == b"the form"


def test_the_first_level_is_told_what_to_do_instead():
    page = open_as(citizen(1))
    assert page.status_code == 403
    assert "Mang thẻ căn cước tới công an" in page.content.decode()
    assert open_as(citizen(1), needs_level(1)).content == b"the form"


def test_an_officer_is_asked_to_come_as_a_citizen():
    assert "dành cho người dân" in open_as(DESK).content.decode()


def test_nobody_is_led_to_the_sign_in():
    assert open_as(None).url == "/sign-in/?next=/file/"


def test_the_workspace_is_for_officers_who_hold_a_post():
    assert open_as(DESK, needs_officer).content == b"the form"
    for actor in (citizen(2), Actor("officer:x", "officer", "X")):
        with pytest.raises(PermissionDenied):
            open_as(actor, needs_officer)


def test_a_number_is_whole_for_its_holder_and_the_handlers_of_the_unit_and_masked_for_others():
    number = "020195004817"
    seen = {
        actor.code: shown_number(number, actor=actor, subject_code="citizen:mai", unit_key=unit)
        for actor, unit in ((citizen(1), ""), (DESK, COMMUNE), (Actor("officer:z", "officer", "Z"), COMMUNE))
    }
    assert seen == {"citizen:mai": number, "officer:hoa": number, "officer:z": "•••••••••817"}
    assert shown_number(number, actor=DESK, subject_code="citizen:mai", unit_key=OTHER) == masked_number(number)
