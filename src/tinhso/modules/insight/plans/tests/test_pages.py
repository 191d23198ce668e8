"""The pages as leaders, statistics officers and the public see them."""

import csv
import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tinhso.modules.insight.plans import queries
from tinhso.modules.insight.plans.models import Figure
from tinhso.modules.insight.plans.tests.conftest import (
    FIGURE,
    NEW,
    NOW,
    PLAN,
    book,
    enter,
    read_book,
    target_row,
    text_of,
)

HERE = "/plans/measures/payment_accounts/?unit=20@2025-07-01&level=all"
FORM = {**FIGURE, "is_public": "1"}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def workbook(*rows) -> SimpleUploadedFile:
    return SimpleUploadedFile("so-lieu.xlsx", book(*rows))


def test_the_list_counts_what_has_no_figures(client, results):
    text = text_of(client.get("/plans/"))

    assert "9 trên 9 chỉ tiêu chưa có số liệu" in text
    assert re.search(r"\d+ trên 23 chỉ tiêu chưa có số liệu", text)
    assert '<svg class="strip"' in text
    assert 'aria-label="9 chưa có số liệu"' in text


def test_a_resolution_is_one_sheet_with_every_target(client, results):
    text = text_of(client.get(f"/plans/texts/{PLAN}/"))

    assert text.count('class="table__row plan-') == 9
    assert "≥ 10%" in text
    assert "In trang này" in text
    assert "Kết quả đã công bố" in text
    assert "“mức độ 4” là từ cũ" in text
    assert "giao phụ trách" not in text


def test_no_data_never_looks_like_zero(client, results):
    text = text_of(client.get(f"/plans/texts/{PLAN}/"))
    rows = re.findall(r'<tr role="row" class="table__row plan-no_data">.*?</tr>', text)

    assert len(rows) == 9
    for row in rows:
        cells = re.findall(r"<td.*?</td>", row)
        assert re.sub(r"<[^>]+>", "", cells[1]).strip() == "chưa có số liệu"
        assert not re.search(r">0\b", row)
        assert "<svg" not in row


def test_a_missed_target_is_red_with_its_figure_and_source(client, results):
    enter(value="48,5")

    text = text_of(client.get(f"/plans/texts/{PLAN}/"))

    row = text[text.index('plan-missed"') :]
    row = unescape(row[: row.index("</tr>")])
    assert "Người dân có tài khoản thanh toán điện tử" in row
    assert "48,5%" in row
    assert "Chi cục Thống kê tỉnh Lạng Sơn" in row
    assert "badge--late" in row
    assert '<svg class="way"' in row


def test_every_text_and_every_measure_has_its_page_and_downloads(client, results):
    for code in results.resolutions:
        text_of(client.get(f"/plans/texts/{code}/"))
        assert client.get(f"/plans/texts/{code}/table.csv").status_code == 200
    for code in results.measures:
        text_of(client.get(f"/plans/measures/{code}/"))
    text_of(client.get("/plans/measures/"))


@pytest.mark.parametrize(
    "path",
    [
        "texts/nope/",
        "measures/nope/",
        "texts/nope/table.csv",
        "measures/nope/table.xlsx",
        "figures/nope/evidence/",
        "measures/dossiers_on_time/table.csv?unit=x",
    ],
)
def test_what_is_not_there_is_not_found_or_empty(client, provinces, path):
    assert client.get(f"/plans/{path}").status_code == 404


def test_whatever_unit_is_asked_for_the_page_answers(client, results):
    for asked in ("?unit=nope&level=x", "?unit=%00&level=all", "?unit=20", "?level=all"):
        text_of(client.get(f"/plans/measures/payment_accounts/{asked}"))


def test_a_measure_shows_sources_side_by_side_with_their_revisions(client, results):
    enter(value="48,5")
    enter(value="47,9", announced_on="2026-06-30")
    enter(value="55", publisher="Ngân hàng Nhà nước chi nhánh khu vực 5")

    text = text_of(client.get(HERE))

    assert "Các nguồn nói khác nhau" in text
    for said in ("48,5%", "47,9%", "55%", "1 lần công bố trước", "công bố 30/06/2026", "được dùng"):
        assert said in text
    assert "51,45" not in text
    assert "Rút số này" not in text


