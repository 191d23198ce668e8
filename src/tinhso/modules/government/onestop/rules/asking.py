"""What an act asks of the officer who does it, and whether the answers will do; which acts need more than the engine."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from tinhso.kernel.flow import APPLICANT, SYSTEM, PaperRule, Procedure, Step
from tinhso.platform.people.rules import LEADER

Way = Literal["plain", "result", "refusal", "seal", "delivery"]
LONGEST_TEXT, LONGEST_WHY, LONGEST_KEY, MOST_DAYS = 2000, 300, 64, 60
BULK_ASKS: Final = frozenset({"reasons", "note"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier of an act on one or many: done, or refused with the reason in words."""

    public_id: str
    code: str = ""
    refusal: str = ""

    @property
    def done(self) -> bool:
        """Whether the act was done."""
        return not self.refusal


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer typed on the page of an act."""

    reasons: str = ""
    note: str = ""
    extension_days: str = ""
    papers: Sequence[str] = ()
    why: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend: the field it stands at and a sentence that says what to do."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """One paper that the applicant was asked for: which, why, and what the procedure says of it."""

    code: str
    paper: PaperRule | None
    why: str = ""


def way_of(step: Step) -> Way:
    """What a step needs besides the engine: a signed result, a signed refusal, the seal, a hand-over, or nothing."""
    if "sign_result" in step.effects:
        return "result"
    if "seal_result" in step.effects:
        return "seal"
    if "issue_refusal" in step.effects and step.role == LEADER:
        return "refusal"
    return "delivery" if "deliver_result" in step.effects else "plain"


def seals_after(procedure: Procedure, signing: Step) -> bool:
    """Whether what this step signs is numbered and sealed by the clerk in a later step."""
    return any("seal_result" in step.effects for step in procedure.steps_from(signing.target))


def brings_papers(procedure: Procedure, step: Step) -> bool:
    """Whether an officer takes papers in for the applicant with that step."""
    wait = procedure.state(step.source).wait
    return bool(wait and wait.whom == APPLICANT and step.role not in {APPLICANT, SYSTEM})


def is_bulk(procedure: Procedure, step: Step) -> bool:
    """
    Whether many cases can take the step at once: what it asks can be the same words for all, and it ends none of them.
    """
    same = set(step.asks) <= BULK_ASKS and step.when is None and not brings_papers(procedure, step)
    return same and way_of(step) == "plain" and not procedure.is_final(step.target)


def needs_page(procedure: Procedure, step: Step) -> bool:
    """Whether the act asks something first; otherwise its button does it."""
    return bool(step.asks) or way_of(step) != "plain" or brings_papers(procedure, step)


def read_answers(asks: Iterable[str], typed: Typed, offered: Iterable[str] = ()) -> tuple[dict[str, Any], list[Fault]]:
    """The answers an act carries, and everything that is wrong with them at once; a note may always be added."""
    answers: dict[str, Any] = {}
    faults: list[Fault] = []
    readers = {"reasons": _read_reasons, "note": _read_note, "extension_days": _read_days, "unit": _read_unit}
    for ask in asks:
        if ask == "papers":
            _read_papers(typed, set(offered), answers, faults)
        elif ask in readers:
            readers[ask](typed, answers, faults)
    if typed.note.strip() and "note" not in answers:
        answers["note"] = typed.note.strip()[:LONGEST_TEXT]
    return answers, faults


def _read_reasons(typed: Typed, answers: dict[str, Any], faults: list[Fault]) -> None:
    if words := typed.reasons.strip()[:LONGEST_TEXT]:
        answers["reasons"] = words
    else:
        faults.append(Fault("reasons", _("Hãy ghi lý do.")))


def _read_note(typed: Typed, answers: dict[str, Any], faults: list[Fault]) -> None:
    if words := typed.note.strip()[:LONGEST_TEXT]:
        answers["note"] = words
    else:
        faults.append(Fault("note", _("Hãy ghi kết quả hoặc ý kiến.")))


def _read_days(typed: Typed, answers: dict[str, Any], faults: list[Fault]) -> None:
    text = typed.extension_days.strip()
    if text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_DAYS:
        answers["extension_days"] = int(text)
    else:
        said = _("Hãy ghi số ngày làm việc cần thêm, từ 1 đến %(most)s.") % {"most": MOST_DAYS}
        faults.append(Fault("extension_days", said))


def _read_unit(typed: Typed, answers: dict[str, Any], faults: list[Fault]) -> None:
    if key := typed.unit.replace("\x00", "").strip()[:LONGEST_KEY]:
        answers["unit"] = key
    else:
        faults.append(Fault("unit", _("Hãy chọn đơn vị nhận hồ sơ.")))


def _read_papers(typed: Typed, offered: set[str], answers: dict[str, Any], faults: list[Fault]) -> None:
    chosen = [code for code in dict.fromkeys(typed.papers) if code in offered]
    if chosen:
        answers["papers"] = [{"code": code, "why": typed.why.get(code, "").strip()[:LONGEST_WHY]} for code in chosen]
    else:
        faults.append(Fault("papers", _("Hãy chọn ít nhất một giấy tờ cần bổ sung, đủ một lần.")))


def papers_asked(answers: Mapping[str, Any], procedure: Procedure) -> tuple[AskedPaper, ...]:
    """The papers that a request for more names, as an act kept them."""
    rules = {paper.code: paper for paper in procedure.papers}
    found = []
    for each in answers.get("papers") or ():
        row = each if isinstance(each, Mapping) else {"code": str(each)}
        code = str(row.get("code", ""))
        found.append(AskedPaper(code, rules.get(code), str(row.get("why", ""))))
    return tuple(found)
