"""A dossier told like a parcel: what happened, who has it now, what comes next, until when. No database, no clock."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from tinhso.kernel.flow import APPLICANT, MOVE, REOPEN, Procedure, State, Step
from tinhso.modules.government.onestop.rules.asking import papers_asked
from tinhso.modules.government.onestop.rules.timeline import HasAnswers, remark_of
from tinhso.modules.government.onestop.rules.words import in_words, moment
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.people.rules import SYSTEM_ROLE

SILENT: Final = frozenset({"papers_added", "result_attached"})  # they come with an act that is told already
TOLD_WITH_REASONS: Final = frozenset(
    {"issue_supplement_request", "issue_refusal", "extend_deadline", "pause_clock", MOVE, REOPEN}
)
HANDED_OVER, RESOLVED, WITHDRAWN = 10, 9, 7  # in the national list of states
FILED: Final = "filed"


@dataclass(frozen=True, slots=True)
class Journey:
    """
    All that a dossier's way is told from.

    `names` of officers by code, `roles` by code and `units` the dossier was at before, by key, are empty where the reader is
    a stranger; then no reasons are told.
    """

    procedure: Procedure
    state: State
    facts: Sequence[Fact]
    now: datetime
    due_at: datetime | None = None
    is_late: bool = False
    holder: str = ""
    until: datetime | None = None
    is_private: bool = False
    unit_name: str = ""
    remarks: Sequence[HasAnswers] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


def tell_journey(journey: Journey) -> list[dict[str, Any]]:
    """Steps for `components/timeline.html`: done, the present one, those to come."""
    told = [fact for fact in journey.facts if _verb(fact) not in SILENT and fact.kind.startswith("cases.")]
    done = [_done(fact, journey) for fact in told]
    if journey.procedure.is_final(journey.state.code):
        return [*done[:-1], *(_last(each, journey) for each in done[-1:])]
    since = told[-1].happened_at if told else None
    return [*done, _present(journey, since), *_to_come(journey)]


def _verb(fact: Fact) -> str:
    return fact.kind.rpartition(".")[2]


def _done(fact: Fact, journey: Journey) -> dict[str, Any]:
    step = _step_of(fact, journey.procedure)
    title = _("Đã nộp") if _verb(fact) == FILED else in_words(step.name) if step else _verb(fact)
    said = [moment(fact.happened_at, journey.now)]
    if journey.is_private:
        said += [_who(fact, journey)]
    told = {"state": "done", "title": title, "text": " · ".join(part for part in said if part), "verb": _verb(fact)}
    reasons = _reasons(fact, step, journey) if journey.is_private and step else ""
    return told | ({"trouble": reasons} if reasons else {})


def _who(fact: Fact, journey: Journey) -> str:
    if fact.actor_code == "system":
        return _("hệ thống")
    if fact.actor_code.startswith("citizen:"):
        return ""  # the reader
    name = journey.names.get(fact.actor_code, "")
    unit = journey.units.get(str(fact.body.get("from_unit") or fact.unit_key), journey.unit_name)
    return f"{unit} · {name}" if name else unit


def _reasons(fact: Fact, step: Step, journey: Journey) -> str:
    """The words that were meant for the applicant; those between officers stay between them."""
    remark = remark_of(fact, journey.remarks)
    if remark is None or not TOLD_WITH_REASONS & set(step.effects) or step.role == APPLICANT:
        return ""
    asked = [
        in_words(each.paper.name) if each.paper else each.code
        for each in papers_asked(remark.answers, journey.procedure)
    ]
    parts = [str(remark.answers.get("reasons", ""))]
    if asked:
        parts.append(_("Cần bổ sung: %(papers)s") % {"papers": ", ".join(asked)})
    return " · ".join(part for part in parts if part)


def _step_of(fact: Fact, procedure: Procedure) -> Step | None:
    act, source = fact.body.get("act"), fact.body.get("source")
    return next((step for step in procedure.steps if step.act == act and step.source == source), None)


def _last(told: dict[str, Any], journey: Journey) -> dict[str, Any]:
    is_good = journey.state.national == HANDED_OVER
    return told | {"state": "done" if is_good else "stopped", "title": in_words(journey.state.name)}


def _present(journey: Journey, since: datetime | None) -> dict[str, Any]:
    said = [_("từ %(moment)s") % {"moment": moment(since, journey.now)}] if since else []
    if journey.is_private and journey.holder == APPLICANT:
        said.append(_("chờ bạn"))
        said.append(_("đến %(moment)s") % {"moment": moment(journey.until, journey.now)} if journey.until else "")
    elif journey.is_private and journey.holder:
        said.append(journey.roles.get(journey.holder, ""))
    if journey.until and not journey.is_late and journey.holder != APPLICANT:
        said.append(_("xong trước %(moment)s") % {"moment": moment(journey.until, journey.now)})
    return {
        "state": "late" if journey.is_late else "now",
        "title": in_words(journey.state.name),
        "text": " · ".join(part for part in said if part),
    }


def _to_come(journey: Journey) -> list[dict[str, Any]]:
    return [_next(step, journey) for step in shortest_way(journey.procedure, journey.state.code)]


def _next(step: Step, journey: Journey) -> dict[str, Any]:
    said = [_("Bạn") if step.role == APPLICANT else journey.roles.get(step.role, "")] if journey.is_private else []
    target = journey.procedure.state(step.target)
    if target.national == RESOLVED and journey.due_at and not journey.is_late:
        said.append(_("trước %(moment)s") % {"moment": moment(journey.due_at, journey.now)})
    return {"state": "next", "title": in_words(step.name), "text": " · ".join(part for part in said if part)}


def shortest_way(procedure: Procedure, state: str) -> tuple[Step, ...]:
    """
    The fewest steps from a state to a good end (the result handed over), without what the system does when time runs out.

    Empty where no such end is near: the case is over, or its applicant asked to take it back.
    """
    if procedure.state(state).national == WITHDRAWN or procedure.is_final(state):
        return ()
    waiting: deque[tuple[str, tuple[Step, ...]]] = deque([(state, ())])
    reached = {state}
    while waiting:
        here, way = waiting.popleft()
        if procedure.state(here).national == HANDED_OVER:
            return way
        for step in procedure.steps_from(here):
            if step.role != SYSTEM_ROLE and step.target not in reached:
                reached.add(step.target)
                waiting.append((step.target, (*way, step)))
    return ()
