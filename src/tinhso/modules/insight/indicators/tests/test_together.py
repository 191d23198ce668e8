"""Indicators counted in one reading give what each gives by itself."""

from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from tinhso.modules.insight.indicators.adapters import duck, files
from tinhso.modules.insight.indicators.adapters.together import count_together, in_one_reading
from tinhso.modules.insight.indicators.rules import CASES, FACTS, Manifest, Partition, read_definition
from tinhso.modules.insight.indicators.rules.selects import counts_row_by_row, take_apart
from tinhso.modules.insight.indicators.tests.conftest import SHIPPED

DEFINITIONS = [read_definition(path.name, path.read_text()) for path in SHIPPED]
READINGS = 12


@pytest.fixture
def over_invented_rows(parquet, settings) -> Manifest:
    settings.WAREHOUSE_ROOT = parquet
    month = date(2026, 1, 1)
    return Manifest(
        partitions=tuple(Partition(t.name, month, f"{t.name}.parquet", "", 3000, "", "") for t in (CASES, FACTS))
    )


def gathered(manifest, definitions) -> dict[str, list[Any]]:
    path = files.scratch("gathered.parquet")
    duck.gather_sums(manifest, definitions, path)
    return {each.code: sorted(duck.read_sums(path, each.code)) for each in definitions}


def test_many_indicators_need_few_readings():
    groups = count_together(DEFINITIONS)
    assert sum(map(len, groups)) == len(DEFINITIONS)
    assert len(groups) <= READINGS


def test_counted_together_each_gives_what_it_gives_by_itself(over_invented_rows):
    found = gathered(over_invented_rows, DEFINITIONS)
    with duck.opened(over_invented_rows) as warehouse:
        for each in DEFINITIONS:
            alone = sorted(duck.compute_sums(warehouse, each))
            assert alone
            assert found[each.code] == alone, each.code


def test_one_that_cannot_be_computed_stops_none_of_those_it_is_counted_with(over_invented_rows):
    on_time = next(each for each in DEFINITIONS if each.code == "on_time_rate")
    wrong = on_time.sql.replace("resolved_at <= due_at", "error('no such thing')::boolean")
    broken = replace(on_time, card=replace(on_time.card, code="broken"), sql=wrong)
    assert len(count_together([on_time, broken])) == 1
    found = gathered(over_invented_rows, [on_time, broken])
    assert found["broken"] == []
    assert found["on_time_rate"] == gathered(over_invented_rows, [on_time])["on_time_rate"] != []


@pytest.mark.parametrize(
    "select",
    [
        "select month, unit, public_id, sum(acts) as value from cases group by all",
        "select month, unit, public_id, value from cases join facts on subject = public_id",
        "select month, unit, public_id, row_number() over () as value from cases",
        "select distinct month, unit, public_id, acts as value from cases",
        "select month, unit, public_id, acts as value from cases where acts > (select avg(acts) from cases)",
        "select month, unit, public_id, acts as value from (select * from cases)",
        "select month, unit, public_id, acts as value from cases limit 3",
        "with few as (select * from cases) select month, unit, public_id, acts as value from few",
        "select month, unit, public_id, acts as value from cases union all select month, unit, public_id, 1 from cases",
        "select month, unit, public_id, place as value from cases cross join lateral (select max(n) as place from facts)",
        "select month, unit, public_id, acts as value from cases, facts",
        "select month, unit, public_id, acts as value from cases as c using sample 10%",
    ],
)
def test_what_looks_at_more_than_rows_one_by_one_is_counted_whole(select):
    assert take_apart(select) is None
    assert not counts_row_by_row(select)


@pytest.mark.parametrize(
    "select",
    [
        next(each.sql for each in DEFINITIONS if each.code == "prefilled_share"),
        "select month, unit, public_id, unnest([1, 2]) as value from cases",
    ],
)
def test_a_case_may_count_several_times_and_still_add_up(select):
    assert take_apart(select) is None
    assert counts_row_by_row(select)


def test_every_indicator_that_is_shipped_adds_up():
    assert all(each.adds_up for each in DEFINITIONS)


def test_only_what_all_of_a_group_ask_of_a_row_is_asked_before_it_is_counted():
    late, early = (next(each for each in DEFINITIONS if each.code == code) for code in ("mean_lateness", "early_rate"))
    statement = in_one_reading([late, early])
    shared = statement.partition(" from cases where ")[2].partition(" group by ")[0]
    assert "resolved_at" in shared
    assert "due_at" not in shared
    assert duckdb.extract_statements(statement)
