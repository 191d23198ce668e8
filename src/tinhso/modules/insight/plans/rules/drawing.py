"""The little picture of a target: the way, the figures so far, the aim, where a line through them leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tinhso.modules.insight.plans.rules.forecasts import Forecast
from tinhso.modules.insight.plans.rules.numbers import HIGHER
from tinhso.modules.insight.plans.rules.paths import Path, Point

WIDTH, HEIGHT, MARGIN = 200, 56, 6


@dataclass(frozen=True, slots=True)
class Picture:
    """Places in a box of 200 by 56, as text with a point: the way and the course as polylines, dots, the aim, the whisker."""

    way: str
    course: str
    dots: tuple[tuple[str, str], ...]
    aim: tuple[str, str]
    ahead: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A course in percent of its box: level rules with their numbers, points, places of the days; `aim` the target's height."""

    rules: tuple[tuple[float, Decimal], ...]
    points: tuple[tuple[float, float], ...]
    aim: float | None = None


LEFT, RIGHT, TOP, BOTTOM = 12.0, 96.0, 12.0, 84.0


def chart(values: Sequence[Point], aim: Decimal | None = None) -> Chart | None:
    """The course of dated values, the lowest number below; None with fewer than two."""
    if len(values) < 2:
        return None
    numbers = [number for _, number in values] + ([aim] if aim is not None else [])
    low, high = min(numbers), max(numbers)
    first, span = values[0][0], max(1, (values[-1][0] - values[0][0]).days)

    def down(number: Decimal) -> float:
        share = Decimal("0.5") if high == low else (number - low) / (high - low)
        return round(BOTTOM - (BOTTOM - TOP) * float(share), 2)

    points = tuple(
        (round(LEFT + (RIGHT - LEFT) * (day - first).days / span, 2), down(number)) for day, number in values
    )
    rules = tuple((down(number), number) for number in ({low, high} if low != high else {low}))
    return Chart(rules, points, None if aim is None else down(aim))


def draw(
    aim: Point, path: Path | None, values: Sequence[Point], ahead: Forecast | None = None, *, better: str = HIGHER
) -> Picture | None:
    """The picture, better always above worse; None where there is no figure to draw."""
    if not values:
        return None
    way = list(path.points) if path and len(path.points) > 1 else []
    days = [day for day, _ in (*way, *values, aim)]
    numbers = [number for _, number in (*way, *values, aim)]
    numbers += [ahead.low, ahead.high] if ahead else []
    first, last = min(days), max(days)
    first = first if first < last else first - timedelta(days=1)  # what happens on the last day stands at the right
    span = (last - first).days
    low, high = min(numbers), max(numbers)

    def across(day: date) -> str:
        return f"{MARGIN + (WIDTH - 2 * MARGIN) * (day - first).days / span:.1f}"

    def down(number: Decimal) -> str:
        share = Decimal("0.5") if high == low else (number - low) / (high - low)
        up = float(share) if better == HIGHER else 1 - float(share)
        return f"{HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * up:.1f}"

    def line(points: Sequence[Point]) -> str:
        return " ".join(f"{across(day)},{down(number)}" for day, number in points)

    whisker = (across(ahead.on), down(ahead.high), down(ahead.low)) if ahead else None
    dots = tuple((across(day), down(number)) for day, number in values)
    return Picture(line(way), line(values) if len(values) > 1 else "", dots, (across(aim[0]), down(aim[1])), whisker)
