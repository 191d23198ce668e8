"""Reading one case: what it is, where it stands, what is open to whom, what was written and handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tinhso.kernel.flow import REOPEN, Deadline, Procedure, State, Step, SubCase
from tinhso.kernel.worktime import ClockRule, Due, Segment
from tinhso.platform.cases import models
from tinhso.platform.cases.queries.procedures import get_procedure
from tinhso.platform.cases.rules import VIETNAM, Standing, clock_due
from tinhso.platform.people.rules import SYSTEM_ROLE, Actor
from tinhso.platform.units import queries as units

STANDING_FIELDS = (
    "id", "public_id", "code", "procedure_code", "procedure_version", "state", "revision", "unit_key", "applicant_code",
    "channel", "parent_id", "accepted_at", "due_at", "due_first_at", "paused_at", "extensions", "extended_days",
    "extended_at", "resolved_at", "closed_at", "data",
)  # fmt: skip
STOPS = {"pause_clock": "supplement", "stop_clock": "reopened"}
RESETS = frozenset({"reset_clock", REOPEN})


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as pages and API show it."""

    case_id: int
    public_id: str
    code: str | None
    procedure: Procedure
    state: State
    unit_key: str
    applicant_code: str
    applicant_name: str
    title: str
    helper_code: str
    channel: str
    language: str
    data: Mapping[str, Any]
    proof_nonce: str
    filed_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    due_first_at: datetime | None
    paused_at: datetime | None
    extensions: int
    extended_days: int
    extended_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    parent_id: int | None

    @property
    def deadline(self) -> Deadline | None:
        """How long it may take, by its channel and its data."""
        return self.procedure.deadline_for(self.channel, self.data)

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is, or was resolved, after the promised moment; a paused clock is not overdue."""
        if self.due_at is None or self.paused_at:
            return False
        return (self.resolved_at or now) > self.due_at


@dataclass(frozen=True, slots=True)
class StepView:
    """An act that is open to somebody now."""

    act: str
    step: Step


def get_case(public_id: str) -> CaseView:
    """That case. :raises models.Case.DoesNotExist: there is none."""
    return view_of(models.Case.objects.get(public_id=public_id))


def view_of(row: models.Case) -> CaseView:
    """The case of that row, with its procedure and state."""
    procedure = get_procedure(row.procedure_code, row.procedure_version)
    return CaseView(
        case_id=row.pk, public_id=row.public_id, code=row.code, procedure=procedure, state=procedure.state(row.state),
        unit_key=row.unit_key, applicant_code=row.applicant_code, applicant_name=row.applicant_name, title=row.title,
        helper_code=row.helper_code, channel=row.channel, language=row.language, data=row.data, proof_nonce=row.proof_nonce,
        filed_at=row.filed_at, accepted_at=row.accepted_at, due_at=row.due_at, due_first_at=row.due_first_at,
        paused_at=row.paused_at, extensions=row.extensions, extended_days=row.extended_days,
        extended_at=row.extended_at, resolved_at=row.resolved_at, closed_at=row.closed_at,
        parent_id=row.parent_id,
    )  # fmt: skip


def get_standing(public_id: str) -> Standing:
    """The case as an act finds it."""
    return Standing(*models.Case.objects.values_list(*STANDING_FIELDS).get(public_id=public_id))


def lock_parent(case_id: int) -> Standing | None:
    """The parent case, locked until the transaction ends, or None when it is closed already."""
    row = (
        models.Case.objects.select_for_update().filter(pk=case_id, closed_at=None).values_list(*STANDING_FIELDS).first()
    )
    return Standing(*row) if row else None


def get_title(public_id: str) -> str:
    """What the case is about, in a few words."""
    title: str = models.Case.objects.values_list("title", flat=True).get(public_id=public_id)
    return title


def count_open_sub_cases(case_id: int) -> int:
    """How many sub-cases of that case are not over."""
    return models.Case.objects.filter(parent_id=case_id, closed_at=None).count()


def roles_of(actor: Actor, standing: Standing | CaseView) -> frozenset[str]:
    """The roles an actor has in a case: those held at its unit, applicant of an own case, or the system's."""
    if actor.kind == "system":
        return frozenset({SYSTEM_ROLE})
    procedure_code = standing.procedure.code if isinstance(standing, CaseView) else standing.procedure_code
    roles = actor.roles_in(standing.unit_key, procedure_code)
    return roles | {"applicant"} if actor.code == standing.applicant_code else roles


