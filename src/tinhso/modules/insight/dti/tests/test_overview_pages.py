"""The pages everybody may see: a year and a province, editions with how sure they are, downloads; loading tables."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from tinhso.modules.insight.dti import actions
from tinhso.modules.insight.dti.queries.published import list_past, read_year, rivals_of
from tinhso.modules.insight.dti.rules.published import Shared
from tinhso.modules.insight.dti.tests.conftest import COMMUNE, DEPARTMENT, LAO_CAI, NOW, THAO, text_of

pytestmark = pytest.mark.django_db


def test_the_overview_tells_value_rank_mean_and_best(client, province) -> None:
    page = text_of(client.get("/dti/?year=2022&province=Quảng Ninh"))

    assert "0,7024" in page
    assert "3 trên 63" in page
    assert "0,5786" in page
    assert "công bố 07/2023" in page
    assert "Quyết định 922/QĐ-BTTTT" in page


def test_where_only_a_rank_was_told_the_composite_is_bounded_and_not_guessed(client, province) -> None:
    page = text_of(client.get("/dti/?year=2022&province=Lào Cai"))

    assert "chưa công bố; theo hạng thì từ 0,4532 đến 0,6077" in page


def test_each_main_index_is_drawn_with_mean_and_best_and_says_of_how_many(client, province) -> None:
    page = text_of(client.get("/dti/?year=2022&province=Quảng Ninh"))

    assert page.count('class="bars__item"') == 8
    assert 'width="95.81%"' in page
    assert "chỉ tính trong 5 tỉnh có công bố" in page


def test_pillars_are_as_published_else_worked_out_and_marked_so(client, province) -> None:
    page = text_of(client.get("/dti/?year=2022"))

    assert "0,7804" in page
    assert "tính lại từ các chỉ số chính" in page
    assert "0,8638" in page  # Đà Nẵng, whose pillars were told by rank only


def test_sources_that_differ_stand_side_by_side_with_what_speaks_for_one(client, province) -> None:
    page = text_of(client.get("/dti/?year=2022"))

    assert "Chỗ các nguồn nói khác nhau" in page
    assert "0.5763, 0.5786" in page
    assert "Tỷ lệ tăng đã in chỉ khớp 0,5786." in page


def test_a_year_whose_points_nobody_knows_says_so(client, province) -> None:
    page = text_of(client.get("/dti/?year=2024&province=Lào Cai"))

    assert "Chưa tính lại được điểm tổng của năm này" in page
    assert "14 trên 34" in page


def test_before_the_reform_a_province_has_the_figures_of_those_it_was_made_of(client, province) -> None:
    of_2022 = next(past for past in list_past(LAO_CAI, [2022, 2024]) if past.year == 2022)

    assert [(who, figure.rank) for who, figure in of_2022.former] == [("Lào Cai", 38), ("Yên Bái", 15)]
    assert of_2022.own is None
    assert of_2022.merged is None  # neither composite was published
    page = text_of(client.get("/dti/?year=2024&province=Lào Cai"))
    assert "Lào Cai, hạng 38 trên 63 · Yên Bái, hạng 15 trên 63" in page
    assert "Lào Cai, hạng 14" not in page  # that is of the province of today


def test_ranks_that_no_known_province_has_are_counted_all_the_same(province) -> None:
    others = rivals_of(read_year(2022), ["Lào Cai"])

    assert len(others) == 62
    assert sum(not each.rival.name for each in others) == 62 - 12
    by_rank = {each.rival.rank: each for each in others}
    assert (str(by_rank[10].low), str(by_rank[10].high)) == ("0.6077", "0.6924")


@pytest.mark.parametrize("code", ["2020", "2021-2023", "2024", "qd766"])
def test_every_edition_has_a_page_with_its_sources(client, province, code) -> None:
    page = text_of(client.get(f"/dti/editions/{code}/"))

    assert "Nguồn" in page
    assert 'rel="noreferrer"' in page
    assert ("chưa rõ" in page) is (code == "2024")


def test_the_edition_of_922_says_that_the_list_of_98_was_not_obtained(client, province) -> None:
    page = text_of(client.get("/dti/editions/2021-2023/"))

    assert "Danh sách 98 chỉ số thành phần cùng điểm từng chỉ số chưa lấy được" in page
    assert "không chấm" in page
    assert "từ 4: 20 điểm" in page
    assert client.get("/dti/editions/1999/").status_code == 404


def test_the_table_can_be_taken_away(client, province) -> None:
    text = client.get("/dti/table.csv?year=2022").content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get("/dti/table.xlsx?year=2022").content))

    assert "Quảng Ninh,dti,Điểm tổng,0.7024,3,63" in text
    assert book.sheetnames == ["Công bố", "Bộ chỉ số"]
    assert len(list(book["Công bố"].rows)) == len(text.splitlines())


def test_the_api_gives_editions_and_published_figures(client, province) -> None:
    editions = client.get("/api/v1/dti/editions").json()
    figures = client.get("/api/v1/dti/published?year=2022&metric=dti").json()

    assert {each["code"]: each["weighted"] for each in editions}["2024"] is False
    assert [each["value"] for each in figures if each["province"] == "mean"] == [0.5786, 0.5763]
    assert client.get("/api/v1/dti/editions/2020").json()["pillars"][0]["of"] == ["digital_government"]
    assert client.get("/api/v1/dti/editions/1999").status_code == 404
    assert client.get("/api/v1/dti/published").status_code == 422


def test_a_table_of_ranks_is_loaded_once_and_names_everybody(signed_in, printed) -> None:
    rows = printed("dti_2022_rank.csv")
    content = "rank,province\n" + "\n".join(f"{row['rank']},{row['province']}" for row in rows)
    browser = signed_in("Thảo", DEPARTMENT, "handler")

    for _ in range(2):
        sent = {"year": "2022", "announced": "2023-07", "source": "https://dti.gov.vn/xep-hang-2022"}
        file = SimpleUploadedFile("hang.csv", content.encode())
        assert browser.post("/dti/import/", {**sent, "file": file}).status_code == 302

    table = read_year(2022)
    assert len(table.provinces) == 63
    assert table.provinces[14:17] == ["Thanh Hóa", "Yên Bái", "Hậu Giang"]
    assert not [each for each in rivals_of(table, ["Lào Cai"]) if not each.rival.name]


def test_a_table_with_mistakes_is_told_row_by_row_and_nothing_is_kept(signed_in) -> None:
    browser = signed_in("Thảo", DEPARTMENT, "handler")
    before = len(read_year(2022).figures)
    content = "Năm,Tỉnh,Chỉ số,Giá trị\n2022,Lào Cai,dti,1.5\n2022,Lào Cai,vui vẻ,0.5\n1999,Lào Cai,dti,0.5\n"

    answer = browser.post("/dti/import/", {"year": "2022", "file": SimpleUploadedFile("a.csv", content.encode())})

    assert answer.status_code == 422
    page = text_of(answer)
    assert "Dòng 2, cột “giá trị”: phải từ 0 đến 1" in page
    assert "Dòng 3, cột “chỉ số”: không có chỉ số “vui vẻ”" in page
    assert "Dòng 4, cột “năm”: không có bộ chỉ số của năm “1999”" in page
    assert len(read_year(2022).figures) == before


def test_only_officers_of_the_province_load_tables_and_see_assessments(client, signed_in) -> None:
    assert client.get("/dti/import/").status_code == 302
    browser = signed_in("Sử", COMMUNE, "handler", "leader")

    assert browser.get("/dti/import/").status_code == 403
    assert browser.get("/dti/assessments/").status_code == 403
    assert "Tự đánh giá" not in text_of(browser.get("/dti/"))


def test_the_mean_of_the_former_provinces_stands_for_a_year_before_the_reform(province) -> None:
    content = "year,province,metric,value\n2023,Lào Cai,dti,0.5801\n2023,Yên Bái,dti,0.6000\n"
    actions.load_published(content=content.encode(), name="a.csv", shared=Shared(), actor=THAO, now=NOW)

    (past,) = list_past(LAO_CAI, [2023])

    assert str(past.merged) == "0.5901"  # 0.59005, half up
    assert past.own is None


def test_a_year_told_among_63_and_among_34_is_compared_within_the_usual_number(province, printed) -> None:
    rows = printed("dti_known_values.csv")
    content = io.StringIO()
    writer = csv.DictWriter(content, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    actions.load_published(content=content.getvalue().encode(), name="a.csv", shared=Shared(), actor=THAO, now=NOW)

    table = read_year(2024)

    assert (table.figure("composite", "TP. Đà Nẵng").rank, table.figure("composite", "TP. Đà Nẵng").of) == (17, 34)
    others = rivals_of(table, ["Lào Cai"])
    assert len(others) == 33
    assert str(next(each for each in others if each.rival.rank == 5).high) == "0.7770"
