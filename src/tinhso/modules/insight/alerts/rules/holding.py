"""When a rule fires and when its cause is gone: a threshold, how long it has to last, another level at which it is over."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Final, Literal

ABOVE, BELOW = "above", "below"
COMPARATORS: Final = (ABOVE, BELOW)
NOTHING, HUNDREDTH = Decimal(0), Decimal("0.01")
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

    def moved_to(self, threshold: Decimal, reach: Decimal | None) -> "Bounds":
        """
        The same with another threshold. The level at which it is over keeps its distance; nearer to `reach`, the best value
        there can be (None: any), it keeps its share of the way there, so that it can always be reached.
        """
        away = self.clear_at - self.threshold
        if reach is not None and reach != self.threshold:
            share = away * (reach - threshold) / (reach - self.threshold)
            away = max(away, share) if self.comparator == ABOVE else min(away, share)
        away = min(away, NOTHING) if self.comparator == ABOVE else max(away, NOTHING)
        return replace(self, threshold=threshold, clear_at=threshold + away.quantize(HUNDREDTH, ROUND_DOWN))


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
