"""A commune fills its monthly report in a workbook with one wrong cell, its leader signs, the province's sum changes; no JavaScript."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from journeys import examiner
from journeys.officer import Officer
from journeys.person import DESK
from journeys.place import VERIFY_PDF

pytestmark = pytest.mark.story_of("reporting")
REPORT = "Báo cáo tình hình chuyển đổi số cấp xã"
HOUSEHOLDS = "Hộ trên địa bàn"
FIGURES = {
    "Thôn, tổ dân phố": 21,
    "Tổ công nghệ số cộng đồng": 21,
    "Thành viên của các tổ": 126,
    HOUSEHOLDS: 2475,
    "Hộ có người được hướng dẫn kỹ năng số (cộng dồn)": "1.250",
    "Hộ có Internet cáp quang": 1610,
    "Hồ sơ đã giải quyết xong trong tháng dương lịch": 20,
    "Trong đó xong đúng hạn": 20,
    "Cán bộ, công chức đã tập huấn kỹ năng số": 24,
    "Mức hài lòng tự khảo sát": "4,2",
}


@pytest.fixture
def filler(somebody) -> Officer:
    """Nông Văn Thắng of xã Đồng Đăng, whose browser runs no scripts."""
    return at_work(somebody, "Nông Văn Thắng", "filler")


@pytest.fixture
def chairman(somebody) -> Officer:
    """Hoàng Văn Kiên, who signs for the commune."""
    return at_work(somebody, "Hoàng Văn Kiên", "chairman")


@pytest.fixture
def receiver(somebody) -> Officer:
    """Nông Thị Hạnh of the department of science and technology, which adds the communes up."""
    return at_work(somebody, "Nông Thị Hạnh", "receiver")


def at_work(somebody, name: str, story: str) -> Officer:
    officer = somebody(Officer, story, width=DESK, java_script_enabled=False)
    officer.signs_in(name)
    return officer


def filled(workbook: Path, **instead: object) -> Path:
    """The workbook with the figures written beside their names, some otherwise."""
    book = load_workbook(workbook)
    figures = FIGURES | {name.replace("_", " "): value for name, value in instead.items()}
    for sheet in book.worksheets[1:-2]:  # between the guide and the sheets of notes and of keys
        for row in sheet.iter_rows(min_row=7):
            if row[1].value in figures and not row[3].protection.locked:
                row[3].value = figures[row[1].value]
    target = workbook.parent / f"da-dien-{len(list(workbook.parent.iterdir()))}.xlsx"
    book.save(target)
    return target


def hands_back(filler: Officer, workbook: Path) -> None:
    filler.page.locator('input[type="file"]').set_input_files(workbook)
    filler.press("Xem thử")
    filler.awaits("ô sẽ đổi")


def opens_the_month(officer: Officer) -> None:
    officer.goes("/reports/")
    officer.page.locator("tbody tr", has_text=REPORT).first.get_by_role("link").first.click()
    officer.page.wait_for_url("**/reports/*/")


def sums(receiver: Officer) -> tuple[int, Decimal]:
    """How many communes are in the latest month's sum, and its number of households."""
    if "/below/" not in receiver.page.url:
        receiver.goes("/reports/")
        rows = receiver.page.locator('tr:has(a[href$="/below/"])', has_text=REPORT)
        receiver.goes(rows.first.locator('a[href$="/below/"]').first.get_attribute("href"))
    receiver.page.reload()
    present = int(re.search(r"(\d+)/\d+ *đã nộp", receiver.reads())[1])
    row = receiver.page.locator("tbody tr", has_text=HOUSEHOLDS).first
    return present, Decimal(row.locator("td").first.inner_text().replace(".", "").replace(",", ".").split()[0])


def fills_in_the_workbook(filler: Officer, tmp_path: Path) -> None:
    """One cell wrong at first, then mended and taken up."""
    opens_the_month(filler)
    filler.looks("report")
    filler.follows("Điền bằng Excel")
    filler.looks("by-workbook")
    workbook = filler.downloads("Tải tệp Excel của báo cáo", tmp_path)

    hands_back(filler, filled(workbook, **{"Thôn,_tổ_dân_phố": "hai mốt"}))
    said = filler.reads()
    assert "1 ô sai" in said
    assert re.search(r"Thôn, tổ dân phố 1\. Kết quả trong tháng, D7 “hai mốt” không phải là số", said)
    assert not filler.page.get_by_role("button", name="Ghi vào báo cáo").count()
    filler.looks("one-wrong-cell")

    filler.follows("Gửi tệp khác")
    hands_back(filler, filled(workbook))
    assert "0 ô sai" in filler.reads()
    filler.looks("mended")
    filler.press("Ghi vào báo cáo")
    filler.awaits("Đã ghi 10 ô từ tệp Excel.")
    assert "50,5" in filler.reads()  # 1.250 of 2.475 households, worked out
    filler.looks("taken-up")
    filler.press("Trình lãnh đạo ký")
    filler.awaits("Chờ ký")


def test_the_receiver_sees_what_a_reminder_says_before_it_goes(receiver):
    sums(receiver)
    receiver.follows("Nhắc đơn vị quá hạn")
    receiver.awaits("Nhắc nộp báo cáo")
    receiver.looks("reminder")


def test_a_commune_fills_its_report_in_a_workbook_and_the_sum_of_the_province_changes(
    filler, chairman, receiver, place, tmp_path
):
    before, households = sums(receiver)
    receiver.looks("overview-before")
    fills_in_the_workbook(filler, tmp_path)

    opens_the_month(chairman)
    chairman.looks("to-sign")
    chairman.press("Ký và nộp")
    chairman.awaits("Đã nộp, chờ duyệt")
    chairman.follows("Bản 1")
    chairman.looks("handed-in")
    paper = chairman.downloads("Bản ký số", tmp_path)
    assert place.says(str(paper), program=VERIFY_PDF) == (0, "valid ()\n")

    assert sums(receiver) == (before + 1, households + FIGURES[HOUSEHOLDS])
    receiver.looks("overview-after")


def test_the_workbook_of_another_report_is_refused_where_it_does_not_belong(filler, receiver, tmp_path):
    filler.goes("/reports/")
    links = filler.page.locator('main a[href^="/reports/TS-"]')
    first, second = (links.nth(at).get_attribute("href") for at in (0, 1))
    filler.goes(f"{second}sheet/")
    workbook = filler.downloads("Tải tệp Excel của báo cáo", tmp_path)
    filler.goes(f"{first}sheet/")
    if not filler.page.locator('input[type="file"]').count():
        pytest.skip("the first report on the list is not open for filling in")
    filler.page.locator('input[type="file"]').set_input_files(workbook)
    filler.press("Xem thử")
    filler.awaits("Chưa có gì được ghi")
    assert "Tới báo cáo của tệp" in filler.reads()
    filler.looks("another-report")


def test_the_pages_are_within_reach_on_every_screen(somebody):
    officer = somebody(Officer, "looked-at", width=DESK)
    officer.signs_in("Nông Thị Hạnh")
    officer.goes("/reports/")
    below = officer.page.locator('main a[href$="/below/"]').first.get_attribute("href")
    whole = below.removesuffix("below/")
    paths = ["/reports/outbox/", "/reports/simulator/", f"{below}remind/", f"{whole}sent-up/", f"{whole}sheet/"]
    troubles = {}
    for path in paths:
        officer.goes(path)
        officer.looks(path.strip("/").rpartition("/")[2])
        troubles[path] = examiner.troubles_with_looks(officer.page)

    assert {path: found for path, found in troubles.items() if found} == {}
