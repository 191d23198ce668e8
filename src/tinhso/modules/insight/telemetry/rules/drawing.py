"""The picture of a course: a line through the means, a band from least to greatest, level rules, marks of time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

WIDTH, HEIGHT = 1000.0, 240.0
LEFT, TOP, BOTTOM = 80.0, 16.0, 210.0
RULES: Final = 4
SPANS: Final[dict[str, tuple[timedelta, int]]] = {
    "day": (timedelta(days=1), 600),
    "week": (timedelta(days=7), 3600),
    "month": (timedelta(days=30), 4 * 3600),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a stretch of time holds: its start, least, mean, greatest."""

    start: datetime
    least: float
    mean: float
    most: float


@dataclass(frozen=True, slots=True)
class Course:
    """
    Places in a box of 1000 by 240: lines and bands as points of SVG (a new one after each gap), level rules with their
    numbers, thresholds that lie within, marks of time with their moments; all heights and places also in percent.
    """

    lines: tuple[str, ...]
    bands: tuple[str, ...]
    rules: tuple[tuple[float, float], ...]
    thresholds: tuple[tuple[float, float], ...]
    marks: tuple[tuple[float, datetime], ...]


def draw(
    stretches: Sequence[Stretch], since: datetime, until: datetime, thresholds: Sequence[float] = ()
) -> Course | None:
    """The picture of these stretches between two moments; None where there is nothing to draw."""
    if not stretches:
        return None
    steps = rules_of(min(each.least for each in stretches), max(each.most for each in stretches))
    low, high = steps[0], steps[-1]
    span = (until - since).total_seconds()

    def across(at: datetime) -> float:
        return LEFT + (WIDTH - LEFT) * (at - since).total_seconds() / span

    def down(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)

    lines, bands = [], []
    for run in _runs(stretches):
        lines.append(" ".join(f"{across(each.start):.1f},{down(each.mean):.1f}" for each in run))
        there = [f"{across(each.start):.1f},{down(each.most):.1f}" for each in run]
        back = [f"{across(each.start):.1f},{down(each.least):.1f}" for each in reversed(run)]
        bands.append(" ".join([*there, *back]))
    return Course(
        lines=tuple(lines),
        bands=tuple(bands),
        rules=tuple((_percent(down(value)), value) for value in steps),
        thresholds=tuple((_percent(down(value)), value) for value in thresholds if low <= value <= high),
        marks=tuple((100 * across(at) / WIDTH, at) for at in marks_of(since, until)),
    )


def _percent(height: float) -> float:
    return 100 * height / HEIGHT


def _runs(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """The stretches cut where something is missing: wider than three usual steps."""
    steps = sorted(later.start - one.start for one, later in pairwise(stretches))
    usual = steps[len(steps) // 2] if steps else timedelta(0)
    runs = [[stretches[0]]]
    for one, later in pairwise(stretches):
        if later.start - one.start > 3 * usual:
            runs.append([])
        runs[-1].append(later)
    return runs


def rules_of(low: float, high: float) -> list[float]:
    """Round numbers from below the least to above the greatest, three to six of them."""
    span = high - low or max(abs(high) * 0.1, 1.0)
    rough = span / RULES
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    if first == last:
        last += 1
    return [round(place * step, 9) for place in range(first, last + 1)]


def marks_of(since: datetime, until: datetime) -> list[datetime]:
    """Moments to be written below: each sixth hour of a day, each day of a week, each fifth of a month."""
    days = (until - since).days
    step = timedelta(hours=6) if days <= 1 else timedelta(days=1 if days <= 7 else 5)
    start = since.replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    while start < until:
        if since + (until - since) * 0.03 <= start <= until - (until - since) * 0.03:
            found.append(start)
        start += step
    return found
