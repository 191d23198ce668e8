"""The history of a case as the desk reads it: each fact with who, when and the words that went with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext as _

from tinhso.kernel.flow import Procedure
from tinhso.modules.government.onestop.rules.asking import papers_asked
from tinhso.modules.government.onestop.rules.words import in_words, moment
from tinhso.platform.ledger.facts import Fact

ENGINE = "cases."


class HasAnswers(Protocol):
    """What an act left in words."""

    act: str
    answers: Mapping[str, Any]
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """All that the history is told from; `names` by public code, units by key among them, `remarks` in any order."""

    procedure: Procedure
    facts: Sequence[Fact]
    remarks: Sequence[HasAnswers]
    names: Mapping[str, str]
    now: datetime


def tell_past(past: Past) -> list[dict[str, Any]]:
    """
    Steps for `components/timeline.html`, the oldest first; facts of others than the engine stay out.

    A signed result is told with the act that it came with.
    """
    return [_step(fact, past) for fact in past.facts if fact.kind.startswith(ENGINE) and not _is_result(fact)]


def _is_result(fact: Fact) -> bool:
    return fact.kind.endswith(".result_attached")


def _number_with(fact: Fact, past: Past) -> str:
    """The number of the result that was signed in the same act, or nothing."""
    numbers = (
        each.body.get("number") for each in past.facts if _is_result(each) and each.happened_at == fact.happened_at
    )
    return next((_("số %(number)s") % {"number": number} for number in numbers if number), "")


def _step(fact: Fact, past: Past) -> dict[str, Any]:
    who = past.names.get(fact.actor_code, _("Hệ thống") if fact.actor_code == "system" else "")
    said = [moment(fact.happened_at, past.now), who, _number_with(fact, past), *_words_of(fact, past)]
    return {"state": "done", "title": _title(fact, past.procedure), "text": " · ".join(part for part in said if part)}


def _title(fact: Fact, procedure: Procedure) -> str:
    act = fact.body.get("act")
    for step in procedure.steps:
        if step.act == act and step.source == fact.body.get("source"):
            return in_words(step.name)
    others = {"filed": _("Nộp hồ sơ"), "papers_added": _("Thêm giấy tờ")}
    return others.get(fact.kind.rpartition(".")[2], fact.kind)


def _words_of(fact: Fact, past: Past) -> list[str]:
    remark = remark_of(fact, past.remarks)
    if remark is None:
        return []
    said = []
    if unit := past.names.get(str(fact.body.get("to_unit", ""))):
        said.append(_("Chuyển tới %(unit)s") % {"unit": unit})
    if reasons := remark.answers.get("reasons"):
        said.append(_("Lý do: %(reasons)s") % {"reasons": reasons})
    if papers := papers_asked(remark.answers, past.procedure):
        names = [in_words(each.paper.name) if each.paper else each.code for each in papers]
        said.append(_("Cần bổ sung: %(papers)s") % {"papers": ", ".join(names)})
    if days := remark.answers.get("extension_days"):
        said.append(_("Thêm %(days)s ngày làm việc") % {"days": days})
    if note := remark.answers.get("note"):
        said.append(str(note))
    return said


def remark_of(fact: Fact, remarks: Sequence[Any]) -> Any | None:
    """The words that went with the act a fact tells of; act and moment are the same for both."""
    return next(
        (each for each in remarks if each.act == fact.body.get("act") and each.written_at == fact.happened_at), None
    )
