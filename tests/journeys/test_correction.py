"""A certificate with a mistake: corrected, signed and sealed anew; the wrong one says so to whoever checks it."""

import re

from journeys.birth import new_name
from journeys.officer import Officer
from journeys.person import DESK
from journeys.place import VERIFY_PDF

CHILD = new_name()
RIGHT_PLACE = "Xã Thất Khê, tỉnh Lạng Sơn"
WHY = "Ghi sai quê quán của trẻ"


def test_a_wrong_certificate_is_replaced_and_everybody_can_tell(
    portal, desk, handler, leader, somebody, place, tmp_path
):
    case = portal.has_filed(child_name=CHILD)
    desk.does("accept", case)
    handler.does("propose", case)
    leader.signs(case)
    desk.opens(case)
    desk.does("hand_over", case)
    wrong, code = in_the_locker(portal, tmp_path)

    correction = proposed(handler, case)
    leader.signs(correction)
    clerk = somebody(Officer, "clerk", width=DESK)
    clerk.signs_in("Chu Thị Bích")
    sealed(clerk, correction)

    right, _new_code = in_the_locker(portal, tmp_path)
    portal.awaits("đã thu hồi")
    portal.awaits(WHY)
    portal.looks("two-papers")
    assert wrong.read_bytes() != right.read_bytes()
    checked_by_anybody(portal, code, wrong, right)
    said = place.says(str(right), program=VERIFY_PDF)
    assert (said[0], said[1].split()[0]) == (0, "valid"), said


def in_the_locker(portal, folder):
    """The newest certificate of this child, and the code it is checked by."""
    portal.goes("/my/papers/")
    portal.looks("locker")
    card = portal.page.locator("section.card", has_text="Giấy khai sinh").first
    code = re.search(r"[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}", card.inner_text())[0]
    return portal.downloads("Tải bản điện tử có ký số", folder), code


def proposed(handler, case) -> str:
    handler.opens(case)
    handler.follows("Sửa kết quả đã cấp")
    handler.page.wait_for_url("**/correction/")
    handler.looks("what-stands")
    handler.press("Trình lãnh đạo ký bản sửa")
    handler.page.locator(".govuk-error-summary").wait_for()
    handler.looks("why-is-missing")
    handler.page.locator('[name="reason"]').fill(WHY)
    handler.page.locator('[name="child_home_town"]').fill(RIGHT_PLACE)
    handler.press("Trình lãnh đạo ký bản sửa")
    handler.awaits("Điều được sửa")
    handler.looks("proposed")
    return re.search(r"/work/cases/(TS-[\w-]+)/", handler.page.url)[1]


def sealed(clerk, case) -> None:
    clerk.goes("/work/seal/")
    row = clerk.page.locator("tbody tr", has=clerk.page.locator(f'a[href*="/work/cases/{case}/"]'))
    row.get_by_role("checkbox").check()
    clerk.looks("to-be-sealed")
    clerk.press("Cấp số và đóng dấu các hồ sơ đã chọn")
    clerk.awaits("xong 1 hồ sơ")
    clerk.looks("sealed")


def checked_by_anybody(portal, code, wrong, right) -> None:
    portal.goes(f"/verify/{code}/")
    portal.awaits("Giấy này đã bị thu hồi hoặc được thay")
    portal.looks("withdrawn")
    for paper, answer in ((wrong, "Không dùng được giấy này"), (right, "Giấy này thật và còn hiệu lực")):
        portal.goes("/verify/papers/")
        portal.page.locator('input[name="paper"]').set_input_files(paper)
        portal.press("Kiểm tra tệp")
        portal.awaits(answer)
        portal.looks("checked")
