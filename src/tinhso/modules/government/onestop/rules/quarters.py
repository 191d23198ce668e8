"""Periods of evaluation: a quarter or a year, as it is written in an address, and its bounds in Vietnam's time."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from tinhso.kernel.worktime import VIETNAM


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter of one year."""

    year: int
    number: int

    def __str__(self) -> str:
        """As it is written: 2026-Q4."""
        return f"{self.year}-Q{self.number}"

    @property
    def first_on(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def following(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Its first moment, and the first moment after it."""
        start, end = (datetime.combine(each.first_on, time.min, tzinfo=VIETNAM) for each in (self, self.following))
        return start, end


def quarter_of(on: date) -> Quarter:
    """The quarter that a day lies in."""
    return Quarter(on.year, (on.month + 2) // 3)


def read_period(written: str, today: date) -> tuple[Quarter, ...]:
    """The quarters of "2026-Q4" or "2026"; the present quarter for anything else, or what no calendar holds."""
    found = re.fullmatch(r"(20[0-9]{2})(?:-Q([1-4]))?", written)
    if found is None:
        return (quarter_of(today),)
    year = int(found[1])
    return (Quarter(year, int(found[2])),) if found[2] else tuple(Quarter(year, number) for number in range(1, 5))


def recent_periods(today: date, count: int = 5) -> list[str]:
    """The periods to choose from: the last quarters and the years they lie in, the newest first."""
    quarters, each = [], quarter_of(today)
    for _step in range(count):
        quarters.append(each)
        each = Quarter(each.year - 1, 4) if each.number == 1 else Quarter(each.year, each.number - 1)
    years = sorted({each.year for each in quarters}, reverse=True)
    return [*map(str, quarters), *map(str, years)]
