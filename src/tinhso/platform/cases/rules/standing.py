"""A case as an act finds it, what the act writes, and what else a plan needs; why it cannot be planned."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from tinhso.kernel import worktime
from tinhso.kernel.flow import Deadline, Incomplete, Procedure, Step

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as an act finds it."""

    case_id: int
    public_id: str
    code: str | None
    procedure_code: str
    procedure_version: date
    state: str
    revision: int
    unit_key: str
    applicant_code: str
    channel: str
    parent_id: int | None
    accepted_at: datetime | None
    due_at: datetime | None
    due_first_at: datetime | None
    paused_at: datetime | None
    extensions: int
    extended_days: int
    extended_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    data: Mapping[str, Any] = field(default_factory=dict)
    is_waiting: bool = True


def limit_of(standing: Standing, procedure: Procedure) -> Deadline | None:
    """How long this case may take, by its channel and its data."""
    if not procedure.limits:
        return procedure.deadline
    return procedure.deadline_for(standing.channel, standing.data)


def new_standing(
    public_id: str, procedure: Procedure, unit_key: str, applicant_code: str, filed: tuple[str, Mapping[str, Any]]
) -> Standing:
    """A case that is about to be opened, by which channel and with what data, as the effects of opening find it."""
    return Standing(
        case_id=0, public_id=public_id, code=None, procedure_code=procedure.code, procedure_version=procedure.version,
        state=procedure.start, revision=0, unit_key=unit_key, applicant_code=applicant_code, channel=filed[0], parent_id=None,
        accepted_at=None, due_at=None, due_first_at=None, paused_at=None, extensions=0, extended_days=0, extended_at=None,
        resolved_at=None, closed_at=None, data=filed[1],
    )  # fmt: skip


@dataclass(slots=True)
class Move:
    """What one act writes; every field is the value after the act."""

    case_id: int
    revision: int
    act: str
    state: str
    fact: str
    code_prefix: str | None = None
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    due_first_at: datetime | None = None
    paused_at: datetime | None = None
    extensions: int = 0
    extended_days: int = 0
    extended_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    holder: str | None = None
    item_due_at: datetime | None = None
    awaited: str | None = None
    wait_until: datetime | None = None
    wait_then: str = ""
    clock: str = ""
    clock_reason: str = ""
    due_changed: str = ""
    due_before: datetime | None = None
    from_unit: str | None = None
    to_unit: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    patch: dict[str, Any] | None = None
    body: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a plan needs besides the case: the moment, the unit's calendar, how its codes begin, the case's clock so far."""

    now: datetime
    find_calendar: Callable[[], worktime.Calendar]
    code_prefix: Callable[[date], str]
    segments: Callable[[], tuple[worktime.Segment, ...]] = tuple

    @property
    def calendar(self) -> worktime.Calendar:
        """The unit's calendar, looked up when a deadline is counted: most steps count none."""
        return self.find_calendar()


class NoClock(Exception):
    """An act needs the case's clock, and it never ran."""

    def __init__(self) -> None:
        self.vi = "Hồ sơ chưa được tiếp nhận nên chưa có ngày hẹn trả. Hãy tiếp nhận hồ sơ trước."
        self.en = "The dossier was not accepted yet, so it has no due date. Accept it first."
        super().__init__(self.vi)


class WrongUnit(Incomplete):
    """An act that hands a case over names no unit that may handle it."""

    def __init__(self, step: Step) -> None:
        super().__init__(step, ("unit",))
        self.vi = "Đơn vị này không nhận hồ sơ của thủ tục này. Hãy chọn đơn vị khác trong danh sách."
        self.en = "This unit does not take dossiers of this procedure. Choose another one of the list."
