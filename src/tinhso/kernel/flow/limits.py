"""Whether the deadlines of a procedure can be kept at all."""

from collections.abc import Iterator
from decimal import Decimal

from tinhso.kernel.flow.fees import CHANNELS
from tinhso.kernel.flow.problem import Place, Problem
from tinhso.kernel.flow.procedure import UNITS_OF_TIME, Deadline, Procedure
from tinhso.kernel.flow.ways import states_with_the_clock_running
from tinhso.kernel.flow.wording import problem

# The smallest part of each unit that means something: half a working day is a session, half a month is nothing.
SMALLEST_PART = {
    "minute": Decimal(1),
    "hour": Decimal("0.5"),
    "working_hour": Decimal("0.5"),
    "day": Decimal(1),
    "working_day": Decimal("0.5"),
    "month": Decimal(1),
}
NOTHING_BUT_SAME_DAY = ("chỉ có 0 working_day, nghĩa là trong ngày", "only 0 working_day exists, the same day")
TOO_SMALL_A_PART = ("phần nhỏ nhất là {part}", "the smallest part is {part}")


def find_limit_problems(procedure: Procedure) -> Iterator[Problem]:
    """Deadlines that no calendar can keep, and extensions the law does not give."""
    for deadline, place in _deadlines(procedure):
        yield from _deadline_problems(deadline, place)
    yield from _longer_than_the_case(procedure)
    yield from _extension_problems(procedure)
    for row, limit in enumerate(procedure.limits):
        for channel in limit.channels:
            if channel not in CHANNELS:
                known = ", ".join(CHANNELS)
                yield problem("unknown_channel", ("limit", row, "channels"), channel=channel, known=known)


def _deadlines(procedure: Procedure) -> Iterator[tuple[Deadline, Place]]:
    if procedure.deadline:
        yield procedure.deadline, ("deadline",)
    for row, limit in enumerate(procedure.limits):
        yield limit.deadline, ("limit", row, "deadline")
    for state in procedure.states:
        if state.deadline:
            yield state.deadline, ("state", state.row, "deadline")
        if state.wait and state.wait.limit:
            yield state.wait.limit, ("state", state.row, "wait", "limit")


def _deadline_problems(deadline: Deadline, place: Place) -> Iterator[Problem]:
    said = f"{deadline.amount} {deadline.unit}"
    if deadline.unit not in UNITS_OF_TIME:
        known = ", ".join(UNITS_OF_TIME)
        yield problem("unknown_unit_of_time", (*place, "unit"), unit=deadline.unit, known=known)
        return
    if deadline.amount < 0 or (deadline.amount == 0 and deadline.unit != "working_day"):
        yield problem("impossible_deadline", (*place, "amount"), said=said, why=NOTHING_BUT_SAME_DAY)
    part = SMALLEST_PART[deadline.unit]
    if deadline.amount % part:
        vi, en = TOO_SMALL_A_PART
        yield problem(
            "impossible_deadline", (*place, "amount"), said=said, why=(vi.format(part=part), en.format(part=part))
        )
    if deadline.cut_off and deadline.unit != "working_day":
        hour = f"{deadline.cut_off:%H:%M}"
        yield problem("cut_off_without_working_day", (*place, "cut_off"), hour=hour, unit=deadline.unit)


def _longer_than_the_case(procedure: Procedure) -> Iterator[Problem]:
    """States that may last longer than the whole case; where the case's clock stands still a state has its own time."""
    whole, running = procedure.deadline, states_with_the_clock_running(procedure)
    if whole is None:
        return
    for deadline, place in _deadlines(procedure):
        state = procedure.states[place[1]] if len(place) > 1 and isinstance(place[1], int) else None
        if state and state.code in running and deadline.unit == whole.unit and deadline.amount > whole.amount:
            said, of_the_case = (f"{each.amount} {each.unit}" for each in (deadline, whole))
            yield problem("deadline_longer_than_case", place, said=said, state=state.code, whole=of_the_case)


def _extension_problems(procedure: Procedure) -> Iterator[Problem]:
    times = procedure.extension.times
    if times > 1:
        yield problem("extension_more_than_once", ("extension", "times"), times=times)
    for step in procedure.steps:
        if "extend_deadline" in step.effects and times == 0:
            yield problem("extension_not_given", ("step", step.row, "effects"), act=step.act)
