"""What is taken for an answer of each kind, and in which words another is refused."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.platform.forms.rules import validate
from tinhso.platform.forms.rules.dates import LooseDate, NoDate, parse_date, parts_of
from tinhso.platform.forms.tests.forms import TODAY, field_of, form_of


def outcome_of(kind: str, answer, more: str = ""):
    return validate(form_of(field_of(kind, more)), {"it": answer}, on=TODAY)


def kept(kind: str, answer, more: str = ""):
    outcome = outcome_of(kind, answer, more)
    assert outcome.problems == ()
    return outcome.answers["it"]


def refused(kind: str, answer, more: str = "") -> str:
    outcome = outcome_of(kind, answer, more)
    assert outcome.answers == {}
    [problem] = outcome.problems
    assert problem.field == "it"
    assert "Mục" in problem.vi
    assert "Entry" in problem.en
    return problem.code


CHOICE = 'options = [ { code = "a", name = { vi = "A", en = "A" } } ]'


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  Thôn\u00a0Bản \tChúc ", "Thôn Bản Chúc"),
        ("text", "Hoa\u0300ng\u200b\x00", "Hoàng"),
        ("long_text", "dòng một \r\n dòng hai\n", "dòng một\n dòng hai"),
        ("person_name", "Hoàng Thị Mai", "Hoàng Thị Mai"),
        ("person_name", "Mai", "Mai"),
        ("person_name", "H’Hen Niê", "H'Hen Niê"),
        ("person_name", "Jean-Paul O'Neil Jr.", "Jean-Paul O'Neil Jr."),
        ("personal_number", "020 190 001.234", "020190001234"),
        ("yes_no", "yes", True),
        ("yes_no", False, False),
        ("phone", "0912 345 678", "0912345678"),
        ("phone", "+84 912.345.678", "0912345678"),
        ("phone", "0084912345678", "0912345678"),
        ("phone", "0205 3812 345", "02053812345"),
        ("phone", "+86 (771) 852 1234", "+867718521234"),
        ("email", " mai@vidu.vn ", "mai@vidu.vn"),
        ("number", "1.500", 1500),
        ("number", "1.234.567,5", 1_234_567.5),
        ("number", "3,5", 3.5),
        ("number", "3.5", 3.5),
        ("number", "-12", -12),
        ("number", 7, 7),
        ("number", 7.0, 7),
        ("money", "150.000 đ", 150_000),
        ("money", 150_000, 150_000),
        ("unit", "06211@2025-07-01", "06211@2025-07-01"),
        ("date", "5/11/2026", "2026-11-05"),
        ("date", "05-11-2026", "2026-11-05"),
        ("date", "2026-11-05", "2026-11-05"),
        ("date", {"day": "5", "month": "11", "year": "2026"}, "2026-11-05"),
        ("date", "29/02/2024", "2024-02-29"),
    ],
)
def test_what_people_type_is_understood(kind, typed, value):
    found = kept(kind, typed)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("text", 5, "not_text"),
        ("text", "a" * 201, "too_long"),
        ("person_name", "Mai 2", "not_a_name"),
        ("person_name", "<b>Mai</b>", "not_a_name"),
        ("person_name", "-.-", "not_a_name"),
        ("person_name", "a" * 61, "too_long"),
        ("personal_number", "12345678901", "not_a_personal_number"),
        ("personal_number", "٠٢٠١٩٠٠٠١٢٣٤", "not_a_personal_number"),
        ("yes_no", "maybe", "not_yes_or_no"),
        ("yes_no", 1, "not_yes_or_no"),
        ("choice", "b", "not_an_option"),
        ("choice", ["a"], "not_an_option"),
        ("phone", "12345", "not_a_phone"),
        ("phone", "0912345678901", "not_a_phone"),
        ("email", "mai@vidu", "not_an_email"),
        ("email", "mai@vidu..vn, x@y.vn", "not_an_email"),
        ("number", "năm", "not_a_number"),
        ("number", "1" * 25, "not_a_number"),
        ("number", True, "not_a_number"),
        ("number", float("nan"), "not_a_number"),
        ("number", float("inf"), "not_a_number"),
        ("number", 10**400, "not_a_number"),
        ("money", "1,5", "not_money"),
        ("money", 1.5, "not_money"),
        ("money", "-5", "too_small"),
        ("unit", "06211", "not_a_unit"),
        ("date", "31/02/2026", "not_a_date"),
        ("date", "29/02/2026", "not_a_date"),
        ("date", "hôm qua", "not_a_date"),
        ("date", 20261105, "not_a_date"),
        ("date", "01/01/1800", "not_a_date"),
        ("date", {"day": "5", "month": "", "year": "2026"}, "incomplete_date"),
        ("date", {"day": "", "month": "11", "year": "2026"}, "incomplete_date"),
        ("date", {"day": "5", "month": "x", "year": "2026"}, "not_a_date"),
        ("date", "2026", "incomplete_date"),
    ],
)
def test_what_is_no_answer_is_refused_by_name(kind, typed, code):
    assert refused(kind, typed, CHOICE if kind == "choice" else "") == code


@pytest.mark.parametrize(
    ("kind", "typed", "bounds", "code", "says"),
    [
        ("number", "31", "min = 1\nmax = 30", "too_large", "30"),
        ("number", 0, "min = 1\nmax = 30", "too_small", "1"),
        ("money", "2.000.000", "max = 1000000", "too_large", "1.000.000 đ"),
        ("date", "22/11/2026", "max = 0", "too_late", "21/11/2026"),
        ("date", "20/11/2026", "min = 0", "too_early", "21/11/2026"),
        ("text", "dài quá", "max_length = 5", "too_long", "5"),
    ],
)
def test_bounds_are_named_in_the_refusal(kind, typed, bounds, code, says):
    [problem] = outcome_of(kind, typed, bounds).problems

    assert problem.code == code
    assert says in problem.vi


def test_the_bound_itself_is_allowed():
    assert kept("date", "21/11/2026", "min = 0\nmax = 0") == "2026-11-21"
    assert kept("number", 30, "max = 30") == 30


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1950", "1950"),
        ("03/1950", "1950-03"),
        ("1950-03", "1950-03"),
        ({"day": "", "month": "", "year": "1950"}, "1950"),
        ({"day": "", "month": "3", "year": "1950"}, "1950-03"),
        ({"day": "9", "month": "3", "year": "1950"}, "1950-03-09"),
    ],
)
def test_an_elder_who_knows_only_the_year_may_say_so(typed, value):
    assert kept("date", typed, "partial = true") == value
    assert parse_date(value).kept == value


def test_a_day_without_its_month_is_no_date_even_then():
    assert refused("date", {"day": "9", "month": "", "year": "1950"}, "partial = true") == "incomplete_partial_date"
    assert refused("date", {"day": "9", "month": "3", "year": ""}, "partial = true") == "incomplete_partial_date"


def test_this_year_is_not_in_the_future():
    assert kept("date", "2026", "partial = true\nmax = 0") == "2026"
    assert refused("date", "12/2026", "partial = true\nmax = 0") == "too_late"


@given(st.dates(date(1850, 1, 1), date(2150, 12, 31)), st.sampled_from(["day", "month", "year"]))
def test_a_date_comes_back_from_its_boxes_and_from_what_is_shown(day, known):
    loose = LooseDate(day.year, None if known == "year" else day.month, day.day if known == "day" else None)

    assert parse_date(parts_of(loose.kept)) == loose
    assert parse_date(loose.shown) == loose
    assert loose.first <= day <= loose.last


@given(st.one_of(st.text(), st.dictionaries(st.sampled_from(["day", "month", "year"]), st.text())))
def test_whatever_is_typed_is_a_date_or_not_one(typed):
    with suppress(NoDate):
        found = parse_date(typed)
        assert parse_date(found.kept) == found
