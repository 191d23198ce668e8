"""What the API of the desk takes and gives, and how pieces of work and dossiers read there."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from tinhso.kernel.flow import Step, Text
from tinhso.modules.government.onestop.http.shapes import Papers, StateOut, TextOut
from tinhso.modules.government.onestop.rules import Fault, brings_papers, way_of
from tinhso.platform.cases.queries import CaseView, InboxRow

Words = Annotated[str, Field(max_length=2000)]
Short = Annotated[str, Field(max_length=300)]


class InboxIn(Schema):
    """Which work: of one role, of one kind of case; `after` as the page before said."""

    role: Annotated[str, Field(max_length=30, pattern=r"^[a-z_]*$")] = ""
    kind: Annotated[str, Field(max_length=30, pattern=r"^[a-z_]*$")] = ""
    after: Annotated[str, Field(max_length=60)] = ""


class WorkOut(Schema):
    """One piece of open work; `due_at` null where it has no time limit."""

    public_id: str
    code: str | None
    kind: str
    procedure: str
    name: TextOut
    title: str
    state: str
    state_name: TextOut
    role: str
    unit: str
    filed_at: str
    due_at: str | None


class InboxOut(Schema):
    """One page of an inbox; `after` is empty at the end."""

    rows: list[WorkOut]
    after: str


class OpenActOut(Schema):
    """
    An act open to the officer: what it asks, and what it does besides.

    `takes_files`: papers are taken in with it, in `files`. `way`: it signs (`result`, `refusal`), seals or hands over.
    """

    act: str
    name: TextOut
    target: str
    asks: list[str]
    takes_files: bool
    way: Literal["plain", "result", "refusal", "seal", "delivery"]


class HeldOut(Schema):
    """A dossier as an officer opens it."""

    public_id: str
    code: str | None
    procedure: str
    version: str
    state: StateOut
    unit: str
    title: str
    applicant_name: str
    filed_at: str
    accepted_at: str | None
    due_at: str | None
    data: dict[str, Any]
    acts: list[OpenActOut]


class AskedPaperIn(Schema):
    """A paper that the applicant is asked for, and why."""

    code: Annotated[str, Field(max_length=40)]
    why: Short = ""


class HandedIn(Schema):
    """How a result is handed over: counter (to whom, seen which paper), post (waybill) or electronic."""

    way: Annotated[str, Field(max_length=20)] = ""
    recipient_name: Short = ""
    recipient_paper: Short = ""
    waybill: Short = ""


class OfficerActIn(Schema):
    """What goes with an officer's act; which of it is needed, `asks` of the act says."""

    reasons: Words = ""
    note: Words = ""
    extension_days: Annotated[int, Field(ge=1, le=60)] | None = None
    unit: Annotated[str, Field(max_length=64)] = ""
    papers: Annotated[list[AskedPaperIn], Field(max_length=40)] = []
    files: Papers = {}
    handed: HandedIn = HandedIn()


class OfficerMovedOut(Schema):
    """Where the dossier stands after the act, and its code."""

    public_id: str
    code: str | None
    state: str


def refusal(code: str, field: str, vi: str, en: str) -> dict[str, str]:
    """Why not, in words."""
    return {"code": code, "field": field, "vi": vi, "en": en}


def problems_of(faults: Sequence[Fault]) -> dict[str, Any]:
    """Everything that is wrong with what was sent, the first of it on top."""
    found = [
        refusal("invalid" if fault.field else "not_allowed", fault.field, fault.text, fault.text) for fault in faults
    ]
    return {**found[0], "problems": found}


def inbox_row(row: InboxRow) -> dict[str, Any]:
    """A piece of work as the API tells it."""
    return {
        "public_id": row.public_id, "code": row.code, "kind": row.procedure.kind, "procedure": row.procedure.code,
        "name": _words(row.procedure.name), "title": row.title, "state": row.state.code, "state_name": _words(row.state.name),
        "role": row.role, "unit": row.unit_key, "filed_at": row.filed_at.isoformat(),
        "due_at": row.due_at.isoformat() if row.due_at else None,
    }  # fmt: skip


def held(case: CaseView, steps: Sequence[Step]) -> dict[str, Any]:
    """A dossier as the API tells it to an officer who may open it."""
    state = case.state
    acts = [
        {
            "act": step.act, "name": _words(step.name), "target": step.target, "asks": list(step.asks),
            "takes_files": brings_papers(case.procedure, step), "way": way_of(step),
        }
        for step in steps
    ]  # fmt: skip
    return {
        "public_id": case.public_id, "code": case.code, "procedure": case.procedure.code,
        "version": case.procedure.version.isoformat(), "unit": case.unit_key, "title": case.title,
        "applicant_name": case.applicant_name, "filed_at": case.filed_at.isoformat(),
        "accepted_at": case.accepted_at.isoformat() if case.accepted_at else None,
        "due_at": case.due_at.isoformat() if case.due_at else None, "data": dict(case.data), "acts": acts,
        "state": {"code": state.code, "name": _words(state.name), "told": _words(state.told), "national": state.national},
    }  # fmt: skip


def _words(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
