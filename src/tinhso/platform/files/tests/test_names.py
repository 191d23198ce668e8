"""Names that come with files, limits told beforehand."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.platform.files.rules import DEFAULT_LIMITS, MEGABYTE, Limits, clean_name
from tinhso.platform.files.rules.limits import in_megabytes


@given(st.text(max_size=400))
def test_a_name_becomes_short_visible_and_free_of_folders(name):
    cleaned = clean_name(name)

    assert 0 < len(cleaned) <= 120
    assert not set(cleaned) & set("/\\\0\n")
    assert all(unicodedata.category(sign)[0] != "C" for sign in cleaned)
    assert clean_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Giấy chứng sinh.pdf", "Giấy chứng sinh.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Mai\\anh.jpg", "anh.jpg"),
        ("don\u202efdp.exe", "donfdp.exe"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("...", "tep"),
        ("", "tep"),
    ],
)
def test_what_becomes_of_a_name(name, cleaned):
    assert clean_name(name) == cleaned


def test_limits_are_told_in_words():
    vi, en = DEFAULT_LIMITS.told()

    assert vi == "Nhận tệp PDF, JPEG, PNG, Word (docx), Excel (xlsx); mỗi tệp không quá 10 MB; tối đa 20 tệp."
    assert "up to 10 MB each" in en
    assert "2,5 MB" in Limits(max_bytes=int(2.5 * MEGABYTE)).told()[0]


def test_a_size_is_never_told_smaller_than_it_is():
    assert in_megabytes(10 * MEGABYTE) == "10"
    assert in_megabytes(10 * MEGABYTE + 1) == "10,1"
    assert in_megabytes(1) == "0,1"
