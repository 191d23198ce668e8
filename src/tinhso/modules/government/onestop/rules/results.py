"""What holds of an issued result: until when, whether it is in force, what the clerk writes on it. No database, no clock."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

Standing = Literal["waiting", "in_force", "expired", "withdrawn"]
SAYS_OF_RESULT = "seal_result"


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a result decides how it stands."""

    has_number: bool
    is_withdrawn: bool
    valid_to: date | None


def standing_of(facts: Facts, today: date) -> Standing:
    """Whether a result is in force on a day; withdrawn goes before expired."""
    if facts.is_withdrawn:
        return "withdrawn"
    if not facts.has_number:
        return "waiting"
    return "expired" if facts.valid_to and today > facts.valid_to else "in_force"


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day (Civil Code 2015, Art 147-148)."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def written_day(day: date) -> str:
    """A day as it stands on official paper: "ngày 05 tháng 02 năm 2026"."""
    month = f"{day.month:02d}" if day.month in {1, 2} else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
