"""What does not go straight on: papers asked for and brought, a dossier taken back, one declined with its reasons."""

from journeys.birth import new_name, photograph

CHILD = new_name()
BLURRED = "Ảnh mờ, không đọc được ngày sinh"


def test_papers_that_are_missing_are_named_and_brought(portal, desk, handler):
    case = portal.has_filed(child_name=CHILD)
    desk.opens(case)
    desk.does("request_supplement", case, reasons="Xin chụp lại", papers="birth_proof", **{"why-birth_proof": BLURRED})
    desk.looks("asked")

    assert "Bạn cần bổ sung giấy tờ" in portal.sees(case).text
    portal.looks("asked")
    portal.follows("Xem cần gì và gửi ngay")
    portal.awaits(BLURRED)
    portal.press("Gửi phần bổ sung")
    assert "Giấy chứng sinh" in portal.page.locator(".govuk-error-summary").inner_text()
    portal.looks("still-missing")
    portal.page.locator("main input[type=file]").first.set_input_files(photograph())
    portal.press("Gửi phần bổ sung")
    portal.awaits("Chúng tôi đã nhận phần bạn bổ sung")
    portal.looks("brought")

    assert any(CHILD in row for row in desk.waiting())
    desk.does("accept", case)
    assert any(CHILD in row for row in handler.waiting())


def test_a_dossier_is_taken_back_before_and_after_it_was_accepted(portal, desk, handler):
    early, late = portal.has_filed(child_name=CHILD + " Một"), portal.has_filed(child_name=CHILD + " Hai")
    takes_back(portal, early)
    portal.looks("taken-back")
    assert not any(CHILD + " Một" in row for row in desk.waiting())

    desk.does("accept", late)
    takes_back(portal, late)
    handler.opens(late)
    handler.looks("asked-to-agree")
    handler.does("agree_withdrawal", late)
    assert "rút" in portal.sees(late).state.lower()


def takes_back(portal, case) -> None:
    portal.sees(case)
    portal.follows("Rút hồ sơ")
    portal.looks("sure")
    portal.page.locator("main form").get_by_role("button").first.click()
    portal.page.wait_for_url(f"**/dossiers/{case}/")


def test_a_dossier_that_is_declined_says_why(portal, desk, tmp_path):
    case = portal.has_filed(child_name=CHILD + " Ba")
    desk.opens(case)
    desk.does("decline", case, reasons="Cha mẹ không cư trú tại xã Đồng Đăng")

    seen = portal.sees(case)
    portal.looks("declined")
    assert "Cha mẹ không cư trú tại xã Đồng Đăng" in seen.text
    assert portal.downloads("Phiếu từ chối", tmp_path).read_bytes().startswith(b"%PDF")
