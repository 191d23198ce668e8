"""The list for the shift, one alert on a phone, the leaders' summary; who sees which alerts."""

import re

from tinhso.modules.insight.alerts.tests.conftest import PROVINCE
from tinhso.platform.cases.queries import get_case

OTHER = "90002@2025-07-01"


def text_of(response, status: int = 200) -> str:
    assert response.status_code == status, response.status_code
    return " ".join(response.content.decode().split())


def test_the_shift_sees_what_is_open_with_value_threshold_and_age(signed_in, flooded):
    text = text_of(signed_in().get("/alerts/"))

    assert "Nước sông cao: Trạm Kỳ Cùng" in text
    assert "5,6 m (ngưỡng 5 m)" in text
    assert '<b class="text-late">1</b>khẩn' in text


def test_with_nothing_open_the_list_says_so(signed_in):
    assert "Không có cảnh báo nào đang mở" in text_of(signed_in().get("/alerts/"))


def test_an_alert_offers_the_acts_of_its_flow_and_takes_one(signed_in, flooded):
    client, address = signed_in(), f"/alerts/{flooded.public_id}/"

    text = text_of(client.get(address))
    assert re.findall(r'name="act" value="(\w+)"', text) == ["acknowledge", "dismiss"]
    assert "Báo các xã ven sông." in text
    client.post(address + "act/", {"act": "acknowledge", "words": ""})
    assert get_case(flooded.public_id).state.code == "acknowledged"
    assert "Đã nhận" in text_of(client.get(address))


def test_words_that_an_act_asks_for_are_asked_and_nothing_typed_is_lost(signed_in, flooded):
    client, address = signed_in(), f"/alerts/{flooded.public_id}/"

    text = text_of(client.post(address + "act/", {"act": "dismiss", "words": ""}), 422)

    assert "Viết vào ô bên dưới" in text
    assert get_case(flooded.public_id).state.code == "new"


def test_a_note_shows_in_the_course_with_its_writer(signed_in, flooded):
    client, address = signed_in(), f"/alerts/{flooded.public_id}/"
    client.post(address + "note/", {"words": "Đã gọi trưởng thôn"})

    text = text_of(client.get(address))

    assert "Ghi chú: Đã gọi trưởng thôn" in text
    assert "Lý Văn Trực" in text
    assert "Phát cảnh báo: 5,6 m" in text


def test_other_communes_do_not_see_an_alert_of_the_province(signed_in, flooded):
    client = signed_in("handler", OTHER)

    assert "Nước sông cao" not in text_of(client.get("/alerts/"))
    assert client.get(f"/alerts/{flooded.public_id}/").status_code == 404
    assert client.post(f"/alerts/{flooded.public_id}/act/", {"act": "acknowledge"}).status_code == 404


def test_the_public_signs_in_first(client, province):
    assert client.get("/alerts/").status_code == 302


def test_the_summary_counts_and_says_how_long_it_took(signed_in, flooded):
    text = text_of(signed_in("leader", PROVINCE).get("/alerts/summary/"))

    assert "7 ngày qua" in text
    assert signed_in("handler", OTHER).get("/alerts/summary/").status_code == 403
