"""Where a line through the values so far leads on the day of the deadline, and how far off that may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from tinhso.modules.insight.plans.rules.numbers import HIGHER, Quantity, meets
from tinhso.modules.insight.plans.rules.paths import Point

FEWEST: Final = 3
DAYS_IN_YEAR: Final = Decimal("365.25")
# Student's t, 95% from one side: so 90% of what comes lies between the two ends, if the values scatter around a line.
T95: Final = tuple(
    Decimal(each)
    for each in (
        *("6.314", "2.920", "2.353", "2.132", "2.015", "1.943", "1.895", "1.860", "1.833", "1.812"),
        *("1.796", "1.782", "1.771", "1.761", "1.753", "1.746", "1.740", "1.734", "1.729", "1.725"),
        *("1.721", "1.717", "1.714", "1.711", "1.708", "1.706", "1.703", "1.701", "1.699", "1.697"),
    )
)
T95_OF_MANY: Final = Decimal("1.645")
Outlook = Literal["likely", "open", "unlikely"]


@dataclass(frozen=True, slots=True)
class Forecast:
    """A straight line's number on a day, with the ends of its 90% prediction interval, and from how many values."""

    on: date
    number: Decimal
    low: Decimal
    high: Decimal
    count: int


def forecast(
    values: Sequence[Point], on: date, least: Decimal | None = None, most: Decimal | None = None
) -> Forecast | None:
    """
    Ordinary least squares through dated values, carried on to that day; None with fewer than three different days or none ahead.

    :param least: what can be at least (0 of a share), `most` at most; the ends stop there
    """
    days = {day for day, _ in values}
    if len(days) < FEWEST or on <= max(days):
        return None
    count = Decimal(len(values))
    x = [Decimal((day - on).days) / DAYS_IN_YEAR for day, _ in values]
    y = [number for _, number in values]
    mean_x, mean_y = sum(x, Decimal(0)) / count, sum(y, Decimal(0)) / count
    spread = sum(((each - mean_x) ** 2 for each in x), Decimal(0))
    slope = sum(((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)), Decimal(0)) / spread
    at = mean_y - slope * mean_x
    left = sum(((b - mean_y - slope * (a - mean_x)) ** 2 for a, b in zip(x, y, strict=True)), Decimal(0))
    freedom = len(values) - 2
    wide = (left / freedom * (1 + 1 / count + mean_x**2 / spread)).sqrt() * _t(freedom)
    middle, low, high = (_within(each, least, most) for each in (at, at - wide, at + wide))
    return Forecast(on, middle, low, high, len(values))


def _t(freedom: int) -> Decimal:
    return T95[freedom - 1] if freedom <= len(T95) else T95_OF_MANY


def _within(number: Decimal, least: Decimal | None, most: Decimal | None) -> Decimal:
    number = number if least is None else max(least, number)
    return number if most is None else min(most, number)


def outlook_of(found: Forecast, target: Quantity, better: str) -> Outlook:
    """Whether the whole interval meets the target, none of it, or some."""
    worst, best = (found.low, found.high) if better == HIGHER else (found.high, found.low)
    if meets(Quantity("=", worst), target, better):
        return "likely"
    return "open" if meets(Quantity("=", best), target, better) else "unlikely"
