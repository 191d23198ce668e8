"""Drawing a page and reading it back, with nothing but what a browser without script sends."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.flow import Text
from tinhso.platform.forms import rules
from tinhso.platform.forms.rules import View, render_page, turn_page, validate
from tinhso.platform.forms.tests.forms import (
    TODAY,
    answers_of,
    examples,
    family,
    field_of,
    form_of,
    posted,
    shipped_forms,
)

FORMS = [family(), *shipped_forms()]
of_each_form = pytest.mark.parametrize("form", FORMS, ids=[form.code for form in FORMS])
PHONE = {"phone_use": "home", "phone_number": "0912345678"}
SOUND = {"mother_name": "Hoàng Thị Mai", "has_father": False, "mother_phones": [PHONE]}


def drawn(answers, page="parents", form=None, **more):
    return render_page(form or family(), page, View(answers, TODAY, **more))


def question(page, name):
    for each in page["questions"]:
        if each["name"] == name:
            return each
        for row in each.get("rows_shown", ()):
            for child in row["questions"]:
                if child["name"] == name:
                    return child
    raise KeyError(name)


def browser_sends(page, button: str = "") -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.update(posted(page))
    if button:
        name, _, value = button.partition("=")
        sent[name] = value
    return sent


@of_each_form
@examples(120)
@given(st.data())
def test_answers_survive_the_way_through_the_page_and_back(form, data):
    kept = validate(form, data.draw(answers_of(form)), on=TODAY).answers
    gathered = {}

    for page in rules.shown_pages(form, kept):
        gathered |= rules.answers_from_post(form, browser_sends(drawn(kept, page.code, form)), page.code)

    outcome = validate(form, gathered, on=TODAY)
    assert outcome.problems == ()
    assert outcome.answers == kept


@of_each_form
@examples(120)
@given(st.data())
def test_a_page_and_the_api_find_the_same_problems(form, data):
    whole = data.draw(answers_of(form))
    codes = st.sampled_from([field.code for field in form.fields()])
    answers = whole | data.draw(st.dictionaries(codes, st.sampled_from(["", "31/02/2026", "x", "  "]), max_size=6))

    through_api = validate(form, answers, on=TODAY)
    typed = {}
    for page in form.pages:
        typed |= rules.answers_from_post(form, browser_sends(drawn(answers, page.code, form)), page.code)
    through_pages = validate(form, {**answers, **typed}, on=TODAY)

    not_rows = {field.code for field in form.fields() if field.kind == "group" and isinstance(answers[field.code], str)}

    def found(outcome):
        return {(each.field, each.code) for each in outcome.problems if each.field.partition(".")[0] not in not_rows}

    assert found(through_pages) == found(through_api)


def test_a_question_that_only_now_appears_is_shown_without_blame():
    first = drawn(SOUND | {"has_father": None})
    sent = browser_sends(first)
    sent["has_father"] = "yes"

    turn = turn_page(family(), "parents", View({}, TODAY), sent)

    assert not turn.goes_on
    assert turn.newly_asked == {"father_name"}
    assert turn.problems == ()
    assert turn.answers["has_father"] is True

    again = turn_page(family(), "parents", View(turn.answers, TODAY), browser_sends(drawn(turn.answers)))
    assert [each.field for each in again.problems] == ["father_name"]
    assert not again.newly_asked


def test_a_sound_page_goes_on():
    turn = turn_page(family(), "parents", View({"people": 3}, TODAY), browser_sends(drawn(SOUND)))

    assert turn.goes_on
    assert turn.answers["people"] == 3
    assert turn.outcome.answers == SOUND


def test_rows_are_added_and_removed_by_buttons_and_nothing_typed_is_lost():
    page = drawn(SOUND | {"mother_name": "Mai 2"})

    more = turn_page(family(), "parents", View({}, TODAY), browser_sends(page, "add=mother_phones"))
    assert not more.goes_on
    assert more.problems == ()
    assert len(more.answers["mother_phones"]) == 2
    assert more.answers["mother_name"] == "Mai 2"

    wider = drawn(more.answers)
    assert question(wider, "mother_phones.1.phone_number")["value"] == ""
    fewer = turn_page(family(), "parents", View(more.answers, TODAY), browser_sends(wider, "remove=mother_phones.0"))
    assert [row.get("phone_number") for row in fewer.answers["mother_phones"]] == [""]


def test_a_blank_page_shows_as_many_rows_as_are_needed():
    assert [row["title"] for row in question(drawn({}), "mother_phones")["rows_shown"]] == ["Mục 1"]


def test_no_more_rows_are_offered_than_allowed_and_none_can_be_removed_below_the_least():
    one, three = (question(drawn(SOUND | {"mother_phones": [PHONE] * count}), "mother_phones") for count in (1, 3))

    assert [row["remove"] for row in one["rows_shown"]] == [None]
    assert three["add"] is None
    assert three["rows_shown"][2]["remove"] == {"name": "remove", "value": "mother_phones.2"}
    full = browser_sends(drawn(SOUND | {"mother_phones": [PHONE] * 3}), "add=mother_phones")
    still = turn_page(family(), "parents", View({}, TODAY), full)
    assert len(still.answers["mother_phones"]) == 3


@pytest.mark.parametrize("value", ["mother_phones.99", "mother_phones.x", "mother_phones", "people.0", "", "."])
def test_a_button_that_names_no_row_removes_nothing(value):
    turn = turn_page(family(), "parents", View({}, TODAY), browser_sends(drawn(SOUND), f"remove={value}"))

    assert turn.answers["mother_phones"] == [PHONE]


def test_what_was_typed_wrongly_is_shown_as_it_was_typed():
    typed = SOUND | {"mother_birth_date": {"day": "31", "month": "2", "year": "1990"}, "mother_number": "12"}
    problems = validate(family(), typed, on=TODAY).problems

    page = drawn(typed, problems=problems)

    assert question(page, "mother_birth_date")["value"] == {"day": "31", "month": "2", "year": "1990"}
    assert question(page, "mother_number")["value"] == "12"
    assert "12 chữ số" in question(page, "mother_number")["error"]
    assert page["errors"][0]["href"] == "#mother_number"


def test_an_error_in_a_row_leads_to_its_box():
    typed = SOUND | {"mother_phones": [PHONE, {"phone_use": "home"}]}
    page = drawn(typed, problems=validate(family(), typed, on=TODAY).problems, language="en")

    assert page["errors"] == [{"text": "Fill in “Number”.", "href": "#mother_phones-1-phone_number"}]
    assert question(page, "mother_phones.1.phone_number")["id"] == "mother_phones-1-phone_number"


def test_a_page_says_where_an_answer_was_taken_from():
    page = drawn(SOUND, origins={"mother_name": Text("Theo VNeID", "From VNeID")})

    assert question(page, "mother_name")["source"] == "Theo VNeID"
    assert question(page, "mother_number")["source"] == ""


def test_a_long_choice_and_a_unit_become_lists():
    options = ", ".join(f'{{ code = "o{n}", name = {{ vi = "Mục {n}", en = "Item {n}" }} }}' for n in range(9))
    form = form_of(field_of("choice", f"options = [{options}]"), field_of("unit", code="commune"))

    page = drawn({}, "only", form, choices={"commune": [("06211@2025-07-01", "Xã Bằng Mạc")]})

    assert question(page, "it")["kind"] == "select"
    assert question(page, "commune")["options"] == [{"value": "06211@2025-07-01", "text": "Xã Bằng Mạc"}]


def test_a_post_full_of_nonsense_is_read_without_harm():
    sent = QueryDict(mutable=True)
    sent.update(
        {
            "mother_name": "a\x00b\ud800" + "x" * 50_000, "mother_phones.7.phone_number": "1", "mother_phones.rows": "9" * 30,
            "mother_phones.99999.phone_use": "x", "mother_birth_date": "3/3/1990", "hack": "1", "add": "mother_name",
        }
    )  # fmt: skip

    answers = rules.answers_from_post(family(), sent, "parents")

    assert set(answers) == {"mother_name", "mother_phones", "mother_birth_date"}
    assert len(answers["mother_name"]) <= 20_000
    assert answers["mother_name"].startswith("abx")
    assert len(answers["mother_phones"]) <= 51
    assert rules.pressed(family(), sent) is None


def test_pages_follow_each_other_as_the_answers_say():
    form, with_father = family(), SOUND | {"has_father": True}

    assert rules.next_page(form, "", SOUND).code == "parents"
    assert rules.next_page(form, "parents", SOUND) is None
    assert rules.next_page(form, "parents", with_father).code == "household"
    assert rules.previous_page(form, "household", with_father).code == "parents"
    assert rules.previous_page(form, "parents", with_father) is None
    assert rules.page_with(form, "mother_phones.0.phone_number").code == "parents"


@of_each_form
def test_the_templates_draw_every_box_once_with_its_label(form):
    for page in form.pages:
        view = drawn({}, page.code, form)
        html = render_to_string("forms/questions.html", {"page": view})
        for each in view["questions"]:
            assert each["label"] in html.replace("&#x27;", "'").replace("&quot;", '"')
            assert html.count(f'id="{each["id"]}"') == 1
        assert f'value="{view["shown"]}"' in html


def test_a_drawn_page_sends_what_the_dicts_promise():
    html = render_to_string("forms/questions.html", {"page": drawn(SOUND | {"has_father": True})})

    for name in (
        "mother_name",
        "mother_birth_date-year",
        "father_name",
        "mother_phones.0.phone_number",
        "mother_phones.rows",
    ):
        assert f'name="{name}"' in html
    assert 'name="add" value="mother_phones"' in html
    assert 'value="Hoàng Thị Mai"' in html
    assert html.index("govuk-visually-hidden") < html.index('name="add"')
