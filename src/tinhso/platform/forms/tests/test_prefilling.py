"""What the state holds is not asked again, and its origin is named."""

from datetime import date

from tinhso.kernel.flow import Text
from tinhso.platform.forms.rules import Held, answer_rows, answer_texts, prefill, still_taken
from tinhso.platform.forms.tests.forms import TODAY, family, field_of, form_of

VNEID = Text("Theo VNeID", "From VNeID")


def mother(**values):
    return {"relation.mother": Held(values, VNEID)}


def test_answers_are_taken_over_with_their_origin():
    held = mother(name="Hoàng Thị Mai", number="020190001234", birth_date=date(1990, 3, 9), phone="+84912345678")

    answers, origins = prefill(family(), held, on=TODAY)

    assert answers == {
        "mother_name": "Hoàng Thị Mai",
        "mother_number": "020190001234",
        "mother_birth_date": "1990-03-09",
        "mother_phones": [{"phone_number": "0912345678"}],
    }
    assert set(origins) == {"mother_name", "mother_number", "mother_birth_date", "mother_phones.0.phone_number"}
    assert set(origins.values()) == {VNEID}


def test_what_does_not_fit_or_is_not_held_is_left_to_the_person():
    answers, origins = prefill(family(), mother(name="", number="123", birth_date=None), on=TODAY)

    assert (answers, origins) == ({}, {})
    assert prefill(family(), {}, on=TODAY) == ({}, {})


def test_a_blank_that_is_held_is_no_answer():
    form = form_of(field_of("text", 'prefill = "person.residence"'))

    assert prefill(form, {"person": Held({"residence": "  "}, VNEID)}, on=TODAY) == ({}, {})


def test_the_usual_answer_stands_where_nothing_is_held_and_says_what_it_is():
    form = form_of(field_of("number", 'default = "0"'))
    code = next(form.fields()).code

    answers, origins = prefill(form, {}, on=TODAY)

    assert answers == {code: 0}
    assert origins[code].vi == "Điền sẵn theo trường hợp thường gặp, hãy sửa nếu khác"
    assert still_taken({code: 2}, answers, origins) == {}


def test_what_is_held_goes_before_the_usual_answer():
    form = form_of(field_of("text", 'prefill = "person.nationality"\ndefault = "Việt Nam"'))
    code = next(form.fields()).code

    assert prefill(form, {"person": Held({"nationality": "Lào"}, VNEID)}, on=TODAY)[0] == {code: "Lào"}
    assert prefill(form, {"person": Held({"nationality": ""}, VNEID)}, on=TODAY)[0] == {code: "Việt Nam"}


def test_who_changes_an_answer_answers_for_it():
    taken, origins = prefill(
        family(), mother(name="Hoàng Thị Mai", number="020190001234", phone="0912345678"), on=TODAY
    )
    changed = taken | {"mother_name": "Hoàng Mai", "mother_phones": [{"phone_number": "0987654321"}]}

    assert still_taken(taken, taken, origins) == origins
    assert set(still_taken(changed, taken, origins)) == {"mother_number"}
    assert still_taken({}, taken, origins) == {}


KEPT = {
    "mother_name": "Hoàng Thị Mai",
    "mother_birth_date": "1990-03",
    "has_father": True,
    "father_name": "Nông Văn Nam",
    "mother_phones": [{"phone_use": "other", "phone_number": "0912345678", "phone_note": "của dì"}],
    "income_dong": 5_000_000,
    "people": 3.5,
    "commune": "06211@2025-07-01",
}


def test_answers_are_read_page_by_page_in_words():
    pages = answer_rows(family(), KEPT, choices={"commune": [("06211@2025-07-01", "Xã Bằng Mạc")]})

    assert [page["title"] for page in pages] == ["Cha mẹ", "Hộ"]
    said = {row["field"]: row.get("value", row.get("values")) for page in pages for row in page["rows"]}
    assert said == {
        "mother_name": "Hoàng Thị Mai",
        "mother_number": "Không điền",
        "mother_birth_date": "03/1990",
        "has_father": "Có",
        "father_name": "Nông Văn Nam",
        "mother_phones": ["Loại: Khác; Số máy: 0912345678; Máy của ai: của dì"],
        "income_dong": "5.000.000 đ",
        "people": "3,5",
        "commune": "Xã Bằng Mạc",
        "remarks": "Không điền",
    }


def test_what_was_not_asked_is_not_shown():
    pages = answer_rows(family(), KEPT | {"has_father": False}, language="en")

    assert [page["title"] for page in pages] == ["Parents"]
    assert "father_name" not in {row["field"] for row in pages[0]["rows"]}


def test_a_letter_gets_every_field_in_words():
    texts = answer_texts(family(), KEPT)

    assert texts["has_father"] == "Có"
    assert texts["mother_number"] == ""
    assert texts["mother_birth_date"] == "03/1990"
