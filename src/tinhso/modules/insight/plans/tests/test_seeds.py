"""The figures that five articles tell of are all in the packs: sixty targets and sixty-two results, none lost, none changed."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from tinhso.modules.insight.plans import queries
from tinhso.modules.insight.plans.adapters.pack_files import FOLDER, read_folders
from tinhso.modules.insight.plans.rules.definitions import Definitions, Measure
from tinhso.modules.insight.plans.rules.numbers import Quantity
from tinhso.modules.insight.plans.rules.periods import read_period
from tinhso.modules.insight.plans.tests.conftest import TODAY, target_row

SEEDS = Path(__file__).resolve().parents[7] / "shared/data/seed_targets.csv"
PROVINCES = {
    "20@2008-08-01": "Lạng Sơn",
    "34@2008-08-01": "Thái Bình",
    "10@2008-08-01": "Lào Cai",
    "64@2008-08-01": "Gia Lai",
    "01@2008-08-01": "Hà Nội",
    "VN@1945-09-02": "(cả nước)",
}
PILLARS = {"gov": "government"}
UNITS = {"top N /63": "hạng /63"}  # a rank of at most ten
YEAR_OF_ANNOUNCEMENT = " (năm công bố)"


def whole() -> Definitions:
    packs = [settings.PACKS_ROOT / code for code in ("national", "lang-son", "gia-lai")]
    definitions, problems = read_folders(packs, [FOLDER])
    assert not problems
    return definitions


def told(kind: str, unit_key: str, measure: Measure, level: str, year: str, quantity: Quantity, basis: str) -> tuple:
    return (
        kind, PROVINCES[unit_key], measure.pillar, measure.unit.vi, level, year, quantity.comparator,
        quantity.low.normalize(), quantity.high and quantity.high.normalize(), basis,
    )  # fmt: skip


def held() -> Counter:
    """Each target and result of the packs, as the articles' table tells it."""
    definitions = whole()
    rows = []
    for text in definitions.resolutions.values():
        for aim in text.targets:
            measure = definitions.measures[aim.measure]
            rows.append(told("target", aim.unit_key, measure, aim.level, f"{aim.due_on.year}", aim.quantity, aim.basis))
        for each in text.results:
            year, announced = each.period, each.told.announced_on
            if announced and "năm công bố" in each.note:
                year = f"{announced.year}{YEAR_OF_ANNOUNCEMENT}"
            measure = definitions.measures[each.measure]
            rows.append(told("result", each.unit_key, measure, each.level, year, each.quantity, each.basis))
    return Counter(rows)


def published() -> Counter:
    rows = []
    with SEEDS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            low, _, high = row["value"].partition("-")
            rows.append(
                (
                    row["kind"],
                    row["province"],
                    PILLARS.get(row["pillar"], row["pillar"]),
                    UNITS.get(row["unit"], row["unit"]),
                    row["level"],
                    row["year_or_deadline"],
                    row["comparator"],
                    Decimal(low).normalize(),
                    Decimal(high).normalize() if high else None,
                    row["legal_basis"],
                )
            )
    return Counter(rows)


@pytest.mark.skipif(not SEEDS.exists(), reason="the articles' table is not here")
def test_every_figure_of_the_articles_is_in_the_packs_and_no_other():
    articles, packs = published(), held()

    assert sum(articles.values()) == 122
    assert articles - packs == Counter()
    assert packs - articles == Counter()


@pytest.mark.skipif(not SEEDS.exists(), reason="the articles' table is not here")
def test_what_the_articles_call_by_one_name_is_one_measure():
    """Every name of the table stands for figures that one measure could hold: of one unit, pillar and way to be better."""
    with SEEDS.open(encoding="utf-8") as lines:
        names = {row["indicator"] for row in csv.DictReader(lines)}
    measures = whole().measures

    assert len(names) == 90
    assert len(measures) == 78
    used = {each.measure for text in whole().resolutions.values() for each in (*text.targets, *text.results)}
    assert used == set(measures)


def test_sixty_targets_and_sixty_two_results_by_province():
    counted = Counter()
    for text in whole().resolutions.values():
        counted.update(f"{PROVINCES[each.unit_key]} targets" for each in text.targets)
        counted.update(f"{PROVINCES[each.unit_key]} results" for each in text.results)

    assert counted == {
        "Lạng Sơn targets": 23, "Lạng Sơn results": 23, "Thái Bình results": 13, "Lào Cai targets": 13,
        "Lào Cai results": 4, "Gia Lai targets": 24, "Gia Lai results": 18, "Hà Nội results": 2, "(cả nước) results": 2,
    }  # fmt: skip


def test_every_measure_and_text_is_bilingual():
    definitions = whole()
    texts = [text for each in definitions.measures.values() for text in (each.title, each.unit)]
    texts += [each.title for each in definitions.resolutions.values()]

    assert all(text.vi and text.en for text in texts)


def test_a_year_of_announcement_is_not_the_year_measured():
    ranks = [each for each in whole().resolutions["gia_lai_04_nq_tu"].results if each.measure.startswith("dti_rank")]

    assert len(ranks) == 4
    assert {(each.period, each.told.announced_on.year) for each in ranks} == {("2020", 2021)}
    assert all(read_period(each.period).last < each.told.announced_on for each in ranks)


def test_a_merged_province_keeps_its_targets_and_names_its_heir(client, results):
    gone = queries.get_subject("10@2008-08-01", TODAY)
    assert (gone.newest, [heir.key for heir in gone.heirs]) == ("10@2008-08-01", ["15@2025-07-01"])
    assert queries.get_subject("20@2008-08-01", TODAY).newest == "20@2025-07-01"

    page = client.get("/plans/texts/lao_cai_2022/").content.decode()

    assert "kế thừa: Tỉnh Lào Cai" in page
    assert "hết ngày 01/07/2025" in page


def test_targets_of_districts_have_stopped(results):
    row = next(
        each
        for each in queries.find_resolution("gia_lai_04_nq_tu", TODAY, public=True).rows
        if each.target.level == "district"
    )

    assert row.standing.state == "ended"


def test_a_target_of_2022_without_a_figure_of_its_own_is_not_called_missed(results):
    assert target_row("fibre_subscribers", "lao_cai_2022").standing.state == "no_data"


def test_results_that_two_articles_tell_stand_side_by_side(results):
    subject = queries.get_subject("20@2008-08-01", TODAY)
    wanted = queries.Wanted(results.measures["community_team_members"], subject, "commune")

    course = queries.read_courses([wanted], TODAY, public=True)[wanted.key]

    said = [(cell.period, cell.used.quantity.comparator, cell.used.quantity.low) for cell in course.cells]
    assert said == [("2021", ">", 6000), ("2022", "=", 7776)]
    assert len({cell.used.source_key for cell in course.cells}) == 2


def test_a_published_figure_of_a_derived_measure_stands_beside_the_derived_ones(results):
    """98,96% of the first quarter of 2022 was told by the press; this platform has no records of then."""
    subject = queries.get_subject("64@2008-08-01", TODAY)
    wanted = queries.Wanted(results.measures["dossiers_on_time"], subject, "all")

    (cell,) = queries.read_courses([wanted], TODAY, public=True)[wanted.key].cells

    assert (cell.period, cell.used.quantity.low, cell.used.origin) == ("2022-Q1", Decimal("98.96"), "pack")
