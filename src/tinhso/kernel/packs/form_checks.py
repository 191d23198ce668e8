"""From a table of a pack to a form, and everything that is wrong with the form."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tinhso.kernel.flow import Condition, Invalid, Place, Problem, Text
from tinhso.kernel.flow.conditions import leaves_of
from tinhso.kernel.flow.references import untranslated
from tinhso.kernel.flow.tables import REQUIRED, Table
from tinhso.kernel.packs.forms import FIELD_KINDS, Field, Form, FormPage, Option, Source
from tinhso.kernel.packs.wording import problem

PERSON = "name|number|birth_date|birth_year|sex|ethnic_group|nationality|home_town|residence|phone|email|marital_status"
ANSWER = r"[a-z][a-z0-9_]*"
PREFILL = re.compile(
    rf"(person|spouse|relation\.(spouse|mother|father|child)|representative)\.({PERSON})"
    r"|organisation\.(name|tax_code|address)|household\.(address|head_name|head_number|poverty_class)"
    rf"|result\.(\d\.\d{{6}}|KQ\.G\d+(/{ANSWER})?)\.{ANSWER}|earlier\.{ANSWER}"
)


class InvalidForm(Invalid):
    """A table that is no form."""


def read_form(table: Mapping[str, Any]) -> Form:
    """
    The form that a table of a pack describes; only its shape is judged.

    :raises InvalidForm: keys are missing, unknown or of the wrong type; carries all problems
    """
    problems: list[Problem] = []
    form = _form(Table(table, problems))
    if problems:
        raise InvalidForm(problems)
    return form


def _form(table: Table) -> Form:
    pages = tuple(_page(row) for row in table.tables("page", REQUIRED))
    form = Form(table.code("code"), table.day("version"), table.text("name"), pages)
    table.close()
    return form


def _page(table: Table) -> FormPage:
    page = FormPage(
        code=table.code("code"),
        title=table.text("title"),
        hint=table.text("hint", None),
        when=table.condition(),
        fields=tuple(_field(row) for row in table.tables("field")),
    )
    table.close()
    return page


def _field(table: Table) -> Field:
    field = Field(
        code=table.code("code"),
        kind=table.string("kind"),
        label=table.text("label"),
        hint=table.text("hint", None),
        required=table.yes("required", default=False),
        when=table.condition(),
        prefill=_sources(table),
        mended_by=table.string("mended_by", ""),
        default=table.string("default", ""),
        max_length=table.whole_or_none("max_length", 1),
        min=table.whole_or_none("min", None),
        max=table.whole_or_none("max", None),
        partial=table.yes("partial", default=False),
        options=tuple(_option(row) for row in table.tables("options")),
        fields=tuple(_field(row) for row in table.tables("field")),
    )
    table.close()
    return field


def _sources(table: Table) -> tuple[Source, ...]:
    """One path, or several: each a path, or { from = path, when = condition }; the first that holds something counts."""
    if isinstance(table.values.get("prefill"), str):
        return (Source(table.string("prefill")),)
    table.taken.add("prefill")
    rows = table.values.get("prefill")
    if isinstance(rows, list) and all(isinstance(row, str) for row in rows):
        return tuple(Source(path) for path in table.strings("prefill"))
    if isinstance(rows, list):
        rows = [{"from": row} if isinstance(row, str) else row for row in rows]
        table = Table({**table.values, "prefill": rows}, table.problems, table.place)
    return tuple(_source(row) for row in table.tables("prefill"))


def _source(table: Table) -> Source:
    source = Source(table.string("from"), table.condition())
    table.close()
    return source


def _option(table: Table) -> Option:
    option = Option(table.code("code"), table.text("name"))
    table.close()
    return option


def find_form_problems(form: Form) -> list[Problem]:
    """All that is wrong with a form, each with its place in the table."""
    return [*_repeated(form), *_asked_in_order(form), *_fields_by_themselves(form), *_untranslated(form)]


def _placed_fields(form: Form) -> Iterator[tuple[Field, Place]]:
    for page_row, page in enumerate(form.pages):
        for row, field in enumerate(page.fields):
            place: Place = ("page", page_row, "field", row)
            yield field, place
            for child_row, child in enumerate(field.fields):
                yield child, (*place, "field", child_row)


def _repeated(form: Form) -> Iterator[Problem]:
    pages = [page.code for page in form.pages]
    for row, page in enumerate(form.pages):
        if page.code in pages[:row]:
            yield problem("repeated_page", ("page", row, "code"), page=page.code)
        if not page.fields:
            yield problem("page_without_fields", ("page", row), page=page.code)
    seen = set[str]()
    for field, place in _placed_fields(form):
        if field.code in seen:
            yield problem("repeated_field", (*place, "code"), field=field.code)
        seen.add(field.code)


def _asked_in_order(form: Form) -> Iterator[Problem]:
    """Conditions may name only what is asked before; a field inside a group also its neighbours before it."""
    fields = {field.code: field for field, _ in _placed_fields(form)}
    asked = set[str]()
    for page_row, page in enumerate(form.pages):
        yield from _condition_problems(page.code, page.when, ("page", page_row, "when"), fields, asked)
        for row, field in enumerate(page.fields):
            place: Place = ("page", page_row, "field", row)
            for condition, key in ((field.when, "when"), *((each.when, "prefill") for each in field.prefill)):
                yield from _condition_problems(field.code, condition, (*place, key), fields, asked)
            inside = set[str]()
            for child_row, child in enumerate(field.fields):
                child_place = (*place, "field", child_row, "when")
                yield from _condition_problems(child.code, child.when, child_place, fields, asked | inside)
                inside.add(child.code)
            asked.add(field.code)


def _condition_problems(
    asker: str, condition: Condition | None, place: Place, fields: Mapping[str, Field], asked: set[str]
) -> Iterator[Problem]:
    for leaf in leaves_of(condition):
        named = {"asker": asker, "field": leaf["field"]}
        if leaf["field"] not in fields:
            yield problem("unknown_field", place, **named)
            continue
        if leaf["field"] not in asked:
            yield problem("field_asked_later", place, **named)
        options = {option.code for option in fields[leaf["field"]].options}
        for value in [*leaf.get("one_of", []), *([leaf["equals"]] if "equals" in leaf else [])]:
            if options and value not in options:
                yield problem("unknown_option", place, option=value, **named)


def _fields_by_themselves(form: Form) -> Iterator[Problem]:
    for field, place in _placed_fields(form):
        if field.kind not in FIELD_KINDS:
            known = ", ".join(FIELD_KINDS)
            yield problem("unknown_kind", (*place, "kind"), field=field.code, kind=field.kind, known=known)
        for source in field.prefill:
            if not PREFILL.fullmatch(source.path):
                yield problem("unknown_prefill", (*place, "prefill"), field=field.code, prefill=source.path)
        if field.default and not _default_fits(field):
            yield problem("wrong_default", (*place, "default"), field=field.code, default=field.default)
        if field.min is not None and field.max is not None and field.min > field.max:
            yield problem("wrong_bounds", (*place, "min"), field=field.code, min=field.min, max=field.max)
        if field.partial and field.kind != "date":
            yield problem("partial_without_date", (*place, "partial"), field=field.code)
        yield from _option_problems(field, place)
        yield from _group_problems(field, place)


def _default_fits(field: Field) -> bool:
    if field.kind == "choice":
        return field.default in {option.code for option in field.options}
    if field.kind == "number":
        in_bounds = field.default.isdecimal() and (field.min or 0) <= int(field.default)
        return in_bounds and (field.max is None or int(field.default) <= field.max)
    return field.kind in {"text", "long_text"} and len(field.default) <= (field.max_length or len(field.default))


def _option_problems(field: Field, place: Place) -> Iterator[Problem]:
    if field.kind == "choice" and not field.options:
        yield problem("choice_without_options", place, field=field.code)
    if field.kind != "choice" and field.options:
        yield problem("options_without_choice", (*place, "options"), field=field.code)
    codes = [option.code for option in field.options]
    for row, code in enumerate(codes):
        if code in codes[:row]:
            yield problem("repeated_option", (*place, "options", row), field=field.code, option=code)


def _group_problems(field: Field, place: Place) -> Iterator[Problem]:
    if field.kind == "group" and not field.fields:
        yield problem("group_without_fields", place, field=field.code)
    if field.kind != "group" and field.fields:
        yield problem("fields_without_group", place, field=field.code)
    if field.kind == "group" and len(place) > len(("page", 0, "field", 0)):
        yield problem("group_in_group", (*place, "kind"), field=field.code)


def _untranslated(form: Form) -> Iterator[Problem]:
    texts: list[tuple[Text, Place]] = [(form.name, ("name",))]
    for row, page in enumerate(form.pages):
        texts += [(page.title, ("page", row, "title")), (page.hint, ("page", row, "hint"))]
    for field, place in _placed_fields(form):
        texts += [(field.label, (*place, "label")), (field.hint, (*place, "hint"))]
        texts += [(option.name, (*place, "options", row, "name")) for row, option in enumerate(field.options)]
    for text, place in texts:
        yield from untranslated(text, place, required=place[-1] != "hint")
