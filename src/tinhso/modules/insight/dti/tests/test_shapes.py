"""Each shape of scoring: what it earns, what it refuses; criteria lists are checked against their edition."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.flow import Text
from tinhso.modules.insight.dti.adapters.packs import read_toml
from tinhso.modules.insight.dti.rules import Said, half_up
from tinhso.modules.insight.dti.rules.criteria import InvalidCriteria, frame_of, read_criteria
from tinhso.modules.insight.dti.rules.shapes import Choice, Shape, score_answer, score_reach

TWENTY = Decimal(20)
MEETINGS = Shape("steps", steps=tuple((Decimal(a), Decimal(b)) for a, b in ((1, 5), (2, 10), (3, 15), (4, 20))))
HEAD = Shape(
    "choice",
    choices=tuple(Choice(code, Decimal(share), Text(code, code)) for code, share in (("head", "1"), ("deputy", "0.5"), ("none", "0"))),
)  # fmt: skip
HALVES = Shape("halves", parts=(Text("a", "a"), Text("b", "b")))


@pytest.mark.parametrize(("meetings", "points"), [("0", 0), ("1", 5), ("2", 10), ("3", 15), ("4", 20), ("7", 20)])
def test_meetings_earn_points_by_steps(meetings, points) -> None:
    assert score_answer(MEETINGS, TWENTY, {"value": meetings}) == points


def test_a_ratio_earns_its_share_of_the_maximum_exactly() -> None:
    earned = score_answer(Shape("ratio"), TWENTY, {"numerator": "2", "denominator": "3"})

    assert earned == Fraction(40, 3)
    assert half_up(earned) == Decimal("13.3333")


def test_a_category_earns_its_share() -> None:
    assert [score_answer(HEAD, Decimal(10), {"choice": code}) for code in ("head", "deputy", "none")] == [10, 5, 0]


def test_two_halves_are_added() -> None:
    assert score_answer(HALVES, Decimal(10), {"part_1": "1", "part_2": "0"}) == 5
    assert score_answer(HALVES, Decimal(10), {"part_1": "1", "part_2": "50%"}) == Decimal("7.5")


def test_the_best_unit_earns_everything_and_the_others_their_share_of_it() -> None:
    shape, most = Shape("best"), Decimal(40)

    assert score_answer(shape, most, {"value": "25"}, Decimal(100)) == 10
    assert score_answer(shape, most, {"value": "100"}, Decimal(100)) == 40
    assert score_answer(shape, most, {"value": "120"}, Decimal(100)) == 40
    with pytest.raises(Said, match="một tỉnh không tự chấm được"):
        score_answer(shape, most, {"value": "25"})


def test_against_a_target_everything_is_earned_at_the_target_and_no_more_above() -> None:
    shape = Shape("target", target=Decimal("0.9"))

    assert score_answer(shape, Decimal(6), {"numerator": "45", "denominator": "100"}) == 3
    assert score_answer(shape, Decimal(6), {"numerator": "95", "denominator": "100"}) == 6


@pytest.mark.parametrize(
    ("shape", "answer", "said"),
    [
        (Shape("ratio"), {"numerator": "3", "denominator": "2"}, "Tử số: tử số phải từ 0 đến mẫu số"),
        (Shape("ratio"), {"numerator": "3", "denominator": "0"}, "Mẫu số: mẫu số phải lớn hơn 0"),
        (Shape("ratio"), {"denominator": "2"}, "Tử số: chưa ghi"),
        (Shape("points"), {"value": "21"}, "phải từ 0 đến 20 điểm"),
        (Shape("points"), {"value": "nhiều"}, "“nhiều” không phải là số"),
        (HEAD, {"choice": "mayor"}, "chọn một trong: head, deputy, none"),
        (HALVES, {"part_1": "2", "part_2": "0"}, "Phần 1: phải từ 0 đến 1"),
        (MEETINGS, {"value": "-1"}, "không được âm"),
    ],
)
def test_what_cannot_be_scored_is_refused_with_what_to_write(shape, answer, said) -> None:
    with pytest.raises(Said, match=said):
        score_answer(shape, TWENTY, answer)


@given(st.integers(0, 1000), st.integers(1, 1000), st.integers(0, 1000))
def test_a_larger_numerator_never_earns_less(numerator, denominator, more) -> None:
    shapes = (Shape("ratio"), Shape("target", target=Decimal("0.7")))
    small, large = min(numerator, denominator), min(numerator + more, denominator)
    for shape in shapes:
        before = score_answer(shape, TWENTY, {"numerator": str(small), "denominator": str(denominator)})
        after = score_answer(shape, TWENTY, {"numerator": str(large), "denominator": str(denominator)})
        assert 0 <= before <= after <= 20


@given(st.integers(0, 100), st.integers(0, 100))
def test_what_could_be_reached_scores_like_what_is_declared(one, other) -> None:
    share = Decimal(min(one, other)) / 100
    declared = {"numerator": str(min(one, other)), "denominator": "100"}
    for shape in (Shape("ratio"), Shape("target", target=Decimal("0.9"))):
        assert score_reach(shape, TWENTY, str(share)) == score_answer(shape, TWENTY, declared)
    assert score_reach(MEETINGS, TWENTY, "3") == 15
    assert score_reach(HEAD, TWENTY, "deputy") == 10


def test_the_lists_of_the_packs_are_sound_and_say_that_they_are_not_the_98(editions, settings) -> None:
    problems: list = []
    folder = settings.PACKS_ROOT / "national/dti/criteria"
    lists = [
        read_toml(path, lambda table: read_criteria(table, editions), problems)
        for path in sorted(folder.glob("*.toml"))
    ]

    assert not problems
    assert [found.code for found in lists] == ["known_766", "known_922"]
    assert not any(found.complete for found in lists)
    assert "chưa lấy được" in lists[1].note.vi


def test_what_a_list_leaves_of_an_index_is_declared_whole(editions, settings) -> None:
    path = settings.PACKS_ROOT / "national/dti/criteria/known_922.toml"
    found = read_toml(path, lambda table: read_criteria(table, editions), [])

    assert sum(c.max_points for c in found.criteria) == 1000
    assert found.criterion("rest_awareness").max_points == 20
    assert found.criterion("rest_institutions").max_points == 100
    assert [c.max_points for c in frame_of(editions["2021-2023"]).criteria] == [100, 100, 100, 100, 100, 200, 150, 150]


def criterion(**changes) -> dict:
    plain = {
        "code": "a",
        "index": "awareness",
        "name": {"vi": "a", "en": "a"},
        "max_points": 10,
        "shape": {"kind": "ratio"},
    }
    return plain | changes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"max_points": 101}, "vượt mức 100"),
        ({"index": "smart_city"}, "không có chỉ số chính “smart_city”"),
        ({"shape": {"kind": "steps", "steps": [[2, 5], [1, 10]]}}, "tăng dần"),
        ({"shape": {"kind": "steps", "steps": [[1, 50]]}}, "điểm không quá 10"),
        ({"shape": {"kind": "magic"}}, "Không có loại “magic”"),
        ({"shape": {"kind": "choice", "choices": []}}, "Lựa chọn phải có mã khác nhau"),
        ({"max_points": 0}, "lớn hơn 0"),
        ({"shapes": 1}, "không có mục này"),
        ({"indicator": "on_time_rate", "shape": {"kind": "points"}}, "phải là ratio hoặc target"),
    ],
)
def test_a_list_that_contradicts_its_edition_is_refused(editions, changes, said) -> None:
    table = {"code": "own", "edition": "2021-2023", "name": {"vi": "a", "en": "a"}, "criterion": [criterion(**changes)]}

    with pytest.raises(InvalidCriteria, match=said):
        read_criteria(table, editions)


def test_a_list_that_claims_to_be_complete_must_fill_every_index(editions) -> None:
    table = {"code": "own", "edition": "2021-2023", "name": {"vi": "a", "en": "a"}, "complete": True, "criterion": [criterion(max_points=100)]}  # fmt: skip

    with pytest.raises(InvalidCriteria, match="Thể chế số” chỉ cộng được 0 trên 100"):
        read_criteria(table, editions)
