"""Officers lend their posts to colleagues, see what is lent to them, and end it."""

from datetime import timedelta

import pytest

from tinhso.platform.clock import now
from tinhso.platform.ledger.models import Fact
from tinhso.platform.people import actions, queries
from tinhso.platform.people.rules import SYSTEM, day_of, may_act

from .conftest import COMMUNE, OTHER
from .test_staff_pages import at_work, read

LEND = f"/work/delegations/new/?unit={COMMUNE}&role=leader"


@pytest.fixture
def chair(officer) -> str:
    return officer("Hoàng Văn Kiên", "leader")


@pytest.fixture
def deputy(officer) -> str:
    return officer("Vi Thị Thu", "handler")


def asked(receiver: str, **changed):
    today = day_of(now())
    told = {"receiver": receiver, "starts_on": today, "last_on": today + timedelta(days=3), "reason": "Đi công tác"}
    return {**told, **changed}


def test_a_post_is_lent_and_both_sides_see_it(chair, deputy):
    giver, receiver = at_work(chair), at_work(deputy)
    assert "vai leader, Xã Thử" in read(giver, "/work/delegations/")

    answer = giver.post(LEND, asked(deputy), follow=True)

    assert "Người nhận: Vi Thị Thu" in answer.content.decode()
    page = read(receiver, "/work/delegations/")
    assert "Người giao: Hoàng Văn Kiên" in page
    assert "Cho mọi thủ tục của vị trí này" in page
    assert "Lý do: Đi công tác" in page
    assert may_act(queries.find_officer_actor(deputy, now()), "leader", COMMUNE)
    assert not may_act(queries.find_officer_actor(deputy, now() + timedelta(days=4)), "leader", COMMUNE)


def test_a_post_is_lent_for_named_procedures_that_exist(chair, deputy):
    actions.load_procedures(names=[("1.001193", "Đăng ký khai sinh", "Birth registration")])
    giver = at_work(chair)

    wrong = giver.post(LEND, asked(deputy, procedures="1.001193, 1.9")).content.decode()
    giver.post(LEND, asked(deputy, procedures="1.001193"))

    assert "Không có thủ tục mang mã: 1.9." in wrong
    assert "1.001193 Đăng ký khai sinh" in read(at_work(deputy), "/work/delegations/")
    actor = queries.find_officer_actor(deputy, now())
    assert (may_act(actor, "leader", COMMUNE, "1.001193"), may_act(actor, "leader", COMMUNE)) == (True, False)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"last_on": day_of(now()) + timedelta(days=400)}, "không quá một năm"),
        ({"last_on": day_of(now()) - timedelta(days=1)}, "đã qua"),
        ({"reason": " "}, "Hãy nhập: lý do."),
        ({"receiver": "officer:nobody"}, "Hãy chọn: người được ủy quyền."),
        ({"starts_on": "hôm nay"}, "ngày/tháng/năm"),
    ],
)
def test_terms_that_cannot_be_are_said_in_words(chair, deputy, changed, why):
    page = at_work(chair).post(LEND, {**asked(deputy), **changed})
    assert why in page.content.decode()
    assert queries.list_delegations(chair, now()) == ()


def test_colleagues_of_other_units_are_not_offered(chair, deputy, officer):
    stranger = officer("Nông Văn Thắng", "handler", unit_key=OTHER)
    giver = at_work(chair)
    page = read(giver, LEND)
    assert deputy in page
    assert stranger not in page
    assert chair not in page
    giver.post(LEND, asked(stranger))
    assert queries.list_delegations(chair, now()) == ()


def test_nobody_lends_what_is_not_their_own(chair, deputy, officer):
    at_work(chair).post(LEND, asked(deputy))
    third = officer("Chu Thị Bích", "clerk")
    receiver = at_work(deputy)
    assert receiver.get(LEND).status_code == 404
    assert receiver.post(LEND, asked(third)).status_code == 404
    assert "vai handler, Xã Thử" in read(receiver, "/work/delegations/")


@pytest.mark.parametrize(("side", "question"), [("giver", "Thu lại ủy quyền?"), ("receiver", "Trả lại ủy quyền?")])
def test_giver_and_receiver_end_it_after_reading_what_that_does(chair, deputy, side, question):
    at_work(chair).post(LEND, asked(deputy))
    code = queries.list_delegations(chair, now())[0].code
    client = at_work({"giver": chair, "receiver": deputy}[side])

    page = read(client, f"/work/delegations/{code}/revoke/")
    assert question in page
    assert "Vi Thị Thu thôi làm thay ngay lúc này." in page
    assert queries.list_delegations(chair, now())

    client.post(f"/work/delegations/{code}/revoke/")

    assert queries.list_delegations(chair, now()) == ()
    assert Fact.objects.filter(kind="people.delegation.revoked", subject=chair).count() == 1


def test_a_delegation_of_others_is_not_there(chair, deputy, officer):
    at_work(chair).post(LEND, asked(deputy))
    code = queries.list_delegations(chair, now())[0].code
    third = at_work(officer("Chu Thị Bích", "clerk"))
    assert third.get(f"/work/delegations/{code}/revoke/").status_code == 404
    assert third.post(f"/work/delegations/{code}/revoke/").status_code == 404
    assert "Chưa ai ủy quyền cho bạn" in read(third, "/work/delegations/")


def test_a_delegation_whose_post_has_ended_is_on_no_page(chair, deputy):
    at_work(chair).post(LEND, asked(deputy))
    moment = now()
    actions.end_post(officer_code=chair, unit_key=COMMUNE, role="leader", valid_to=moment, actor=SYSTEM, now=moment)
    assert "Chưa ai ủy quyền cho bạn" in read(at_work(deputy), "/work/delegations/")
