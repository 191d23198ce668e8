"""Answers as they are read: on the page where one checks them, on the officer's desk, in a letter."""

from collections.abc import Mapping, Sequence
from typing import Any

from tinhso.kernel.flow import Text
from tinhso.kernel.money import format_dong
from tinhso.kernel.packs import Field, Form
from tinhso.platform.forms.rules.dates import NoDate, parse_date
from tinhso.platform.forms.rules.rendering import NO, YES, Choices
from tinhso.platform.forms.rules.showing import shown_fields, shown_pages

LEFT_EMPTY = Text("Không điền", "Left empty")
NO_CHOICES: Choices = {}


def answer_rows(
    form: Form, answers: Mapping[str, Any], *, language: str = "vi", choices: Choices = NO_CHOICES
) -> list[dict[str, Any]]:
    """
    The answers page by page: {code, title, rows}, rows for `components/summary_list.html` with the field's code.

    :param answers: cleaned ones
    """
    return [
        {
            "code": page.code,
            "title": page.title.in_language(language),
            "rows": [
                _row(field, answers.get(field.code), language, choices) for field in shown_fields(page.fields, answers)
            ],
        }
        for page in shown_pages(form, answers)
    ]


def answer_texts(
    form: Form, answers: Mapping[str, Any], *, language: str = "vi", choices: Choices = NO_CHOICES
) -> dict[str, str]:
    """The answers in words by field, for letters; what was not answered is an empty text, rows are joined by lines."""
    return {
        field.code: ""
        if answers.get(field.code) is None
        else "\n".join(_said(field, answers[field.code], language, choices))
        for field in form.fields()
    }


def _row(field: Field, answer: Any, language: str, choices: Choices) -> dict[str, Any]:
    row: dict[str, Any] = {"field": field.code, "key": field.label.in_language(language)}
    if answer is None:
        return row | {"value": LEFT_EMPTY.in_language(language), "is_empty": True}
    said = _said(field, answer, language, choices)
    return row | ({"values": said} if field.kind == "group" else {"value": said[0]})


def _said(field: Field, answer: Any, language: str, choices: Choices) -> Sequence[str]:
    if field.kind != "group":
        return [text_of(field, answer, language=language, choices=choices)]
    return ["; ".join(_of_row(field, row, language, choices)) for row in answer]


def _of_row(group: Field, row: Mapping[str, Any], language: str, choices: Choices) -> list[str]:
    return [
        f"{child.label.in_language(language)}: {text_of(child, row[child.code], language=language, choices=choices)}"
        for child in group.fields
        if child.code in row
    ]


def text_of(field: Field, answer: Any, *, language: str = "vi", choices: Choices = NO_CHOICES) -> str:
    """One cleaned answer in words."""
    if isinstance(answer, bool):
        return (YES if answer else NO).in_language(language)
    if field.kind == "date":
        return _date(answer)
    if field.kind == "money":
        return format_dong(int(answer))
    if field.kind == "choice":
        return next(
            (option.name.in_language(language) for option in field.options if option.code == answer), str(answer)
        )
    if field.kind == "unit":
        return dict(choices.get(field.code, ())).get(answer, str(answer))
    if isinstance(answer, float):
        return f"{answer:.12g}".replace(".", "," if language == "vi" else ".")
    return str(answer)


def _date(answer: Any) -> str:
    try:
        return parse_date(answer).shown
    except NoDate:
        return str(answer)
