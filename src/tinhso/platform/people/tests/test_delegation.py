"""Posts and delegations: who may act where, when, and in whose place."""

from datetime import timedelta

import pytest

from tinhso.platform.ledger.models import Fact
from tinhso.platform.people import actions, queries, rules
from tinhso.platform.people.rules import SYSTEM, DelegationTerms, Invalid, NotAllowed, may_act

from .conftest import COMMUNE, NOW, OTHER, PROVINCE, START

DAY = timedelta(days=1)


def who(code: str, now=NOW):
    return queries.find_officer_actor(code, now)


@pytest.fixture
def chair(officer) -> str:
    return officer("kien", "leader")


@pytest.fixture
def deputy(officer) -> str:
    return officer("thu", "handler")


def lend(giver: str, receiver: str, *, procedures=(), days=(0, 3), reason="Đi công tác"):
    terms = DelegationTerms(NOW + days[0] * DAY, NOW + days[1] * DAY, reason, frozenset(procedures))
    return actions.delegate(
        unit_key=COMMUNE, role="leader", receiver_code=receiver, terms=terms, actor=who(giver), now=NOW
    )


def test_a_delegate_signs_only_while_the_delegation_lasts(chair, deputy):
    lend(chair, deputy, days=(1, 3))

    signs = [may_act(who(deputy, NOW + day * DAY), "leader", COMMUNE) for day in (0, 1, 2, 3)]

    assert signs == [False, True, True, False]
    assert rules.acts_for(who(deputy, NOW + DAY), "leader", COMMUNE) == chair


def test_a_delegation_for_one_procedure_opens_no_other(chair, deputy):
    lend(chair, deputy, procedures=["1.001193"])

    actor = who(deputy)

    assert may_act(actor, "leader", COMMUNE, "1.001193")
    assert not may_act(actor, "leader", COMMUNE, "1.004884")
    assert not may_act(actor, "leader", COMMUNE)
    assert actor.units_as("leader") == frozenset()


def test_a_delegation_reaches_no_other_unit(chair, deputy):
    lend(chair, deputy)
    assert not may_act(who(deputy), "leader", OTHER)


def test_a_revoked_delegation_ends_at_once(chair, deputy):
    delegation = lend(chair, deputy)
    actions.revoke_delegation(code=delegation.code, actor=who(chair), now=NOW + timedelta(hours=1))

    assert may_act(who(deputy, NOW), "leader", COMMUNE)
    assert not may_act(who(deputy, NOW + timedelta(hours=1)), "leader", COMMUNE)


def test_a_delegation_ends_with_the_post_it_comes_from(chair, deputy):
    lend(chair, deputy)
    actions.end_post(officer_code=chair, unit_key=COMMUNE, role="leader", valid_to=NOW + DAY, actor=SYSTEM, now=NOW)

    assert may_act(who(deputy, NOW), "leader", COMMUNE)
    assert not may_act(who(deputy, NOW + DAY), "leader", COMMUNE)
    assert queries.officers_holding("leader", COMMUNE, NOW + DAY) == ()


def test_what_was_delegated_cannot_be_delegated_further(chair, deputy, officer):
    lend(chair, deputy)
    third = officer("bich", "clerk")
    with pytest.raises(Invalid, match="đang giữ"):
        lend(deputy, third)


@pytest.mark.parametrize(
    ("days", "reason", "why"),
    [((0, 400), "Nghỉ", "một năm"), ((2, 1), "Nghỉ", "sau ngày"), ((-3, -1), "Nghỉ", "đã qua"), ((0, 1), " ", "lý do")],
)
def test_a_delegation_without_end_or_reason_is_refused(chair, deputy, days, reason, why):
    with pytest.raises(Invalid, match=why):
        lend(chair, deputy, days=days, reason=reason)


def test_nobody_delegates_to_oneself_or_to_somebody_without_a_post(chair, officer):
    with pytest.raises(Invalid, match="chính mình"):
        lend(chair, chair)
    with pytest.raises(Invalid, match="vị trí công tác"):
        lend(chair, officer("moi"))


def test_only_the_holder_or_the_units_administrator_delegates(chair, deputy, officer):
    terms = DelegationTerms(NOW, NOW + DAY, "Ốm", frozenset())
    asked = {"unit_key": COMMUNE, "role": "leader", "receiver_code": deputy, "terms": terms, "giver_code": chair}
    with pytest.raises(NotAllowed):
        actions.delegate(**asked, actor=who(deputy), now=NOW)
    stranger = officer("xa", "administrator", unit_key=OTHER)
    with pytest.raises(NotAllowed):
        actions.delegate(**asked, actor=who(stranger), now=NOW)
    above = officer("tinh", "administrator", unit_key=PROVINCE)

    actions.delegate(**asked, actor=who(above), now=NOW)

    assert may_act(who(deputy), "leader", COMMUNE)


def test_an_officer_holds_a_post_once_at_a_time(chair):
    again = {"officer_code": chair, "unit_key": COMMUNE, "role": "leader", "actor": SYSTEM, "now": NOW}
    with pytest.raises(Invalid, match="đã giữ"):
        actions.appoint(**again, valid_from=NOW)
    actions.end_post(**again, valid_to=NOW)

    actions.appoint(**again, valid_from=NOW)

    assert [post.role for post in who(chair).posts] == ["leader"]
    assert [post.role for post in who(chair, NOW - DAY).posts] == ["leader"]
    assert who(chair, START - DAY).posts == ()


def test_a_role_that_no_pack_knows_is_not_given(chair):
    with pytest.raises(Invalid, match="vai trò"):
        actions.appoint(officer_code=chair, unit_key=COMMUNE, role="king", valid_from=NOW, actor=SYSTEM, now=NOW)


def test_everything_about_posts_is_in_the_ledger_without_a_name(chair, deputy):
    delegation = lend(chair, deputy)
    actions.revoke_delegation(code=delegation.code, actor=who(chair), now=NOW)
    actions.revoke_delegation(code=delegation.code, actor=who(chair), now=NOW)

    kinds = list(Fact.objects.filter(subject=chair).order_by("sequence").values_list("kind", flat=True))

    assert kinds == [
        "people.officer.registered", "people.post.taken", "people.delegation.granted", "people.delegation.revoked"
    ]  # fmt: skip
    assert not any("kien" in body or "Đi công tác" in body for body in Fact.objects.values_list("body", flat=True))


def test_holders_of_a_role_are_found_with_their_delegates(chair, deputy):
    lend(chair, deputy, procedures=["1.001193"])
    own, lent = queries.officers_holding("leader", COMMUNE, NOW)
    assert (own.code, own.on_behalf_of) == (chair, "")
    assert (lent.code, lent.on_behalf_of, lent.procedures) == (deputy, chair, {"1.001193"})


def test_the_system_acts_as_nothing_but_itself():
    assert may_act(SYSTEM, "system", COMMUNE)
    assert not may_act(SYSTEM, "leader", COMMUNE)
