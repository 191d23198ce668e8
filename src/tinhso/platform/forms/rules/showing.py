"""Which pages and fields are asked, given what was answered so far."""

from collections.abc import Iterator, Mapping
from typing import Any

from tinhso.kernel.flow import holds
from tinhso.kernel.packs import Field, Form, FormPage

Answers = Mapping[str, Any]


def shown_pages(form: Form, answers: Answers) -> tuple[FormPage, ...]:
    """The pages to be asked, in order, of which at least one field is asked; answers are cleaned ones."""
    return tuple(page for page in form.pages if holds(page.when, answers) and any(shown_fields(page.fields, answers)))


def shown_fields(fields: tuple[Field, ...], answers: Answers) -> Iterator[Field]:
    """The fields of these that are to be asked; inside a group, answers are those of the form and of the row."""
    return (field for field in fields if holds(field.when, answers))


def page_of(form: Form, code: str) -> FormPage:
    """
    The page of that code.

    :raises KeyError: the form has no such page
    """
    for page in form.pages:
        if page.code == code:
            return page
    raise KeyError(code)


def next_page(form: Form, code: str, answers: Answers) -> FormPage | None:
    """The page asked after that one; None after the last. With an empty code, the first."""
    codes = [page.code for page in form.pages]
    place = codes.index(code) if code in codes else -1
    return next((page for page in shown_pages(form, answers) if codes.index(page.code) > place), None)


def previous_page(form: Form, code: str, answers: Answers) -> FormPage | None:
    """The page asked before that one; None before the first."""
    codes = [page.code for page in form.pages]
    place = codes.index(code) if code in codes else 0
    before = [page for page in shown_pages(form, answers) if codes.index(page.code) < place]
    return before[-1] if before else None


def page_with(form: Form, path: str) -> FormPage:
    """
    The page on which the field of a path stands: "mother_phones.0.number" stands where "mother_phones" does.

    :raises KeyError: the form has no such field
    """
    top = path.partition(".")[0]
    for page in form.pages:
        if any(field.code == top for field in page.fields):
            return page
    raise KeyError(path)