def test_a_statistics_officer_types_a_figure_on_a_page(signed_in):
    client = signed_in()
    assert "Nhập một số liệu" in text_of(client.get("/plans/"))
    assert f'value="{NEW}"' in text_of(client.get(f"/plans/figures/new/?measure=payment_accounts&unit={NEW}"))

    kept = client.post("/plans/figures/new/", FORM)

    assert kept.status_code == 302
    text = text_of(client.get(kept["Location"]))
    assert "Đã ghi 48,5%" in text
    assert "nhập tay" in text


def test_a_wrong_form_keeps_what_was_typed_and_says_what_to_mend(signed_in):
    client = signed_in()

    text = text_of(client.post("/plans/figures/new/", {**FORM, "value": "12.345", "period": "2026"}), 422)

    assert "Có 2 chỗ cần sửa" in text
    assert "có thể là hai số" in text
    assert 'value="12.345"' in text
    assert 'href="#value"' in text


def test_evidence_is_kept_with_a_figure_and_seen_when_it_is_published(signed_in, client):
    officer_s = signed_in()
    file = SimpleUploadedFile("niengiam.xlsx", book({"measure": "x"}))
    officer_s.post("/plans/figures/new/", {**FORM, "evidence": file})

    figure = Figure.objects.get(origin="form")
    client.logout()

    assert figure.evidence_sha256
    file = client.get(f"/plans/figures/{figure.public_id}/evidence/")
    assert b"".join(file.streaming_content).startswith(b"PK")
    Figure.objects.update(is_public=False)
    assert client.get(f"/plans/figures/{figure.public_id}/evidence/").status_code == 404


def test_an_unpublished_figure_shows_to_officers_alone(signed_in, client):
    enter(is_public="không")
    assert "48,5" not in text_of(client.get(HERE))

    assert "48,5%" in text_of(signed_in("receptionist").get(HERE))


@pytest.mark.parametrize(
    "path", ["/plans/figures/new/", "/plans/imports/", "/plans/imports/template.xlsx", "/plans/imports/nope/"]
)
def test_forms_are_for_those_who_type(client, signed_in, path):
    assert client.get(path).status_code == 302
    assert signed_in("receptionist").get(path).status_code == 403


def test_an_officer_of_another_province_is_told_at_the_unit(signed_in):
    text = text_of(signed_in("statistician", "33@2025-07-01").post("/plans/figures/new/", FORM), 422)

    assert "Bạn không được nhập số liệu của Tỉnh Lạng Sơn" in text


def test_a_workbook_goes_from_trial_to_keeping_to_undoing(signed_in):
    client = signed_in()
    bad = client.post("/plans/imports/", {"file": workbook(FIGURE, {**FIGURE, "measure": "nope"})})
    text = text_of(client.get(bad["Location"]))
    assert "1 dòng sai" in text
    assert "A3: Không có chỉ tiêu mã" in text
    assert "Nhập tất cả" not in text
    assert "chưa dòng nào được ghi" in text_of(client.post(bad["Location"], {"what": "finish"}, follow=True))
    assert not Figure.objects.filter(origin="import").exists()
    client.post(bad["Location"], {"what": "discard"})

    good = client.post("/plans/imports/", {"file": workbook(FIGURE)})
    assert "Nhập tất cả" in text_of(client.get(good["Location"]))
    assert "Đã nhập 1 số" in text_of(client.post(good["Location"], {"what": "finish"}, follow=True))
    assert Figure.objects.filter(origin="import").count() == 1

    assert "Hãy ghi lý do" in text_of(client.post(good["Location"], {"what": "undo"}, follow=True))
    text = text_of(client.post(good["Location"], {"what": "undo", "reason": "Nhầm"}, follow=True))
    assert "rút 1 số" in text
    assert "đã hoàn tác" in text
    assert "1 số đã rút" in text_of(client.get(HERE))


def test_a_file_that_is_no_workbook_is_refused_on_the_page(signed_in):
    client = signed_in()

    assert "Hãy chọn tệp" in text_of(client.post("/plans/imports/", {}), 422)
    text_of(client.post("/plans/imports/", {"file": SimpleUploadedFile("a.xlsx", b"x")}), 422)


