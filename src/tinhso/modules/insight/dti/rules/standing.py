"""Where a value would stand among the others as far as their values are known; what is not known is bounded, not guessed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

UNITS: Final = 10_000  # composites are told at four places: whole numbers of 0.0001
SLACK: Final = Fraction(1)  # a printed mean of printed values may be off by this much (in units) each


@dataclass(frozen=True, slots=True)
class Rival:
    """Another province: its rank (first and last where only a range is known) and its composite where it is known."""

    name: str
    rank: int | None
    rank_to: int | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Bounded:
    """What a rival's composite can be at least and at most; both are the same where it was published."""

    rival: Rival
    low: Decimal
    high: Decimal

    @property
    def is_known(self) -> bool:
        """Whether there is nothing to bound."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Standing:
    """The best and the worst rank a value can have; the same where nothing in between is unknown."""

    best: int
    worst: int

    @property
    def is_certain(self) -> bool:
        """Whether only one rank is possible."""
        return self.best == self.worst


def bound_rivals(rivals: Sequence[Rival], mean: Decimal | None = None, of: int | None = None) -> list[Bounded]:
    """
    The bounds of each rival's composite: no more than anybody ranked better, no less than anybody ranked worse.

    Where the mean of all is known and all `of` of them are here, it narrows the bounds: were one lower, even the highest
    values of the others could not make up the mean. A mean may be off by rounding, which is allowed for.
    """
    low, high = [_lowest(rival, rivals) for rival in rivals], [_highest(rival, rivals) for rival in rivals]
    if mean is not None and of == len(rivals) and all(rival.rank for rival in rivals):
        total = Fraction(mean) * UNITS * of
        low, high = _raised(rivals, low, high, total - SLACK * of), _lowered(rivals, low, high, total + SLACK * of)
    return [
        Bounded(rival, Decimal(least).scaleb(-4), Decimal(most).scaleb(-4))
        for rival, least, most in zip(rivals, low, high, strict=True)
    ]


def _units(value: Decimal) -> int:
    return int(value.scaleb(4))


def _highest(rival: Rival, rivals: Sequence[Rival]) -> int:
    if rival.value is not None:
        return _units(rival.value)
    above = [_units(each.value) for each in rivals if each.value is not None and _is_ahead(each, rival)]
    return min(above, default=UNITS)


def _lowest(rival: Rival, rivals: Sequence[Rival]) -> int:
    if rival.value is not None:
        return _units(rival.value)
    below = [_units(each.value) for each in rivals if each.value is not None and _is_ahead(rival, each)]
    return max(below, default=0)


def _is_ahead(first: Rival, second: Rival) -> bool:
    """Whether the first certainly has at least the value of the second."""
    if first.rank is None or second.rank is None or first is second:
        return False
    return (first.rank_to or first.rank) <= second.rank


def _raised(rivals: Sequence[Rival], low: list[int], high: list[int], least_total: Fraction) -> list[int]:
    """Lower bounds raised by the mean: with this one at x, all ranked no better have at most x."""

    def reaches(place: int) -> Callable[[int], bool]:
        rank = rivals[place].rank or 0
        ahead = sum(most for rival, most in zip(rivals, high, strict=True) if (rival.rank or 0) < rank)
        behind = [most for rival, most in zip(rivals, high, strict=True) if (rival.rank or 0) >= rank]
        return lambda x: ahead + sum(min(most, x) for most in behind) >= least_total

    return [_first(low[place], high[place], reaches(place)) for place in range(len(rivals))]


def _lowered(rivals: Sequence[Rival], low: list[int], high: list[int], most_total: Fraction) -> list[int]:
    """Upper bounds lowered by the mean: with this one at x, all ranked no worse have at least x."""

    def is_too_much(place: int) -> Callable[[int], bool]:
        rank = rivals[place].rank or 0
        behind = sum(least for rival, least in zip(rivals, low, strict=True) if (rival.rank or 0) > rank)
        ahead = [least for rival, least in zip(rivals, low, strict=True) if (rival.rank or 0) <= rank]
        return lambda x: behind + sum(max(least, x) for least in ahead) > most_total

    found = []
    for place in range(len(rivals)):
        too_much = is_too_much(place)
        first = _first(low[place], high[place], too_much)
        found.append(
            first - 1 if too_much(first) and first > low[place] else first if not too_much(first) else low[place]
        )
    return found


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The first number from low to high for which it holds (and then for all above); `high` where for none."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def standing_of(value: Decimal, others: Sequence[Bounded]) -> Standing:
    """The ranks that a value can have among the others; one who has the same value shares the rank."""
    return Standing(
        best=1 + sum(other.low > value for other in others), worst=1 + sum(other.high > value for other in others)
    )


def value_for_rank(rank: int, others: Sequence[Bounded]) -> Decimal:
    """The least value that surely stands at that rank or better, whatever the unknown values are."""
    highest = sorted((other.high for other in others), reverse=True)
    return highest[rank - 1] if rank <= len(highest) else Decimal(0)
