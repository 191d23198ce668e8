"""Acts from the desk: with a button, with a page that asks, on many at once; what is refused is said in words."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.models import Delivery
from tinhso.modules.government.onestop.tests.conftest import ONE_PIXEL, OTHER, appoint
from tinhso.platform.cases import queries
from tinhso.platform.clock import now as read_clock

pytestmark = pytest.mark.django_db


def state_of(public_id: str) -> str:
    return queries.get_case(public_id).state.code


def text(response) -> str:
    return response.content.decode()


def test_a_button_accepts_and_the_page_says_so(commune):
    public_id = commune.files()
    client = commune.client_of(commune.desk)
    answer = client.post(f"/work/cases/{public_id}/acts/accept/", follow=True)
    assert state_of(public_id) == "accepted"
    assert "Đã xong: Tiếp nhận." in text(answer)
    assert "H90.44-" in text(answer)


def test_a_get_changes_nothing(commune):
    public_id = commune.files()
    assert commune.client_of(commune.desk).get(f"/work/cases/{public_id}/acts/accept/").status_code == 200
    assert state_of(public_id) == "registered"


def test_an_act_without_token_of_the_page_is_refused(commune):
    from django.test import Client

    from tinhso.platform.people.models import Account

    public_id = commune.files()
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(code=commune.desk.code), "django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/work/cases/{public_id}/acts/accept/").status_code == 403
    assert state_of(public_id) == "registered"


def test_an_act_that_somebody_did_before_is_told_on_the_page_of_the_case(commune):
    public_id = commune.files()
    client = commune.client_of(commune.desk)
    client.post(f"/work/cases/{public_id}/acts/accept/")
    answer = client.post(f"/work/cases/{public_id}/acts/accept/", follow=True)
    assert "Việc này không làm được nữa" in text(answer)


@pytest.mark.parametrize("act", ["sign", "propose", "no-such-act"])
def test_an_act_of_another_role_does_nothing(commune, act):
    public_id = commune.files()
    commune.client_of(commune.desk).post(f"/work/cases/{public_id}/acts/{act}/")
    assert state_of(public_id) == "registered"


def test_what_lacks_is_said_above_and_at_the_field_and_what_was_typed_stays(commune):
    public_id = commune.files()
    answer = commune.client_of(commune.desk).post(
        f"/work/cases/{public_id}/acts/request_supplement/", {"reasons": " ", "note": "gọi 0900000011"}
    )
    page = text(answer)
    assert answer.status_code == 422
    assert 'href="#reasons"' in page
    assert 'href="#papers"' in page
    assert "gọi 0900000011" in page
    assert state_of(public_id) == "registered"


def test_a_request_for_papers_names_each_with_why_and_waits_for_the_applicant(commune):
    public_id = commune.files()
    answer = commune.client_of(commune.desk).post(
        f"/work/cases/{public_id}/acts/request_supplement/",
        {"reasons": "Thiếu giấy", "papers": ["birth_proof", "authorisation"], "why-birth_proof": "trang hai bị mờ"},
        follow=True,
    )
    assert state_of(public_id) == "completing"
    (remark,) = queries.get_remarks(queries.get_case(public_id).case_id).values()
    assert remark.answers["papers"] == [
        {"code": "birth_proof", "why": "trang hai bị mờ"}, {"code": "authorisation", "why": ""},
    ]  # fmt: skip
    assert "Cần bổ sung: Giấy chứng sinh, Văn bản ủy quyền có chứng thực" in text(answer)


def test_papers_that_come_to_the_desk_are_taken_in_with_the_act(commune):
    public_id = commune.files()
    commune.does(public_id, "request_supplement", reasons="Thiếu", papers=[{"code": "birth_proof", "why": ""}])
    scan = SimpleUploadedFile("scan.png", ONE_PIXEL, "image/png")
    commune.client_of(commune.desk).post(
        f"/work/cases/{public_id}/acts/receive_supplement/", {"file-birth_proof": scan}
    )
    assert state_of(public_id) == "resubmitted"
    (paper,) = queries.list_papers(queries.get_case(public_id).case_id)
    assert (paper.code, paper.name, paper.added_by) == ("birth_proof", "scan.png", commune.desk.code)


def test_a_broken_paper_is_refused_in_words_and_the_case_stays_where_it_is(commune):
    public_id = commune.files()
    commune.does(public_id, "request_supplement", reasons="Thiếu", papers=[{"code": "birth_proof", "why": ""}])
    answer = commune.client_of(commune.desk).post(
        f"/work/cases/{public_id}/acts/receive_supplement/",
        {"file-birth_proof": SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 200, "application/pdf")},
    )
    assert answer.status_code == 422
    assert "virus.exe" in text(answer)
    assert state_of(public_id) == "completing"
    assert queries.list_papers(queries.get_case(public_id).case_id) == []


def test_a_second_extension_is_refused_with_the_reason(commune):
    public_id = commune.files()
    commune.does(public_id, "accept")
    client = commune.client_of(commune.handler)
    typed = {"reasons": "Phải hỏi cơ sở y tế", "extension_days": "2"}
    client.post(f"/work/cases/{public_id}/acts/extend/", typed)
    assert queries.get_case(public_id).extensions == 1
    again = client.post(f"/work/cases/{public_id}/acts/extend/", typed)
    assert again.status_code == 422
    assert queries.get_case(public_id).extensions == 1
    assert 'role="alert"' in text(again)


def test_nothing_is_handed_over_before_it_is_signed_and_then_it_is_once(commune):
    public_id = commune.files()
    commune.does(public_id, "accept", "propose", "sign")  # the engine alone: no document was made
    handed = {"way": "counter", "recipient_name": "Hoàng Thị Mai", "recipient_paper": "căn cước số cuối 817"}
    refused = commune.client_of(commune.desk).post(f"/work/cases/{public_id}/acts/hand_over/", handed)
    assert refused.status_code == 422
    assert "chưa có kết quả đã ký" in text(refused)
    assert state_of(public_id) == "resolved"

    signed = commune.files()
    commune.does(signed, "accept", "propose")
    actions.sign_dossiers(public_ids=[signed], actor=commune.leader, now=read_clock() - timedelta(minutes=5))
    page = text(commune.client_of(commune.desk).get(f"/work/cases/{signed}/acts/hand_over/"))
    assert "Giấy tờ người nhận xuất trình" in page
    unnamed = commune.client_of(commune.desk).post(f"/work/cases/{signed}/acts/hand_over/", {"way": "counter"})
    assert (unnamed.status_code, state_of(signed)) == (422, "resolved")
    commune.client_of(commune.desk).post(f"/work/cases/{signed}/acts/hand_over/", handed | {"note": "Mẹ của bé"})
    assert state_of(signed) == "returned"
    (result,) = queries.list_results(queries.get_case(signed).case_id)
    assert result.delivered_at is not None
    delivery = Delivery.objects.get()
    assert (delivery.way, delivery.recipient_name, delivery.recipient_paper) == tuple(handed.values())


def test_many_are_accepted_at_once_and_the_list_says_how_many(commune):
    filed = [commune.files() for _ in range(3)]
    answer = commune.client_of(commune.desk).post("/work/acts/", {"case": filed, "act": "accept"}, follow=True)
    assert {state_of(each) for each in filed} == {"accepted"}
    assert "Tiếp nhận: xong 3 hồ sơ." in text(answer)
    assert len({queries.get_case(each).code for each in filed}) == 3


def test_of_many_each_that_is_refused_is_named_with_its_reason(commune):
    new, accepted = commune.files(), commune.files()
    commune.does(accepted, "accept")
    page = text(
        commune.client_of(commune.desk).post("/work/acts/", {"case": [new, accepted, "TS-NONE"], "act": "accept"})
    )
    assert state_of(new) == "accepted"
    assert "xong 1 hồ sơ" in page
    assert "Không thể “Tiếp nhận” khi hồ sơ đang ở trạng thái “Đã tiếp nhận”" in page
    assert "Không có hồ sơ TS-NONE" in page


def test_many_of_another_unit_are_refused_and_stay(commune):
    public_id = commune.files()
    stranger = commune.client_of(appoint("Bế Minh Tuấn", "receptionist", OTHER))
    page = text(stranger.post("/work/acts/", {"case": [public_id], "act": "accept"}))
    assert state_of(public_id) == "registered"
    assert "Không thể “Tiếp nhận”" in page


def test_what_an_act_on_many_asks_is_asked_once_for_all(commune):
    proposed = [commune.files() for _ in range(2)]
    for each in proposed:
        commune.does(each, "accept", "propose")
    client = commune.client_of(commune.leader)
    asked = client.post("/work/acts/", {"case": proposed, "act": "send_back", "next": "/work/sign/"})
    assert "2 hồ sơ được chọn" in text(asked)
    assert state_of(proposed[0]) == "proposed"
    lacking = client.post("/work/acts/", {"case": proposed, "act": "send_back", "confirmed": "1", "reasons": ""})
    assert lacking.status_code == 422
    done = client.post(
        "/work/acts/",
        {"case": proposed, "act": "send_back", "confirmed": "1", "reasons": "Ghi rõ quê quán", "next": "/work/sign/"},
    )
    assert done["Location"] == "/work/sign/"
    assert {state_of(each) for each in proposed} == {"processing"}


def test_an_act_that_must_be_done_one_by_one_is_not_done_on_many(commune):
    filed = [commune.files() for _ in range(2)]
    page = text(commune.client_of(commune.desk).post("/work/acts/", {"case": filed, "act": "decline"}))
    assert {state_of(each) for each in filed} == {"registered"}
    assert "phải làm từng hồ sơ" in page


@pytest.mark.parametrize("ticked", [[], [f"TS-{number}" for number in range(501)]])
def test_nothing_ticked_or_too_much_is_said(commune, ticked):
    answer = commune.client_of(commune.desk).post("/work/acts/", {"case": ticked, "act": "accept"}, follow=True)
    assert 'class="banner banner--late"' in text(answer)


def test_after_an_act_on_many_one_does_not_land_on_a_strange_site(commune):
    typed = {"case": [commune.files()], "act": "accept", "next": "https://example.org/"}
    assert commune.client_of(commune.desk).post("/work/acts/", typed)["Location"] == "/work/"
