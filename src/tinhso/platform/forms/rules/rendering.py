"""A page of a form as plain dicts for the partials of the design system, `components/field.html` and around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as column
from datetime import date
from typing import Any

from tinhso.kernel.flow import NO_TEXT, Text
from tinhso.kernel.money import format_dong
from tinhso.kernel.packs import Field, Form
from tinhso.platform.forms.rules.dates import parts_of
from tinhso.platform.forms.rules.posting import ADD, REMOVE
from tinhso.platform.forms.rules.problems import Problem
from tinhso.platform.forms.rules.showing import page_of, shown_fields
from tinhso.platform.forms.rules.validation import MOST_ROWS, clean_row, rows_needed, validate
from tinhso.platform.forms.rules.values import LONGEST

MOST_RADIOS = 7
YES, NO = Text("Có", "Yes"), Text("Không", "No")
ADD_ROW, ROW = Text("Thêm một mục", "Add another"), Text("Mục", "Entry")
Choices = Mapping[str, Sequence[tuple[str, str]]]

_AUTOCOMPLETE = {
    "person.name": "name",
    "person.phone": "tel",
    "person.email": "email",
    "organisation.name": "organization",
}
_LOOKS: dict[str, dict[str, Any]] = {
    "text": {"kind": "text"},
    "long_text": {"kind": "textarea", "rows": 4},
    "person_name": {"kind": "text", "spellcheck": False},
    "personal_number": {"kind": "text", "inputmode": "numeric", "width": 20, "spellcheck": False},
    "date": {"kind": "date_parts"},
    "yes_no": {"kind": "radios", "inline": True},
    "phone": {"kind": "tel", "width": 20},
    "email": {"kind": "email", "spellcheck": False},
    "number": {"kind": "text", "inputmode": "decimal", "width": 5},
    "money": {"kind": "text", "inputmode": "numeric", "width": 10, "unit": "đ"},
}


@dataclass(frozen=True, slots=True)
class View:
    """
    What a page is drawn from.

    `answers` as typed or kept; `problems` and `warnings` to be shown; `origins` say where an answer was taken from,
    `fixed` which of these stand as they are;
    `choices` are the (key, name) pairs offered by fields that ask for a unit, by the field's code.
    """

    answers: Mapping[str, Any]
    on: date
    language: str = "vi"
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    origins: Mapping[str, Text] = column(default_factory=dict)
    choices: Choices = column(default_factory=dict)
    fixed: frozenset[str] = frozenset()


def render_page(form: Form, page: str, view: View) -> dict[str, Any]:
    """
    The page as `forms/questions.html` wants it: code, title, hint, questions, errors for the summary, shown paths.

    :raises KeyError: the form has no such page
    """
    asked = page_of(form, page)
    known = validate(form, view.answers, on=view.on).answers
    questions = [
        _group(field, view, known) if field.kind == "group" else _question(field, field.code, view, view.answers)
        for field in shown_fields(asked.fields, known)
    ]
    return {
        "code": asked.code,
        "title": asked.title.in_language(view.language),
        "hint": asked.hint.in_language(view.language),
        "questions": questions,
        "has_groups": any(question["kind"] == "group" for question in questions),
        "shown": " ".join(paths_shown(questions)),
        "errors": error_summary(form, view.problems, view.language),
    }


def paths_shown(questions: Sequence[Mapping[str, Any]]) -> list[str]:
    """The paths of all questions on the page, those of a group's rows as well."""
    paths = []
    for question in questions:
        paths.append(question["name"])
        for row in question.get("rows_shown", ()):
            paths += [child["name"] for child in row["questions"]]
    return paths


def error_summary(form: Form, problems: Sequence[Problem], language: str = "vi") -> list[dict[str, str]]:
    """What `components/error_summary.html` lists, each linked to its field."""
    groups = {field.code for field in form.fields() if field.kind == "group"}
    ids = {each.field: id_of(each.field) + ("-group" if each.field in groups else "") for each in problems}
    return [{"text": each.in_language(language), "href": f"#{ids[each.field]}"} for each in problems]


def id_of(path: str) -> str:
    """The id of the first box of a field."""
    return path.replace(".", "-")


