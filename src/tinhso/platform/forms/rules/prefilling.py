"""Answers the state already holds, and where each was taken from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from tinhso.kernel.flow import Text, holds
from tinhso.kernel.packs import Field, Form
from tinhso.platform.forms.rules.values import Wrong, clean, is_blank

USUAL = Text("Điền sẵn theo trường hợp thường gặp, hãy sửa nếu khác", "The usual answer, change it where yours differs")
NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Held:
    """
    What is held about somebody, by the last word of the path ("name", "birth_date"), and in words by whom.

    `origin` reads "Theo VNeID" or "Bạn đã khai ở hồ sơ …". `is_vouched` when an authority answers for it: a question
    that says where such a thing is mended is not answered otherwise.
    """

    values: Mapping[str, Any]
    origin: Text
    is_vouched: bool = False


Sources = Mapping[str, Held | Sequence[Held]]


@dataclass(frozen=True, slots=True)
class Taken:
    """
    Answers that could be taken over and, by path, from where each was.

    `held` are the paths of what somebody holds, the form's own defaults not among them; `fixed` of these the codes that
    stand as they are.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Text] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()


def prefill(
    form: Form, sources: Sources, *, on: date, answers: Mapping[str, Any] = NOTHING
) -> tuple[dict[str, Any], dict[str, Text]]:
    """The answers that can be taken over, and for each its origin: see `take_over`."""
    taken = take_over(form, sources, on=on, answers=answers)
    return taken.answers, taken.origins


def take_over(form: Form, sources: Sources, *, on: date, answers: Mapping[str, Any] = NOTHING) -> Taken:
    """
    The answers that can be taken over; what does not fit the field is left out.

    Where nothing is held the form's own default stands, and says that it is one.

    :param sources: by the beginning of the path: "person", "relation.mother", "result.1.001193"; of several the first
        that holds something counts
    :param answers: those given so far, on which a source may depend
    """
    taken: dict[str, Any] = {}
    found: dict[str, _Found] = {}
    for each in form.fields():
        if each.kind == "group":
            row = {child.code: one for child in each.fields if (one := _find(child, sources, on, answers))}
            if row:
                taken[each.code] = [{code: one.value for code, one in row.items()}]
                found |= {f"{each.code}.0.{code}": one for code, one in row.items()}
        elif one := _find(each, sources, on, answers):
            taken[each.code], found[each.code] = one.value, one
    mended = {each.code for each in form.fields() if each.mended_by}
    return Taken(
        taken,
        {path: one.origin for path, one in found.items()},
        frozenset(path for path, one in found.items() if one.origin is not USUAL),
        frozenset(path for path, one in found.items() if one.is_vouched and path in mended),
    )


def still_taken(
    answers: Mapping[str, Any], prefilled: Mapping[str, Any], origins: Mapping[str, Text]
) -> dict[str, Text]:
    """The origins of answers that are still as they were taken over; who changes one answers for it."""
    return {path: origin for path, origin in origins.items() if _at(answers, path) == _at(prefilled, path) is not None}


@dataclass(frozen=True, slots=True)
class _Found:
    value: Any
    origin: Text
    is_vouched: bool = False


def _find(field: Field, sources: Sources, on: date, answers: Mapping[str, Any]) -> _Found | None:
    for source in field.prefill:
        holder, _, name = source.path.rpartition(".")
        if holder not in sources or not holds(source.when, answers):
            continue
        held = sources[holder]
        for each in (held,) if isinstance(held, Held) else held:
            value = _fitting(field, each.values.get(name), on)
            if value is not None:
                return _Found(value, each.origin, each.is_vouched)
    usual = _fitting(field, field.default, on)
    return None if usual is None else _Found(usual, USUAL)


def _fitting(field: Field, value: Any, on: date) -> Any:
    try:
        return None if is_blank(value) else clean(field, value, on=on)
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
