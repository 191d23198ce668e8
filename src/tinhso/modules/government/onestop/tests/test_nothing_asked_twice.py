"""Over every procedure of the packs: where a value is held, the form takes it over and does not ask."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tinhso.kernel.flow import Procedure, Text, holds
from tinhso.kernel.packs import Field, Form, find_reminders, form_on
from tinhso.modules.government.onestop.rules.holding import Entry, Holdings, marks_from, measures_of, sources_from
from tinhso.modules.government.onestop.tests.test_every_procedure import DAY, PACKS, answered, in_force, sorts_of
from tinhso.platform.forms.rules import is_blank, shown_pages, take_over, validate

ORIGIN = Text("Theo nơi đang giữ", "From where it is held")
OF_PEOPLE: dict[str, Any] = {
    "name": "Hoàng Thị Mai", "number": "020195004817", "birth_date": "1995-03-12", "birth_year": 1995, "sex": "female",
    "ethnic_group": "Tày", "nationality": "Việt Nam", "home_town": "Xã Thử, tỉnh Thử", "phone": "0900000011",
    "residence": "Thôn Nà Mò, xã Thử, tỉnh Thử", "email": "mai@example.vn", "marital_status": "married",
}  # fmt: skip
OF_OTHERS: dict[str, dict[str, Any]] = {
    "person": OF_PEOPLE,
    "spouse": OF_PEOPLE | {"name": "Nông Văn Dũng", "number": "020091003265", "birth_date": "1991-11-02", "sex": "male"},
    "household": {
        "address": "Thôn Nà Mò, xã Thử, tỉnh Thử", "head_name": "Nông Văn Dũng", "head_number": "020091003265",
        "poverty_class": "none",
    },
    "organisation": {"name": "HTX Vận tải Nà Mò", "tax_code": "0100109106", "address": "Thôn Nà Mò, xã Thử, tỉnh Thử"},
}  # fmt: skip
OF_SOMEBODY = {"person_name": "Vi Văn Khác", "personal_number": "001200000001"}  # of whom nothing is held
OF_A_RESULT = {
    "number": "12/2026/XN",
    "issued_on": "2026-01-05",
    "issued_by": "UBND xã Thử",
    "issued_year": 2026,
    "held": True,
}


def forms() -> dict[str, Form]:
    """The form of each procedure that people file."""
    return {code: form_on(PACKS, each.form, DAY) for code, each in in_force(PACKS).items()}


def fields_of(form: Form) -> Iterator[Field]:
    for field in form.fields():
        yield field
        yield from field.fields


def issuing(holder: str) -> list[Procedure]:
    """The procedures whose result a holder names."""
    code = holder.removeprefix("result.")
    found = []
    for each in in_force(PACKS).values():
        if each.result:
            of_each = {each.code, each.result.code, f"{each.result.code}/{each.result.template}"}
            found += [each] if code in of_each else []
    return found


def value_on(holder: str, name: str) -> Any:
    """What a result of that sort would say, taken from a careful person's answers to the form it came from."""
    if name in OF_A_RESULT:
        return OF_A_RESULT[name]
    for procedure in issuing(holder):
        form = form_on(PACKS, procedure.form, DAY)
        for sort in sorts_of(procedure):
            if (value := answered(form, (procedure.variant, sort)).get(name)) is not None:
                return value
    return None


def everything(form: Form) -> Holdings:
    """A person of whom all is held that the form would take over; nothing given in earlier filings."""
    entries = [Entry(holder, values, ORIGIN, is_vouched=True) for holder, values in OF_OTHERS.items()]
    for path in {source.path for field in fields_of(form) for source in field.prefill}:
        holder, _, name = path.rpartition(".")
        if holder.startswith("result."):
            entries.append(Entry(holder, {name: value_on(holder, name)}, ORIGIN, is_vouched=True))
    kinds = {
        "name": "person_name",
        "number": "personal_number",
        "phone": "phone",
        "email": "email",
        "residence": "text",
    }
    kinds |= {"birth_date": "date", "head_name": "person_name", "head_number": "personal_number", "address": "text"}
    pairs = [(kinds[name], value) for each in entries for name, value in each.values.items() if name in kinds]
    return Holdings(tuple(entries), marks=marks_from(pairs, str))


@pytest.mark.parametrize("code", sorted(in_force(PACKS)))
def test_no_question_is_asked_whose_answer_is_held(code: str) -> None:
    procedure, form = in_force(PACKS)[code], forms()[code]
    holdings = everything(form)
    for sort in sorts_of(procedure):
        answers = answered(form, (procedure.variant, sort))
        taken = take_over(form, sources_from(holdings, form, answers), on=DAY, answers=answers)
        shown = [field for page in shown_pages(form, answers) for field in page.fields if holds(field.when, answers)]
        for field in shown:
            sources = [each for each in field.prefill if not each.path.startswith(("earlier.", "relation."))]
            if any(holds(each.when, answers) for each in sources):
                assert field.code in taken.held, (sort, field.code)
        others = {field.code: OF_SOMEBODY[field.kind] for field in shown if field.kind in OF_SOMEBODY}
        known = validate(form, {**answers, **others, **taken.answers}, on=DAY).answers
        assert measures_of(form, known, taken, holdings, str)["asked_although_held"] == 0, sort


@pytest.mark.parametrize("code", sorted(in_force(PACKS)))
def test_every_source_exists_and_gives_what_the_question_takes(code: str) -> None:
    form = forms()[code]
    asked = {field.code for each in PACKS.forms.values() for field in fields_of(each)}
    for field in fields_of(form):
        for source in field.prefill:
            holder, _, name = source.path.rpartition(".")
            if holder == "earlier":
                assert name in asked, source.path
            elif holder.startswith("result."):
                assert issuing(holder), source.path
                assert not is_blank(value_on(holder, name)), source.path
        if field.mended_by:
            assert (field.mended_by, date(2025, 7, 1)) in PACKS.procedures


def test_no_form_asks_for_what_packs_say_is_held() -> None:
    assert [each.en for each in find_reminders(PACKS)] == []


def test_who_files_finds_most_questions_about_people_answered() -> None:
    """For every form the person's own name, number, birth and home stand there."""
    for code, form in forms().items():
        taken = take_over(form, sources_from(everything(form), form, {}), on=DAY)
        own = {
            field.code for field in form.fields() if field.meaning.startswith("person.") and not field.prefill[0].when
        }
        assert own
        assert own <= taken.held, code
