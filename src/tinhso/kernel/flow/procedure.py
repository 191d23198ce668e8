"""What a procedure is made of: states, steps, waits, papers, deadlines; which act is open to whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from tinhso.kernel.flow.conditions import Condition, holds
from tinhso.kernel.flow.fees import CHANNELS, Fee
from tinhso.kernel.flow.texts import NO_TEXT, Text

APPLICANT = "applicant"
SYSTEM = "system"
PAYMENT = "payment"  # what a state may wait for; the system then does the act `pay`
PAY = "pay"
DUES_FIRST = "dues_first"  # the step is not taken while something is due; without it people are only told
MOVE, REOPEN = "move_to_unit", "reopen_case"  # the case goes to another unit; a case that was over goes on
CLOCK_EFFECTS = frozenset(
    {"start_clock", "pause_clock", "resume_clock", "reset_clock", "stop_clock", "extend_deadline", REOPEN}
)
TELLING_EFFECTS = frozenset(
    {"issue_receipt", "issue_refusal", "issue_supplement_request", "deliver_result", MOVE, REOPEN}
)
EFFECTS = (
    CLOCK_EFFECTS
    | TELLING_EFFECTS
    | {"issue_code", "open_sub_cases", "sign_result", "seal_result", "invite_rating", "ask_payment", DUES_FIRST}
)
ASKS = frozenset({"reasons", "papers", "note", "result", "extension_days", "unit"})
UNITS_OF_TIME = ("minute", "hour", "working_hour", "day", "working_day", "month")
SERVICE_LEVELS = ("full", "partial", "info_only")
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Deadline:
    """How long something may take; 0 working days is the same day. Units are never converted into each other."""

    amount: Decimal
    unit: str
    cut_off: time | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A deadline of its own for dossiers that came by certain channels (none named: by any) or with certain answers."""

    deadline: Deadline
    channels: tuple[str, ...] = ()
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """How many times the day of return may be put off."""

    times: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the applicant gets: the type code of the result, its name, and the template it is printed from."""

    code: str
    name: Text
    template: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule was read, and how sure it is."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaperRule:
    """One paper the dossier needs, and when it needs it."""

    code: str
    name: Text
    required: bool = True
    when: Condition | None = None
    note: Text = NO_TEXT
    originals: int = 0
    copies: int = 0
    max_megabytes: int = 10
    result: str = ""  # type code of a result that stands for it: one who holds such a result need not upload it


@dataclass(frozen=True, slots=True)
class Wait:
    """For whom the case waits, how long, and the act the system does when that time is over."""

    whom: str
    limit: Deadline | None = None
    then: str = ""


@dataclass(frozen=True, slots=True)
class SubCase:
    """A case of its own that a state opens: at the nearest unit of kind `unit`, or at each unit in `unit_field`."""

    procedure: str
    unit: str = ""
    unit_field: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a case may stand: who holds it, or for whom it waits, or which sub-cases it waits for."""

    code: str
    name: Text
    told: Text = NO_TEXT
    national: int | None = None
    holder: str = ""
    wait: Wait | None = None
    sub_cases: tuple[SubCase, ...] = ()
    join: str = ""
    then: str = ""
    deadline: Deadline | None = None
    caused: tuple[str, ...] = ()  # acts of the system that an app does here by itself, as with alerts
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One act that takes a case from `source` to `target` when somebody of `role` does it."""

    act: str
    name: Text
    source: str
    target: str
    role: str
    fact: str
    asks: tuple[str, ...] = ()
    when: Condition | None = None
    effects: tuple[str, ...] = ()
    row: int = field(default=0, compare=False)

    def missing(self, answers: Mapping[str, Any]) -> tuple[str, ...]:
        """What the act asks for and `answers` do not give."""
        return tuple(ask for ask in self.asks if not holds({"field": ask, "filled": True}, answers))

    def check(self, answers: Mapping[str, Any]) -> None:
        """
        Promise that the act carries all it asks for.

        :raises Incomplete: carries each missing answer
        """
        if missing := self.missing(answers):
            raise Incomplete(self, missing)


class Incomplete(Exception):
    """An act lacks answers; `missing` names each of them."""

    def __init__(self, step: Step, missing: tuple[str, ...]) -> None:
        self.step, self.missing = step, missing
        self.vi = f"Để “{step.name.vi}” còn thiếu: {', '.join(missing)}."
        self.en = f"“{step.name.en}” still lacks: {', '.join(missing)}."
        super().__init__(self.vi)


class NotAllowed(Exception):
    """An act is not open from this state to this actor; `open_steps` are the steps that are."""

    def __init__(self, procedure: "Procedure", state: str, act: str, open_steps: tuple[Step, ...]) -> None:
        self.state, self.act, self.open_steps = state, act, open_steps
        self.open_acts = tuple(dict.fromkeys(step.act for step in open_steps))
        self.vi, self.en = (_refusal(procedure, self, language) for language in ("vi", "en"))
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class Procedure:
    """One text of one procedure, in force from `version` on: what is asked, who does what, how long it may take."""

    code: str
    version: date
    kind: str
    name: Text
    summary: Text = NO_TEXT
    aliases: tuple[str, ...] = ()
    life_event: str = ""
    sector: Text = NO_TEXT
    handled_by: tuple[str, ...] = ()
    service_level: str = "full"
    form: str = ""
    sources: tuple[Source, ...] = ()
    fees: tuple[Fee, ...] = ()
    variant: str = ""  # the choice of the form that says which case (trường hợp) it is, and so which papers
    deadline: Deadline | None = None
    due_given: bool = False  # whoever opens a case says when it is due, as with reports: no deadline is counted
    limits: tuple[Limit, ...] = ()
    extension: Extension = Extension()
    start: str = ""
    final: tuple[str, ...] = ()
    opening_effects: tuple[str, ...] = ()
    result: Result | None = None
    papers: tuple[PaperRule, ...] = ()
    states: tuple[State, ...] = ()
    steps: tuple[Step, ...] = ()

    def state(self, code: str) -> State:
        """
        The state of that code.

        :raises KeyError: this version of the procedure has no such state
        """
        for state in self.states:
            if state.code == code:
                return state
        raise KeyError(code)

    def is_final(self, code: str) -> bool:
        """Whether a case in that state is over."""
        return code in self.final

    def steps_from(
        self, state: str, roles: Collection[str] | None = None, answers: Mapping[str, Any] | None = None
    ) -> tuple[Step, ...]:
        """The steps out of a state, in the table's order: for these roles only, and only those these answers allow."""
        return tuple(
            step
            for step in self.steps
            if step.source == state
            and (roles is None or step.role in roles)
            and (answers is None or holds(step.when, answers))
        )

    def step(self, *, state: str, act: str, roles: Collection[str], answers: Mapping[str, Any] = NOTHING) -> Step:
        """
        The step that act takes from that state; of several the first whose condition holds for the answers.

        :raises NotAllowed: the act is not open from this state to these roles; carries the acts that are
        """
        open_steps = self.steps_from(state, roles, answers)
        for step in open_steps:
            if step.act == act:
                return step
        raise NotAllowed(self, state, act, open_steps)

    def deadline_for(self, channel: str, answers: Mapping[str, Any]) -> Deadline | None:
        """
        How long a dossier with these answers that came by this channel may take: the first limit that fits.

        What another system sent (the national portal) came online.
        """
        came = channel if channel in CHANNELS else "online"
        for limit in self.limits:
            if (not limit.channels or came in limit.channels) and holds(limit.when, answers):
                return limit.deadline
        return self.deadline

    def papers_for(self, answers: Mapping[str, Any]) -> tuple[PaperRule, ...]:
        """The papers that a dossier with these answers needs, in the table's order."""
        return tuple(paper for paper in self.papers if holds(paper.when, answers))


def _refusal(procedure: Procedure, refused: NotAllowed, language: str) -> str:
    """The sentence a clerk can act on: what is not open, where the case stands, what is open."""
    act = next((step.name.in_language(language) for step in procedure.steps if step.act == refused.act), refused.act)
    state = next((each.name.in_language(language) for each in procedure.states if each.code == refused.state), "?")
    names = ", ".join(dict.fromkeys(f"“{step.name.in_language(language)}”" for step in refused.open_steps))
    if language == "vi":
        rest = f"Bạn có thể: {names}." if names else "Lúc này bạn không có việc nào để làm."
        return f"Không thể “{act}” khi hồ sơ đang ở trạng thái “{state}”. {rest}"
    rest = f"You can: {names}." if names else "There is nothing for you to do at this point."
    return f"“{act}” is not possible while the dossier stands at “{state}”. {rest}"
