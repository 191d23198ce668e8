"""Filing for somebody who is there: who stays the applicant, what is held is looked at openly, helpers open no dossier."""

import re

import pytest
from django.urls import reverse

from tinhso.modules.government.onestop.actions.drafting import keep_page
from tinhso.modules.government.onestop.actions.filing import add_files, send_draft
from tinhso.modules.government.onestop.queries.filing import get_begun
from tinhso.modules.government.onestop.tests.conftest import BIRTH, COMMUNE, ONE_PIXEL, OTHER, Commune, appoint
from tinhso.platform.cases import queries
from tinhso.platform.clock import now
from tinhso.platform.people.models import Person, Sight
from tinhso.platform.people.queries import find_person_by_number
from tinhso.platform.people.rules import Actor

PAO = {"name": "Lộc Văn Páo", "number": "020068000912", "procedure": "1.001193", "unit": COMMUNE, "phone": "0900000014"}


@pytest.fixture
def neighbour(commune: Commune) -> Actor:
    return appoint("Nông Thị Dung", "helper", COMMUNE)


def begin(commune: Commune, actor: Actor, **told: str):
    return commune.client_of(actor).post(reverse("onestop:counter"), PAO | told)


def draft_of(response) -> str:
    assert response.status_code == 302, response.content.decode()
    return re.search(r"/filing/([^/]+)/", response.url)[1]


def send(draft: str, actor: Actor) -> str:
    """Fill everything in, attach the paper, send; the tracking id."""
    begun = get_begun(draft, actor=actor, now=now())
    for page in begun.form.pages:
        answers = {field.code: BIRTH[field.code] for field in page.fields if field.code in BIRTH}
        begun = keep_page(begun=begun, page=page.code, answers=answers, actor=actor, now=now())
    paper = next(each for each in begun.papers_asked if each.required)
    add_files(begun=begun, paper=paper, pieces=[("giay.png", ONE_PIXEL)], actor=actor, now=now())
    return send_draft(draft_id=draft, actor=actor, now=now()).public_id


def test_the_desk_files_in_the_visitors_name_and_the_visitor_is_written_down(commune: Commune) -> None:
    case = queries.get_case(send(draft_of(begin(commune, commune.desk, channel="post")), commune.desk))

    person = find_person_by_number(PAO["number"])
    assert (case.applicant_code, case.applicant_name) == (person.code, "Lộc Văn Páo")
    assert (case.channel, case.helper_code, person.source) == ("post", "", "counter")


def test_what_is_held_of_the_visitor_is_filled_in_and_the_look_is_told(commune: Commune) -> None:
    draft = draft_of(begin(commune, commune.desk, name="Hoàng Thị Mai", number="020195004817"))

    begun = get_begun(draft, actor=commune.desk, now=now())
    assert begun.draft.answers["requester_name"] == "Hoàng Thị Mai"
    sight = Sight.objects.get(subject_code=commune.mai.code)
    assert (sight.who_code, sight.purpose) == (commune.desk.code, "counter")


def test_a_name_is_not_learnt_by_trying_numbers(commune: Commune) -> None:
    response = begin(commune, commune.desk, name="Nguyễn Văn Lạ", number="020195004817")

    assert response.status_code == 422
    assert "không khớp" in response.content.decode()
    assert "Hoàng Thị Mai" not in response.content.decode()
    assert not Sight.objects.exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"number": "12"}, "12 chữ số"), ({"name": ""}, "Hãy viết họ và tên"), ({"procedure": "9.999999"}, "Hãy chọn thủ tục"),
        ({"unit": "99999@2025-07-01"}, "không nhận thủ tục đó"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nobody_is_written_down(commune: Commune, told: dict, said: str) -> None:
    before = Person.objects.count()

    response = begin(commune, commune.desk, **told)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert Person.objects.count() == before


def test_a_helper_is_named_on_the_dossier_and_cannot_open_it(commune: Commune, neighbour: Actor) -> None:
    public_id = send(draft_of(begin(commune, neighbour)), neighbour)

    case = queries.get_case(public_id)
    assert (case.helper_code, case.channel, case.applicant_name) == (neighbour.code, "online", "Lộc Văn Páo")
    door = commune.client_of(neighbour)
    assert door.get(reverse("onestop:case", args=[public_id])).status_code == 403
    assert public_id in door.get(reverse("onestop:counter_filed", args=[public_id])).content.decode()


def test_a_helper_does_not_see_what_others_filed(commune: Commune, neighbour: Actor) -> None:
    public_id = commune.files()

    door = commune.client_of(neighbour)
    assert door.get(reverse("onestop:case", args=[public_id])).status_code == 403
    assert door.get(reverse("onestop:counter_filed", args=[public_id])).status_code == 404


def test_only_the_desk_and_helpers_file_for_others(commune: Commune) -> None:
    assert begin(commune, commune.handler).status_code == 403


def test_a_procedure_of_another_commune_is_filed_at_the_desk_where_the_visitor_stands(commune: Commune) -> None:
    case = queries.get_case(send(draft_of(begin(commune, commune.desk, unit=OTHER)), commune.desk))

    assert case.unit_key == OTHER
