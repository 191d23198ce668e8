"""A dossier goes to another unit, is stopped, is opened again: on the pages, in the letters, in the applicant's words."""

import json

import pytest

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.queries.corrections import find_in_force
from tinhso.modules.government.onestop.queries.telling import notice_fields, occasion_of
from tinhso.modules.government.onestop.tests.conftest import COMMUNE, OTHER, appoint
from tinhso.platform.cases import queries
from tinhso.platform.cases.queries import list_results
from tinhso.platform.clock import now as read_clock
from tinhso.platform.ledger.queries import list_facts

pytestmark = pytest.mark.django_db
WHY = "Người nộp cư trú ở Xã Khác."


def text(response) -> str:
    return response.content.decode()


def passed_on(commune) -> str:
    public_id = commune.files()
    client = commune.client_of(commune.desk)
    client.post(f"/work/cases/{public_id}/acts/transfer/", {"unit": OTHER, "reasons": WHY})
    return public_id


def test_the_page_offers_the_units_that_may_take_it_and_not_its_own(commune):
    page = text(commune.client_of(commune.desk).get(f"/work/cases/{commune.files()}/acts/transfer/"))
    assert f'<option value="{OTHER}">' in page
    assert f'<option value="{COMMUNE}">' not in page


def test_without_a_unit_the_page_says_what_to_do(commune):
    public_id = commune.files()
    answer = commune.client_of(commune.desk).post(f"/work/cases/{public_id}/acts/transfer/", {"reasons": WHY})
    assert answer.status_code == 422
    assert "Hãy chọn đơn vị nhận hồ sơ." in text(answer)
    assert WHY in text(answer)
    assert queries.get_case(public_id).unit_key == COMMUNE


def test_the_old_unit_sees_that_it_went_and_the_new_one_opens_it(commune):
    public_id = passed_on(commune)
    client = commune.client_of(commune.desk)
    page = text(client.get("/work/moved/"))
    assert public_id in page
    assert "Xã Khác" in page
    assert WHY in page
    assert f"/work/cases/{public_id}/" not in page
    assert commune.mai.name not in page
    assert client.get(f"/work/cases/{public_id}/").status_code == 403
    there = commune.client_of(appoint("Bế Thị Nga", "receptionist", OTHER))
    assert f"/work/cases/{public_id}/" in text(there.get("/work/moved/"))
    case = text(there.get(f"/work/cases/{public_id}/"))
    assert "Chuyển tới Xã Khác" in case
    assert WHY in case


def test_the_applicant_reads_where_it_went_why_and_that_nothing_is_to_be_done(commune):
    public_id = passed_on(commune)
    page = text(commune.client_of(commune.mai).get(f"/dossiers/{public_id}/"))
    assert WHY in page
    assert f"Xã Thử · {commune.desk.name}" in page  # who passed it on stays of the old unit
    fields = notice_fields(queries.get_case(public_id), list_facts(public_id)[-1])
    assert fields["reasons"] == WHY
    assert "xã khác" in str(fields["unit"]).lower()


def test_a_machine_passes_it_on_the_same_way(commune):
    public_id = commune.files()
    client = commune.client_of(commune.desk)
    address = f"/api/v1/onestop/work/dossiers/{public_id}/acts/transfer"
    answer = client.post(address, json.dumps({"unit": OTHER, "reasons": WHY}), content_type="application/json")
    assert (answer.status_code, answer.json()["state"]) == (200, "registered")
    refused = client.post(address, json.dumps({"unit": OTHER, "reasons": WHY}), content_type="application/json")
    assert refused.status_code == 403


def test_a_stop_is_proposed_by_the_officer_decided_by_the_leader_and_its_letter_says_why(commune):
    public_id = commune.files()
    commune.does(public_id, "accept")
    commune.does(public_id, "propose_stop", reasons="Trẻ đã được đăng ký khai sinh ở nơi khác.")
    answer = commune.client_of(commune.leader).post(f"/work/cases/{public_id}/acts/stop/", follow=True)
    assert "Đã xong: Dừng giải quyết." in text(answer)
    assert "Thông báo dừng giải quyết" in text(answer)
    case, fact = queries.get_case(public_id), list_facts(public_id)[-1]
    assert (case.state.code, fact.kind) == ("stopped", "cases.dossier.stopped")
    assert occasion_of(case, fact).answers["reasons"] == "Trẻ đã được đăng ký khai sinh ở nơi khác."


def test_what_was_handed_over_stays_in_force_until_the_new_result_replaces_it(commune):
    public_id = commune.files(paper=True)
    commune.does(public_id, "accept", "propose")
    (signed,) = actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=read_clock())
    assert signed.done
    actions.take_step(public_ids=[public_id], act="hand_over", actor=commune.desk, now=read_clock())
    first = find_in_force(public_id)
    client = commune.client_of(commune.leader)
    page = text(client.get(f"/work/cases/{public_id}/"))
    assert "Mở lại hồ sơ" in page
    assert "Đến lượt bạn" not in page  # it is over: nobody waits for the leader
    client.post(f"/work/cases/{public_id}/acts/reopen/", {"reasons": "Khiếu nại được chấp nhận."})
    assert queries.get_case(public_id).state.code == "processing"
    assert find_in_force(public_id) == first
    assert "bản điện tử có chữ ký số" in text(commune.client_of(commune.mai).get(f"/dossiers/{public_id}/"))
    commune.does(public_id, "propose", now=read_clock())
    (again,) = actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=read_clock())
    assert again.done
    first.refresh_from_db()
    assert (first.withdrawn_reason, find_in_force(public_id).revision) == ("Khiếu nại được chấp nhận.", 2)
    assert IssuedResult.objects.filter(case_public_id=public_id).count() == 2
    (outcome,) = actions.take_step(public_ids=[public_id], act="hand_over", actor=commune.desk, now=read_clock())
    assert outcome.done
    assert len(list_results(queries.get_case(public_id).case_id)) == 1
