"""A statistics officer types a figure and imports a workbook with one bad row; a leader sees red, makes somebody answer, prints."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from journeys import examiner
from journeys.officer import Officer
from journeys.person import DESK

pytestmark = pytest.mark.story_of("plans")
SHEET = "/plans/texts/lang_son_135_kh_ubnd/"
SOURCE = {"source_title": "Báo cáo cải cách hành chính năm 2025", "publisher": "Sở Nội vụ tỉnh Lạng Sơn"}


@pytest.fixture
def statistician(somebody) -> Officer:
    """Mã Thị Xuân, who brings the province's figures."""
    officer = somebody(Officer, "statistician", width=DESK)
    officer.signs_in("Mã Thị Xuân")
    return officer


@pytest.fixture
def chairman(somebody) -> Officer:
    """Hứa Văn Thành, a leader of the province."""
    officer = somebody(Officer, "leader", width=DESK)
    officer.signs_in("Hứa Văn Thành")
    return officer


def filled(template: bytes, folder: Path, *rows: list) -> Path:
    book = load_workbook(io.BytesIO(template))
    for row in rows:
        book.worksheets[0].append(row)
    target = folder / f"so-lieu-{len(rows)}-{len(list(folder.iterdir()))}.xlsx"
    book.save(target)
    return target


def row(measure: str, value: object, *, unit: str = "20", level: str = "province") -> list:
    return [
        measure,
        unit,
        level,
        2025,
        "=",
        value,
        None,
        SOURCE["source_title"],
        SOURCE["publisher"],
        None,
        None,
        "2026-02-02",
    ]


def types_a_figure(statistician: Officer) -> None:
    """By the form, wrong at first."""
    statistician.goes("/plans/")
    statistician.looks("list")
    statistician.follows("Nhập một số liệu")
    statistician.page.locator('[name="measure"]').select_option("inspections_online")
    for name, value in {"unit": "20", "period": "2025", "value": "12.345", **SOURCE}.items():
        statistician.page.locator(f'[name="{name}"]').fill(value)
    statistician.press("Ghi số liệu")
    statistician.awaits("có thể là hai số")
    statistician.looks("typed-wrong")
    statistician.page.locator('[name="value"]').fill("41,5")
    statistician.press("Ghi số liệu")
    statistician.awaits("Đã ghi 41,5%")
    statistician.looks("typed")


def imports_a_workbook(statistician: Officer, tmp_path: Path) -> None:
    """With one bad row at first, then without."""
    statistician.goes("/plans/imports/")
    statistician.looks("imports")
    template = statistician.downloads("tệp mẫu", tmp_path).read_bytes()
    good = [row("shared_reporting", 96.5), row("digital_share_each_sector", 7.5)]
    statistician.page.locator('input[type="file"]').set_input_files(
        filled(template, tmp_path, *good, row("nham_ma", 5))
    )
    statistician.press("Xem thử")
    statistician.awaits("1 dòng sai")
    assert "A4: Không có chỉ tiêu mã “nham_ma”" in statistician.reads()
    assert not statistician.page.get_by_role("button", name="Nhập tất cả").count()
    statistician.looks("one-bad-row")
    statistician.press("Bỏ tệp này")
    statistician.page.locator('input[type="file"]').set_input_files(filled(template, tmp_path, *good))
    statistician.press("Xem thử")
    statistician.press("Nhập tất cả")
    statistician.awaits("Đã nhập 2 số")
    statistician.looks("imported")


def prints(chairman: Officer) -> PdfReader:
    """The sheet as it comes out of the printer."""
    chairman.goes(SHEET)
    return PdfReader(io.BytesIO(chairman.page.pdf(prefer_css_page_size=True)))


def test_a_figure_turns_a_target_red_and_somebody_answers_for_it(statistician, chairman, somebody, tmp_path):
    types_a_figure(statistician)
    imports_a_workbook(statistician, tmp_path)
    chairman.goes(SHEET)
    red = chairman.page.locator("tr.plan-missed", has_text="41,5%")
    assert "không đạt" in red.inner_text()
    chairman.looks("red")
    red.get_by_role("link", name="giao phụ trách").click()
    chairman.page.locator('[name="unit"]').fill("Tỉnh Lạng Sơn")
    chairman.page.locator('[name="post"]').fill("Chánh Thanh tra tỉnh")
    chairman.press("Giao phụ trách")
    chairman.awaits("Đã giao phụ trách")
    assert "Chánh Thanh tra tỉnh, Tỉnh Lạng Sơn" in chairman.reads()
    chairman.looks("answered-for")

    printed = prints(chairman)
    width, height = (float(side) for side in printed.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (842, 595)  # A4 across
    said = " ".join(" ".join(page.extract_text() for page in printed.pages).split())
    assert "41,5%" in said
    assert "Chánh Thanh tra tỉnh" in said
    assert "giao phụ trách" not in said
    assert len(printed.pages) <= 4

    stranger = somebody(Officer, "stranger")
    stranger.goes(SHEET)
    assert "41,5%" in stranger.reads()
    assert "giao phụ trách" not in stranger.reads()


def test_two_sources_stand_side_by_side_until_a_leader_names_one(chairman):
    chairman.goes("/plans/measures/digital_economy_share/")
    assert "Các nguồn nói khác nhau, chưa ai chọn" in chairman.reads()
    chairman.looks("side-by-side")
    chairman.page.get_by_text("Dùng nguồn này hoặc rút số này").first.click()
    chairman.page.locator('form[action*="/choose/"] [name="reason"]').first.fill("Tính theo cách của Tổng cục Thống kê")
    chairman.press("Dùng nguồn này")
    chairman.awaits("đã chọn một nguồn")
    assert "12,6% GRDP" in chairman.reads()
    assert "11,4% GRDP" in chairman.reads()
    chairman.looks("named")


def test_the_pages_are_within_reach_on_every_screen(statistician, chairman):
    looked_at = {
        statistician: ["/plans/figures/new/", "/plans/imports/"],
        chairman: [
            *("/plans/", SHEET, "/plans/texts/lao_cai_2022/", "/plans/measures/", "/plans/measures/dossiers_on_time/"),
            *("/plans/measures/digital_economy_share/", "/plans/measures/community_teams/"),
            "/plans/targets/lang_son_135_kh_ubnd.fibre_communes.commune.2025/responsible/",
        ],
    }
    troubles = {}
    for person, paths in looked_at.items():
        for path in paths:
            person.goes(path)
            troubles[path] = examiner.troubles_with_looks(person.page)

    assert {path: found for path, found in troubles.items() if found} == {}