def list_steps_open_to(case: CaseView, actor: Actor) -> list[StepView]:
    """The acts this actor may take now, in the table's order, each once."""
    steps = case.procedure.steps_from(case.state.code, roles_of(actor, case), case.data)
    return list({step.act: StepView(step.act, step) for step in reversed(steps)}.values())[::-1]


def units_for_sub_case(sub_case: SubCase, parent_unit: str, answers: Mapping[str, Any], now: datetime) -> list[str]:
    """
    The units that a sub-case goes to: those an answer names, or the nearest unit of a kind above the parent's.

    A named unit that no longer stands is answered for by what succeeded it; by all of them where it was split.
    """
    on: date = now.astimezone(VIETNAM).date()
    if not sub_case.unit_field:
        return [units.find_nearest(parent_unit, sub_case.unit, on).key]
    named = answers.get(sub_case.unit_field) or []
    keys = [named] if isinstance(named, str) else list(named)
    return list(dict.fromkeys(standing for key in keys for standing in _standing_for(key, on)))


def may_handle(procedure: Procedure, unit_key: str, now: datetime) -> bool:
    """Whether a unit stands now and is of a kind that handles cases of this procedure."""
    try:
        unit = units.get_unit(unit_key)
    except (units.NoSuchUnit, ValueError):
        return False
    return unit.is_valid(now.astimezone(VIETNAM).date()) and bool(
        {unit.kind, unit.designation} & {*procedure.handled_by}
    )


def _standing_for(unit_key: str, on: date) -> list[str]:
    if units.get_unit(unit_key).is_valid(on):
        return [unit_key]
    return [unit.key for unit, _ in units.successors_of(unit_key, on)]


def list_segments(case_id: int) -> tuple[Segment, ...]:
    """The ledger of the case's clock; a stop that a reset follows says so."""
    rows = models.ClockSegment.objects.filter(case_id=case_id).order_by("id")
    found = list(rows.values_list("started_at", "stopped_at", "start_reason", "stop_reason"))
    resets = ([after[2] in RESETS for after in found[1:]] + [False])[: len(found)]
    return tuple(
        Segment(started_at, stopped_at, STOPS.get(reason, reason), ClockRule.RESET if reset else ClockRule.PAUSE)
        for (started_at, stopped_at, _, reason), reset in zip(found, resets, strict=True)
    )


def explain_due(case: CaseView) -> Due | None:
    """Why the case is due when it is, step by step; None without a deadline, before acceptance, while the clock rests."""
    segments = list_segments(case.case_id)
    limit = case.deadline
    if limit is None or not segments or case.paused_at:
        return None
    *earlier, last = segments
    running = (*earlier, replace(last, stopped_at=None))
    on = last.started_at.astimezone(VIETNAM).date()
    return clock_due(limit, running, units.get_calendar(case.unit_key, on), get_standing(case.public_id))


def list_papers(case_id: int) -> list[models.Paper]:
    """The papers in force, in the order they came."""
    return list(models.Paper.objects.filter(case_id=case_id, removed_at=None).order_by("id"))


def list_results(case_id: int) -> list[models.Result]:
    """The results in force, the newest first."""
    return list(models.Result.objects.filter(case_id=case_id, replaced_at=None).order_by("-id"))


def get_remarks(case_id: int) -> dict[int, models.Remark]:
    """What was written with the acts, by the case's revision after the act."""
    return {remark.revision: remark for remark in models.Remark.objects.filter(case_id=case_id)}