def test_a_leader_names_the_source_and_takes_a_figure_back(signed_in):
    good = enter(value="55", publisher="Ngân hàng")
    poor = enter(value="48")
    client = signed_in("leader")
    assert "Dùng nguồn này" in text_of(client.get(HERE))

    text = text_of(client.post(f"/plans/figures/{good}/choose/", {"reason": "Số gốc"}, follow=True))
    assert "đã chọn một nguồn" in text
    assert "Số gốc" in text
    text = text_of(client.post(f"/plans/figures/{poor}/withdraw/", {"reason": ""}, follow=True))
    assert "Hãy ghi lý do" in text
    text = text_of(client.post(f"/plans/figures/{poor}/withdraw/", {"reason": "Sai đơn vị tính"}, follow=True))
    assert "Sai đơn vị tính" in text
    assert client.post("/plans/figures/nope/withdraw/", {"reason": "x"}).status_code == 404
    assert client.get(f"/plans/figures/{good}/choose/").status_code == 405


def test_a_statistician_does_not_name_the_source(signed_in):
    public_id = enter()

    assert signed_in().post(f"/plans/figures/{public_id}/choose/", {"reason": "x"}).status_code == 403


def test_a_leader_makes_somebody_responsible(signed_in):
    client = signed_in("leader")
    code = target_row("payment_accounts").target.code
    assert f"/plans/targets/{code}/responsible/" in text_of(client.get(f"/plans/texts/{PLAN}/"))

    assert "Không có đơn vị này" in text_of(client.post(f"/plans/targets/{code}/responsible/", {"unit": "nope"}), 422)
    client.post(f"/plans/targets/{code}/responsible/", {"unit": "Tỉnh Lạng Sơn", "post": "Giám đốc Sở"})

    assert "Giám đốc Sở, Tỉnh Lạng Sơn" in text_of(client.get(f"/plans/texts/{PLAN}/"))
    assert client.get("/plans/targets/nope/responsible/").status_code == 404


def test_downloads_hold_what_the_page_shows(client, results):
    enter(value="48,5")
    enter(value="47,9", announced_on="2026-06-30")

    text = client.get(f"/plans/texts/{PLAN}/table.csv").content.decode("utf-8-sig")
    rows = {row["Mã chỉ tiêu"]: row for row in csv.DictReader(io.StringIO(text))}
    row = rows[f"{PLAN}.payment_accounts.all.2025"]
    assert (row["Mục tiêu"], row["Giá trị"], row["Trạng thái"]) == ("50", "47,9%", "không đạt")
    assert rows[f"{PLAN}.digital_economy_share.province.2025"]["Giá trị"] == ""
    (sheet,) = read_book(client.get(f"/plans/texts/{PLAN}/table.xlsx").content)
    assert len(sheet) == 10
    (sheet,) = read_book(client.get(HERE.replace("/?", "/table.xlsx?")).content)
    assert [row[4] for row in sheet[1:]] == ["47.9", "48.5"]
    assert [row[12] for row in sheet[1:]] == ["có", None]


def test_in_english_the_pages_speak_of_measures_in_english(client, results):
    client.cookies["django_language"] = "en"

    assert "People with an electronic payment account" in text_of(client.get(HERE))


def test_pages_ask_the_database_little(client, results, django_assert_max_num_queries):
    client.get("/plans/")
    for path in ("/plans/", f"/plans/texts/{PLAN}/", HERE):
        client.get(path)
        with django_assert_max_num_queries(9):
            client.get(path)


def test_the_doctor_says_how_many_targets_lack_figures(results):
    from django.apps import apps

    (finding,) = apps.get_app_config("plans").examine(NOW)

    assert finding.level == "well"
    assert re.search(r"\d+ trên 60 chỉ tiêu", finding.text)
    assert queries.count_figures(public=True)["community_teams"] == 2


def test_a_figure_at_a_level_without_a_target_is_said_to_count_for_none(signed_in):
    client = signed_in()

    aside = text_of(client.post("/plans/figures/new/", {**FORM, "level": "province"}, follow=True))
    assert "Chỉ tiêu đặt ra ở: cả tỉnh, mọi cấp" in aside
    assert "Chỉ tiêu đặt ra ở" not in text_of(client.post("/plans/figures/new/", FORM, follow=True))
    tried = client.post("/plans/imports/", {"file": workbook({**FIGURE, "level": "province", "period": "2025-12"})})
    assert "không dùng để xét chỉ tiêu" in text_of(client.get(tried["Location"]))
