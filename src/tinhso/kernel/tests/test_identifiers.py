"""Identifiers: written by one rule, read by all, and never blocking on a mere doubt."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.identifiers import (
    BIRTH_PROVINCES,
    RULE_2018,
    RULE_2020,
    WARNING_TEXTS,
    NotReadable,
    OldIdentityCard,
    PersonalNumber,
    PersonalNumberWarning,
    broad_first,
    check_digit,
    compact_plate,
    format_dossier_code,
    is_tracking_id,
    narrow_first,
    new_tracking_id,
    parse_dossier_code,
    parse_identity_number,
    parse_personal_number,
    parse_plate,
    parse_tax_code,
    read_tracking_id,
)

DAY = date(2026, 7, 21)
PAIRS = st.text(alphabet="0123456789", min_size=2, max_size=2).filter(lambda part: part != "00")


# Dossier codes


def test_a_dossier_code_is_written_as_the_rule_of_its_day_wants_it():
    assert format_dossier_code("H37", DAY, 42, rule=RULE_2018) == "000.00.00.H37-260721-0042"
    assert format_dossier_code("H37.15", DAY, 42, rule=RULE_2018) == "000.00.15.H37-260721-0042"
    assert format_dossier_code("H37.15.02", DAY, 42) == "H37.15.02-260721-0042"


@pytest.mark.parametrize(
    ("broad", "narrow"),
    [
        ("H37", "000.00.00.H37"),
        ("H37.15", "000.00.15.H37"),
        ("H37.15.02", "000.02.15.H37"),
        ("H37.15.02.007", "007.02.15.H37"),
    ],
)
def test_an_agency_is_one_and_the_same_in_both_orders(broad, narrow):
    assert narrow_first(broad) == narrow
    assert broad_first(narrow) == broad
    assert broad_first(broad) == broad


def test_both_forms_are_read_and_remember_their_rule():
    old = parse_dossier_code("000.02.15.H37-260721-0042")
    new = parse_dossier_code(" h37.15.02-260721-0042 ")

    assert (old.agency, old.received_on, old.sequence, old.rule) == ("H37.15.02", DAY, 42, RULE_2018)
    assert replace(new, rule=RULE_2018) == old
    assert str(old) == "000.02.15.H37-260721-0042"


@given(
    st.lists(PAIRS, max_size=2),
    st.dates(min_value=date(2018, 1, 1), max_value=date(2099, 12, 31)),
    st.integers(min_value=1, max_value=99_999),
    st.sampled_from([RULE_2018, RULE_2020]),
)
def test_a_code_that_was_issued_can_always_be_read_back(parts, day, sequence, rule):
    agency = ".".join(["H37", *parts])

    code = parse_dossier_code(format_dossier_code(agency, day, sequence, rule=rule))

    assert (code.agency, code.received_on, code.sequence, code.rule) == (agency, day, sequence, rule)


def test_the_ten_thousandth_dossier_of_a_day_goes_on_with_five_figures():
    assert format_dossier_code("H37.15", DAY, 9_999).endswith("-9999")
    assert format_dossier_code("H37.15", DAY, 10_000).endswith("-10000")
    assert parse_dossier_code("H37.15-260721-10000").sequence == 10_000
    with pytest.raises(ValueError, match="99999"):
        format_dossier_code("H37.15", DAY, 100_000)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H37-260721-42",
        "H37-260721-00042",
        "H37-260721-0000",
        "H37-261321-0042",
        "H37-260230-0042",
        "37-260721-0042",
        "H37.1-260721-0042",
        "H37.15.02.07-260721-0042",
        "000.15.H37-260721-0042",
        "H37-260721-004२",
    ],
)
def test_what_is_no_dossier_code_is_refused_in_words(text):
    with pytest.raises(NotReadable) as refusal:
        parse_dossier_code(text)

    assert str(refusal.value) == refusal.value.vi
    assert refusal.value.en.isascii()


def test_a_code_is_not_written_for_a_malformed_agency():
    with pytest.raises(ValueError, match="Mã cơ quan"):
        format_dossier_code("Lạng Sơn", DAY, 1)


# Personal numbers


def test_a_personal_number_tells_place_sex_and_year():
    number = parse_personal_number("020 195 001234")

    assert (number.birthplace, number.sex, number.birth_year) == ("020", "female", 1995)
    assert parse_personal_number("020204001234").birth_year == 2004
    assert parse_personal_number("020204001234").sex == "male"
    assert number.masked == "•••••••••234"


def test_a_number_that_fits_what_is_declared_raises_no_doubt():
    assert parse_personal_number("020195001234").warnings(birth_on=date(1995, 3, 8), sex="female") == ()
    assert parse_personal_number("020195001234").warnings() == ()


@pytest.mark.parametrize(
    ("digits", "doubt"),
    [
        ("020095001234", PersonalNumberWarning.SEX_DIFFERS),
        ("020196001234", PersonalNumberWarning.BIRTH_YEAR_DIFFERS),
        ("020395001234", PersonalNumberWarning.BIRTH_YEAR_DIFFERS),
        ("003195001234", PersonalNumberWarning.BIRTHPLACE_UNKNOWN),
        ("000195001234", PersonalNumberWarning.BIRTHPLACE_UNKNOWN),
        ("020995001234", PersonalNumberWarning.CENTURY_TO_COME),
    ],
)
def test_what_does_not_fit_is_a_warning_and_never_blocks(digits, doubt):
    number = parse_personal_number(digits)

    assert doubt in number.warnings(birth_on=date(1995, 3, 8), sex="female")
    assert all(sentence.endswith("again." if sentence.isascii() else "lại.") for sentence in WARNING_TEXTS[doubt])


def test_people_born_in_provinces_since_merged_keep_their_numbers_without_a_doubt():
    assert len(BIRTH_PROVINCES) == 63
    assert PersonalNumber("010190000001").warnings() == ()
    assert PersonalNumber("064190000001").warnings() == ()


def test_a_birth_registered_abroad_raises_no_doubt():
    assert PersonalNumber("145190000001").warnings() == ()


def test_the_nine_digits_of_an_old_card_are_still_taken():
    assert parse_identity_number("080.123.456") == OldIdentityCard("080123456")
    assert parse_identity_number("020195001234") == PersonalNumber("020195001234")


@pytest.mark.parametrize("text", ["", "12345678", "0201950012345", "02019500123x", "٠٢٠١٩٥٠٠١٢٣٤"])
def test_another_length_or_a_letter_is_no_identity_number(text):
    with pytest.raises(NotReadable):
        parse_identity_number(text)
    with pytest.raises(NotReadable):
        parse_personal_number(text)


# Tax codes


@pytest.mark.parametrize("text", ["0100109106", "0100112437", "0101243150", "0100109106-001", "0100109106001"])
def test_tax_codes_of_known_enterprises_are_right(text):
    assert str(parse_tax_code(text)).replace("-", "") == text.replace("-", "")


def test_a_branch_is_written_after_a_dash_and_a_person_is_told_apart():
    assert str(parse_tax_code("0100109106001")) == "0100109106-001"
    assert parse_tax_code("020195001234").is_personal
    assert not parse_tax_code("0100109106").is_personal


@given(st.text(alphabet="0123456789", min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_a_tax_code_is_always_noticed(first_nine, place, shift):
    tenth = check_digit(first_nine)
    wrong = first_nine[:place] + str((int(first_nine[place]) + shift) % 10) + first_nine[place + 1 :]

    assert tenth is None or check_digit(wrong) != tenth


@pytest.mark.parametrize("text", ["0100109107", "0100109106-000", "010010910", "01001091061", "abcdefghij"])
def test_a_wrong_tax_code_is_refused(text):
    with pytest.raises(NotReadable):
        parse_tax_code(text)


# Plates


@pytest.mark.parametrize(
    ("text", "compact", "kind", "written"),
    [
        ("12C-123.45", "12C12345", "car", "12C-123.45"),
        ("12c 12345", "12C12345", "car", "12C-123.45"),
        ("29H-9876", "29H9876", "car", "29H-9876"),
        ("12B11234", "12B11234", "car", "12B-112.34"),
        ("12-B1 1234", "12B11234", "motorcycle", "12-B1 1234"),
        ("12-B1 123.45", "12B112345", "motorcycle", "12-B1 123.45"),
        ("12B112345", "12B112345", "motorcycle", "12-B1 123.45"),
        ("29-AA 123.45", "29AA12345", "motorcycle", "29-AA 123.45"),
        ("51R-012.34", "51R01234", "trailer", "51R-012.34"),
        ("15RM-012.34", "15RM01234", "trailer", "15RM-012.34"),
        ("50LD-123.45", "50LD12345", "special", "50LD-123.45"),
        ("80-123-NG-45", "80123NG45", "diplomatic", "80-123-NG-45"),
        ("TM-12-34", "TM1234", "military", "TM-12-34"),
    ],
)
def test_vietnamese_plates_are_read_and_written(text, compact, kind, written):
    plate = parse_plate(text)

    assert (plate.compact, plate.kind, str(plate)) == (compact, kind, written)
    assert parse_plate(str(plate)) == replace(plate, raw=str(plate))


@pytest.mark.parametrize("text", ["桂F·12345", "FF0666", "粤Z·1234港"])
def test_a_foreign_plate_is_kept_as_it_is(text):
    plate = parse_plate(text, "CN")

    assert plate.kind == "foreign"
    assert str(plate) == text
    assert plate.compact == compact_plate(text)


@pytest.mark.parametrize("text", ["", "00C-12345", "10A-12345", "12I-12345", "12C-123", "12C-123456", "桂F·12345"])
def test_what_is_no_vietnamese_plate_is_refused(text):
    with pytest.raises(NotReadable):
        parse_plate(text)


# Tracking ids


def test_a_tracking_id_is_made_read_and_told_from_noise():
    tracking_id = new_tracking_id(Random(7))

    assert is_tracking_id(tracking_id)
    assert read_tracking_id(tracking_id.lower().replace("-", " ")) == tracking_id
    assert read_tracking_id(tracking_id.removeprefix("TS-")) == tracking_id
    assert not is_tracking_id("TS-0000-0000-00")
    assert not is_tracking_id("")


def test_tracking_ids_do_not_repeat_and_avoid_signs_that_look_alike():
    random = Random(1)
    made = {new_tracking_id(random) for _ in range(5_000)}

    assert len(made) == 5_000
    assert not set("".join(one[3:] for one in made)) & set("01ILOSU")


@given(st.integers(), st.integers(0, 9), st.integers(1, 28))
def test_one_wrong_sign_is_always_noticed(seed, place, shift):
    alphabet = "23456789ABCDEFGHJKMNPQRTVWXYZ"
    signs = list(new_tracking_id(Random(seed))[3:].replace("-", ""))
    signs[place] = alphabet[(alphabet.index(signs[place]) + shift) % 29]

    assert not is_tracking_id("".join(signs))


@given(st.integers(), st.integers(0, 9), st.integers(0, 9))
def test_two_signs_swapped_are_always_noticed(seed, left, right):
    signs = list(new_tracking_id(Random(seed))[3:].replace("-", ""))
    swapped = signs.copy()
    swapped[left], swapped[right] = swapped[right], swapped[left]

    assert is_tracking_id("".join(swapped)) == (swapped == signs)


def test_what_a_hand_confuses_is_mended():
    tracking_id = next(made for made in (new_tracking_id(Random(n)) for n in range(100)) if "5" in made and "V" in made)

    assert read_tracking_id("TS" + tracking_id[2:].replace("5", "S").replace("V", "U")) == tracking_id
