"""Filed at the national portal: it comes in by itself, is handled here, the portal hears of every step; both sides agree."""

import re

import pytest

from journeys.officer import Officer
from journeys.person import DESK, Person

pytestmark = pytest.mark.story_of("portal_link")
SIMULATOR, OUTBOX, INCOMING, COMPARISON = (
    "/simulators/national-portal/",
    "/work/portal/",
    "/work/portal/incoming/",
    "/work/portal/comparison/",
)
BLURRED = "Ảnh mờ, không đọc được ngày sinh"
MOST_LOOKS = 40


class Outside(Person):
    """Somebody at the national portal, which is the simulator here."""

    def files(self, how: str = "Nộp một hồ sơ") -> str:
        """File a dossier; the portal's code of it."""
        self.goes(SIMULATOR)
        self.press(how)
        self.awaits("Đã nộp trên Cổng, mã")
        return re.search(r"mã (\S+);", self.reads())[1]

    def adds(self, code: str, what: str) -> None:
        """Press a button beside that dossier."""
        self.goes(SIMULATOR)
        self.page.locator("form", has_text=code).get_by_role("button", name=what).click()
        self.awaits("Đã chuyển về hệ thống của tỉnh")

    def believes(self, code: str, state: str) -> str:
        """Wait until the portal believes that; the row that says so."""
        for _ in range(MOST_LOOKS):
            self.goes(SIMULATOR)
            row = " ".join(self.page.locator("tbody tr", has_text=code).first.inner_text().split())
            if state in row:
                return row
            self.page.wait_for_timeout(1000)
        raise AssertionError(f"{code}: {row}")


@pytest.fixture
def outside(somebody) -> Outside:
    return somebody(Outside)


@pytest.fixture
def administrator(somebody) -> Officer:
    officer = somebody(Officer, "administrator", width=DESK)
    officer.signs_in("Lương Đức Toàn")
    return officer


def comes_in(administrator: Officer, code: str) -> str:
    """Wait until the dossier is one of ours; its tracking id."""
    for _ in range(MOST_LOOKS):
        administrator.goes(INCOMING)
        link = administrator.page.locator("tbody tr", has_text=code).locator('a[href^="/work/cases/"]')
        if link.count():
            return link.first.get_attribute("href").split("/")[3]
        administrator.page.wait_for_timeout(1000)
    raise AssertionError(f"{code} did not come in")


def waits_for(officer: Officer, path: str, text: str) -> None:
    """Look at a page again and again until it says that."""
    for _ in range(MOST_LOOKS):
        officer.goes(path)
        if text in officer.reads():
            return
        officer.page.wait_for_timeout(1000)
    raise AssertionError(f"{path}: {text}")


def test_a_dossier_filed_at_the_portal_goes_all_the_way_and_both_sides_agree(
    outside, administrator, desk, handler, leader
):
    code = outside.files()
    outside.looks("filed")
    case = comes_in(administrator, code)
    administrator.looks("came-in")
    assert "trên Cổng Dịch vụ công quốc gia" in desk.opens(case)

    desk.does("request_supplement", case, reasons="Xin chụp lại", papers="birth_proof", **{"why-birth_proof": BLURRED})
    outside.believes(code, "5. Yêu cầu bổ sung giấy tờ")
    outside.adds(code, "Nộp bổ sung")
    waits_for(desk, f"/work/cases/{case}/", "Đã bổ sung, chờ xem lại")
    desk.does("accept", case)
    handler.does("propose", case)
    leader.signs(case)
    desk.opens(case)
    desk.does("hand_over", case)

    assert "1 → 5 → 2 → 4 → 9 → 10" in outside.believes(code, "10. Đã trả kết quả")
    outside.looks("told")
    administrator.goes(COMPARISON)
    administrator.press("Đối soát ngay")
    administrator.awaits("Đã đối soát xong")
    administrator.looks("compared")
    assert code not in " ".join(administrator.page.locator("table").all_inner_texts())


def test_what_the_portal_refuses_waits_with_its_reason_and_goes_again_by_a_click(outside, administrator, desk):
    code = outside.files()
    case = comes_in(administrator, code)
    outside.believes(code, "1, 2")
    outside.page.locator("main summary").click()
    outside.page.get_by_label("Cổng trục trặc kiểu gì").select_option("reject")
    outside.press("Đặt lỗi")
    outside.looks("faults")
    desk.does("accept", case)

    waits_for(administrator, OUTBOX, "Cổng từ chối, mã 03")
    administrator.looks("stuck")
    administrator.page.get_by_role("button", name="Gửi lại tất cả").click()
    administrator.awaits("sẽ được gửi lại")
    outside.believes(code, "2. Được tiếp nhận")
    waits_for(administrator, OUTBOX, "Không tin nào bị kẹt")


def test_what_cannot_be_taken_in_waits_with_its_reason(outside, administrator):
    code = outside.files("Nộp thủ tục lạ")
    waits_for(administrator, INCOMING, code)
    administrator.looks("quarantine")
    administrator.follows(code)
    waits_for(administrator, administrator.page.url, "chưa có thủ tục này")
    administrator.page.get_by_label("Vì sao bỏ qua").fill("Gửi nhầm tỉnh")
    administrator.press("Bỏ qua, giữ nội dung")
    administrator.awaits("Đã bỏ qua")
