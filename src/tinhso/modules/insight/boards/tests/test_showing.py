"""Boards as people see them: composed of what apps bring, renewed in place, seen by those who may, taken away as tables."""

import csv
import io
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from tinhso.modules.insight.boards.pages.drawing import KEPT_SECONDS
from tinhso.modules.insight.boards.tests.conftest import (
    COMMUNE,
    OFFICERS_BOARD,
    PROVINCE,
    PROVINCE_BOARD,
    text_of,
    write_boards,
)

VIEWERS = 200


def test_a_board_is_composed_of_panels_and_leaves_out_those_of_absent_apps(client, province):
    text = text_of(client.get("/board/"))

    assert "Bảng tỉnh · Toàn tỉnh" in text
    assert text.count('class="counts"') == 2
    assert "Lần nữa" in text, "options of the file reach the panel"
    assert 'data-slot="panel" data-version=""></div>' in text, "what the absent app would draw"
    assert {asked.unit_key for asked in province.asked} == {""}


def test_a_panel_that_fails_is_a_grey_tile_in_words_and_is_logged(client, province, caplog):
    text = text_of(client.get("/board/province/"))

    assert "Chưa xem được phần này" in text
    assert "tile--unknown" in text
    assert "panel boards.faulty of board province was not drawn" in caplog.text
    assert "kho không mở được" in caplog.text
    assert "kho không mở được" not in text


def test_without_any_board_or_panel_the_page_says_so(client, province, packs):
    write_boards(packs)
    assert "Bảng này chưa có gì để xem" in text_of(client.get("/board/"))
    write_boards(packs, PROVINCE_BOARD.replace("boards.", "gone."))
    assert "Bảng này chưa có gì để xem" in text_of(client.get("/board/"))
    assert client.get("/board/nowhere/").status_code == 404


def test_a_unit_leads_to_its_own_board(province, somebody, client):
    _actor, clerk = somebody("receptionist")
    _actor, chair = somebody("leader")

    assert "Một cửa · " in text_of(clerk.get(f"/board/?unit={COMMUNE}"))
    assert "Của lãnh đạo · " in text_of(chair.get(f"/board/?unit={COMMUNE}"))
    assert "Bảng tỉnh · " in text_of(client.get(f"/board/?unit={COMMUNE}")), "what the public may see of it"
    assert "Một cửa · Xã 90001" in text_of(clerk.get("/board/desk/")), "one's own unit where none is asked for"


def test_communes_that_take_cases_in_and_departments_are_offered(client, province):
    (units, periods) = client.get("/board/").context["fields"]
    assert [each["text"] for each in units["options"]] == ["Toàn tỉnh", "Xã 90001", "Sở Thử"]
    assert [each["value"] for each in periods["options"]][12].partition("-")[2][:1] == "Q"


def test_a_board_is_seen_by_those_alone_for_whom_it_is(province, somebody, client):
    _actor, clerk = somebody("receptionist")

    answers = {
        address: (client.get(address).status_code, clerk.get(address).status_code)
        for address in (
            "/board/chair/",
            "/board/chair/panels/",
            "/board/desk/",
            "/board/desk/panels/",
            "/board/chair/count/table.csv",
        )
    }
    assert answers == {
        "/board/chair/": (302, 403),
        "/board/chair/panels/": (403, 403),
        "/board/desk/": (302, 200),
        "/board/desk/panels/": (403, 200),
        "/board/chair/count/table.csv": (403, 403),
    }
    assert "chair" not in text_of(clerk.get(f"/board/?unit={COMMUNE}"))


def test_tiles_are_renewed_only_when_something_changed(client, province):
    province.age = timedelta(seconds=1)
    first = client.get("/board/province/panels/")
    mark = first["ETag"]

    assert client.get("/board/province/panels/", headers={"If-None-Match": mark}).status_code == 304
    cache.clear()
    province.value = 8
    changed = client.get("/board/province/panels/", headers={"If-None-Match": mark})
    assert changed.status_code == 200
    assert "data-tiles" in text_of(changed)
    assert ">8<" in changed.content.decode()
    assert changed["ETag"] != mark


def test_two_hundred_readers_cost_as_much_as_one(client, province):
    begun = time.monotonic()
    for _reader in range(VIEWERS):
        assert client.get("/board/province/panels/").status_code == 200

    drawings = (time.monotonic() - begun) / KEPT_SECONDS + 1
    assert len(province.asked) <= 2 * drawings, "two panels, drawn anew every two seconds at most"


def test_readers_with_different_posts_are_drawn_for_apart(province, somebody, client):
    _actor, clerk = somebody("receptionist")
    for reader in (client, clerk, client, clerk):
        reader.get("/board/province/panels/")

    kinds = [asked.actor and asked.actor.kind for asked in province.asked]
    assert kinds == [None, None, "officer", "officer"]


def test_a_warm_board_asks_the_database_nothing_but_who_looks(province, client, somebody, django_assert_num_queries, django_assert_max_num_queries):  # fmt: skip
    _actor, clerk = somebody("receptionist")
    for reader in (client, clerk):
        reader.get("/board/desk/")
        reader.get("/board/")
        reader.get("/board/province/panels/")

    with django_assert_num_queries(0):
        client.get("/board/")
    with django_assert_num_queries(0):
        client.get("/board/province/panels/")
    with django_assert_max_num_queries(3):
        clerk.get("/board/province/panels/")


def test_an_old_panel_is_grey_and_says_up_to_when_it_is(client, province):
    assert "tile--stale" not in text_of(client.get("/board/"))
    province.age = timedelta(minutes=5)
    cache.clear()

    text = text_of(client.get("/board/"))
    assert text.count("tile--stale") == 2
    assert "số liệu cũ" in text
    assert 'data-stale-after="30"' in text


def test_every_panel_is_taken_away_as_a_table(client, province):
    page = text_of(client.get("/board/?period=2026-10"))
    assert "/board/province/count/table.csv?period=2026-10" in page

    sent = client.get("/board/province/count/table.csv?period=2026-10")
    rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert rows == [["Việc", "Số"], ["hồ sơ", "7"], ["'=1+1", "0"]], "no text is taken for a formula"
    assert 'filename="province-count-2026-10.csv"' in sent["Content-Disposition"]
    book = load_workbook(io.BytesIO(client.get("/board/province/again/table.xlsx").content))
    assert book.sheetnames == ["Lần nữa"]
    assert [row[:2] for row in book["Lần nữa"].values][:2] == [("Việc", "Số"), ("hồ sơ", 7)]
    assert client.get("/board/province/nothing/table.csv").status_code == 404
    assert client.get("/board/province/panel/table.xlsx").status_code == 404


@pytest.mark.parametrize("query", ["unit=%00&period=%00", "unit=nowhere", "unit=90001", "period=2026-99", "theme=x&wall=2", f"unit={PROVINCE}"])  # fmt: skip
def test_whatever_is_asked_falls_back_to_everything_and_this_month(client, province, query):
    text_of(client.get(f"/board/?{query}"))
    text_of(client.get(f"/board/province/panels/?{query}"))
    assert {asked.period[:2] for asked in province.asked} == {"20"}


def test_in_english_the_board_is_in_english(client, province, packs):
    client.cookies["django_language"] = "en"
    write_boards(packs, PROVINCE_BOARD, OFFICERS_BOARD)
    text = text_of(client.get("/board/"))
    assert "<h1>Province" in text
    assert 'lang="en"' in text
