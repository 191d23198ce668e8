"""An indicator that could mislead is refused with file and line before anybody sees a figure of it."""

from pathlib import Path

import pytest

from tinhso.modules.insight.indicators import actions, models, queries
from tinhso.modules.insight.indicators.rules import GROUPS, BadIndicators, read_definition
from tinhso.modules.insight.indicators.tests.conftest import INDICATORS, NOW, SHIPPED

WHOLE = """\
-- title: Thử
-- title_en: Trial
-- definition: Một điều
--   viết trên hai dòng
-- definition_en: Something
-- numerator: cái được
-- numerator_en: those that pass
-- denominator: mọi cái
-- denominator_en: all
-- unit: percent    better: higher    level: commune    drill: case    group: main
-- source: tự đặt
select date_trunc('month', filed_at)::date as month, unit, public_id, channel = 'online' as value
from cases
"""


def problems_of(text: str, tmp_path: Path) -> list[tuple[str, int, str]]:
    path = tmp_path / "trial.sql"
    path.write_text(text)
    return [(Path(each.path).name, each.line, each.vi) for each in queries.read_definitions([path])[1]]


def test_the_shipped_indicators_are_whole_and_run_on_an_empty_warehouse():
    definitions, problems = queries.read_definitions(SHIPPED)
    assert problems == []
    assert [each.code for each in definitions if each.card.group == "main"] == [
        *("on_time_rate", "mean_time", "online_share", "satisfaction"),
    ]
    assert {each.card.group for each in definitions} <= GROUPS.keys()
    assert all(text.vi and text.en for each in definitions for text in (each.card.title, each.card.definition))


def test_a_card_is_read_over_lines_and_with_several_keys_on_one():
    card = read_definition("packs/x/trial.sql", WHOLE).card
    assert (card.code, card.definition.vi) == ("trial", "Một điều viết trên hai dòng")
    assert (card.unit, card.better, card.level, card.drill) == ("percent", "higher", "commune", "case")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("-- source: tự đặt\n", "", 1, "Thẻ chỉ số thiếu mục “source”."),
        ("-- title_en: Trial\n", "-- title_en:\n", 2, "Thẻ chỉ số thiếu mục “title_en”."),
        ("unit: percent", "unit: phần trăm", 10, "unit: không có “phần trăm”; dùng được: percent, day, hour, minute."),
        ("-- source", "-- nguồn: a\n-- source", 11, "Thẻ chỉ số không có mục “nguồn”"),
        ("-- source", "-- một lời\n-- source", 11, "Dòng này không phải “mục: nội dung”."),
        ("-- source: tự đặt", "-- source: tự đặt\n-- source: b", 12, "Mục “source” viết hai lần."),
        ("drill: case", "drill: case    target: cao", 10, "target: “cao” không phải là số."),
        ("from cases", "from cases; drop table x", 12, "Sau thẻ phải là đúng một câu select (hoặc with … select)."),
        ("from cases", "from case", 13, "Câu SQL không chạy được"),
        ("unit, public_id", "unit_key, public_id", 12, "Câu SQL không chạy được"),
        (
            " = 'online'",
            "",
            1,
            "Câu select phải cho đúng các cột month DATE, unit VARCHAR, public_id VARCHAR, value BOOLEAN",
        ),
        ("::date as month", " as month", 1, "Câu select phải cho đúng các cột"),
        ("from cases", "from read_csv('/etc/passwd')", 13, "Câu SQL không chạy được: Permission Error"),
    ],
)
def test_a_wrong_indicator_is_refused_at_its_line(tmp_path, old, new, line, said):
    assert problems_of(WHOLE, tmp_path) == []
    (found,) = problems_of(WHOLE.replace(old, new), tmp_path)
    assert found[:2] == ("trial.sql", line)
    assert found[2].startswith(said)


def test_every_missing_key_is_named_at_once(tmp_path):
    found = problems_of("select 1\n", tmp_path)
    assert len(found) == 14
    assert {line for _, line, _ in found} == {1}


@pytest.mark.django_db
def test_a_pack_with_a_wrong_indicator_changes_nothing(tmp_path):
    actions.keep_indicators(paths=INDICATORS, now=NOW)
    before = list(models.Indicator.objects.values_list("code", "sha256"))
    (tmp_path / "wrong.sql").write_text("select 1")

    with pytest.raises(BadIndicators, match=r"wrong.sql:1: Thẻ chỉ số thiếu mục “title”"):
        actions.keep_indicators(paths=[tmp_path / "wrong.sql"], now=NOW)

    assert list(models.Indicator.objects.values_list("code", "sha256")) == before


@pytest.mark.django_db
def test_an_indicator_that_left_the_packs_is_forgotten_and_a_provinces_own_wins(tmp_path):
    own = tmp_path / "on_time_rate.sql"
    own.write_text(
        next(each for each in INDICATORS if each.stem == "on_time_rate")
        .read_text()
        .replace("-- title: ", "-- title: Của tỉnh: ")
    )
    actions.keep_indicators(paths=[*INDICATORS, own], now=NOW)
    assert next(each.card.title.vi for each in queries.list_definitions()).startswith("Của tỉnh: ")

    actions.keep_indicators(paths=[own], now=NOW)

    assert [each.code for each in queries.list_definitions()] == ["on_time_rate"]


@pytest.mark.django_db
def test_the_indicators_in_force_are_told_in_the_words_of_spark():
    actions.keep_indicators(paths=INDICATORS, now=NOW)

    told = queries.list_statements("spark")

    assert list(told) == [each.code for each in queries.list_definitions()]
    assert "DATEDIFF(SECOND, DATE_TRUNC('SECOND', accepted_at)" in told["mean_time"]
    assert "date_diff('second'" in queries.list_statements("duckdb")["mean_time"]
