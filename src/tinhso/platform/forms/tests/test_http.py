"""Autosave as a page's script asks for it, drafts put away and had back, and forms over the API."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from tinhso.kernel.packs import Packs, read_form
from tinhso.platform.forms import actions, queries, rules
from tinhso.platform.forms.models import Draft
from tinhso.platform.forms.tests.door import Person
from tinhso.platform.forms.tests.forms import NOW, TODAY, family

pytestmark = pytest.mark.django_db
MAI = Person("citizen:mai")
API = "/api/v1/forms/"


@pytest.fixture(autouse=True)
def door(settings):
    kept = [each for each in settings.MIDDLEWARE if not each.endswith("CurrentActor")]
    settings.MIDDLEWARE = [*kept, "tinhso.platform.forms.tests.door.BelievesHeader"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture(autouse=True)
def loaded():
    form = family()
    actions.load_forms(packs=Packs(forms={(form.code, form.version): form}), now=NOW)


@pytest.fixture
def draft():
    return actions.start_draft(procedure_code="1.001193", form=family(), answers={"people": "3"}, actor=MAI, now=NOW)


@pytest.fixture
def phone():
    return Client(headers={"X-Test-Actor": "citizen:mai"})


def autosave(client, draft, version="1", page="parents", **typed):
    return client.post(f"/drafts/{draft.public_id}/?page={page}", typed, headers={"X-Draft-Version": version})


def test_what_is_typed_is_kept_as_it_is_typed(phone, draft):
    answer = autosave(
        phone, draft, mother_name="Mai 2", **{"mother_birth_date-day": "31", "mother_phones.0.phone_number": "09"}
    )

    assert answer.status_code == 200
    assert answer.json()["version"] == 2
    assert len(answer.json()["saved_at"]) == len("14:05")
    row = queries.get_draft(draft.public_id, actor=MAI)
    assert row.answers == {
        "people": "3",
        "mother_name": "Mai 2",
        "mother_birth_date": {"day": "31", "month": "", "year": ""},
        "mother_phones": [{"phone_number": "09"}],
    }
    assert row.page == "parents"


def test_another_window_is_told_of_the_newer_draft(phone, draft):
    autosave(phone, draft, mother_name="Mai")

    answer = autosave(phone, draft, mother_name="Nam")

    assert (answer.status_code, answer.json()["version"]) == (409, 2)
    assert queries.get_draft(draft.public_id, actor=MAI).answers["mother_name"] == "Mai"
    assert autosave(phone, draft, version="2", mother_name="Nam").status_code == 200


def test_an_expired_sign_in_is_told_and_anothers_draft_is_not_there(phone, draft):
    assert autosave(Client(), draft, mother_name="x").status_code == 401
    assert autosave(Client(headers={"X-Test-Actor": "citizen:nam"}), draft, mother_name="x").status_code == 404
    assert autosave(phone, draft, page="nowhere", mother_name="x").status_code == 404
    assert phone.get(f"/drafts/{draft.public_id}/").status_code == 405
    assert queries.get_draft(draft.public_id, actor=MAI).answers == {"people": "3"}


def test_a_foreign_page_cannot_write_into_a_draft(draft):
    lured = Client(enforce_csrf_checks=True, headers={"X-Test-Actor": "citizen:mai"})

    assert autosave(lured, draft, mother_name="x").status_code == 403


def test_a_draft_is_put_away_and_had_back_by_buttons(phone, draft):
    away = phone.post(f"/drafts/{draft.public_id}/discard/", {"next": "/me/"})
    assert (away.status_code, away["Location"]) == (302, "/me/")
    assert Draft.objects.get().state == Draft.DISCARDED
    assert phone.post(f"/drafts/{draft.public_id}/discard/").status_code == 404

    back = phone.post(f"/drafts/{draft.public_id}/restore/", {"next": "https://evil.example/"})
    assert (back.status_code, back["Location"]) == (302, "/")
    assert queries.get_draft(draft.public_id, actor=MAI).answers == {"people": "3"}


def test_a_stranger_puts_nothing_away(draft):
    assert Client().post(f"/drafts/{draft.public_id}/discard/").status_code == 404
    assert Client().post(f"/drafts/{draft.public_id}/restore/").status_code == 404


def test_a_form_is_shown_as_the_packs_define_it(phone):
    assert phone.get(API).json() == [{"code": "family", "version": "2025-07-01"}]
    assert read_form(phone.get(f"{API}family/").json()) == family()
    assert phone.get(f"{API}family/?on=2024-01-01").status_code == 404
    assert phone.get(f"{API}nothing/").status_code == 404
    assert phone.get(f"{API}family/?on=hôm-nay").status_code == 422


def judged(client, answers, query="", **more):
    body = json.dumps({"answers": answers, **more})
    return client.post(f"{API}family/validate/{query}", body, content_type="application/json")


@pytest.mark.parametrize("page", ["", "parents"])
def test_the_api_judges_as_the_page_does(phone, page):
    answers = {"mother_name": "Mai 2", "has_father": True, "mother_birth_date": "31/02/1990"}

    told = judged(phone, answers, page=page).json()

    outcome = rules.validate(family(), answers, page=page or None, on=TODAY)
    assert not told["is_sound"]
    assert told["answers"] == outcome.answers
    assert told["problems"] == [
        {"field": each.field, "code": each.code, "vi": each.vi, "en": each.en} for each in outcome.problems
    ]


def test_sound_answers_come_back_cleaned(phone):
    answers = {
        "mother_name": "  Hoàng   Thị Mai ",
        "has_father": "no",
        "mother_phones": [{"phone_use": "home", "phone_number": "+84912345678"}],
    }

    told = judged(phone, answers).json()

    assert told == {
        "is_sound": True,
        "answers": {
            "mother_name": "Hoàng Thị Mai",
            "has_father": False,
            "mother_phones": [{"phone_use": "home", "phone_number": "0912345678"}],
        },
        "problems": [],
        "warnings": [],
    }


def test_nonsense_is_refused_not_suffered(phone):
    assert judged(phone, {}, page="nowhere").status_code == 404
    assert judged(phone, {}, query="?on=1999-01-01").status_code == 404
    assert judged(phone, "x").status_code == 422
    assert judged(phone, {"mother_name": "\x00\ud800", "has_father": [[]], "people": 1e308}).status_code == 200


def test_a_month_old_draft_is_forgotten_at_night(draft):
    from tinhso.platform.forms.jobs import forget_old_drafts

    actions.close_draft(public_id=draft.public_id, actor=MAI, now=NOW)

    forget_old_drafts(int((NOW + timedelta(days=31)).timestamp()))

    assert not Draft.objects.exists()
