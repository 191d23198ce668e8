"""A form as a table again: what is kept in the database, and what the API shows."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from tinhso.kernel.flow import Text
from tinhso.kernel.packs import Field, Form, FormPage, Source


def table_of(form: Form) -> dict[str, Any]:
    """The table that `read_form` reads as the same form; only what JSON can hold."""
    return {
        "code": form.code,
        "version": form.version.isoformat(),
        "name": _words(form.name),
        "page": [_page(page) for page in form.pages],
    }


def fingerprint(table: dict[str, Any]) -> str:
    """SHA-256 of the table, whatever the order of its keys."""
    written = json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _page(page: FormPage) -> dict[str, Any]:
    table: dict[str, Any] = {"code": page.code, "title": _words(page.title)}
    table |= _hint_and_condition(page)
    return table | {"field": [_field(field) for field in page.fields]}


def _field(field: Field) -> dict[str, Any]:
    table: dict[str, Any] = {"code": field.code, "kind": field.kind, "label": _words(field.label)}
    table |= _hint_and_condition(field)
    for key in ("required", "partial", "mended_by", "default"):
        if value := getattr(field, key):
            table[key] = value
    if field.prefill:
        table["prefill"] = _sources(field.prefill)
    for key in ("max_length", "min", "max"):
        if (value := getattr(field, key)) is not None:
            table[key] = value
    if field.options:
        table["options"] = [{"code": option.code, "name": _words(option.name)} for option in field.options]
    if field.fields:
        table["field"] = [_field(child) for child in field.fields]
    return table


def _sources(sources: tuple[Source, ...]) -> Any:
    if len(sources) == 1 and sources[0].when is None:
        return sources[0].path
    return [{"from": each.path, "when": _plain(each.when)} if each.when else each.path for each in sources]


def _hint_and_condition(part: Field | FormPage) -> dict[str, Any]:
    table: dict[str, Any] = {"hint": _words(part.hint)} if part.hint else {}
    return table | ({"when": _plain(part.when)} if part.when else {})


def _plain(value: Any) -> Any:
    """A condition as JSON can hold it: dates as ISO text, which compares the same."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _words(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
