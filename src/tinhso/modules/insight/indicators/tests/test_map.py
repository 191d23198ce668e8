"""The map of communes: each cell has its figure's colour and words, small ones are hidden, a table says the same."""

import re
from dataclasses import replace

import pytest

from tinhso.modules.insight.indicators import actions
from tinhso.modules.insight.indicators.rules import Figure, level_of, levels, read_definition
from tinhso.modules.insight.indicators.tests.conftest import (
    AUTUMN,
    COMMUNES,
    FIRST,
    INDICATORS,
    NOW,
    SECOND,
    THIRD,
    file,
    officer,
    resolve,
    text_of,
)
from tinhso.modules.insight.indicators.tests.drawing import panel, text_of_panel
from tinhso.platform.units.models import Unit
from tinhso.platform.units.queries import forget_units


@pytest.fixture
def centres(province):
    for number, key in enumerate(COMMUNES):
        Unit.objects.filter(key=key).update(latitude=21.5 + number / 10, longitude=106.5 + number % 2 / 10)
    forget_units()


def counted() -> None:
    for number in range(6):
        resolve(file(), days=1 if number else 20)
    for unit in (SECOND, SECOND, THIRD, THIRD, THIRD):
        resolve(file(unit), unit)
    actions.refresh_warehouse(now=NOW)


def test_every_commune_is_a_cell_with_its_figure_unless_it_is_small(centres):
    counted()
    text = text_of_panel("map")

    drawn = text[text.index('<svg class="map"') : text.index("</svg>", text.index('<svg class="map"'))]
    assert len(re.findall(r'<path class="level-\d', drawn)) == len(COMMUNES)
    assert re.search(r'level-3" d="M[^"]+Z"><title>[^<]*: 83,3%, 5 trên 6', drawn)
    assert drawn.count("level-0") == 2, "those of two and three are hidden from the public"
    assert "2 trên 2" not in text


def test_officers_see_small_units_on_the_map_too(centres):
    counted()
    text = text_of_panel("map", actor=officer(FIRST, "receptionist"))
    assert re.search(r"level-5[^<]*<title>[^<]*: 100%, 2 trên 2", text)


def test_the_table_behind_the_map_begins_where_a_look_is_needed(centres):
    counted()
    text = text_of_panel("map", actor=officer(FIRST, "receptionist"))
    table = text[text.index("Bảng số của bản đồ") :]
    assert table.index("83,3%") < table.index("100%")
    whole = panel("map", actor=officer(FIRST, "receptionist")).table
    assert [row[3:5] for row in whole[1:]] == [[5, 6], [2, 2], [3, 3]]


def test_the_unit_looked_at_is_outlined_within_its_province(centres):
    counted()
    text = text_of_panel("map", FIRST)
    assert len(re.findall(r'class="level-\d chosen"', text)) == 1
    assert len(re.findall(r'<path class="level-\d', text)) == len(COMMUNES)


def test_durations_are_not_put_on_a_map_of_shares(client, centres):
    counted()
    assert 'aria-describedby="map-behind"' not in text_of(client.get("/indicators/mean_time/?period=2026-09"))


def test_a_commune_without_a_figure_says_so(centres):
    resolve(file())
    actions.refresh_warehouse(now=NOW)
    text = text_of_panel("map")
    assert text.count("chưa có hồ sơ trong kỳ này") == 2
    assert "2 xã, phường chưa có số liệu trong kỳ này." in text


@pytest.mark.parametrize(("value", "level"), [(0, 1), (49, 1), (50, 2), (84, 3), (85, 4), (94, 4), (95, 5), (100, 5)])
def test_levels_have_clear_bounds(value, level):
    path = next(each for each in INDICATORS if each.stem == "on_time_rate")
    card = read_definition(path.name, path.read_text()).card
    figure = Figure(card, FIRST, AUTUMN, numerator=value, denominator=100)

    assert level_of(figure) == level
    assert level_of(replace(figure, card=replace(card, better="lower"))) == 6 - level
    assert level_of(replace(figure, denominator=0)) == 0
    assert levels(higher_is_better=True)[0] == (5, 95, 100)
    assert levels(higher_is_better=False)[0] == (5, 0, 50)
