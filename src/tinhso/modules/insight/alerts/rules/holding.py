"""When a rule fires and when its cause is gone: a threshold, how long it has to last, another level at which it is over."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Literal

ABOVE, BELOW = "above", "below"
COMPARATORS: Final = (ABOVE, BELOW)
Change = Literal["", "fired", "cleared"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """
    Beyond `threshold` for `lasting` it fires; back at `clear_at` or better it is over.

    `clear_at` lies on the good side of the threshold, or is the threshold: then being on it is good enough.
    """

    comparator: str
    threshold: Decimal
    clear_at: Decimal
    lasting: timedelta = timedelta(0)

    def is_beyond(self, value: Decimal) -> bool:
        """Whether the value is beyond the threshold; on it is not beyond."""
        return value > self.threshold if self.comparator == ABOVE else value < self.threshold

    def is_clear(self, value: Decimal) -> bool:
        """Whether the value is so good that the cause is gone."""
        return value <= self.clear_at if self.comparator == ABOVE else value >= self.clear_at


@dataclass(frozen=True, slots=True)
class Course:
    """Where a rule stands with one subject: since when it is beyond the threshold, since when it fires."""

    beyond_since: datetime | None = None
    fired_at: datetime | None = None


UNTOUCHED: Final = Course()


def judge(course: Course, value: Decimal | None, bounds: Bounds, now: datetime) -> tuple[Course, Change]:
    """
    Where the rule stands after this value, and whether that is news.

    A value that is not known changes nothing: it neither fires nor clears.
    """
    if value is None:
        return course, ""
    if course.fired_at:
        return (UNTOUCHED, "cleared") if bounds.is_clear(value) else (course, "")
    if not bounds.is_beyond(value):
        return UNTOUCHED, ""
    since = course.beyond_since or now
    course = replace(course, beyond_since=since)
    if now - since >= bounds.lasting:
        return replace(course, fired_at=now), "fired"
    return course, ""
