"""Self-assessments: whose they are, what is declared, how they add up, what the reader may do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from tinhso.modules.insight.dti import models
from tinhso.modules.insight.dti.queries.editions import get_edition
from tinhso.modules.insight.dti.queries.published import list_lineage
from tinhso.modules.insight.dti.rules import Edition
from tinhso.modules.insight.dti.rules.assessing import Total, add_up
from tinhso.modules.insight.dti.rules.criteria import CriteriaList, Criterion, frame_of, read_criteria
from tinhso.modules.insight.dti.rules.powers import WORKERS, open_acts
from tinhso.platform.people.rules import LEADER, Actor
from tinhso.platform.units.queries import get_unit, get_units
from tinhso.platform.units.rules import UnitRow


@dataclass(frozen=True, slots=True)
class ValueRow:
    """What is declared for one criterion: the answer, its points, where it came from."""

    criterion: str
    answer: Mapping[str, str]
    points: Decimal
    figure: Mapping[str, Any] | None
    note: str
    declared_by: str
    declared_at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One file that bears out a criterion."""

    criterion: str
    sha256: str
    name: str
    attached_by: str
    attached_at: datetime


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One step of an assessment."""

    act: str
    state: str
    note: str
    moved_by: str
    moved_name: str
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """An assessment in a list."""

    public_id: str
    edition: str
    year: int
    unit_key: str
    unit_name: str
    state: str
    composite: Decimal | None


@dataclass(frozen=True, slots=True)
class Opened:
    """An assessment with everything that its pages show."""

    public_id: str
    edition: Edition
    criteria: CriteriaList
    year: int
    unit: UnitRow
    state: str
    revision: int
    values: Mapping[str, ValueRow]
    evidence: tuple[EvidenceRow, ...]
    moves: tuple[MoveRow, ...]
    acts: tuple[str, ...]
    total: Total

    @property
    def is_draft(self) -> bool:
        """Whether values may still be changed."""
        return self.state == models.Assessment.DRAFT

    def criterion(self, code: str) -> Criterion:
        """The criterion of that code. :raises LookupError: there is none"""
        found = self.criteria.criterion(code)
        if found is None:
            raise LookupError(code)
        return found


def provinces_of(actor: Actor) -> list[UnitRow]:
    """
    The provinces in whose own agencies the actor works, each with those it was made of; posts in communes do not count.
    """
    posts = {post.unit_key for post in actor.posts if post.role in WORKERS and not post.procedures}
    units = get_units(posts)
    above = get_units({key for unit in units.values() for key in unit.path})
    found: dict[str, UnitRow] = {}
    for unit in units.values():
        line = [above[key] for key in unit.path if key in above]
        if any(each.kind in {"commune", "district"} for each in line):
            continue
        for province in (each for each in line if each.kind == "province"):
            found |= {each.key: each for each in list_lineage(province.key)}
    return list(found.values())


def led_by(actor: Actor, unit_key: str) -> list[str]:
    """The provinces led by the actor (a leader at the province itself) that are, or were made of, that one."""
    led = [post.unit_key for post in actor.posts if post.role == LEADER and not post.procedures]
    units = get_units(led).values()
    return [
        unit.key
        for unit in units
        if unit.kind == "province" and unit_key in {each.key for each in list_lineage(unit.key)}
    ]


def list_assessments(provinces: Sequence[str], *, limit: int = 200) -> list[AssessmentRow]:
    """The assessments of these provinces, the newest year first."""
    rows = models.Assessment.objects.filter(unit_key__in=provinces).order_by("-year", "-pk")[:limit]
    names = {unit.key: unit.name for unit in get_units({row.unit_key for row in rows}).values()}
    return [
        AssessmentRow(
            row.public_id, row.edition_code, row.year, row.unit_key, names.get(row.unit_key, row.unit_key),
            row.state, row.composite,
        )
        for row in rows
    ]  # fmt: skip


def criteria_of(row: models.Assessment, edition: Edition) -> CriteriaList:
    """The list that the assessment began with."""
    return read_criteria(row.criteria, {edition.code: edition}) if row.criteria else frame_of(edition)


def open_for(public_id: str, actor: Actor) -> Opened:
    """
    The assessment, for an officer of its province.

    :raises LookupError: there is none, or it is none of theirs
    """
    row = models.Assessment.objects.filter(public_id=public_id).first()
    if row is None or row.unit_key not in {unit.key for unit in provinces_of(actor)}:
        raise LookupError(public_id)
    edition = get_edition(row.edition_code)
    criteria = criteria_of(row, edition)
    values = {each.criterion: _value(each) for each in row.value_set.order_by("pk")}
    moves = tuple(_move(each) for each in row.move_set.order_by("pk"))
    return Opened(
        public_id=row.public_id,
        edition=edition,
        criteria=criteria,
        year=row.year,
        unit=get_unit(row.unit_key),
        state=row.state,
        revision=row.revision,
        values=values,
        evidence=tuple(_evidence(each) for each in row.evidence_set.order_by("pk")),
        moves=moves,
        acts=tuple(open_acts(actor, row.state, submitter_of(moves), led_by(actor, row.unit_key))),
        total=add_up(edition, criteria, {code: value.points for code, value in values.items()}),
    )


def submitter_of(moves: Sequence[MoveRow]) -> str:
    """Who submitted it last; empty before."""
    return next((move.moved_by for move in reversed(moves) if move.act == "submit"), "")


def _value(row: models.Value) -> ValueRow:
    return ValueRow(row.criterion, row.answer, row.points, row.figure, row.note, row.declared_by, row.declared_at)


def _evidence(row: models.Evidence) -> EvidenceRow:
    return EvidenceRow(row.criterion, row.sha256, row.name, row.attached_by, row.attached_at)


def _move(row: models.Move) -> MoveRow:
    return MoveRow(row.act, row.state, row.note, row.moved_by, row.moved_name, row.moved_at)
