"""Everything a citizen does is done without JavaScript too: find, file, follow, rate."""

import pytest

from journeys.birth import new_name
from journeys.citizen import Portal

CHILD = new_name()


@pytest.fixture
def old_phone(somebody) -> Portal:
    return somebody(Portal, java_script_enabled=False)


def test_a_phone_without_javascript_finds_files_follows_and_rates(old_phone, desk, handler, leader):
    old_phone.finds("giay khai sanh", "Đăng ký khai sinh")  # with a typing error
    case = old_phone.files(child_name=CHILD)
    assert old_phone.sees(case).state == "Mới đăng ký"

    desk.does("accept", case)
    handler.does("propose", case)
    leader.signs(case)
    desk.opens(case)
    desk.does("hand_over", case)

    seen = old_phone.sees(case)
    assert seen.state == "Đã trả kết quả"
    assert CHILD in seen.text
    old_phone.looks("returned")
    old_phone.rates(case, "Hài lòng")
    old_phone.looks("rated")


def test_without_javascript_a_page_left_is_found_again_as_it_was(old_phone):
    old_phone.begins()
    old_phone.fills("requester")
    old_phone.press("Tiếp tục")
    old_phone.fills("child", child_name="Hoàng Thảo My")
    old_phone.press("Lưu, làm sau")

    old_phone.goes("/my/dossiers/")
    old_phone.looks("mine")
    old_phone.follows("Khai tiếp")
    old_phone.goes(
        old_phone.page.url.rpartition("/filing/")[0]
        + "/filing/"
        + old_phone.page.url.split("/filing/")[1].split("/")[0]
        + "/child/"
    )
    assert old_phone.box("child_name").input_value() == "Hoàng Thảo My"
