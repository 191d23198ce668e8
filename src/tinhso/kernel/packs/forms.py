"""What a form of a pack is made of: pages, fields, options."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tinhso.kernel.flow import NO_TEXT, Condition, Text

FIELD_KINDS = (
    "text", "long_text", "person_name", "personal_number", "date", "choice", "yes_no",
    "phone", "email", "number", "money", "unit", "group",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a choice offers."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer may be taken over from: the path of what is held ("person.name"), when these answers are given."""

    path: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """
    One question. `fields` are the children of a group, which is answered `min` to `max` times.

    For a number or money `min` and `max` bound the answer. `when` is judged over the answers of the whole form;
    inside a group over these and the answers of the same row. For a date `min` and `max` are days counted from the day
    of asking (0 is that day itself), and `partial` lets day and month be unknown.
    `default` is the usual answer, written as it is typed; what is held about somebody (`prefill`, the first that holds
    something) goes before it. With `mended_by`, the code of a procedure, what an authority vouches for stands as it is:
    who says that it is wrong has it mended there.
    """

    code: str
    kind: str
    label: Text
    hint: Text = NO_TEXT
    required: bool = False
    when: Condition | None = None
    prefill: tuple[Source, ...] = ()
    mended_by: str = ""
    default: str = ""
    max_length: int | None = None
    min: int | None = None
    max: int | None = None
    partial: bool = False
    options: tuple[Option, ...] = ()
    fields: tuple["Field", ...] = ()

    @property
    def meaning(self) -> str:
        """What is asked, as the path of what is first looked for; empty where nothing is held."""
        return self.prefill[0].path if self.prefill else ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """One thing that is asked for, on a page of its own."""

    code: str
    title: Text
    hint: Text = NO_TEXT
    when: Condition | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One version of one form, in use from `version` on."""

    code: str
    version: date
    name: Text
    pages: tuple[FormPage, ...] = ()

    def fields(self) -> Iterator[Field]:
        """The fields of all pages in order; a group counts as one, its children do not show."""
        for page in self.pages:
            yield from page.fields

    def field(self, code: str) -> Field:
        """
        The field of that code.

        :raises KeyError: the form has no such field
        """
        for field in self.fields():
            if field.code == code:
                return field
        raise KeyError(code)
