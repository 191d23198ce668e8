"""Vietnamese text as it is searched, compared and sorted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.vietnamese import (
    NameParts,
    bigrams,
    collation_key,
    compare_key,
    fold,
    modern_tones,
    name_order,
    same_name,
    split_name,
    syllables,
)

VIETNAMESE = st.text(alphabet="aàảãáạăằâấbcdđeêệgiklmnoôốơợpqrstuưựvxyỹ ADĐÊÔƯ0129.-", max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường", "duong"),
        ("ĐĂNG KÝ KHAI SINH", "dang ky khai sinh"),
        ("Xã Đồng Đăng, tỉnh Lạng Sơn", "xa dong dang, tinh lang son"),
        ("Ưởng ẫm ệ ỷ", "uong am e y"),
        ("Ðảm bảo", "dam bao"),
    ],
)
def test_folding_takes_every_mark_away_and_makes_d_of_the_stroked_d(text, folded):
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(VIETNAMESE)
def test_folding_twice_changes_nothing_and_leaves_plain_letters(text):
    once = fold(text)

    assert fold(once) == once
    assert once.isascii()


def test_syllables_and_bigrams_are_what_the_index_keeps():
    assert syllables("Đăng ký khai sinh (1.001193)") == ["dang", "ky", "khai", "sinh", "1", "001193"]
    assert bigrams("Giấy khai sinh") == ["giay_khai", "khai_sinh"]
    assert bigrams("một") == []


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Thuý", "Thúy"),
        ("lựơng", "lượng"),
        ("NGUYỄN  VĂN A", "Nguyễn Văn a"),
        ("Khoẻ", "khỏe"),
    ],
)
def test_the_place_of_the_tone_mark_and_the_typing_do_not_make_another_name(left, right):
    assert same_name(left, right)
    assert same_name(unicodedata.normalize("NFD", left), right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hoa", "Hoà"),
        ("Hoá", "Hoà"),
        ("Dung", "Dũng"),
        ("Đông", "Dông"),
        ("Lan", "Lân"),
        ("Bảy", "Bẩy"),
        ("An", "An An"),
    ],
)
def test_another_tone_or_letter_is_another_name(left, right):
    assert not same_name(left, right)


@given(VIETNAMESE)
def test_a_name_is_the_same_as_itself_composed_or_decomposed(text):
    assert compare_key(unicodedata.normalize("NFD", text)) == compare_key(unicodedata.normalize("NFC", text))
    assert fold(compare_key(text).translate({ord(c): None for c in "12345"})) == fold(
        " ".join(text.split()).translate({ord(c): None for c in "12345"})
    )


def mixed(texts):
    """The same texts in another order."""
    return [*texts[1::2], *texts[::2]]


def test_letters_sort_in_the_order_of_the_alphabet():
    expected = ["an", "ăn", "ân", "ba", "ca", "da", "đa", "em", "êm", "oi", "ôi", "ơi", "ta", "ung", "ưng", "y"]

    assert sorted(mixed(expected), key=collation_key) == expected


def test_tones_sort_level_huyen_hoi_nga_sac_nang():
    expected = ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mãi"]

    assert sorted(mixed(expected), key=collation_key) == expected


def test_sorting_goes_syllable_by_syllable_and_numbers_count_as_numbers():
    expected = ["Phường 2", "Phường 10", "Xã Hoa Sơn", "Xã Hoa Thám", "Xã Hoà An", "Xã Hữu Lũng"]

    assert sorted(mixed(expected), key=collation_key) == expected
    assert collation_key("hoà") == collation_key("Hòa")


def test_people_are_listed_by_given_name_then_family_then_middle():
    expected = ["Hoàng Thị An", "Nguyễn Văn An", "Lý Văn Ân", "Nông Thị Bình", "Nông Văn Bình", "Vi Thị Đào"]

    assert sorted(mixed(expected), key=name_order) == expected


def test_a_name_is_taken_apart_into_family_middle_and_given():
    assert split_name("Nguyễn Thị Minh  Khai") == NameParts("Nguyễn", "Thị Minh", "Khai")
    assert split_name("Nông An") == NameParts("Nông", "", "An")
    assert split_name("Páo") == NameParts("", "", "Páo")
    assert split_name("") == NameParts("", "", "")


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("khoá", "khóa"),
        ("Uỷ quyền", "Ủy quyền"),
        ("khoẻ, xoè", "khỏe, xòe"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("quý, quỳ", "quý, quỳ"),
        ("ngoài, hoàn, huỳnh, khuyến", "ngoài, hoàn, huỳnh, khuyến"),
        ("của, mùa, hóa", "của, mùa, hóa"),
    ],
)
def test_a_tone_stands_on_the_first_vowel_of_an_open_syllable(old: str, today: str) -> None:
    assert modern_tones(old) == today
