"""What boards show of plans: published figures with their sources, side by side where they differ; where targets stand."""

import pytest
from django.utils.translation import override

from tinhso.modules.insight.plans.pages import draw_stated, draw_states
from tinhso.modules.insight.plans.tests.conftest import FIGURE, NEW, NOW, enter, officer
from tinhso.platform.capability import PanelAsked

GIA_LAI = "64@2008-08-01"
REPLAYED = {"unit": GIA_LAI, "level": "all", "measures": ["documents_exchanged", "documents_only_electronic", "dossiers_received"]}  # fmt: skip


def asked(unit_key: str = "", period: str = "2026", actor=None, **options) -> PanelAsked:
    return PanelAsked(unit_key, period, actor, NOW, wall=False, options=options)


@pytest.mark.parametrize("period", ["2022-Q1", "2022-03", "2022-01..2022-03", "2026"])
def test_what_gia_lai_announced_of_its_quarter_stands_with_its_source(results, period):
    panel = draw_stated(asked(period=period, **REPLAYED))
    figures = panel.context["figures"]
    assert [each["value"] for each in figures] == ["> 400.345 lượt", "≈ 97%", "95.289 hồ sơ"]
    assert {each["period"] for each in figures} == {"2022-Q1"}
    assert all(each["basis"] for each in figures)
    assert "> 400.345 lượt" in panel.table[1]


def test_before_it_was_so_nothing_is_known(results):
    panel = draw_stated(asked(period="2021-12", **REPLAYED))
    assert {each["value"] for each in panel.context["figures"]} == {"–"}


def test_sources_that_differ_stand_side_by_side(results):
    enter(value=51)
    enter(value=55, publisher="Cục Thống kê")
    panel = draw_stated(asked(NEW, level=FIGURE["level"], measures=[FIGURE["measure"]], actor=officer()))
    assert {each["value"].rstrip("%") for each in panel.context["figures"]} >= {"51", "55"}


def test_a_board_of_no_unit_and_a_measure_nobody_knows_draw_nothing(results):
    assert draw_stated(asked(measures=["documents_exchanged"])) is None
    assert draw_stated(asked(NEW, measures=["no_such_thing"])) is None


def test_targets_without_figures_are_counted_in_both_languages(results):
    with override("en"):
        panel = draw_states(asked())
    assert "no figure" in " ".join(panel.lines).lower() or "no data" in " ".join(panel.lines).lower()
    assert draw_states(asked(NEW)).table == draw_states(asked()).table  # the other provinces are no more
    assert draw_states(asked("00000@2025-07-01")) is None
