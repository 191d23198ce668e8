"""The way from where a plan began to its target, as the plan says or straight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Point = tuple[date, Decimal]
Origin = Literal["plan", "baseline", "first_value", "flat"]


@dataclass(frozen=True, slots=True)
class Path:
    """Where one should be on each day: straight between points in order of time. `origin` says where it came from."""

    points: tuple[Point, ...]
    origin: Origin

    def at(self, on: date) -> Decimal | None:
        """The number expected on that day; None before the way begins, the last one after its end."""
        if on < self.points[0][0]:
            return None
        for (begins, low), (ends, high) in zip(self.points, self.points[1:], strict=False):
            if on < ends:
                return low + (high - low) * (on - begins).days / (ends - begins).days
        return self.points[-1][1]


def make_path(
    *,
    end: Point,
    given: Sequence[Point] = (),
    baseline: Point | None = None,
    first: Point | None = None,
    flat: bool = False,
) -> Path | None:
    """
    The way to `end`: flat for a target of each year, else through the points the plan gives, else straight from its baseline,
    else straight from the first value known. None where none of these begins before the end.
    """
    if flat:
        return Path((end,), "flat") if first is None or first[0] >= end[0] else Path(((first[0], end[1]), end), "flat")
    inner = tuple(point for point in sorted(given) if point[0] < end[0])
    if inner:
        start = (baseline,) if baseline and baseline[0] < inner[0][0] else ()
        return Path((*start, *inner, end), "plan")
    if baseline and baseline[0] < end[0]:
        return Path((baseline, end), "baseline")
    if first and first[0] < end[0]:
        return Path((first, end), "first_value")
    return None
