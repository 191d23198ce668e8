"""Dates as people type them, whole or with an unknown day or month, and as they are kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

EARLIEST, LATEST = 1850, 2150
_KEPT = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
_TYPED = re.compile(r"(?:(?:(?P<day>\d{1,2})[/.\- ]+)?(?P<month>\d{1,2})[/.\- ]+)?(?P<year>\d{4})", re.ASCII)
PARTS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class LooseDate:
    """A date of which day, or day and month, may be unknown (None), as for elders whose papers name a year only."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether day and month are known."""
        return self.day is not None

    @property
    def kept(self) -> str:
        """As it is kept: ISO 8601, cut short where it is unknown: "1950", "1950-03", "1950-03-09"."""
        later = (f"{part:02d}" for part in (self.month, self.day) if part is not None)
        return "-".join([f"{self.year:04d}", *later])

    @property
    def shown(self) -> str:
        """As it is read: "1950", "03/1950", "09/03/1950"."""
        return "/".join(reversed(self.kept.split("-")))

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can be."""
        if self.day is not None:
            return self.first
        month = self.month or 12
        after = date(self.year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(after.toordinal() - 1)


class NoDate(ValueError):
    """What was typed is no date; `code` is "not_a_date" or "incomplete_date"."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def parse_date(answer: object) -> LooseDate:
    """
    Read a date: ISO text, dd/MM/yyyy as typed, three parts {day, month, year} of which some may be empty, or a date.

    :raises NoDate: there is no such day, or something is missing
    """
    if isinstance(answer, date):
        return LooseDate(answer.year, answer.month, answer.day)
    if isinstance(answer, Mapping):
        return _from_parts(*(str(answer.get(part, "") or "").strip() for part in PARTS))
    match = _KEPT.fullmatch(str(answer).strip()) or _TYPED.fullmatch(str(answer).strip())
    if match is None or not isinstance(answer, str):
        raise NoDate("not_a_date")
    return _from_parts(match["day"] or "", match["month"] or "", match["year"])


def _from_parts(day: str, month: str, year: str) -> LooseDate:
    if not year or (day and not month):
        raise NoDate("incomplete_date")
    if not all(re.fullmatch(r"\d{1,4}", part, re.ASCII) for part in (day, month, year) if part):
        raise NoDate("not_a_date")
    found = LooseDate(int(year), int(month) if month else None, int(day) if day else None)
    try:
        is_real = EARLIEST <= found.year <= LATEST and found.first is not None
    except ValueError:
        is_real = False
    if not is_real:
        raise NoDate("not_a_date")
    return found


def parts_of(answer: object) -> dict[str, str]:
    """Day, month and year to put into three boxes; what is no date comes back as it was typed."""
    if isinstance(answer, Mapping):
        return {part: str(answer.get(part, "") or "") for part in PARTS}
    try:
        found = parse_date(answer) if answer else None
    except NoDate:
        return {"day": "", "month": "", "year": str(answer)[:20]}
    if found is None:
        return dict.fromkeys(PARTS, "")
    return {part: "" if (value := getattr(found, part)) is None else str(value) for part in PARTS}
