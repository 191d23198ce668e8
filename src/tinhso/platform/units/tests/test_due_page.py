"""The page and the API that say when something is due, and why."""

import pytest
from django.conf import settings
from django.urls import reverse

from tinhso.kernel.packs import read_packs
from tinhso.platform.people.rules import SYSTEM
from tinhso.platform.units.actions import load_calendars
from tinhso.platform.units.queries import forget_units

TET = {"received": "2026-02-13T15:30", "limit": "2 working_day", "cut_off": "15:00"}


@pytest.fixture
def calendars(db, django_user_model):
    from tinhso.platform.clock import now

    packs = read_packs(settings.PACKS_ROOT, ["national"])
    load_calendars(tables=packs.calendars, holidays=packs.holidays, actor=SYSTEM, now=now())
    forget_units()


def test_the_api_and_the_page_give_the_date_that_the_command_gives(calendars, client):
    answer = client.get("/api/v1/units/due", TET).json()
    assert answer["due_at"] == "2026-02-25T17:00:00+07:00"  # as if received on Monday 23: Tết is from 14 to 22
    page = client.get(reverse("units:due"), {"received": TET["received"], "amount": "2", "unit": "working_day"})
    assert answer["steps"][-1]["vi"] in page.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"received": "hôm qua"}, {"limit": "2 tuần trăng"}, {"cut_off": "25:00"}, {"calendar": "none"}]
)
def test_a_question_that_cannot_be_read_is_refused_in_both_languages(calendars, client, wrong):
    answer = client.get("/api/v1/units/due", {**TET, **wrong})
    assert answer.status_code == 400
    assert answer.json()["vi"]
    assert answer.json()["en"]


def test_a_wrong_question_on_the_page_says_what_to_write(calendars, client):
    page = client.get(reverse("units:due"), {"received": "hôm qua"})
    assert page.status_code == 400
    assert "viết như 2026-02-13T15:30" in page.content.decode()
