"""What a fact of a case means to people: the occasion of its document, and the values its notice names."""

from datetime import datetime
from typing import Any

from tinhso.kernel.flow import Text
from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.government.onestop.queries.letters import Occasion, agency_of, tracking_address
from tinhso.modules.government.onestop.rules import papers_asked, remark_of
from tinhso.modules.government.onestop.rules.letters import STOPPED
from tinhso.platform.cases.models import DeadlineChange
from tinhso.platform.cases.queries import CaseView, get_remarks, list_awaited
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.notices.rules import Value
from tinhso.platform.people.queries import get_names


def occasion_of(case: CaseView, fact: Fact, *, reasons: str = "") -> Occasion:
    """When, by whom and with which words the act of that fact was done, and the times it set; `reasons` replace those."""
    remarks = list(get_remarks(case.case_id).values())
    remark = remark_of(fact, remarks) or _what_was_proposed(case, fact, remarks)
    waits = [each for each in list_awaited(case.case_id) if each.since == fact.happened_at]
    due_at = fact.body.get("due_at")
    changes = DeadlineChange.objects.filter(case_id=case.case_id, changed_at=fact.happened_at)
    return Occasion(
        at=fact.happened_at,
        officer=get_names([fact.actor_code]).get(fact.actor_code, ""),
        answers=(remark.answers if remark else {}) | ({"reasons": reasons} if reasons else {}),
        until=waits[-1].until if waits else None,
        due_at=datetime.fromisoformat(due_at) if due_at else None,
        due_before=changes.values_list("due_before", flat=True).first(),
    )


def _what_was_proposed(case: CaseView, fact: Fact, remarks: list[Any]) -> Any | None:
    """The words of an officer's proposal to stop, which a leader's act confirms without saying them again."""
    is_stop = any(state.code == fact.body.get("state") and state.national == STOPPED for state in case.procedure.states)
    if not is_stop or not fact.actor_code.startswith("officer:"):
        return None
    before = [each for each in remarks if each.written_at < fact.happened_at and each.answers.get("reasons")]
    return max(before, key=lambda each: each.revision, default=None)


def notice_fields(case: CaseView, fact: Fact) -> dict[str, Value]:
    """Everything that a notice about a case may name; empty where the fact has none of it."""
    occasion = occasion_of(case, fact)
    asked = papers_asked(occasion.answers, case.procedure)
    named = [each.paper.name if each.paper else Text(each.code, each.code) for each in asked]
    result = case.procedure.result
    return {
        "code": case.code or case.public_id,
        "tracking": case.public_id,
        "procedure": case.procedure.name,
        "name": case.applicant_name,
        "unit": agency_of(case.unit_key, fact.happened_at)["name"],
        "due": _written(occasion.due_at or case.due_at),
        "until": _written(occasion.until),
        "reasons": str(occasion.answers.get("reasons", "")),
        "papers": Text(", ".join(name.vi for name in named), ", ".join(name.en for name in named)),
        "result": result.name if result else Text(),
        "link": tracking_address(case.public_id),
    }


def _written(at: datetime | None) -> str:
    """A moment as notices write it: "16:30 23/11/2026"."""
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at else ""
