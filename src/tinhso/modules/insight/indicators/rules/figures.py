"""A figure: never naked, never finer than may be seen; how it reads, and how a line of them is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal

from tinhso.modules.insight.indicators.rules.cards import Card, Measure
from tinhso.platform.people.rules import ADMINISTRATOR, HELPER, LEADER, Actor
from tinhso.platform.periods import Period

STALE_AFTER: Final = timedelta(minutes=2)
Which = Literal["numerator", "denominator", "failed"]
STEP, FINE_STEP, MANY = Decimal("0.1"), Decimal("0.01"), 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One figure with all that belongs to it. `unit_key` is empty for everything in this installation.

    `value` is None where nothing was counted or where so little was that it is `hidden`; then both counts are 0. Where
    some of its months are hidden it is `partial`: it tells of the others.
    """

    card: Card
    unit_key: str
    period: Period
    numerator: int = 0
    denominator: int = 0
    as_of: datetime | None = None
    definition_sha256: str = ""
    source_sha256: str = ""
    hidden: bool = False
    partial: bool = False

    @property
    def value(self) -> Fraction | None:
        """The figure itself, exact."""
        if not self.denominator:
            return None
        return Fraction(self.numerator, self.denominator) * self.card.measure.factor

    @property
    def shown(self) -> Decimal | None:
        """The figure as it is told."""
        if self.value is None:
            return None
        is_fine = self.card.measure.is_share and self.denominator >= MANY
        return rounded(self.value, self.card.measure, FINE_STEP if is_fine else STEP)

    @property
    def meets_target(self) -> bool | None:
        """Whether the target is reached; None without a target or a value."""
        if self.value is None or self.card.target is None:
            return None
        target = Fraction(self.card.target)
        return self.value >= target if self.card.better == "higher" else self.value <= target

    def is_stale(self, now: datetime) -> bool:
        """Whether it is long since the warehouse was up to date."""
        return self.as_of is None or now - self.as_of > STALE_AFTER


def rounded(value: Fraction, measure: Measure, step: Decimal = STEP) -> Decimal:
    """
    To that step, half up; a share is told as 100 or 0 only when it is exactly that, so one late dossier shows.

    Shares of a thousand and more are told to two decimals, as provinces print them (98,96%).
    """
    number = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(step, ROUND_HALF_UP)
    if measure.is_share and number == 100 and value < 100:
        return Decimal(100) - step
    if measure.is_share and number == 0 and value > 0:
        return step
    return number


def exact(counted: int, measure: Measure) -> Decimal:
    """One counted value as it is told: the time of one dossier, say."""
    return rounded(counted * measure.factor, measure)


def units_open_to(actor: Actor | None, lineages: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """
    The units whose dossiers an officer may open from a figure: where a post is held, or below a leader's or administrator's.

    :param lineages: the keys from the country down to the unit itself, by unit
    """
    posts = (
        [post for post in actor.posts if not post.procedures and post.role != HELPER]
        if actor and actor.kind == "officer"
        else []
    )
    own = {post.unit_key for post in posts}
    above = {post.unit_key for post in posts if post.role in {LEADER, ADMINISTRATOR}}
    return frozenset(key for key, line in lineages.items() if key in own or above.intersection(line))


@dataclass(frozen=True, slots=True)
class Chart:
    """
    A line chart in percent of its box: horizontal rules with their numbers, points, the pieces of line between them.

    `months` has the place of every month; `target` the height of the target, None where there is none or it is outside.
    """

    rules: tuple[tuple[float, Decimal], ...]
    points: tuple[tuple[float, float, Figure], ...]
    pieces: tuple[tuple[float, float, float, float], ...]
    months: tuple[tuple[float, Figure], ...] = ()
    target: float | None = None


TOP, BOTTOM, LEFT, RIGHT = 10.0, 86.0, 14.0, 97.0
FEWEST_MONTHS: Final = 6
ROUND_STEPS: Final = tuple(Fraction(step) for step in ("1/2", "1", "5", "10", "50", "500", "5000"))
PLAIN: Final = Measure(Fraction(1), "")


def from_the_first(figures: Sequence[Figure], least: int = FEWEST_MONTHS) -> Sequence[Figure]:
    """The course from the first month that has a value on, but at least that many months."""
    first = next((place for place, figure in enumerate(figures) if figure.value is not None), 0)
    return figures[max(0, min(first, len(figures) - least)) :]


def draw_chart(figures: Sequence[Figure]) -> Chart | None:
    """The chart of figures in order of time; months without a value leave a gap. None with fewer than two values."""
    values = [(place, figure, figure.value) for place, figure in enumerate(figures) if figure.value is not None]
    if len(values) < 2:
        return None
    numbers = _rules([value for _, _, value in values], is_share=figures[0].card.measure.is_share)
    low, _middle, high = numbers

    def across(place: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * place / (len(figures) - 1), 2)

    def down(number: Fraction) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * float((number - low) / (high - low)), 2)

    points = tuple((across(place), down(value), figure) for place, figure, value in values)
    pieces = tuple(
        (points[n][0], points[n][1], points[n + 1][0], points[n + 1][1])
        for n in range(len(points) - 1)
        if values[n + 1][0] - values[n][0] == 1
    )
    rules = tuple((down(number), rounded(number, PLAIN)) for number in numbers)
    target = figures[0].card.target
    height = down(Fraction(target)) if target is not None and low <= target <= high else None
    return Chart(rules, points, pieces, tuple((across(place), each) for place, each in enumerate(figures)), height)


def _rules(values: Sequence[Fraction], *, is_share: bool) -> tuple[Fraction, Fraction, Fraction]:
    """Round numbers just below all values, in the middle, and just above; shares stay within 0 and 100."""
    low, high = min(values), max(values)
    step = next((step for step in ROUND_STEPS if high - low <= 4 * step), ROUND_STEPS[-1])
    bottom, top = floor(low / step), ceil(high / step)
    if bottom == top:
        bottom, top = bottom - 1, top + 1
    if (top - bottom) % 2:
        bottom, top = (bottom - 1, top) if is_share and top * step >= 100 else (bottom, top + 1)
    bottom, top = max(bottom, 0), min(top, int(100 / step)) if is_share else top
    return bottom * step, (bottom + top) // 2 * step, top * step
