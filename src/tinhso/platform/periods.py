"""Months, quarters and years, as figures are asked for; days are Vietnam's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from tinhso.kernel.worktime import VIETNAM

ROMAN: Final = ("I", "II", "III", "IV")
EARLIEST, LATEST = 1945, 2200
LONGEST_MONTHS: Final = 600
LONGEST_TEXT: Final = 40
MONTHS_OFFERED, QUARTERS_OFFERED, YEARS_OFFERED = 12, 4, 2


class NoPeriod(ValueError):
    """A text that names no period; the message says how one is written."""

    def __init__(self, text: str) -> None:
        self.vi = f"“{text[:40]}” không phải là kỳ. Hãy viết như 2026-11, 2026-Q4, 2026 hoặc 2026-01..2026-06."
        self.en = f"“{text[:40]}” is no period. Write 2026-11, 2026-Q4, 2026 or 2026-01..2026-06."
        super().__init__(self.vi)


@dataclass(frozen=True, slots=True)
class Period:
    """A run of whole months, the first and the last given by their first days."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.last.day != 1 or self.last < self.first:
            raise NoPeriod(f"{self.first}..{self.last}")

    @property
    def code(self) -> str:
        """How it is written in addresses, as short as it can be."""
        first, months = self.first, self.count
        if months == 1:
            return f"{first:%Y-%m}"
        if months == 3 and first.month % 3 == 1:
            return f"{first.year}-Q{first.month // 3 + 1}"
        if months == 12 and first.month == 1:
            return f"{first.year}"
        return f"{first:%Y-%m}..{self.last:%Y-%m}"

    @property
    def count(self) -> int:
        """How many months."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def name(self) -> str:
        """How people call it."""
        code, first = self.code, self.first
        if self.count == 1:
            return _("tháng %(month)s/%(year)s") % {"month": first.month, "year": first.year}
        if "Q" in code:
            return _("quý %(quarter)s/%(year)s") % {"quarter": ROMAN[first.month // 3], "year": first.year}
        if len(code) == 4:
            return _("năm %(year)s") % {"year": first.year}
        return f"{first:%m/%Y}–{self.last:%m/%Y}"

    def months(self) -> Iterator[date]:
        """The first day of each month, in order."""
        month = self.first
        while month <= self.last:
            yield month
            month = next_month(month)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_of(moment: datetime) -> date:
    """The first day of the month in which that moment lies in Vietnam."""
    return moment.astimezone(VIETNAM).date().replace(day=1)


def months_back(month: date, count: int) -> date:
    """The first day of the month `count` months before."""
    whole = month.year * 12 + month.month - 1 - count
    return date(whole // 12, whole % 12 + 1, 1)


def last_months(now: datetime, count: int) -> Period:
    """The month of that moment and those before it, `count` in all."""
    month = month_of(now)
    return Period(months_back(month, count - 1), month)


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """When the month begins and ends (exclusive) in Vietnam."""
    after = next_month(month)
    return datetime(month.year, month.month, 1, tzinfo=VIETNAM), datetime(after.year, after.month, 1, tzinfo=VIETNAM)


def read_period(text: str) -> Period:
    """
    The period written as 2026-11, 2026-Q4, 2026 or 2026-01..2026-06.

    :raises NoPeriod: it is none of these, or longer than fifty years
    """
    first, dots, last = text.strip().partition("..")
    if len(text) > LONGEST_TEXT:
        raise NoPeriod(text)
    if dots:
        period = Period(read_period(first).first, read_period(last).last)
        if period.count > LONGEST_MONTHS:
            raise NoPeriod(text)
        return period
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", first, re.ASCII):
        start = _month(text, found[1], str(int(found[2]) * 3 - 2))
        return Period(start, months_back(start, -2))
    if found := re.fullmatch(r"(\d{4})(?:-(\d\d))?", first, re.ASCII):
        start = _month(text, found[1], found[2] or "1")
        return Period(start, start if found[2] else months_back(start, -11))
    raise NoPeriod(text)


def offered_periods(now: datetime, chosen: Period) -> list[Period]:
    """What a choice of periods offers: months, quarters and years, the latest of each first; before them what is chosen."""
    this = month_of(now)
    months = [Period(month, month) for month in (months_back(this, back) for back in range(MONTHS_OFFERED))]
    quarter = months_back(this, (this.month - 1) % 3)
    starts = [months_back(quarter, 3 * back) for back in range(QUARTERS_OFFERED)]
    quarters = [Period(start, months_back(start, -2)) for start in starts]
    years = [read_period(str(this.year - back)) for back in range(YEARS_OFFERED)]
    offered = [*months, *quarters, *years]
    return offered if chosen in offered else [chosen, *offered]


def _month(text: str, year: str, month: str) -> date:
    if not (EARLIEST <= int(year) <= LATEST and 1 <= int(month) <= 12):
        raise NoPeriod(text)
    return date(int(year), int(month), 1)
