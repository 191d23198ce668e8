"""One-time passwords: good once, for a week, to nobody but the officer they were given for."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client

from tinhso.platform.clock import now
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people import actions, queries
from tinhso.platform.people.models import Account
from tinhso.platform.people.rules import SYSTEM, Appointment, Invalid, NotAllowed

from .conftest import COMMUNE, NOW, OTHER, PASSWORD, PROVINCE
from .test_officers_door import set_up_app


@pytest.fixture
def first(places) -> tuple[str, str]:
    """The first administrator of the province, on an installation without any officer: code and password."""
    return actions.take_on_officer(
        name="Bế Minh Tuấn", sign_in_name="hoa", unit_key=PROVINCE,
        appointment=Appointment("administrator", NOW), actor=SYSTEM, now=now(),
    )  # fmt: skip


def sign_in(password: str, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/account/login/", {"login": "hoa", "password": password})
    return client


def choose(client: Client, old: str, new: str = PASSWORD):
    answers = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/account/password/", answers)


def test_the_first_administrator_replaces_the_password_then_sets_up_a_second_factor_then_works(first, settings):
    settings.DEMO = False
    _code, password = first
    client = sign_in(password)

    assert client.get("/work/staff/").url == "/account/password/"
    assert client.get("/api/v1/people/me").json()["code"] == "password_first"
    assert "mật khẩu dùng một lần" in client.get("/account/password/").content.decode()
    choose(client, password)
    assert client.get("/work/staff/").url == "/account/2fa/"
    set_up_app(client)

    page = client.get("/work/staff/").content.decode()
    assert "Bế Minh Tuấn" in page
    assert "Sẵn sàng" in page


def test_also_in_a_demonstration_a_one_time_password_opens_nothing_but_its_replacement(first):
    client = sign_in(first[1])
    assert client.get("/work/staff/").url == "/account/password/"
    choose(client, first[1])
    assert client.get("/work/staff/").status_code == 200


def test_the_one_time_password_cannot_be_kept(first):
    client = sign_in(first[1])
    page = choose(client, first[1], first[1]).content.decode()
    assert "phải khác mật khẩu hiện tại" in page
    assert client.get("/work/staff/").status_code == 302


def test_a_one_time_password_is_good_for_a_week(first):
    Account.objects.filter(code=first[0]).update(one_time_until=now() - timedelta(seconds=1))
    page = Client().post("/account/login/", {"login": "hoa", "password": first[1]}).content.decode()
    assert "đã quá hạn" in page
    wrong = Client().post("/account/login/", {"login": "hoa", "password": "sai"}).content.decode()
    assert "đã quá hạn" not in wrong
    assert queries.find_officer(first[0]).one_time_until is not None


def test_a_renewed_password_ends_open_sessions_and_leaves_the_second_factor(first):
    client = sign_in(first[1])
    choose(client, first[1])
    set_up_app(client)
    assert client.get("/work/staff/").status_code == 200

    fresh = actions.renew_sign_in(officer_code=first[0], actor=SYSTEM, now=now())

    assert "/sign-in/" in client.get("/work/staff/").url
    assert queries.find_officer(first[0]).has_second_factor
    step = Client().post("/account/login/", {"login": "hoa", "password": fresh})
    assert step.url.startswith("/account/2fa/authenticate/")


def test_removing_the_second_factor_takes_the_password_and_the_spare_codes_with_it(first):
    client = sign_in(first[1])
    choose(client, first[1])
    set_up_app(client)

    actions.renew_sign_in(officer_code=first[0], removes_second_factor=True, actor=SYSTEM, now=now())

    assert Authenticator.objects.count() == 0
    assert "chưa đúng" in Client().post("/account/login/", {"login": "hoa", "password": PASSWORD}).content.decode()


def test_whoever_administers_one_of_two_units_cannot_become_an_officer_of_the_other(officer):
    both = officer("thu", "handler")
    actions.appoint(officer_code=both, unit_key=OTHER, role="leader", valid_from=NOW, actor=SYSTEM, now=NOW)
    here = queries.find_officer_actor(officer("xa", "administrator"), NOW)
    above = queries.find_officer_actor(officer("tinh", "administrator", unit_key=PROVINCE), NOW)
    with pytest.raises(NotAllowed, match="mọi đơn vị"):
        actions.renew_sign_in(officer_code=both, actor=here, now=NOW)

    assert actions.renew_sign_in(officer_code=both, actor=above, now=NOW)


def test_an_administrator_of_a_commune_has_no_power_over_one_of_the_province(officer):
    here = queries.find_officer_actor(officer("xa", "administrator"), NOW)
    above = officer("tinh", "administrator", unit_key=PROVINCE)
    with pytest.raises(NotAllowed):
        actions.renew_sign_in(officer_code=above, removes_second_factor=True, actor=here, now=NOW)


def test_demonstration_people_get_no_password(places):
    people = actions.load_demonstration_people(commune_key=COMMUNE, province_key=PROVINCE, now=NOW)
    with pytest.raises(Invalid, match="một lần bấm"):
        actions.renew_sign_in(officer_code=people["mot-cua"], actor=SYSTEM, now=NOW)


@pytest.mark.parametrize("name", ["ab", "Nguyễn.Văn", "có dấu", "-a-b", "a" * 61, ""])
def test_a_sign_in_name_that_is_hard_to_type_is_refused(places, name):
    with pytest.raises(Invalid, match="3 đến 60"):
        actions.take_on_officer(name="A", sign_in_name=name, unit_key=COMMUNE, actor=SYSTEM, now=NOW)


def test_an_appointment_that_cannot_stand_leaves_no_officer_behind(places):
    wrong = Appointment("king", NOW)
    with pytest.raises(Invalid):
        actions.take_on_officer(
            name="A", sign_in_name="abc", unit_key=COMMUNE, appointment=wrong, actor=SYSTEM, now=NOW
        )
    assert queries.find_officer(sign_in_name="abc") is None


def test_every_password_given_and_chosen_is_in_the_ledger_but_never_itself(first):
    choose(sign_in(first[1]), first[1])
    actions.renew_sign_in(officer_code=first[0], removes_second_factor=True, actor=SYSTEM, now=now())

    facts = Fact.objects.filter(subject=first[0]).order_by("sequence")

    assert list(facts.values_list("kind", flat=True)) == [
        "people.officer.registered", "people.post.taken", "people.password.issued", "people.password.chosen",
        "people.factors.removed", "people.password.issued",
    ]  # fmt: skip
    assert {fact.unit_key for fact in facts} == {PROVINCE}
    assert not any(first[1] in body or PASSWORD in body for body in facts.values_list("body", flat=True))


def test_passwords_are_long_and_differ(places):
    made = {actions.take_on_officer(name="A", sign_in_name=f"can.bo.{n}", unit_key=COMMUNE, actor=SYSTEM, now=NOW)[1] for n in range(5)}  # fmt: skip
    assert len(made) == 5
    assert {len(password) for password in made} == {19}


def test_the_doctor_says_that_nobody_administers(places, settings):
    settings.DEMO = False
    people = apps.get_app_config("people")
    assert "Chưa có người quản trị nào" in [str(finding.text) for finding in people.examine(NOW)]
    actions.take_on_officer(
        name="A", sign_in_name="abc", unit_key=PROVINCE, appointment=Appointment("administrator", NOW), actor=SYSTEM, now=NOW
    )  # fmt: skip
    assert "Chưa có người quản trị nào" not in [str(finding.text) for finding in people.examine(NOW)]
