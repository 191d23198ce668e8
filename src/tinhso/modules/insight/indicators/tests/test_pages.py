"""What people see of indicators: figures with all that belongs to them, small cells hidden, and the way down to a dossier."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from openpyxl import load_workbook

from tinhso.modules.insight.indicators import actions, queries
from tinhso.modules.insight.indicators.adapters import files
from tinhso.modules.insight.indicators.tests.conftest import (
    FIRST,
    MORNING,
    NOW,
    SECOND,
    WHERE,
    act,
    file,
    fill,
    officer,
    rate,
    resolve,
    text_of,
)
from tinhso.modules.insight.indicators.tests.drawing import panel, text_of_panel
from tinhso.platform.capability import PanelAsked, list_headlines
from tinhso.platform.cases.tests.conftest import PROVINCE


def test_before_anything_was_counted_pages_and_panels_say_so(client, province):
    assert "Chưa có số liệu" in text_of(client.get("/indicators/"))
    assert "Chưa có số liệu" in text_of_panel("figures")
    assert [panel(name) for name in ("course", "lowest", "map")] == [None, None, None]


def test_a_figure_comes_with_unit_period_moment_basis_and_definition(client, province):
    for number in range(6):
        resolve(file(), days=1 if number else 20)
    actions.refresh_warehouse(now=NOW)

    held = {"on_time_rate": 95}
    text, found = text_of_panel("figures", FIRST, thresholds=held), panel("figures", FIRST, thresholds=held)

    assert "83,3<span" in text
    assert "5 trên 6 hồ sơ đã giải quyết xong · ngưỡng của bảng 95%" in text
    assert "text-late" in text
    assert (found.as_of, found.state) == (NOW, "trouble"), "it lies far below the threshold"
    assert found.lines[0] == "Tỷ lệ hồ sơ giải quyết đúng hạn: 83,3% (5 trên 6 hồ sơ đã giải quyết xong)"
    assert "tháng 9/2026 · đến 10:00 21/11/2026" in text_of(client.get(f"/indicators/on_time_rate/{WHERE}"))
    assert f'href="/indicators/on_time_rate/?unit={FIRST.replace("@", "%40")}&amp;period=2026-09"' in text
    assert "/cases/" not in text, "the public gets no way down"
    assert "which=failed" in text_of_panel("figures", actor=officer(PROVINCE, "leader"), thresholds=held), (
        "to the late ones"
    )
    assert panel("figures", FIRST).state == "unknown", "without a threshold there is nothing to judge by"


def test_the_public_does_not_see_a_handful(client, province):
    resolve(file())
    actions.refresh_warehouse(now=NOW)

    pages = [text_of(client.get(f"{page}{WHERE}")) for page in ("/indicators/on_time_rate/", "/indicators/mean_time/")]
    for text in (*pages, text_of_panel("figures", FIRST)):
        assert "ẩn vì dưới 5 hồ sơ" in text
        assert "1 trên 1" not in text


def test_the_tiles_of_this_moment_follow_the_acts_at_once(province):
    now = datetime.now(UTC)
    public_id = file(at=now - timedelta(days=30))
    act(public_id, "accept", at=now - timedelta(days=30))
    file(SECOND, at=now)

    live = queries.count_live(FIRST, now)
    assert (live.handled, live.late, live.hanging) == (1, 1, 0)
    assert queries.count_live("", now).handled == 2
    told = panel("live", FIRST, actor=officer(FIRST, "receptionist"))
    assert [count for _title, count in told.table[1:]] == ["1", "0", "1", "0"]
    assert told.table[3][0] == "Đang quá hạn"
    assert told.state == "trouble"
    assert panel("live", FIRST).table[1] == ["Đang giải quyết", "dưới 5"], "the public is not told of one dossier"


def test_an_old_warehouse_is_said_to_be_old(client, province):
    resolve(file())
    actions.refresh_warehouse(now=MORNING)

    assert "số liệu cũ" in text_of(client.get("/indicators/on_time_rate/?period=2026-09"))
    old = panel("figures")
    assert datetime.now(UTC) - old.as_of > old.stale_after


def test_a_download_has_the_same_figures_and_hides_the_same(signed_in, client):
    for number in range(6):
        resolve(file(), days=1 if number else 20)
    resolve(file(SECOND), SECOND)
    actions.refresh_warehouse(now=NOW)

    def rows_of(user):
        text = user.get("/indicators/on_time_rate/table.csv?period=2026-09").content.decode("utf-8-sig")
        return {
            (row["Kỳ"], row["Mã đơn vị"]): (row["Tử số"], row["Mẫu số"], row["Giá trị"])
            for row in csv.DictReader(io.StringIO(text))
        }

    public = rows_of(client)
    assert public["2026-09", ""] == ("6", "7", "85.7")
    assert public["2026-09", FIRST] == public["2026-09", SECOND] == ("ẩn", "ẩn", "")
    officer = signed_in(FIRST, "receptionist")
    assert rows_of(officer)["2026-09", SECOND] == ("1", "1", "100.0")
    book = load_workbook(io.BytesIO(officer.get("/indicators/on_time_rate/table.xlsx?period=2026-09").content))
    assert book.sheetnames == ["Số liệu", "Cách tính"]
    assert ("2026-09", SECOND, "Xã 90002", 1, 1) in [row[:5] for row in book["Số liệu"].values]


def test_the_api_tells_figures_with_what_they_rest_on(signed_in, client):
    for _ in range(5):
        resolve(file())
    resolve(file(SECOND), SECOND)
    actions.refresh_warehouse(now=NOW)

    cards = client.get("/api/v1/indicators/").json()
    assert [card["code"] for card in cards] == [
        *("on_time_rate", "mean_time", "online_share", "satisfaction", "response_rate"),
    ]
    told = client.get("/api/v1/indicators/on_time_rate?from=2026-09&to=2026-10").json()
    assert told["whole"] == {
        "period": "2026-09..2026-10",
        "numerator": 6,
        "denominator": 6,
        "value": 100.0,
        "hidden": False,
        "partial": False,
    }
    assert [each["denominator"] for each in told["months"]] == [6, 0]
    assert told["source_sha256"] == queries.get_manifest().source_sha256
    few = f"/api/v1/indicators/on_time_rate?unit={SECOND}&from=2026-09&to=2026-09"
    assert client.get(few).json()["whole"] == {
        "period": "2026-09", "numerator": None, "denominator": None, "value": None, "hidden": True,
        "partial": True,
    }  # fmt: skip
    assert signed_in(FIRST, "leader").get(few).json()["whole"]["value"] == 100.0


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/indicators/nope", 404),
        ("/api/v1/indicators/on_time_rate?unit=06184", 404),
        ("/api/v1/indicators/on_time_rate?from=2026-13", 422),
        ("/api/v1/indicators/on_time_rate?from=2026-09&to=2026-08", 422),
        ("/api/v1/indicators/on_time_rate?from=1950-01&to=2026-08", 422),
        ("/api/v1/indicators/on_time_rate?from=%00", 422),
        ("/indicators/nope/", 404),
        ("/indicators/on_time_rate/?unit=%00&period=%00&theme=%00", 200),
        ("/indicators/?period=2026-99", 200),
        ("/indicators/?period=2199-12", 200),
        ("/indicators/on_time_rate/cases/?after=x~%00", 404),
        ("/indicators/on_time_rate/cases/?after=1~1~x&which=all", 200),
    ],
)
def test_whatever_is_asked_is_answered_in_words(signed_in, address, status):
    resolve(file())
    actions.refresh_warehouse(now=NOW)

    assert signed_in(PROVINCE, "leader").get(address).status_code == status


def test_the_first_page_gets_figures_that_everybody_may_see(province):
    for number in range(8):
        resolve(file(), days=1 if number else 20)
    rate(file(), 5)
    actions.refresh_warehouse(now=NOW)

    found = list_headlines(NOW)

    assert [(each["title"], each["value"]) for each in found] == [
        ("Tỷ lệ hồ sơ giải quyết đúng hạn", "87,5"),
        ("Thời gian giải quyết trung bình", "3,4"),
        ("Tỷ lệ hồ sơ nộp trực tuyến", "100"),
    ]
    assert found[0]["definition_url"] == "/indicators/on_time_rate/?period=2026-09..2026-11"
    assert {each["url"] for each in found} == {""}


def test_in_english_figures_and_cards_are_in_english(client, province):
    for _ in range(5):
        resolve(file(), days=1.5)
    actions.refresh_warehouse(now=NOW)

    client.cookies["django_language"] = "en"
    text = text_of(client.get(f"/indicators/mean_time/{WHERE}"))

    assert "Mean time to resolve" in text
    assert "1.5<span" in text


def test_on_a_wall_nothing_leads_away(province):
    for number in range(6):
        resolve(file(), days=1 if number else 20)
    actions.refresh_warehouse(now=NOW)
    leader = officer(PROVINCE, "leader")

    for name in ("figures", "lowest"):
        leads = [text_of_panel(name, actor=leader, wall=wall).count("href=") for wall in (False, True)]
        assert leads[0] > 0 == leads[1]


def test_all_panels_together_ask_the_database_little(province, django_assert_max_num_queries):
    fill(6, 30)
    actions.refresh_warehouse(now=NOW)
    panels = apps.get_app_config("indicators").panels().values()

    def draw(now):
        return [each(PanelAsked("", "2026-10", None, now, wall=False, options={})) for each in panels]

    draw(NOW)
    with django_assert_max_num_queries(6):
        assert all(draw(NOW + timedelta(days=1))[:2])


def test_a_reader_in_the_middle_of_a_change_reads_the_next_manifest(province, warehouse):
    resolve(file())
    manifest = actions.refresh_warehouse(now=NOW)
    asked = []

    def read(found):
        asked.append(found)
        if found == manifest:  # while this one is read, all is made anew twice and its files are swept away
            for days in (1, 2):
                resolve(file())
                actions.refresh_warehouse(now=NOW + timedelta(days=days))
            raise FileNotFoundError
        return files.load_manifest()

    assert queries.warehouse.read_steadily(read).as_of == NOW + timedelta(days=2)
    assert len(asked) == 2
    (warehouse / queries.get_manifest().runs[0].file).unlink()
    queries.warehouse._sums.cache_clear()
    with pytest.raises(Exception, match=r"No such file|No files found|not found"):
        queries.read_board()


def test_the_course_of_the_first_figure_is_drawn_and_leads_to_the_numbers(province):
    for number in range(6):
        resolve(file(), days=1 if number else 20)
        later = MORNING + timedelta(days=30)
        resolve(file(at=later), at=later)
    actions.refresh_warehouse(now=NOW)

    asked = {"period": "2026-10", "actor": officer(FIRST, "receptionist")}
    text, found = text_of_panel("course", FIRST, **asked), panel("course", FIRST, **asked)

    assert '<svg class="chart"' in text
    assert "<title>tháng 10/2026: 100%</title>" in text
    assert re.fullmatch(r"/indicators/on_time_rate/.*#months", found.address)
    assert [row[:5] for row in found.table[-2:]] == [
        ["2026-09", Decimal("83.3"), "%", 5, 6],
        ["2026-10", 100, "%", 6, 6],
    ]


def test_the_catalogue_shows_every_figure_in_its_group_with_what_it_rests_on(client, province):
    for number in range(6):
        resolve(file(), days=1 if number else 20)
    actions.refresh_warehouse(now=NOW)

    page = client.get("/indicators/?period=2026-09")

    groups = page.context["table"]["groups"]
    assert [(group["id"], group["count"]) for group in groups] == [("main", 4), ("people", 1)]
    first = groups[0]["rows"][0]["cells"]
    assert (first[0]["text"], first[0]["url"]) == (
        "Tỷ lệ hồ sơ giải quyết đúng hạn",
        "/indicators/on_time_rate/?period=2026-09",
    )
    assert (first[1]["text"], first[2]["text"]) == ("83,3%", "5 trên 6 hồ sơ đã giải quyết xong")
    assert panel("figures").address == "/indicators/?period=2026-09"
