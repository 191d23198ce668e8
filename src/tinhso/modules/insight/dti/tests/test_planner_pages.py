"""A province assesses itself and plans on its pages: begun, filled in, borne out, planned for a budget, printed."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from PIL import Image

from tinhso.modules.insight.dti import actions, models
from tinhso.modules.insight.dti.pages.papers import dress_paper
from tinhso.modules.insight.dti.queries.assessments import open_for
from tinhso.modules.insight.dti.queries.planning import draw_up
from tinhso.modules.insight.dti.rules.planning import Budget
from tinhso.modules.insight.dti.tests.conftest import (
    BINH,
    DEPARTMENT,
    FORMER_LAO_CAI,
    LAO_CAI,
    NOW,
    THAO,
    declare_all,
    text_of,
)

pytestmark = pytest.mark.django_db
OFFERS = """Tiêu chí,Mức có thể đạt,Chi phí,Công sức,Việc làm
rest_awareness,95,500.000.000,60,Chuyên mục và tập huấn
rest_institutions,100,200.000.000,90,Ban hành đủ văn bản
rest_human_resources,80,3.000.000.000,200,Tập huấn tổ công nghệ số
rest_cybersecurity,85,6.000.000.000,150,Giám sát an toàn thông tin
rest_digital_government_activity,165,9.000.000.000,300,Dịch vụ công toàn trình
rest_digital_society_activity,70,12.000.000.000,100,Định danh mức 2
rest_infrastructure,70,20.000.000.000,50,Trung tâm dữ liệu
"""


@pytest.fixture
def planned(assessment) -> str:
    declare_all(assessment)
    actions.load_offers(public_id=assessment, content=OFFERS.encode(), actor=THAO, now=NOW)
    return assessment


def test_an_assessment_is_begun_filled_in_borne_out_and_submitted_on_its_pages(signed_in) -> None:
    browser = signed_in("Thảo", DEPARTMENT, "handler")
    assert "Chưa có bản tự đánh giá nào" in text_of(browser.get("/dti/assessments/"))

    sent = {"unit": FORMER_LAO_CAI, "year": "2022", "criteria": "2021-2023:known_922"}
    where = browser.post("/dti/assessments/begin/", sent)["Location"]
    wrong = browser.post(f"{where}criteria/district_1_2/", {"numerator": "5", "denominator": "4"})
    assert wrong.status_code == 422
    assert "Tử số: tử số phải từ 0 đến mẫu số (4)." in text_of(wrong)
    assert browser.post(f"{where}criteria/district_1_2/", {"numerator": "3", "denominator": "4"}).status_code == 302
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(picture, "PNG")
    file = SimpleUploadedFile("họp.png", picture.getvalue())
    assert browser.post(f"{where}criteria/district_1_2/files/", {"file": file}).status_code == 302

    page = text_of(browser.get(where))
    assert "3 / 4" in page
    assert "15 trên 100 điểm" in page
    criterion = text_of(browser.get(f"{where}criteria/district_1_2/"))
    link = re.search(r'href="(/dti/assessments/[^"]+/files/[0-9a-f]{64}/)"', criterion)[1]
    evidence = browser.get(link)
    assert evidence["Content-Security-Policy"].startswith("sandbox")
    assert evidence["Content-Disposition"].startswith("attachment")
    assert browser.post(f"{where}move/", {"act": "submit"}).status_code == 302
    assert "chờ rà soát" in text_of(browser.get(where))
    assert browser.post(f"{where}criteria/district_1_2/", {"numerator": "4", "denominator": "4"}).status_code == 422
    assert browser.post(f"{where}move/", {"act": "sign"}).status_code == 422


def test_the_best_choice_for_the_budget_with_its_arithmetic(planned) -> None:
    paper = draw_up(open_for(planned, THAO), Budget(20_000_000_000))

    assert [line.offer.criterion for line in paper.plan.lines] == [
        "rest_institutions",
        "rest_awareness",
        "rest_human_resources",
        "rest_cybersecurity",
        "rest_digital_government_activity",
    ]
    assert paper.plan.gain == 20 + 20 + 28 + 37 + 37
    assert paper.plan.money == 18_700_000_000
    assert str(paper.after.composite) == "0.7220"


def test_lao_cai_of_2022_goes_from_rank_38_into_the_first_ten_on_paper(planned) -> None:
    paper = draw_up(open_for(planned, THAO), Budget(20_000_000_000))

    assert paper.own.rank == 38
    assert paper.standing_before.best <= 38 <= paper.standing_before.worst
    assert str(paper.for_ten) == "0.6924"
    assert paper.standing_after.is_certain
    assert paper.standing_after.best == 2  # between Đà Nẵng's 0.8002 and Hồ Chí Minh City's 0.7163
    assert paper.unknown == 62 - 6


def test_with_less_money_the_page_says_what_is_missing_and_what_is_not_known(signed_in, planned) -> None:
    browser = signed_in("Thảo", DEPARTMENT, "handler")

    page = text_of(browser.get(f"/dti/assessments/{planned}/planner/?money=5.000.000.000"))

    assert "Chưa chắc vào 10 tỉnh đầu: cần 0,6924, mới đạt 0,6480, còn thiếu 44,4 điểm." in page
    assert "Có thể đã vào" in page
    assert "Điểm tổng của 56 trên 62 tỉnh khác chưa thấy công bố" in page
    assert "vượt kinh phí còn lại" in page


def test_the_arithmetic_is_shown_line_by_line_and_printed(signed_in, planned) -> None:
    browser = signed_in("Thảo", DEPARTMENT, "handler")

    for address in ("planner/", "planner/print/"):
        page = text_of(browser.get(f"/dti/assessments/{planned}/{address}?money=20000000000"))
        assert "Điểm thêm: 20 + 20 + 28 + 37 + 37 = 142" in page
        assert "Điểm sau: 580 + 142 = 722" in page
        assert "Điểm tổng: 722 ÷ 1.000 = 0,7220" in page
        assert "18.700.000.000 đ" in page
        assert "Chắc chắn trong 10 tỉnh đầu trên giấy" in page
        assert "công bố: 38 trên 63" in page


def test_offers_are_added_and_taken_away_one_by_one(signed_in, assessment) -> None:
    browser = signed_in("Thảo", DEPARTMENT, "handler")
    where = f"/dti/assessments/{assessment}/planner/"
    offer = {"criterion": "rest_awareness", "reach": "90", "money": "1.500.000", "effort": "5", "kept_money": "7"}

    assert browser.post(f"{where}offers/", offer)["Location"].endswith("/planner/?money=7")
    assert "+90" in text_of(browser.get(where))
    wrong = browser.post(f"{where}offers/", offer | {"reach": "900"})
    assert wrong.status_code == 422
    assert "phải từ 0 đến 100 điểm" in text_of(wrong)
    browser.post(f"{where}offers/", {"remove": models.Offer.objects.get().pk})
    assert "Chưa có phương án nào" in text_of(browser.get(where))


def test_a_sheet_of_offers_with_a_mistake_changes_nothing(signed_in, planned) -> None:
    browser = signed_in("Thảo", DEPARTMENT, "handler")
    content = OFFERS.replace("rest_awareness,95", "rest_awareness,950").replace("rest_institutions", "rest_magic")

    answer = browser.post(
        f"/dti/assessments/{planned}/planner/offers/",
        {"load": "1", "file": SimpleUploadedFile("a.csv", content.encode())},
    )

    assert answer.status_code == 422
    assert "Dòng 2:" in text_of(answer)
    assert "Dòng 3: Không có tiêu chí “rest_magic”." in text_of(answer)
    assert models.Offer.objects.count() == 7


def test_a_budget_of_effort_limits_as_well(planned) -> None:
    paper = draw_up(open_for(planned, BINH), Budget(None, 300))

    assert paper.plan.effort <= 300
    assert paper.plan.gain == 20 + 20 + 37


def test_a_budget_that_is_no_number_is_told(signed_in, planned) -> None:
    browser = signed_in("Thảo", DEPARTMENT, "handler")

    answer = browser.get(f"/dti/assessments/{planned}/planner/?money=nhiều")

    assert answer.status_code == 422
    assert "“nhiều” không phải là số nguyên" in text_of(answer)


def test_an_assessment_and_a_sheet_of_offers_are_taken_away_filled_in_and_sent_back(signed_in, assessment) -> None:
    declare_all(assessment)
    browser, where = signed_in("Thảo", DEPARTMENT, "handler"), f"/dti/assessments/{assessment}"

    book = load_workbook(io.BytesIO(browser.get(f"{where}/table.xlsx").content))
    sheet = load_workbook(io.BytesIO(browser.get(f"{where}/planner/offers.xlsx").content))

    assert [row[4].value for row in book["Tiêu chí"].iter_rows(min_row=2)] == [75, 80, 62, 52, 48, 128, 81, 54]
    assert ["Điểm tổng", 580, 1000, 0.58] in [[cell.value for cell in row] for row in book["Tổng hợp"].rows]
    sheet.active["B2"], sheet.active["C2"] = 95, 500_000_000
    filled = io.BytesIO()
    sheet.save(filled)
    sent = {"load": "1", "file": SimpleUploadedFile("a.xlsx", filled.getvalue())}
    assert browser.post(f"{where}/planner/offers/", sent).status_code == 302
    (offer,) = models.Offer.objects.all()
    assert (offer.criterion, offer.reach, offer.money_dong) == ("rest_awareness", "95", 500_000_000)


def test_a_province_merged_since_is_set_against_the_others_without_those_it_was_made_of(province) -> None:
    row = actions.open_assessment(
        edition_code="2021-2023", criteria_code="frame", year=2022, unit_key=LAO_CAI, actor=THAO, now=NOW
    )

    paper = draw_up(open_for(row.public_id, THAO), Budget())

    assert len(paper.others) == 61
    assert not {"Lào Cai", "Yên Bái"} & {other.rival.name for other in paper.others}
    assert (paper.own, paper.former) == (None, ("Lào Cai", "Yên Bái"))
    assert "không kể các tỉnh này" in " ".join(dress_paper(paper)["honest"])
