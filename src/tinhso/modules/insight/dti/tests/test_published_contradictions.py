"""What was printed contradicts itself in places: each is found by a rule, and what speaks for one side is told."""

from decimal import Decimal

from tinhso.modules.insight.dti.rules.published import (
    COMPOSITE,
    MEAN,
    Published,
    Shared,
    province_key,
    read_published,
    values_of,
)
from tinhso.modules.insight.dti.rules.quality import (
    Growth,
    Increase,
    find_conflicts,
    find_wrong_increases,
    find_wrong_lists,
    find_wrong_ranks,
    find_year_shift,
)

ANNOUNCED = {2020: "2021-10-19", 2021: "2022-08-08", 2022: "2023-07", 2023: "2025-02", 2024: "2025-10-21"}


def known(editions, printed) -> list[Published]:
    rows = printed("dti_known_values.csv")
    lines = [(1, list(rows[0])), *((number, list(row.values())) for number, row in enumerate(rows, start=2))]
    return read_published(editions, lines, Shared())


def test_every_known_value_and_rank_is_read(editions, printed) -> None:
    rows, found = printed("dti_known_values.csv"), known(editions, printed)

    assert len(found) == len(rows) == 115
    assert [figure.value for figure in found] == [Decimal(row["value"]) if row["value"] else None for row in rows]
    assert [figure.rank for figure in found] == [
        int(row["rank"].split("-")[0]) if row["rank"] else None for row in rows
    ]
    hung_yen = next(figure for figure in found if (figure.province, figure.year) == ("Hưng Yên", 2024))
    assert (hung_yen.rank, hung_yen.rank_to, hung_yen.of) == (32, 33, 34)


def test_two_means_of_2022_are_seen_and_growth_rates_speak_for_one(editions, printed) -> None:
    growths = [
        Growth(MEAN, COMPOSITE, 2021, 2022, Decimal("44.1")),
        Growth(MEAN, COMPOSITE, 2022, 2023, Decimal("17.2")),
    ]

    (found,) = find_conflicts(known(editions, printed), growths)

    assert found.kind == "values_differ"
    assert sorted(str(figure.value) for figure in found.figures) == ["0.5763", "0.5786"]
    assert [str(figure.value) for figure in found.better] == ["0.5786"]
    assert not growths[0].fits(Decimal("0.4014"), Decimal("0.5763"))
    assert not growths[1].fits(Decimal("0.5763"), Decimal("0.6783"))


def test_without_growth_rates_neither_value_is_preferred(editions, printed) -> None:
    (found,) = find_conflicts(known(editions, printed))

    assert found.better == ()


def test_printed_increases_of_quang_ninh_since_2020_are_borne_out_in_one_pillar_only(editions, printed) -> None:
    (row,) = (row for row in printed("dti_2020_top9.csv") if row["province"] == "Quảng Ninh")
    pillars = ("digital_government", "digital_economy", "digital_society")
    of_2020 = [Published(2020, "Quảng Ninh", code, Decimal(row[code])) for code in pillars]
    increases = [
        Increase("Quảng Ninh", code, 2020, 2022, Decimal(by))
        for code, by in zip(pillars, ("0.2511", "0.4159", "0.2909"), strict=True)
    ]

    found = list(find_wrong_increases([*of_2020, *known(editions, printed)], increases))

    assert [each.figures[0].metric for each in found] == ["digital_government", "digital_economy"]
    assert "0.3291" in found[0].text.vi  # 0.7804 less 0.4513


def test_a_list_of_names_is_no_ranking(editions, printed) -> None:
    figures = known(editions, printed)
    in_a_newspaper = ["TP. Đà Nẵng", "TP. Hải Phòng", "Bắc Giang", "Bà Rịa - Vũng Tàu", "TP. Hà Nội"]

    assert find_wrong_lists(figures, 2023, COMPOSITE, in_a_newspaper) == [("Bà Rịa - Vũng Tàu", "TP. Hà Nội")]
    assert find_wrong_lists(figures, 2023, COMPOSITE, ["TP. Hà Nội", "Bắc Giang", "Bà Rịa - Vũng Tàu"]) == []


def test_a_rank_told_before_its_year_was_announced_is_of_the_year_before() -> None:
    gia_lai = Published(2021, "Gia Lai", COMPOSITE, rank=19)

    assert find_year_shift(gia_lai, ANNOUNCED, "2022-04-15") == 2020
    assert find_year_shift(gia_lai, ANNOUNCED, "2022-09-01") is None


def test_no_rank_contradicts_a_value_or_another_rank(editions, printed) -> None:
    assert list(find_wrong_ranks(known(editions, printed))) == []


def test_a_rank_against_its_value_and_two_ranks_of_one_province_are_found() -> None:
    figures = [
        Published(2022, "A", COMPOSITE, Decimal("0.5"), 3, 3, 63),
        Published(2022, "B", COMPOSITE, Decimal("0.6"), 4, 4, 63),
        Published(2022, "C", COMPOSITE, None, 7, 7, 63),
        Published(2022, "Tỉnh C", COMPOSITE, None, 8, 8, 63),
    ]

    assert sorted(each.kind for each in find_wrong_ranks(figures)) == ["rank_against_value", "ranks_differ"]


def test_a_rank_among_63_does_not_contradict_one_among_34(editions, printed) -> None:
    of_2024 = [
        f for f in known(editions, printed) if (f.year, f.province, f.metric) == (2024, "TP. Đà Nẵng", COMPOSITE)
    ]

    assert sorted((figure.rank, figure.of) for figure in of_2024) == [(2, 63), (17, 34)]
    assert not list(find_wrong_ranks(of_2024))


def test_a_derived_value_gives_way_to_an_announced_one() -> None:
    derived = Published(2021, "Trà Vinh", COMPOSITE, Decimal("0.4"), status="derived: 0.6-0.2")
    announced = Published(2021, "Tỉnh Trà Vinh", COMPOSITE, Decimal("0.4294"))

    assert values_of([derived, announced], 2021, COMPOSITE) == {province_key("Trà Vinh"): announced}
