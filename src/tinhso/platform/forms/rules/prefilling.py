"""Answers the state already holds, and where each was taken from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tinhso.kernel.flow import Text
from tinhso.kernel.packs import Field, Form
from tinhso.platform.forms.rules.values import Wrong, clean, is_blank

USUAL = Text("Điền sẵn theo trường hợp thường gặp, hãy sửa nếu khác", "The usual answer, change it where yours differs")


@dataclass(frozen=True, slots=True)
class Held:
    """
    What is held about somebody, by the last word of the path ("name", "birth_date"), and in words by whom.

    `origin` reads "Theo VNeID" or "Theo hồ sơ trước của bạn".
    """

    values: Mapping[str, Any]
    origin: Text


def prefill(form: Form, sources: Mapping[str, Held], *, on: date) -> tuple[dict[str, Any], dict[str, Text]]:
    """
    The answers that can be taken over, and for each its origin; what does not fit the field is left out.

    Where nothing is held the form's own default stands, and says that it is one.

    :param sources: by the beginning of the path: "person", "relation.mother", "organisation"
    """
    answers: dict[str, Any] = {}
    origins: dict[str, Text] = {}
    for field in form.fields():
        if field.kind == "group":
            row = _row(field, sources, on)
            if row:
                answers[field.code] = [{code: value for code, (value, _) in row.items()}]
                origins |= {f"{field.code}.0.{code}": origin for code, (_, origin) in row.items()}
        elif (found := _find(field, sources, on)) is not None:
            answers[field.code], origins[field.code] = found
    return answers, origins


def still_taken(
    answers: Mapping[str, Any], prefilled: Mapping[str, Any], origins: Mapping[str, Text]
) -> dict[str, Text]:
    """The origins of answers that are still as they were taken over; who changes one answers for it."""
    return {path: origin for path, origin in origins.items() if _at(answers, path) == _at(prefilled, path) is not None}


def _row(group: Field, sources: Mapping[str, Held], on: date) -> dict[str, tuple[Any, Text]]:
    found = {child.code: _find(child, sources, on) for child in group.fields}
    return {code: taken for code, taken in found.items() if taken is not None}


def _find(field: Field, sources: Mapping[str, Held], on: date) -> tuple[Any, Text] | None:
    holder, _, name = field.prefill.rpartition(".")
    held = sources.get(holder)
    value, origin = (held.values.get(name), held.origin) if held else (None, USUAL)
    if is_blank(value):
        value, origin = field.default, USUAL
    try:
        return None if is_blank(value) else (clean(field, value, on=on), origin)
    except Wrong:
        return None


def _at(answers: Mapping[str, Any], path: str) -> Any:
    here: Any = answers
    for part in path.split("."):
        if isinstance(here, Mapping):
            here = here.get(part)
        elif isinstance(here, list) and part.isdigit() and int(part) < len(here):
            here = here[int(part)]
        else:
            return None
    return here
