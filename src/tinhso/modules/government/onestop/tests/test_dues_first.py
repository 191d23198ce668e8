"""A result does not leave the desk while something is due, where the procedure says so."""

from datetime import timedelta

import pytest

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.models import Delivery
from tinhso.platform.cases.queries import get_case
from tinhso.platform.clock import now as read_clock
from tinhso.platform.payments.actions import assess_charges, take_cash
from tinhso.platform.payments.queries import get_due
from tinhso.platform.people.rules import SYSTEM

pytestmark = pytest.mark.django_db
HANDED = {"way": "counter", "recipient_name": "Hoàng Thị Mai", "recipient_paper": "căn cước số cuối 817"}


@pytest.fixture
def ready(commune) -> str:
    """A certificate that lies ready, with two copies to be paid."""
    start = read_clock() - timedelta(hours=1)
    public_id = commune.files(now=start, copies_wanted=2)
    assess_charges(case_id=public_id, moment="filing", occasion="filing", actor=SYSTEM, now=start)
    commune.does(public_id, "accept", "propose", now=start + timedelta(minutes=5))
    (signed,) = actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=start + timedelta(minutes=9))
    assert signed.refusal == ""
    if get_case(public_id).state.code == "sealing":
        actions.seal_dossiers(
            public_ids=[public_id], actor=commune.officers["clerk"], now=start + timedelta(minutes=10)
        )
    return public_id


def hands_over(commune, public_id: str):
    return actions.take_step(
        public_ids=[public_id], act="hand_over", answers=HANDED, actor=commune.desk, now=read_clock()
    )


def test_a_result_stays_at_the_desk_until_what_is_due_is_paid(commune, ready):
    assert get_due(ready) == 16_000
    (refused,) = hands_over(commune, ready)
    assert not refused.done
    assert "16.000 đ" in refused.refusal
    assert (get_case(ready).state.code, Delivery.objects.count()) == ("resolved", 0)

    take_cash(case_id=ready, amount_dong=16_000, key="desk", actor=commune.desk, now=read_clock())
    (done,) = hands_over(commune, ready)
    assert done.done
    assert get_case(ready).state.code == "returned"


def test_the_page_of_handing_over_says_what_is_due_and_where_it_is_taken(commune, ready):
    client = commune.client_of(commune.desk)
    page = client.get(f"/work/cases/{ready}/acts/hand_over/").content.decode()
    assert "Hồ sơ còn 16.000 đ chưa nộp. Thu tại quầy rồi mới trả kết quả." in page.replace("\xa0", " ")
    assert f"/work/payments/cases/{ready}/" in page

    take_cash(case_id=ready, amount_dong=16_000, key="desk", actor=commune.desk, now=read_clock())
    assert "chưa nộp" not in client.get(f"/work/cases/{ready}/acts/hand_over/").content.decode()
