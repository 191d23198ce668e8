"""The only writers of people: register, appoint, delegate, record who looked. One door for all of them."""

from tinhso.platform.people.actions.demonstration import load_demonstration_people
from tinhso.platform.people.actions.persons import (
    identify_person,
    register_organisation,
    register_person,
)
from tinhso.platform.people.actions.posts import (
    appoint,
    delegate,
    end_post,
    give_title,
    load_procedures,
    load_roles,
    register_officer,
    revoke_delegation,
)
from tinhso.platform.people.actions.sights import forget_old_glimpses, record_glimpses, record_sight
from tinhso.platform.people.actions.signing_in import choose_password, forget_sessions, renew_sign_in, take_on_officer

__all__ = [
    "appoint",
    "choose_password",
    "delegate",
    "end_post",
    "forget_old_glimpses",
    "forget_sessions",
    "give_title",
    "identify_person",
    "load_demonstration_people",
    "load_procedures",
    "load_roles",
    "record_glimpses",
    "record_sight",
    "register_officer",
    "register_organisation",
    "register_person",
    "renew_sign_in",
    "revoke_delegation",
    "take_on_officer",
]
