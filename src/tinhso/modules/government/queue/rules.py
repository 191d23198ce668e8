"""What a number may do next, in which order numbers are called, what the packs decide. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from tinhso.kernel.flow import Text
from tinhso.kernel.worktime import VIETNAM

WAITING, CALLED, ABSENT, DONE = "waiting", "called", "absent", "done"
MOVES: Final[Mapping[tuple[str, str], str]] = {
    (WAITING, "call"): CALLED,
    (ABSENT, "call"): CALLED,
    (CALLED, "call_again"): CALLED,
    (CALLED, "finish"): DONE,
    (CALLED, "miss"): ABSENT,
    (CALLED, "pass_on"): WAITING,
}
TOKEN_SIGNS: Final = 14


class CannotQueue(Exception):
    """What was asked of the queue cannot be; `vi` and `en` say why."""

    def __init__(self, vi: str, en: str) -> None:
        self.vi, self.en = vi, en
        super().__init__(vi)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of matters with a series of numbers of its own."""

    code: str
    letter: str
    name: Text
    examples: Text


@dataclass(frozen=True, slots=True)
class Priority:
    """People who are called before others."""

    code: str
    name: Text
    source: str


@dataclass(frozen=True, slots=True)
class QueueRules:
    """What the packs decide; after `longest_row` prioritised numbers in a row one of the others is called."""

    most_desks: int
    longest_row: int
    from_one_address: int
    stretch: timedelta
    most_waiting: int
    groups: tuple[Group, ...]
    priorities: tuple[Priority, ...]

    def group(self, code: str) -> Group:
        """The group of that code. :raises CannotQueue: there is none"""
        found = next((each for each in self.groups if each.code == code), None)
        if found is None:
            raise CannotQueue("Hãy chọn một nhóm việc.", "Choose a group of matters.")
        return found

    def priority(self, code: str) -> Priority | None:
        """The priority of that code, None for none. :raises CannotQueue: no such priority"""
        found = next((each for each in self.priorities if each.code == code), None)
        if code and found is None:
            raise CannotQueue("Không có đối tượng ưu tiên này.", "There is no such priority.")
        return found


def read_rules(table: Mapping[str, Any]) -> QueueRules:
    """
    The rules in a pack's `queue.toml`.

    :raises KeyError: something is missing
    :raises ValueError: two groups share a letter
    """
    groups = tuple(
        Group(each["code"], each["letter"], Text(**each["name"]), Text(**each["examples"])) for each in table["group"]
    )
    if len({each.letter for each in groups}) < len(groups):
        raise ValueError("two groups share a letter")
    priorities = tuple(Priority(each["code"], Text(**each["name"]), each["source"]) for each in table["priority"])
    limits = table["limits"]
    return QueueRules(
        table["most_desks"], table["longest_row"], limits["from_one_address"], timedelta(minutes=limits["minutes"]),
        limits["most_waiting"], groups, priorities,
    )  # fmt: skip


def after_act(state: str, act: str) -> str:
    """
    The state a number is in after an act.

    :raises CannotQueue: the act is not open from that state
    """
    found = MOVES.get((state, act))
    if found is None:
        raise CannotQueue("Số này đã đổi trạng thái. Hãy xem lại danh sách.", "This number has moved on. Look again.")
    return found


def written(letter: str, number: int) -> str:
    """A number as it is printed and called: A012."""
    return f"{letter}{number:03}"


def day_of(now: datetime) -> date:
    """The day in Vietnam, on which numbers begin at one again."""
    return now.astimezone(VIETNAM).date()


def is_turn_of_the_others(last_called: Sequence[bool], longest_row: int) -> bool:
    """Whether the last calls (True: prioritised, the latest first) were so many in a row that one of the others is next."""
    row = last_called[:longest_row]
    return len(row) == longest_row and all(row)


def seconds_between(start: datetime, end: datetime) -> int:
    """Whole seconds, never fewer than none."""
    return max(0, int((end - start).total_seconds()))
