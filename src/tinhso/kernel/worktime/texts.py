"""Words of working time in Vietnamese and English, and the errors that carry both."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Text(NamedTuple):
    """One sentence or name in both languages."""

    vi: str
    en: str


class WorktimeError(ValueError):
    """What a person must mend, said in Vietnamese (`vi`, also the message) and in English (`en`)."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en


class DurationError(WorktimeError):
    """A limit that is not a number with one of the six units."""


class CalendarError(WorktimeError):
    """A calendar, or its table of decided days, that cannot be used as it is written."""


class ClockError(WorktimeError):
    """Segments of a clock that contradict each other."""


class AlreadyExtendedError(ClockError):
    """A second extension was asked for; the law allows one."""


class TooLateToExtendError(ClockError):
    """The extension was not asked for before the date that was promised."""


def date_text(on: date) -> Text:
    """A day with its weekday: `thứ Hai 23/02/2026`, `Monday 23/02/2026`."""
    written = f"{on.day:02}/{on.month:02}/{on.year}"
    return Text(f"{WEEKDAYS_VI[on.weekday()]} {written}", f"{WEEKDAYS_EN[on.weekday()]} {written}")


def clock_text(at: datetime | time) -> str:
    """The time of day as on a desk's clock: `17:00`."""
    return f"{at.hour:02}:{at.minute:02}"


def number_text(number: Decimal | int) -> Text:
    """A number without needless zeros, with the decimal mark of each language: `0,5` and `0.5`."""
    written = f"{Decimal(number).normalize():f}"
    return Text(written.replace(".", ","), written)


def seconds_text(seconds: int) -> Text:
    """A stretch of time in hours and minutes: `3 giờ 30 phút`, `3 hours 30 minutes`."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    vi = [f"{hours} giờ"] * bool(hours) + [f"{minutes} phút"] * bool(minutes) + [f"{left} giây"] * bool(left)
    en = [plural(hours, "hour")] * bool(hours) + [plural(minutes, "minute")] * bool(minutes)
    en += [plural(left, "second")] * bool(left)
    return Text(" ".join(vi) or "0 phút", " ".join(en) or "0 minutes")


def plural(count: Decimal | int, noun: str) -> str:
    """An English noun after its number: `1 day`, `2 days`."""
    return f"{number_text(count).en} {noun}" + ("" if count == 1 else "s")


def capital(sentence: str) -> str:
    """The sentence with a capital first letter; the rest stays as it is."""
    return sentence[:1].upper() + sentence[1:]
