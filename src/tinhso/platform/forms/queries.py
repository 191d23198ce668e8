"""Reads forms in use and drafts under way."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from django.db.models import TextField
from django.db.models.functions import Cast

from tinhso.kernel.packs import Form, read_form
from tinhso.platform.forms.models import Draft, FormVersion
from tinhso.platform.forms.ports import Actor
from tinhso.platform.units.queries.keeping import Kept

_in_use: Kept[tuple[str, date], tuple[int, str] | None] = Kept()

SHA256: Final = re.compile(r"\b[0-9a-f]{64}\b")


class NoSuchForm(LookupError):
    """No form of that code is in use."""


class NoSuchDraft(LookupError):
    """The actor has no open draft of that id."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as its owner sees it; `answers` as typed, `papers` by the paper's code."""

    public_id: str
    procedure_code: str
    form_code: str
    form_version: date
    page: str
    revision: int
    state: str
    started_at: datetime
    updated_at: datetime
    idempotency_key: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    papers: dict[str, Any] = field(default_factory=dict)


_COLUMNS = tuple(DraftRow.__dataclass_fields__)


def get_form(code: str, version: date) -> Form:
    """
    That version of a form.

    :raises NoSuchForm: it was never loaded
    """
    found = FormVersion.objects.filter(code=code, version=version).values_list("pk", "sha256").first()
    if found is None:
        raise NoSuchForm(f"{code} {version}")
    return _read(*found)


def find_form_on(code: str, on: date) -> Form | None:
    """
    The version of a form in use on a day: the newest not later than it; None before the first.

    Every filing asks for it: which one that is is kept in the process for up to a minute.
    """
    found = _in_use.get((code, on), _find_in_use)
    return _read(*found) if found else None


def _find_in_use(asked: tuple[str, date]) -> tuple[int, str] | None:
    code, on = asked
    rows = FormVersion.objects.filter(code=code, version__lte=on).order_by("-version")
    return rows.values_list("pk", "sha256").first()


def forget_forms() -> None:
    """Ask anew which forms are in use; called after loading packs."""
    _in_use.forget()


def list_forms_on(on: date) -> list[tuple[str, date]]:
    """Code and version of each form in use on a day."""
    rows = FormVersion.objects.filter(version__lte=on).order_by("code", "-version").distinct("code")
    return list(rows.values_list("code", "version"))


@lru_cache(maxsize=256)
def _read(primary_key: int, sha256: str) -> Form:  # noqa: ARG001 - a changed body has another hash
    return read_form(FormVersion.objects.get(pk=primary_key).body)


def get_draft(public_id: str, *, actor: Actor) -> DraftRow:
    """
    The actor's own open draft of that id.

    :raises NoSuchDraft: there is none; it may have been sent or discarded, or be another's
    """
    found = Draft.objects.filter(public_id=public_id, owner_code=actor.code, state=Draft.OPEN).values(*_COLUMNS).first()
    if found is None:
        raise NoSuchDraft(public_id)
    return DraftRow(**found)


def find_open_draft(procedure_code: str, *, actor: Actor) -> DraftRow | None:
    """The actor's newest open draft for a procedure, or None."""
    rows = Draft.objects.filter(owner_code=actor.code, procedure_code=procedure_code, state=Draft.OPEN)
    found = rows.order_by("-updated_at").values(*_COLUMNS).first()
    return DraftRow(**found) if found else None


def list_drafts(*, actor: Actor, state: str = Draft.OPEN, limit: int = 50) -> list[DraftRow]:
    """The actor's drafts in that state, the one touched last first; without their answers and papers."""
    columns = [name for name in _COLUMNS if name not in {"answers", "papers"}]
    rows = Draft.objects.filter(owner_code=actor.code, state=state).order_by("-updated_at").values(*columns)
    return [DraftRow(**row) for row in rows[:limit]]


def count_drafts(*, actor: Actor) -> int:
    """How many open drafts the actor has."""
    return Draft.objects.filter(owner_code=actor.code, state=Draft.OPEN).count()


def list_drafted_files() -> set[str]:
    """The hash (SHA-256) of every file that any draft names, of whatever state."""
    rows = Draft.objects.exclude(papers={}).annotate(text=Cast("papers", TextField())).values_list("text", flat=True)
    return {found for text in rows.iterator() for found in SHA256.findall(text)}
