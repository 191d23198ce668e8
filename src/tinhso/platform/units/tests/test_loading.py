"""Packs are loaded in seconds, again without a change, and never when they contradict themselves."""

import csv
from dataclasses import replace
from time import perf_counter

import pytest

from tinhso.platform.units import actions, models, queries, rules
from tinhso.platform.units.tests.conftest import FOLDERS, NOW, Loader

HEADER = ",".join(rules.UNIT_COLUMNS)
pytestmark = pytest.mark.django_db


def load(*folders):
    return actions.load_units(folders=folders, actor=Loader(), now=NOW)


@pytest.fixture
def pack(tmp_path):
    def write(*units, successors=()):
        (tmp_path / "units.csv").write_text("\n".join([HEADER, *units]) + "\n", encoding="utf-8")
        (tmp_path / "successors.csv").write_text("\n".join(["from,to,partly", *successors]) + "\n", encoding="utf-8")
        return tmp_path

    yield write
    queries.forget_units()


OLD = "1,commune,rural_commune,Xã Cũ,,,2008-08-01,2025-07-01,,,,,1,"
NEW = "1,commune,rural_commune,Xã Mới,,,2025-07-01,,21.5,106.5,national,,1,"


def test_the_whole_country_is_loaded_within_five_seconds():
    begun = perf_counter()
    loaded = load(*FOLDERS)
    seconds = perf_counter() - begun
    queries.forget_units()

    assert seconds < 5
    assert loaded.units == loaded.units_changed == models.Unit.objects.count() == 14_565
    assert loaded.successions_changed == models.Succession.objects.count()


def test_loading_again_changes_nothing():
    first = load(*FOLDERS)

    assert load(*FOLDERS) == replace(first, units_changed=0, successions_changed=0, seats_changed=0)
    queries.forget_units()


def test_a_changed_row_is_changed_and_a_dropped_succession_dropped(pack):
    load(pack(OLD, NEW, successors=["1@2008-08-01,1@2025-07-01,0"]))

    again = load(pack(OLD, NEW.replace("Xã Mới", "Xã Mới Hơn"), successors=[]))

    assert (again.units_changed, again.successions_changed) == (1, 1)
    assert queries.get_unit("1@2025-07-01").name == "Xã Mới Hơn"
    assert models.Unit.objects.get(key="1@2025-07-01").name_folded == "xa moi hon"
    assert not models.Succession.objects.exists()


def test_a_unit_that_left_the_tables_stays_since_its_cases_stay(pack):
    load(pack(OLD, NEW))

    load(pack(NEW))

    assert queries.get_unit("1@2008-08-01").name == "Xã Cũ"


@pytest.mark.parametrize(
    ("units", "successors", "fault"),
    [
        ([NEW.replace(",,2025-07-01", ",2@2025-07-01,2025-07-01")], [], "cấp trên 2@2025-07-01"),
        ([OLD.replace("2025-07-01", "2026-07-01"), NEW], [], "trùng thời gian"),
        ([NEW], ["1@2025-07-01,7@2026-01-01,0"], "không có đơn vị này"),
        ([NEW + ",thừa"], [], "units.csv, dòng 2"),
        ([NEW.removesuffix(",1,")], [], "units.csv, dòng 2"),
    ],
)
def test_tables_that_contradict_themselves_are_refused_and_nothing_is_written(pack, units, successors, fault):
    with pytest.raises(rules.BadUnits, match=fault):
        load(pack(*units, successors=successors))

    assert not models.Unit.objects.exists()


def test_the_shipped_tables_are_sound_and_sorted():
    with (FOLDERS[0] / "units.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    assert tuple(rows[0]) == rules.UNIT_COLUMNS
    assert {len(row["code"]) for row in rows if row["kind"] == "province"} == {2}
    assert {len(row["code"]) for row in rows if row["kind"] == "district"} == {3}
    assert {len(row["code"]) for row in rows if row["kind"] == "commune"} == {5}
    assert all(row["latitude"] for row in rows if row["kind"] == "commune")
