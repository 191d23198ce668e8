"""Persons and organisations in the register, and the inventory of what is personal."""

import pytest
from django.apps import apps

from tinhso.kernel.identifiers import NotReadable
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people import actions, queries, rules
from tinhso.platform.people.rules import SYSTEM, Actor, Identity, Post

from .conftest import COMMUNE, MAI, NOW

DESK = Actor("officer:hoa", "officer", "Hoa", (Post(COMMUNE, "receptionist"),))


def test_the_desk_registers_a_person_once(db):
    first = actions.register_person(identity=MAI, unit_key=COMMUNE, actor=DESK, now=NOW)
    again = actions.register_person(
        identity=Identity(name="Mai", personal_number="020 195 004 817"), actor=DESK, now=NOW
    )
    assert again.code == first.code
    assert queries.get_person(first.code).name == "Hoàng Thị Mai"
    assert (first.source, first.account) == ("counter", None)


def test_a_number_of_eleven_digits_is_refused(db):
    with pytest.raises(NotReadable, match="12 chữ số"):
        actions.register_person(identity=Identity(name="Mai", personal_number="02019500481"), actor=DESK, now=NOW)


def test_what_vneid_says_replaces_what_was_held_but_not_the_telephone_one_gave(db):
    desk = Identity(name="Mai", personal_number=MAI.personal_number, phone="0900000099")
    actions.register_person(identity=desk, actor=DESK, now=NOW)
    actions.identify_person(identity=MAI, account=None, actor=SYSTEM, now=NOW)
    person = queries.find_person_by_number(MAI.personal_number)
    assert (person.name, person.phone, person.identity_level, person.source) == (
        "Hoàng Thị Mai",
        "0900000099",
        2,
        "vneid",
    )


def test_a_level_that_was_raised_is_known_at_the_next_sign_in(db):
    low = Identity(name=MAI.name, personal_number=MAI.personal_number, level=1)
    account = actions.identify_person(identity=low, account=None, actor=SYSTEM, now=NOW)
    assert queries.actor_of(account, NOW).level == 1
    actions.identify_person(identity=MAI, account=account, actor=SYSTEM, now=NOW)
    assert queries.actor_of(account, NOW).level == 2


def test_facts_about_a_person_hold_neither_name_nor_number(db):
    actions.identify_person(identity=MAI, account=None, actor=SYSTEM, now=NOW)
    bodies = " ".join(Fact.objects.values_list("body", flat=True))
    assert "identity_level" in bodies
    assert "Mai" not in bodies
    assert MAI.personal_number not in bodies


def test_an_organisation_is_known_by_its_tax_code(db):
    asked = {
        "name": "Công ty Xứ Lạng",
        "representative_code": "citizen:mai",
        "seat_key": COMMUNE,
        "actor": DESK,
        "now": NOW,
    }
    first = actions.register_organisation(**asked, tax_code="0100109106")
    assert actions.register_organisation(**asked, tax_code="0100 109 106").code == first.code
    assert queries.find_organisation(first.code).tax_code == "0100109106"
    assert queries.get_names([first.code, "officer:none"]) == {first.code: "Công ty Xứ Lạng"}


def test_public_codes_give_nothing_away(db):
    codes = {actions.register_person(identity=Identity(name="A"), actor=DESK, now=NOW).code for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == len("citizen:") + 12 for code in codes)


def test_every_column_that_holds_somebodys_data_is_in_the_inventory():
    models = list(apps.get_app_config("people").get_models())
    missing = {
        model.__name__: rules.columns_not_tagged([field.name for field in model._meta.concrete_fields], model.PERSONAL)
        for model in models
        if model.__name__ not in {"Role", "Procedure"}
    }
    assert {name: columns for name, columns in missing.items() if columns} == {}
    unknown = {
        model.__name__: set(model.PERSONAL) - {field.name for field in model._meta.concrete_fields} for model in models
    }
    assert not any(unknown.values())
    assert rules.columns_not_tagged(["phone", "code"], {}) == ["phone"]
