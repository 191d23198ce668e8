"""Money in figures and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.money import amount_in_words, format_dong, number_in_words, parse_dong


@pytest.mark.parametrize(
    ("amount_dong", "written"),
    [(0, "0 đ"), (500, "500 đ"), (150000, "150.000 đ"), (-1234567, "-1.234.567 đ"), (10**12, "1.000.000.000.000 đ")],
)
def test_an_amount_is_printed_with_dots_between_thousands(amount_dong, written):
    assert format_dong(amount_dong) == written


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_what_is_printed_can_be_read_back(amount_dong):
    assert parse_dong(format_dong(amount_dong)) == amount_dong


@pytest.mark.parametrize(
    "typed", ["150000", "150.000", "150,000", "150 000", " 150.000 đ", "150.000đ", "150.000 đồng", "150 000 VND"]
)
def test_an_amount_is_read_however_it_is_typed(typed):
    assert parse_dong(typed) == 150000


@pytest.mark.parametrize("typed", ["", "đ", "15.00", "1.5", "150.000,50", "1.000,000", "abc", "1e6", "--5"])
def test_what_is_not_a_whole_amount_is_refused(typed):
    with pytest.raises(ValueError, match="số nguyên đồng"):
        parse_dong(typed)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (191, "một trăm chín mươi mốt"),
        (1000, "một nghìn"),
        (1001, "một nghìn không trăm linh một"),
        (1010, "một nghìn không trăm mười"),
        (1015, "một nghìn không trăm mười lăm"),
        (1100, "một nghìn một trăm"),
        (10005, "mười nghìn không trăm linh năm"),
        (21000, "hai mươi mốt nghìn"),
        (1000015, "một triệu không trăm mười lăm"),
        (1005000, "một triệu không trăm linh năm nghìn"),
        (1000000005, "một tỷ không trăm linh năm"),
        (2000500000, "hai tỷ năm trăm nghìn"),
        (1234567891, "một tỷ hai trăm ba mươi tư triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi mốt"),
        (10**12, "một nghìn tỷ"),
        (1005 * 10**9, "một nghìn không trăm linh năm tỷ"),
        (10**15, "một triệu tỷ"),
        (10**18, "một tỷ tỷ"),
        (-24, "âm hai mươi tư"),
    ],
)
def test_a_number_is_read_as_a_vietnamese_teacher_reads_it(number, words):
    assert number_in_words(number) == words


def test_the_south_says_le_for_an_empty_ten():
    assert number_in_words(105, empty_ten="lẻ") == "một trăm lẻ năm"
    assert number_in_words(5_000_000_105, empty_ten="lẻ") == "năm tỷ một trăm lẻ năm"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (42, "forty-two"),
        (105, "one hundred and five"),
        (1005, "one thousand and five"),
        (150000, "one hundred and fifty thousand"),
        (1000100, "one million one hundred"),
        (2000000015, "two billion and fifteen"),
        (10**12, "one trillion"),
        (-7, "minus seven"),
    ],
)
def test_a_number_is_read_in_english(number, words):
    assert number_in_words(number, "en") == words


def test_an_amount_in_words_begins_with_a_capital_and_names_the_money():
    assert amount_in_words(150000) == "Một trăm năm mươi nghìn đồng"
    assert amount_in_words(8000, "en") == "Eight thousand dong"
    assert amount_in_words(0) == "Không đồng"


FIGURES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
VALUES = {word: value for value, word in enumerate(FIGURES)} | {"mốt": 1, "tư": 4, "lăm": 5}


def heard(words):
    """What a listener writes down, counting from the words alone."""
    total = group = 0
    for word in words.split():
        if word in VALUES:
            group += VALUES[word]
        elif word == "trăm":
            group = group * 100
        elif word == "mươi":
            group = group // 100 * 100 + group % 100 * 10
        elif word == "mười":
            group += 10
        elif word in {"nghìn", "triệu"}:
            total += group * {"nghìn": 1000, "triệu": 10**6}[word]
            group = 0
        elif word == "tỷ":
            total, group = (total + group) * 10**9, 0
    return total + group


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_listener_hears_the_number_that_was_meant(number):
    assert heard(number_in_words(number)) == number
