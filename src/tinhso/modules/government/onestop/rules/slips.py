"""The control slip of a dossier: each hand-over as a line, in time or not and why, told from who held it and what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _

from tinhso.kernel.flow import Procedure
from tinhso.modules.government.onestop.rules.timeline import HasAnswers, remark_of
from tinhso.modules.government.onestop.rules.words import in_words, lateness
from tinhso.platform.ledger.facts import Fact

ENGINE = "cases."
SILENT = frozenset({"papers_added", "result_attached"})


class HasHeld(Protocol):
    """A stretch of time in which a role, or one officer, held the case."""

    @property
    def role(self) -> str:
        """Code of the role."""
        ...

    @property
    def opened_at(self) -> datetime:
        """Since when."""
        ...

    @property
    def due_at(self) -> datetime | None:
        """Until when it was to be done."""
        ...

    @property
    def closed_at(self) -> datetime | None:
        """Until when it was held; None while it is."""
        ...

    @property
    def closed_by(self) -> str:
        """Who ended it, by public code."""
        ...


@dataclass(frozen=True, slots=True)
class Course:
    """All that a slip is told from: facts and stretches in order, names of people and roles by code, the moment it is drawn."""

    procedure: Procedure
    facts: Sequence[Fact]
    held: Sequence[HasHeld]
    remarks: Sequence[HasAnswers]
    names: Mapping[str, str]
    roles: Mapping[str, str]
    applicant: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One hand-over: who gave, who received, the act that ended it, when, how it stood against its limit, and why."""

    giver: str
    taker: str
    what: str
    at: datetime
    due_at: datetime | None
    done_at: datetime | None
    standing: str
    why: str = ""


def tell_slip(course: Course) -> list[Line]:
    """
    The hand-overs of a case in order, from the ledger's facts and the work that followed from each.

    The giver of a stretch is whoever did the act that opened it; its end is the act that closed it. Lateness is by the
    limit of that stretch, not of the whole case.
    """
    acts = [fact for fact in course.facts if fact.kind.startswith(ENGINE) and _verb(fact) not in SILENT]
    return [_line(held, acts, course) for held in course.held]


def _line(held: HasHeld, acts: Sequence[Fact], course: Course) -> Line:
    opened = next((fact for fact in reversed(acts) if fact.happened_at <= held.opened_at), None)
    ended = next((fact for fact in acts if held.closed_at and fact.happened_at >= held.closed_at), None)
    taker = course.roles.get(held.role, held.role)
    name = course.names.get(held.closed_by, "")
    return Line(
        giver=_who(opened, course) if opened else course.applicant,
        taker=f"{taker}: {name}" if name else taker,
        what=_act(ended, course.procedure) if ended else "",
        at=held.opened_at,
        due_at=held.due_at,
        done_at=held.closed_at,
        standing=standing_of(held.due_at, held.closed_at, course.now),
        why=_why(ended, course) if ended else "",
    )


def standing_of(due_at: datetime | None, done_at: datetime | None, now: datetime) -> str:
    """How a stretch stood against its limit: in time, late by how much, still held, or without a limit."""
    until = done_at or now
    if due_at is None:
        return _("Không có hạn riêng") if done_at else _("Đang giữ")
    if until <= due_at:
        return _("Đúng hạn") if done_at else _("Đang giữ, còn hạn")
    return _("Quá hạn: %(late)s") % {"late": lateness(due_at, until)}


def outcome_of(due_at: datetime | None, resolved_at: datetime | None) -> str:
    """How the whole dossier ended against its promised moment, in a word."""
    if resolved_at is None:
        return _("Chưa xong")
    if due_at is None:
        return _("Đã xong")
    late = "" if resolved_at <= due_at else lateness(due_at, resolved_at)
    return _("Xong, %(late)s") % {"late": late} if late else _("Xong đúng hạn")


def _verb(fact: Fact) -> str:
    return fact.kind.rpartition(".")[2]


def _who(fact: Fact, course: Course) -> str:
    if fact.actor_code == "system":
        return _("Hệ thống")
    return course.names.get(fact.actor_code) or course.applicant or _("Người nộp hồ sơ")


def _act(fact: Fact, procedure: Procedure) -> str:
    act, source = fact.body.get("act"), fact.body.get("source")
    return next((in_words(step.name) for step in procedure.steps if step.act == act and step.source == source), "")


def _why(fact: Fact, course: Course) -> str:
    remark: Any = remark_of(fact, course.remarks)
    return str(remark.answers.get("reasons") or remark.answers.get("note") or "") if remark else ""
