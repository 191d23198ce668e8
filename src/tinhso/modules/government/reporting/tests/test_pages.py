"""The pages as those who fill in, sign and receive see them."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tinhso.modules.government.reporting import actions
from tinhso.modules.government.reporting.tests.conftest import COMMUNE, DEPARTMENT, FIGURES, MORNING, OTHER, later
from tinhso.platform.capability import case_address
from tinhso.platform.people.models import Account


@pytest.fixture(autouse=True)
def morning(monkeypatch, settings, tmp_path):
    """It is nine o'clock on the Monday after the cut-off."""
    settings.MEDIA_ROOT = tmp_path
    for page in ("lists", "reports", "acts", "overviews", "versions", "asking"):
        monkeypatch.setattr(f"tinhso.modules.government.reporting.pages.{page}.now", lambda: MORNING)


def client_of(actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(code=actor.code), "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer) -> str:
    return unescape(answer.content.decode())


def base_of(page: str) -> str:
    return re.search(r'name="base" value="(.*?)"', page, re.S)[1]


def form_of(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    return {"base": unescape(base_of(page)), "revision": "0"}


def typed(**cells: str) -> dict[str, str]:
    found = {}
    for name, text in cells.items():
        found |= {f"v:{name}.value": text, f"n:{name}.value": "", f"r:{name}.value": "đối chiếu sổ"}
    return found


def test_the_list_says_what_is_due_and_leads_to_the_form(province):
    province.opens()
    client = client_of(province.filler)
    text = text_of(client.get("/reports/"))

    assert "Báo cáo tình hình chuyển đổi số cấp xã" in text
    assert "tháng 11/2026" in text
    assert "hạn 20/11/2026" in text
    assert f"/reports/{province.report().public_id}/" in text


def test_cells_are_typed_saved_and_what_is_wrong_stands_beside_them(province):
    province.opens()
    address = f"/reports/{province.report().public_id}/"
    client = client_of(province.filler)
    answer = client.post(
        address, {**form_of(client, address), **typed(villages="12", teams="mười", households="1.000")}
    )
    text = text_of(answer)

    assert "“mười” không phải là số" in text
    assert 'value="mười"' in text
    assert province.report().content["villages.value"]["typed"] == {"number": "12"}
    again = text_of(client.get(address))
    assert 'value="1.000"' in again
    assert "Chưa có “Tổ công nghệ số cộng đồng”" in again


def test_two_who_fill_in_different_cells_lose_nothing(province):
    province.opens()
    address = f"/reports/{province.report().public_id}/"
    first, second = client_of(province.filler), client_of(province.leader)
    one, other = form_of(first, address), form_of(second, address)
    first.post(address, {**one, **typed(villages="12")})
    answer = second.post(address, {**other, **typed(teams="11"), "v:villages.value": "", "n:villages.value": "", "r:villages.value": ""})  # fmt: skip

    assert answer.status_code == 302
    content = province.report().content
    assert (content["villages.value"]["typed"]["number"], content["teams.value"]["typed"]["number"]) == ("12", "11")


def test_two_who_fill_in_the_same_cell_see_both_texts(province):
    province.opens()
    address = f"/reports/{province.report().public_id}/"
    first, second = client_of(province.filler), client_of(province.leader)
    one, other = form_of(first, address), form_of(second, address)
    first.post(address, {**one, **typed(villages="12")})
    answer = second.post(address, {**other, **typed(villages="13")})
    text = text_of(answer)

    assert "Người khác vừa ghi “12”" in text
    assert 'value="13"' in text
    assert province.report().content["villages.value"]["typed"] == {"number": "12"}
    base = json.loads(unescape(base_of(answer.content.decode())))
    assert base["villages.value"][0] == "12"
    second.post(address, {"base": json.dumps(base), **typed(villages="13")})
    assert province.report().content["villages.value"]["typed"] == {"number": "13"}


def test_a_leader_signs_and_the_receiver_approves_many_at_once(province):
    province.opens()
    row = province.report()
    province.types(row, **FIGURES)
    leader, receiver = client_of(province.leader), client_of(province.receiver)
    assert "Ký và nộp" in text_of(leader.get(f"/reports/{row.public_id}/"))
    leader.post(f"/reports/{row.public_id}/act/", {"act": "submit"})
    overview = f"/reports/{province.sum().public_id}/below/"
    text = text_of(receiver.get(overview))

    assert "1/3" in text
    assert "Xã Thử 2, Xã Thử 3" in text
    receiver.post(f"{overview}approve/", {"report": [row.public_id]})
    assert province.report().state == "approved"
    parts = text_of(receiver.get(f"/reports/{province.sum().public_id}/parts/guided_share.value/"))
    assert "không lấy trung bình" in parts
    assert "25,0" in parts


def test_a_return_needs_a_reason_and_shows_it_to_the_commune(province):
    province.opens()
    row = province.hands_in()
    receiver = client_of(province.receiver)
    address = f"/reports/{row.public_id}/"
    text = text_of(receiver.post(f"{address}act/", {"act": "return", "reasons": ""}, follow=True))
    assert "Hãy ghi lý do" in text
    receiver.post(f"{address}act/", {"act": "return", "reasons": "Số hộ chưa khớp sổ"})

    assert "Số hộ chưa khớp sổ" in text_of(client_of(province.filler).get(address))


def test_versions_say_what_changed(province):
    province.opens()
    row = province.hands_in()
    actions.return_report(public_id=row.public_id, reasons="sai", actor=province.receiver, now=later(hours=1))
    province.hands_in(guided="300", now=later(hours=2))
    text = text_of(client_of(province.receiver).get(f"/reports/{row.public_id}/versions/2/"))

    changed = text.partition("Đã đổi so với bản trước")[2].partition("</table>")[0]
    assert "Tỷ lệ hộ được hướng dẫn" in changed
    assert "250" in changed
    assert "300" in changed
    assert "Internet" not in changed


def test_reports_of_others_are_closed(province):
    province.opens()
    row = province.report()
    stranger = client_of(province.other_filler)

    assert stranger.get(f"/reports/{row.public_id}/").status_code == 403
    assert stranger.get(f"/reports/{province.sum().public_id}/below/").status_code == 403
    assert client_of(province.receiver).get(f"/reports/{row.public_id}/").status_code == 200
    assert Client().get(f"/reports/{row.public_id}/").status_code == 302
    assert stranger.get("/reports/nowhere/").status_code == 404
    stranger.post(f"/reports/{row.public_id}/act/", {"act": "submit"})
    assert province.report().state == "assigned"


def test_a_commune_does_not_approve_its_own_report(province):
    province.opens()
    row = province.hands_in()
    leader = client_of(province.leader)
    text = text_of(leader.post(f"/reports/{row.public_id}/act/", {"act": "approve"}, follow=True))

    assert "Chỉ nơi nhận báo cáo mới làm được việc này" in text
    assert province.report().state == "submitted"


def test_an_ad_hoc_report_is_asked_for_on_a_page(province):
    client = client_of(province.receiver)
    text = text_of(client.post("/reports/ask/", {"regime": "system_incident", "first": "2026-11-10", "last": "2026-11-09"}))  # fmt: skip
    assert "Ngày cuối đứng trước ngày đầu" in text
    asked = {"regime": "system_incident", "first": "2026-11-10", "last": "2026-11-15", "units": [COMMUNE, OTHER]}
    text = text_of(client.post("/reports/ask/", asked, follow=True))

    assert "Đã giao báo cáo cho 2 đơn vị" in text
    row = province.report(OTHER, "system_incident", "2026-11-10..2026-11-15")
    assert row.receiver_key == DEPARTMENT
    assert client_of(province.filler).get("/reports/ask/").status_code == 403


def test_the_regimes_say_on_what_they_rest_and_how_sure_that_is(province):
    text = text_of(client_of(province.filler).get("/reports/regimes/"))

    assert "Thông tư 01/2020/TT-VPCP" in text
    assert "chưa đối chiếu với bản gốc" in text


def test_a_report_in_an_inbox_leads_to_its_own_page(province):
    province.opens()
    row = province.report()

    assert case_address("report", row.public_id) == f"/reports/{row.public_id}/"
    assert case_address("dossier", row.public_id) == ""


def test_the_workspace_leads_to_the_page_of_the_report(province):
    try:
        inbox, case = reverse("onestop:inbox"), reverse("onestop:case", args=["X"])
    except NoReverseMatch:
        pytest.skip("there is no workspace without the one-stop desk")
    province.opens()
    row = province.report()
    client = client_of(province.filler)

    assert f'href="/reports/{row.public_id}/"' in text_of(client.get(f"{inbox}?kind=report"))
    assert client.get(case.replace("X", row.public_id)).headers["Location"] == f"/reports/{row.public_id}/"


def test_the_sums_can_be_taken_away(province):
    province.opens()
    province.hands_in()
    answer = client_of(province.receiver).get(f"/reports/{province.sum().public_id}/below/table.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert len(lines) == 5
    assert lines[-1].startswith("Tổng hợp,12,12,60")
