"""Rules alone: papers the province holds, corrections, comparing lines, what a typed text stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.flow import Text
from tinhso.kernel.vietnamese import fold
from tinhso.platform.catalogue.rules.comparing import Line, Side, compare
from tinhso.platform.catalogue.rules.corrections import WrongCorrection, carried, corrected, read_correction
from tinhso.platform.catalogue.rules.cutting import Asked, Issued, find_held
from tinhso.platform.catalogue.rules.entries import Entry
from tinhso.platform.catalogue.rules.index import Index
from tinhso.platform.catalogue.rules.synonyms import Synonym, WrongSynonym, read_synonym
from tinhso.platform.catalogue.rules.terms import code_in, untyped
from tinhso.platform.catalogue.tests.conftest import record

BIRTH = Issued("1", "Đăng ký khai sinh", "Giấy khai sinh")
INDEX = Index.of(
    [
        Entry("1.000001", Text("Đăng ký khai sinh"), levels=("commune",)),
        Entry("1.000002", Text("Đăng ký lại khai sinh có yếu tố nước ngoài"), levels=("commune",)),
        Entry("1.000003", Text("Cấp giấy phép lái xe"), levels=("province",)),
        Entry("1.000004", Text("Hòa giải tranh chấp đất đai"), levels=("commune",), fileable=True),
    ],
    [Synonym(("bằng lái",), ("giấy phép lái xe",)), Synonym(("lấn đất",), ("tranh chấp đất đai",)), Synonym(("cưới",), ("đăng ký kết hôn",))],
    ["có yếu tố nước ngoài"],
)  # fmt: skip


def found(words: str) -> list[str]:
    return [each.entry.code for each in INDEX.find(words)]


@pytest.mark.parametrize(
    ("paper", "is_held"),
    [
        ("Bản sao Giấy khai sinh của trẻ (nếu có)", True),
        ("01 bản chính giấy khai sinh", True),
        ("Đơn đề nghị cấp giấy khai sinh", False),
        ("Tờ khai theo mẫu, kèm giấy khai sinh", False),
        ("Giấy chứng sinh", False),
        ("", False),
    ],
)
def test_a_paper_is_held_when_its_name_holds_that_of_a_result(paper, is_held):
    held = find_held([Asked("2", "Nhập học", paper)], [BIRTH])

    assert bool(held) is is_held
    if held:
        assert (held[0].because, held[0].issuers[0].code) == ("Giấy khai sinh", "1")


def test_a_procedures_own_result_and_general_words_hold_nothing():
    assert not find_held([Asked("1", "Đăng ký khai sinh", "Giấy khai sinh cũ")], [BIRTH])
    general = [
        Issued("1", "x", name) for name in ("Văn bản trả lời", "Giấy chứng nhận", "Quyết định", "Thông báo kết quả")
    ]
    assert not find_held(
        [Asked("2", "y", "Văn bản trả lời và giấy chứng nhận, quyết định, thông báo kết quả")], general
    )


@pytest.mark.parametrize(("path", "entered", "value"), [("name", " Tên  mới ", "Tên mới"), ("channels.0.fee", "1.200.000", 1200000.0), ("channels.0.limit", "2,5", 2.5), ("channels.1.unit", "month", "month"), ("channels.0.fee", "", None)])  # fmt: skip
def test_a_correction_is_read_as_people_write_numbers(path, entered, value):
    made = read_correction(record(), path, entered, "vì sai")

    assert made.value == value
    assert made.value in (corrected(record(), [made]).get(path, made.value), value)


@pytest.mark.parametrize(("path", "entered", "reason"), [("name", "x", " "), ("name", "  ", "vì"), ("code", "1", "vì"), ("channels", "1", "vì"), ("limit", "1", "vì"), ("channels.7.fee", "1", "vì"), ("channels.-1.fee", "1", "vì"), ("channels.0.fee", "-1", "vì"), ("channels.0.fee", "nhiều", "vì"), ("channels.0.fee", "nan", "vì"), ("channels.0.unit", "năm", "vì")])  # fmt: skip
def test_what_does_not_fit_is_no_correction(path, entered, reason):
    with pytest.raises(WrongCorrection):
        read_correction(record(), path, entered, reason)


def test_a_correction_leaves_the_record_and_falls_away_when_the_portal_changes_the_field():
    raw = record()
    made = read_correction(raw, "channels.0.fee", "50000", "biểu phí")

    assert corrected(raw, [made])["channels"][0]["fee"] == 50000
    assert raw == record()
    assert carried([made], record(name="khác")) == (made,)
    assert carried([made], record(channels__0__fee=1)) == ()


def side(**parts: list[str]) -> Side:
    return Side(
        "x",
        "1",
        None,
        {code: tuple(Line(f"{code}{at}", text) for at, text in enumerate(texts)) for code, texts in parts.items()},
    )


def test_lines_are_paired_by_key_then_by_likeness_and_the_rest_stands_alone():
    left = Side("x", "1", None, {"papers": (Line("a", "Giấy chứng sinh"), Line("b", "Đơn"))})
    right = Side(
        "y",
        "2",
        None,
        {"papers": (Line("r0", "Giấy chứng sinh của trẻ"), Line("r1", "Ảnh 4x6")), "base": (Line("q", "1/QĐ"),)},
    )

    papers, base = compare(left, right)

    assert [(row.change, row.left, row.right) for row in papers.rows] == [
        ("changed", "Giấy chứng sinh", "Giấy chứng sinh của trẻ"),
        ("left", "Đơn", ""),
        ("right", "", "Ảnh 4x6"),
    ]
    assert (papers.changes, base.silent, base.changes) == (3, "left", 0)


@given(st.lists(st.text(max_size=12), max_size=6), st.lists(st.text(max_size=12), max_size=6))
def test_comparing_loses_no_line_and_a_text_is_the_same_as_itself(left, right):
    (part,) = compare(side(papers=left), side(papers=right))

    assert [row.left for row in part.rows if row.change != "right"] == left
    assert sorted(row.right for row in part.rows if row.change != "left") == sorted(right)
    assert compare(side(papers=left), side(papers=left))[0].changes == 0


@given(st.text(max_size=80))
def test_no_words_break_finding_and_scores_lie_between_nothing_and_one(words):
    scores = [each.score for each in INDEX.find(words)]

    assert all(0 < score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_a_special_case_stands_behind_unless_it_is_asked_for():
    assert found("khai sinh")[0] == "1.000001"
    assert found("khai sinh có yếu tố nước ngoài")[0] == "1.000002"


def test_a_synonym_counts_also_with_words_between_and_only_with_its_own_marks():
    assert found("hàng xóm lấn sang đất")[0] == "1.000004"
    assert found("bang lai")[0] == "1.000003"
    meant = [each.terms for stretch in INDEX.read("cuối năm").stretches for each in stretch]
    assert not any("ket_hon" in terms for terms in meant)
    assert any("ket_hon" in each.terms for stretch in INDEX.read("cưới").stretches for each in stretch)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("giaays", "giay"), ("ddaats", "dat"), ("khai1", "khai"), ("dduwowngf", "duong"), ("nuooi", "nuoi")],
)
def test_what_a_typing_method_left_over_is_read(typed, read):
    assert read in untyped(typed)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.001193", "1.001193"),
        ("mã 2.000815 nhé", "2.000815"),
        ("1.001193.H37", "1.001193"),
        ("11.001193", ""),
        ("1.0011", ""),
    ],
)
def test_a_code_is_seen_in_a_text(text, code):
    assert code_in(text) == code


@pytest.mark.parametrize("table", [{}, {"words": []}, {"words": ["a"]}, {"words": "a", "means": ["b"]}, {"words": [""], "means": ["b"]}, {"words": ["a " * 20], "means": ["b"]}, {"words": ["a"], "means": [1]}])  # fmt: skip
def test_a_synonym_that_cannot_be_used_is_refused_in_both_languages(table):
    with pytest.raises(WrongSynonym) as refused:
        read_synonym(table)
    assert refused.value.vi
    assert refused.value.en != refused.value.vi


def test_folding_changes_nothing_of_what_is_found_by_words_without_single_synonyms():
    for words in ("đăng ký khai sinh", "bằng lái", "hàng xóm lấn sang đất"):
        assert found(words) == found(fold(words))
