"""Answers against a form: conditions, rows, hints; the same for pages and for the API."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.flow import holds
from tinhso.platform.forms.rules import validate
from tinhso.platform.forms.tests.forms import (
    TODAY,
    answers_of,
    examples,
    family,
    field_of,
    form_of,
    shipped_forms,
)  # fmt: skip

PHONE = {"phone_use": "home", "phone_number": "0912345678"}
SOUND = {"mother_name": "Hoàng Thị Mai", "has_father": False, "mother_phones": [PHONE]}


def problems_of(answers: dict[str, Any], **more) -> dict[str, str]:
    return {each.field: each.code for each in validate(family(), answers, on=TODAY, **more).problems}


def test_all_gaps_are_named_at_once():
    assert problems_of({}) == {
        "mother_name": "required",
        "has_father": "choose",
        "mother_phones.0.phone_use": "choose",
        "mother_phones.0.phone_number": "required",
    }


def test_what_is_not_asked_is_dropped_whatever_was_answered():
    outcome = validate(family(), SOUND | {"father_name": "Nông Văn Nam", "people": "x", "hack": 1}, on=TODAY)

    assert outcome.is_sound
    assert outcome.answers == SOUND


def test_what_becomes_asked_becomes_required():
    assert problems_of(SOUND | {"has_father": True}) == {"father_name": "required", "people": "required"}


def test_a_wrong_answer_opens_no_condition():
    assert problems_of(SOUND | {"has_father": "maybe"}) == {"has_father": "not_yes_or_no"}


def test_one_page_is_judged_alone_but_knows_the_others():
    answers = SOUND | {"has_father": True, "father_name": "", "people": "0"}

    assert problems_of(answers, page="household") == {"people": "too_small"}
    assert problems_of(answers, page="parents") == {"father_name": "required"}
    assert validate(family(), SOUND, page="parents", on=TODAY).answers == SOUND
    with pytest.raises(KeyError):
        problems_of(answers, page="nowhere")


def test_rows_are_judged_each_by_its_own_answers():
    rows = [PHONE, {"phone_use": "other", "phone_number": "12"}, PHONE | {"phone_note": "của dì"}]

    assert problems_of(SOUND | {"mother_phones": rows}) == {
        "mother_phones.1.phone_number": "not_a_phone",
        "mother_phones.1.phone_note": "required",
    }
    kept = validate(family(), SOUND | {"mother_phones": [rows[2]]}, on=TODAY).answers["mother_phones"]
    assert kept == [PHONE]


def test_blank_rows_fall_away_and_paths_still_name_the_row_on_the_page():
    rows = [{"phone_number": " "}, PHONE, {}, {"phone_use": "home"}]

    assert problems_of(SOUND | {"mother_phones": rows}) == {"mother_phones.3.phone_number": "required"}
    assert validate(family(), SOUND | {"mother_phones": rows[:3]}, on=TODAY).answers == SOUND


def test_too_many_rows_and_things_that_are_no_rows_are_refused():
    assert problems_of(SOUND | {"mother_phones": [PHONE] * 4}) == {"mother_phones": "too_many_rows"}
    for nonsense in ("x", {"a": 1}, ["x"], [None], 5):
        assert problems_of(SOUND | {"mother_phones": nonsense}) == {"mother_phones": "not_a_list"}


@pytest.mark.parametrize(("bounds", "code"), [("required = true", "required"), ("min = 2", "too_few_rows")])
def test_a_group_that_needs_rows_says_so_even_when_no_field_of_a_row_is_required(bounds, code):
    inner = '[[page.field.field]]\ncode = "note"\nkind = "text"\nlabel = { vi = "Ghi", en = "Note" }'
    form = form_of(field_of("group", f"{bounds}\n{inner}"))

    [problem] = validate(form, {"it": []}, on=TODAY).problems
    assert (problem.field, problem.code) == ("it", code)


def test_a_number_that_does_not_fit_its_holder_is_only_a_hint():
    answers = SOUND | {"mother_number": "020190001234", "mother_birth_date": "1985"}

    outcome = validate(family(), answers, on=TODAY)

    assert outcome.is_sound
    assert outcome.answers["mother_number"] == "020190001234"
    assert [(each.field, each.code) for each in outcome.warnings] == [("mother_number", "birth_year_differs")]
    assert not validate(family(), answers | {"mother_birth_date": "03/1990"}, on=TODAY).warnings


def test_only_known_units_may_be_chosen_where_they_are_told():
    answers = SOUND | {"has_father": True, "father_name": "Nam", "people": 3, "commune": "06211@2025-07-01"}

    assert problems_of(answers) == {}
    assert problems_of(answers, units={"06211@2025-07-01"}) == {}
    assert problems_of(answers, units={"06212@2025-07-01"}) == {"commune": "not_a_unit"}


FORMS = [family(), *shipped_forms()]
of_each_form = pytest.mark.parametrize("form", FORMS, ids=[form.code for form in FORMS])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@of_each_form
@examples(160)
@given(st.data())
def test_fitting_answers_have_no_problem_and_what_is_kept_fits_again(form, data):
    answers = data.draw(answers_of(form))

    outcome = validate(form, answers, on=TODAY)

    assert outcome.problems == ()
    again = validate(form, outcome.answers, on=TODAY)
    assert again.answers == outcome.answers
    assert again.is_sound


@of_each_form
@examples(160)
@given(st.data())
def test_hidden_fields_are_never_required_and_never_kept(form, data):
    whole = data.draw(answers_of(form))
    left_out = data.draw(st.sets(st.sampled_from([field.code for field in form.fields()])))
    answers = {code: value for code, value in whole.items() if code not in left_out}

    outcome = validate(form, answers, on=TODAY)

    blamed = {each.field.partition(".")[0] for each in outcome.problems}
    for page in form.pages:
        for field in page.fields:
            if not (holds(page.when, outcome.answers) and holds(field.when, outcome.answers)):
                assert field.code not in blamed | set(outcome.answers)
    assert blamed <= left_out


@of_each_form
@examples(240)
@given(st.data())
def test_whatever_is_sent_is_judged_and_never_breaks(form, data):
    codes = [field.code for field in form.fields()]
    answers = data.draw(st.dictionaries(st.sampled_from([*codes, "hack"]), ANYTHING, max_size=len(codes)))

    outcome = validate(form, answers, on=TODAY)

    assert set(outcome.answers) <= set(codes)
    assert all(each.vi and each.en for each in (*outcome.problems, *outcome.warnings))
