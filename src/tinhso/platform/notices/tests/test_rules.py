"""A text message fits into 160 plain characters, and addresses are recognised only by their owners."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.flow import Text
from tinhso.platform.notices import rules
from tinhso.platform.notices.tests.conftest import FIELDS, WORDS

VIETNAMESE = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặỗốộờởỡớợừửữứự ẨĐƯ“”…–0123456789"), max_size=200
)


@given(VIETNAMESE)
def test_plain_words_are_ascii_and_lose_no_letter(words):
    bare = rules.plain(words)

    assert bare.isascii()
    assert "?" not in bare


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("Đã tiếp nhận hồ sơ", "Da tiep nhan ho so"),
        ("“Ủy ban”… – được", '"Uy ban". - duoc'),
        ("中", "?"),
        ("a\n b", "a b"),
    ],
)
def test_diacritics_fall_away_and_case_stays(words, bare):
    assert rules.plain(words) == bare


@given(reasons=VIETNAMESE, procedure=VIETNAMESE)
def test_a_text_message_never_exceeds_160_characters_and_keeps_code_and_link(reasons, procedure):
    text = Text("Ho so {code} ({procedure}) can bo sung: {reasons}. Xem {link}", "-")
    fields = FIELDS | {"reasons": reasons, "procedure": procedure, "link": "https://ls.vn/t/TS-7K3M-9QXD-42"}
    message = rules.sms_words(text, fields, "vi")

    assert len(message) <= 160
    assert FIELDS["code"] in message
    assert message.endswith("https://ls.vn/t/TS-7K3M-9QXD-42")


def test_what_cannot_be_shortened_is_not_cut_in_half():
    with pytest.raises(rules.TooLong):
        rules.sms_words(Text("Xem {link}", ""), {"link": "https://langson.example/" + "x" * 160}, "vi")


def test_a_reader_of_english_is_told_in_english():
    assert rules.fill(WORDS.email_body, FIELDS).en.startswith("Dear Hoàng Thị Mai,\n\nDossier “Birth registration”")


def test_a_missing_value_is_an_error_of_the_caller():
    with pytest.raises(KeyError, match="due"):
        rules.fill(WORDS.in_app, {"code": "1"})


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0912 345 678", "84912345678"),
        ("+84912.345.678", "84912345678"),
        ("84912345678", "84912345678"),
        ("113", ""),
        ("", ""),
    ],
)
def test_numbers_are_written_as_gateways_want_them(typed, number):
    assert rules.phone_number(typed) == number


@pytest.mark.parametrize(
    ("address", "shown"), [("mai@example.org", "m***@example.org"), ("84912345678", "84*****5678"), ("113", "***")]
)
def test_addresses_are_masked(address, shown):
    assert rules.masked(address) == shown


def test_waits_grow_and_end():
    waits = [rules.wait_after(attempts) for attempts in range(1, 7)]

    assert waits[:-1] == sorted(waits[:-1])
    assert waits[-1] is None
