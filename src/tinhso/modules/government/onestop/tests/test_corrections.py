"""A result that was issued with a mistake: corrected by a case of its own, the wrong one withdrawn for everybody."""

from datetime import timedelta

import pytest
from django.test import Client

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.actions.correcting import CannotCorrect, open_correction
from tinhso.modules.government.onestop.tests.test_results import (
    MONDAY,
    STATUS,
    file_of,
    row_of,
    sealed,
    verify_page,
    words_in,
)
from tinhso.platform.cases import queries
from tinhso.platform.clock import now as read_clock
from tinhso.platform.ledger.queries import list_facts

pytestmark = pytest.mark.django_db


def corrected(commune, public_id: str, now, **answers) -> str:
    made = open_correction(
        public_id=public_id, reason="Ghi sai nơi cư trú.", answers=answers, actor=commune.handler, now=now
    )
    actions.sign_dossiers(public_ids=[made], actor=commune.leader, now=now + timedelta(minutes=1))
    (outcome,) = actions.seal_dossiers(
        public_ids=[made], actor=commune.officers["clerk"], now=now + timedelta(minutes=2)
    )
    assert outcome.done, outcome.refusal
    return made


def test_a_corrected_result_replaces_the_wrong_one_which_says_so_to_everybody(commune):
    (public_id,) = sealed(commune)
    old = row_of(public_id)
    corrected(commune, public_id, MONDAY + timedelta(hours=3), person_residence="Thôn Pò Mới, xã Thử")
    old, new = row_of(public_id), row_of(public_id, 2)
    assert (new.number, old.replaced_by_id, old.withdrawn_reason) == ("2/UBND-XNTTHN", new.pk, "Ghi sai nơi cư trú.")
    said = words_in(file_of(new))
    assert "Thôn Pò Mới, xã Thử" in said
    assert "số 1/UBND-XNTTHN" in said
    assert [result.number for result in queries.list_results(queries.get_case(public_id).case_id)] == [new.number]
    assert "Giấy này đã bị thu hồi" in verify_page(file_of(old))
    assert "Giấy này thật và còn hiệu lực" in verify_page(file_of(new))
    page = Client().get(f"/verify/{old.code}/").content.decode()
    assert "đã bị thu hồi hoặc được thay" in page
    assert "2/UBND-XNTTHN" in page
    assert "Ghi sai nơi cư trú" not in page
    mine = commune.client_of(commune.mai).get("/my/papers/").content.decode()
    assert "Ghi sai nơi cư trú" in mine
    assert f"/my/papers/{old.code}/file/" not in mine
    assert "onestop.result.withdrawn" in [fact.kind for fact in list_facts(public_id)]


def test_until_the_correction_is_sealed_the_first_result_stands(commune):
    (public_id,) = sealed(commune)
    made = open_correction(
        public_id=public_id, reason="Sai.", answers={"person_residence": "Xã Khác"}, actor=commune.handler, now=MONDAY
    )
    actions.sign_dossiers(public_ids=[made], actor=commune.leader, now=MONDAY + timedelta(minutes=1))
    assert row_of(public_id).withdrawn_at is None
    assert "Giấy này thật và còn hiệu lực" in verify_page(file_of(row_of(public_id)))
    with pytest.raises(CannotCorrect, match="đang chờ ký"):
        open_correction(
            public_id=public_id, reason="Sai.", answers={"person_residence": "Xã"}, actor=commune.handler, now=MONDAY
        )


def test_a_second_correction_keeps_what_the_first_mended(commune):
    (public_id,) = sealed(commune)
    corrected(commune, public_id, MONDAY + timedelta(hours=3), person_residence="Thôn Pò Mới, xã Thử")
    corrected(commune, public_id, MONDAY + timedelta(hours=5), other_purpose="Mua nhà")
    said = words_in(file_of(row_of(public_id, 3)))
    assert "Thôn Pò Mới, xã Thử" in said
    assert "Mua nhà" in said
    assert [row_of(public_id, each).withdrawn_at is None for each in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize(
    ("who", "reason", "answers", "why"),
    [
        ("receptionist", "Sai.", {"person_residence": "Xã"}, "Chỉ công chức"),
        ("handler", "  ", {"person_residence": "Xã"}, "lý do"),
        ("handler", "Sai.", {"person_residence": STATUS["person_residence"]}, "Chưa có gì"),
        ("handler", "Sai.", {"person_birth_date": "31/02/1995"}, "ghi sai"),
    ],
)
def test_a_correction_needs_a_reason_a_change_and_somebody_who_may(commune, who, reason, answers, why):
    (public_id,) = sealed(commune)
    with pytest.raises(CannotCorrect, match=why):
        open_correction(public_id=public_id, reason=reason, answers=answers, actor=commune.officers[who], now=MONDAY)


def test_the_officer_corrects_on_a_page_that_shows_what_the_paper_prints(commune):
    (public_id,) = sealed(commune, now=read_clock() - timedelta(hours=1))
    client = commune.client_of(commune.handler)
    assert f"/work/cases/{public_id}/correction/" in client.get(f"/work/cases/{public_id}/").content.decode()
    page = client.get(f"/work/cases/{public_id}/correction/").content.decode()
    assert 'name="person_residence"' in page
    assert 'name="requester_phone"' not in page
    refused = client.post(f"/work/cases/{public_id}/correction/", {"person_residence": "Xã Mới", "reason": ""})
    assert refused.status_code == 422
    made = client.post(
        f"/work/cases/{public_id}/correction/", {"person_residence": "Thôn Mới, xã Thử", "reason": "Ghi sai."}, follow=True
    )  # fmt: skip
    said = made.content.decode()
    assert "Điều được sửa" in said
    assert "Thôn Mới, xã Thử" in said
    assert "Thôn Nà Mò, xã Thử" in said
