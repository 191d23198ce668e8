"""A due date as a strip of days: what each day from receipt to the due day counts as, told from the steps that explain it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from tinhso.kernel.worktime.deadlines import Due
from tinhso.kernel.worktime.steps import Step
from tinhso.kernel.worktime.texts import Text

DayKind = Literal["received", "zero", "counted", "off", "paused", ""]
LONGEST_DAYS: Final = 70
_KINDS: Final[dict[str, DayKind]] = {
    "day_off": "off",
    "working": "counted",
    "swapped": "counted",
    "worked": "counted",
    "working_time": "counted",
    "half_session": "counted",
    "same_day": "counted",
    "day_zero": "zero",
    "paused": "paused",
}


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day: how it counts, the how manieth it is (0 where none), what it is called; `is_due` on the last."""

    on: date
    kind: DayKind = ""
    number: int = 0
    name: Text | None = None
    is_due: bool = False


def draw_strip(due: Due) -> tuple[StripDay, ...]:
    """
    Each day from the receipt to the due day, once and in order; nothing where that is more than ten weeks.

    Days of which no step speaks count where the limit is in calendar days, and do not where it is in working hours.
    """
    first = min((step.on for step in due.steps), default=due.due_on)
    length = (due.due_on - first).days + 1
    if not 0 < length <= LONGEST_DAYS:
        return ()
    told: dict[date, StripDay] = {}
    for step in due.steps:
        told |= {day.on: day for day in _days_of(step)}
    received = next((step.on for step in due.steps if step.kind == "received"), first)
    told[received] = replace(told.get(received, StripDay(received)), kind="received")
    days = [told.get(day, StripDay(day)) for day in _range(first, due.due_on)]
    days[-1] = replace(days[-1], is_due=True)
    if any(step.kind == "working_time" for step in due.steps):
        days = [day if day.kind else replace(day, kind="off") for day in days]
    reached = next((step.on for step in due.steps if step.kind == "calendar_days"), None)
    return tuple(_by_calendar(days, reached) if reached else days)


def _range(first: date, last: date) -> Iterator[date]:
    yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


def _days_of(step: Step) -> Iterator[StripDay]:
    kind = _KINDS.get(step.kind)
    if kind is None:
        return
    for number, day in enumerate(_range(step.on, step.last or step.on)):
        yield StripDay(day, kind, step.number + number if step.number else 0, step.name)


def _by_calendar(days: Sequence[StripDay], reached: date) -> list[StripDay]:
    """Calendar days numbered after day zero up to the one that is reached; those after it move the limit past days off."""
    number, found = 0, []
    for day in days:
        if day.kind or day.on == days[0].on:
            found.append(day)
        elif day.on <= reached:
            number += 1
            found.append(replace(day, kind="counted", number=number))
        else:
            found.append(day if day.is_due else replace(day, kind="off"))
    return found


def weeks_of(days: Sequence[StripDay]) -> list[list[StripDay | None]]:
    """The days in rows from Monday to Sunday; None before the first and after the last."""
    if not days:
        return []
    before = days[0].on.weekday()
    filled: list[StripDay | None] = [None] * before + list(days)
    filled += [None] * (-len(filled) % 7)
    return [filled[start : start + 7] for start in range(0, len(filled), 7)]


__all__ = ["DayKind", "StripDay", "draw_strip", "weeks_of"]
