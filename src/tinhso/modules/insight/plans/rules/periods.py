"""What time a figure is of: a year, half, quarter, month or day as people write it; its last day is the figure's day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

EARLIEST: Final = 1975
LATEST: Final = 2100


class NoPeriod(ValueError):
    """A text that names no period; the message says how one is written."""

    def __init__(self, text: str) -> None:
        self.vi = f"“{text[:30]}” không phải là kỳ. Hãy viết như 2025, 2025-H1, 2025-Q4, 2025-11 hoặc 2025-11-30."
        self.en = f"“{text[:30]}” is no period. Write 2025, 2025-H1, 2025-Q4, 2025-11 or 2025-11-30."
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time by its code, its first and its last day."""

    code: str
    first: date
    last: date


def read_period(text: str) -> Period:
    """The period of that code. :raises NoPeriod: it is none, or not between 1975 and 2100"""
    found = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})(?:-(\d{2}))?))?", text.strip().upper(), re.ASCII)
    if not found or not EARLIEST <= int(found[1]) <= LATEST:
        raise NoPeriod(text)
    year, quarter, half, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            on = date(year, month, day)
            return Period(found[0], on, on)
        if month:
            return Period(found[0], date(year, month, 1), _end(year, month))
    except ValueError as wrong:
        raise NoPeriod(text) from wrong
    if quarter:
        return Period(found[0], date(year, quarter * 3 - 2, 1), _end(year, quarter * 3))
    if half:
        return Period(found[0], date(year, half * 6 - 5, 1), _end(year, half * 6))
    return Period(found[0], date(year, 1, 1), date(year, 12, 31))


def _end(year: int, month: int) -> date:
    first = date(year, month, 1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