def _question(field: Field, path: str, view: View, answers: Mapping[str, Any]) -> dict[str, Any]:
    language = view.language
    question: dict[str, Any] = {
        "name": path,
        "id": id_of(path),
        "label": field.label.in_language(language),
        "hint": field.hint.in_language(language),
        "required": field.required,
        "optional": not field.required,
        "value": value_in_box(field, answers.get(field.code)),
        "error": _said(view.problems, path, language),
        "warning": _said(view.warnings, path, language),
        "source": _origin(path, view),
        "autocomplete": _AUTOCOMPLETE.get(field.meaning, ""),
        "birth": field.meaning == "person.birth_date",
    }
    return question | _look(field, view) | (_as_it_stands(field, question, view) if path in view.fixed else {})


def _as_it_stands(field: Field, question: Mapping[str, Any], view: View) -> dict[str, Any]:
    """What makes a question show its answer without asking; who says that it is wrong is told where it is mended."""
    shown: dict[str, Any] = {"readonly": True, "mended_by": field.mended_by, "optional": False}
    if field.kind in {"choice", "yes_no", "unit"}:
        shown["options"] = [each for each in _look(field, view)["options"] if each["value"] == question["value"]]
    return shown


def _origin(path: str, view: View) -> str:
    return view.origins.get(path, NO_TEXT).in_language(view.language)


def _said(found: Sequence[Problem], path: str, language: str) -> str:
    return next((each.in_language(language) for each in found if each.field == path), "")


def _look(field: Field, view: View) -> dict[str, Any]:
    """Which partial draws the field, and what only that one needs."""
    if field.kind == "choice":
        options = [{"value": option.code, "text": option.name.in_language(view.language)} for option in field.options]
        return {"kind": "radios" if len(options) <= MOST_RADIOS else "select", "options": options}
    if field.kind == "unit":
        pairs = view.choices.get(field.code, ())
        return {"kind": "select", "options": [{"value": key, "text": name} for key, name in pairs]}
    if field.kind == "yes_no":
        options = [
            {"value": "yes", "text": YES.in_language(view.language)},
            {"value": "no", "text": NO.in_language(view.language)},
        ]
        return _LOOKS["yes_no"] | {"options": options}
    limit = field.max_length or LONGEST.get(field.kind)
    return _LOOKS[field.kind] | (
        {"max_length": limit} if limit and field.kind in {"text", "long_text", "email"} else {}
    )


def value_in_box(field: Field, answer: Any) -> Any:
    """An answer as it stands in its box or boxes; what was typed wrongly stands there as it was typed."""
    if field.kind == "date":
        return parts_of(answer)
    if answer is None or isinstance(answer, list | dict):
        return ""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if field.kind == "money" and isinstance(answer, int):
        return format_dong(answer).removesuffix(" đ")
    if isinstance(answer, float):
        return f"{answer:.12g}".replace(".", ",")
    return str(answer)


def _group(group: Field, view: View, known: Mapping[str, Any]) -> dict[str, Any]:
    """A group: a fieldset for each row, a button to add one, buttons to remove those that need not be there."""
    language = view.language
    held = view.answers.get(group.code)
    rows = [row for row in held if isinstance(row, Mapping)] if isinstance(held, list) else []
    least, most = rows_needed(group), group.max or MOST_ROWS
    rows += [{}] * (least - len(rows))
    can_remove = len(rows) > least
    return {
        "kind": "group",
        "name": group.code,
        "id": f"{id_of(group.code)}-group",
        "label": group.label.in_language(language),
        "hint": group.hint.in_language(language),
        "optional": not least,
        "error": _said(view.problems, group.code, language),
        "source": _origin(group.code, view),
        "rows_name": f"{group.code}.rows",
        "rows_count": str(len(rows)),
        "rows_shown": [
            {
                "title": f"{ROW.in_language(language)} {number + 1}",
                "questions": _row(group, number, row, view, known),
                "remove": {"name": REMOVE, "value": f"{group.code}.{number}"} if can_remove else None,
            }
            for number, row in enumerate(rows)
        ],
        "add": {"name": ADD, "value": group.code, "text": ADD_ROW.in_language(language)} if len(rows) < most else None,
    }


def _row(
    group: Field, number: int, row: Mapping[str, Any], view: View, known: Mapping[str, Any]
) -> list[dict[str, Any]]:
    beside = clean_row(group, row, known, on=view.on)
    fields = shown_fields(group.fields, {**known, **beside})
    return [_question(child, f"{group.code}.{number}.{child.code}", view, row) for child in fields]
