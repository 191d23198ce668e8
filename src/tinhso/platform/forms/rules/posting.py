"""Answers out of a form that a browser sent, with its buttons for rows; no script is needed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tinhso.kernel.packs import Field, Form, FormPage
from tinhso.platform.forms.rules.dates import PARTS
from tinhso.platform.forms.rules.showing import page_of
from tinhso.platform.forms.rules.validation import MOST_ROWS

# What Django's QueryDict and a plain dict both are; `get` gives the last value.
Post = Mapping[str, Any]
ADD, REMOVE, SHOWN = "add", "remove", "shown"
LONGEST_TYPED = 20_000
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button inside the page that was pressed: a row of `group` is to be added, or the row `number` removed."""

    group: str
    number: int | None = None


def answers_from_post(form: Form, post: Post, page: str | None = None) -> dict[str, Any]:
    """
    What was typed, as typed: wrong dates and all, so that it can be shown again and kept in a draft.

    Fields that were not on the page are missing, so that an answer from before stays. Yes and no are booleans,
    dates are their three parts, groups are lists of rows in the order of the page.
    """
    pages: Iterable[FormPage] = form.pages if page is None else (page_of(form, page),)
    found: dict[str, Any] = {}
    for each in pages:
        for field in each.fields:
            answer = _rows(field, post) if field.kind == "group" else _typed(field, field.code, post)
            if answer is not None:
                found[field.code] = answer
    return found


def _typed(field: Field, name: str, post: Post) -> Any:
    """What was typed into one field, None when the field was not on the page."""
    if field.kind == "date":
        if not any(f"{name}-{part}" in post for part in PARTS):
            return None if name not in post else _text(post, name)
        return {part: _text(post, f"{name}-{part}").strip() for part in PARTS}
    if name not in post:
        return None
    text = _text(post, name)
    return _YES_NO.get(text, text) if field.kind == "yes_no" else text


def _text(post: Post, name: str) -> str:
    """The value without what PostgreSQL cannot keep, cut where nobody types so much."""
    text = str(post.get(name, ""))[:LONGEST_TYPED]
    return re.sub("[\x00\ud800-\udfff]", "", text)


def _rows(group: Field, post: Post) -> list[dict[str, Any]] | None:
    pattern = re.compile(re.escape(group.code) + r"\.(\d{1,3})\.", re.ASCII)
    numbers = sorted({int(match[1]) for key in post if (match := pattern.match(str(key)))})
    marker = f"{group.code}.rows"
    if not numbers and marker not in post:
        return None
    told = str(post.get(marker, ""))
    if told.isascii() and told.isdigit():
        numbers = sorted({*numbers, *range(min(int(told), MOST_ROWS))})
    return [_row(group, number, post) for number in numbers[: MOST_ROWS + 1]]


def _row(group: Field, number: int, post: Post) -> dict[str, Any]:
    found = {child.code: _typed(child, f"{group.code}.{number}.{child.code}", post) for child in group.fields}
    return {code: answer for code, answer in found.items() if answer is not None}


def pressed(form: Form, post: Post) -> Pressed | None:
    """The button for rows that was pressed, None when it was another."""
    groups = {field.code for field in form.fields() if field.kind == "group"}
    if (code := _text(post, ADD)) in groups:
        return Pressed(code)
    code, _, number = _text(post, REMOVE).partition(".")
    if code in groups and number.isascii() and number.isdigit() and len(number) <= 3:
        return Pressed(code, int(number))
    return None


def with_rows(form: Form, answers: Mapping[str, Any], button: Pressed) -> dict[str, Any]:
    """The answers after that button: one blank row more (as far as the form allows), or one row less."""
    group = form.field(button.group)
    held = answers.get(group.code)
    rows = list(held) if isinstance(held, list) else []
    if button.number is None:
        rows = [*rows, {}] if len(rows) < (group.max or MOST_ROWS) else rows
    elif button.number < len(rows):
        del rows[button.number]
    return {**answers, group.code: rows}


def shown_before(post: Post) -> frozenset[str]:
    """The paths of the fields that the page showed when it was sent."""
    return frozenset(_text(post, SHOWN).split())
