"""The pages as leaders, statistics officers and the public see them."""

import re

from tinhso.modules.insight.plans.tests.conftest import PLAN, text_of


def test_the_list_counts_what_has_no_figures(client, results):
    text = text_of(client.get("/plans/"))

    assert "Tỉnh Lạng Sơn" in text
    assert "135/KH-UBND" in text
    assert re.search(r"60 trên 60 chỉ tiêu chưa có số liệu|\d+ trên 60 chỉ tiêu chưa có số liệu", text)
    assert '<svg class="strip"' in text


def test_a_resolution_is_one_sheet_with_every_target(client, results):
    text = text_of(client.get(f"/plans/texts/{PLAN}/"))

    assert text.count('class="table__row plan-') == 9
    assert "≥ 10%" in text
    assert "chưa có số liệu" in text
    assert "In trang này" in text
    assert "Kết quả đã công bố" in text
    assert "“mức độ 4” là từ cũ" in text


def test_every_text_and_every_measure_has_its_page(client, results):
    for code in results.resolutions:
        text_of(client.get(f"/plans/texts/{code}/"))
    for code in results.measures:
        text_of(client.get(f"/plans/measures/{code}/"))
    text_of(client.get("/plans/measures/"))
