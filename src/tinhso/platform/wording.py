"""How numbers, days and moments are written for the reader: in Vietnamese 1.684,5 and 17:30 21/11/2026, in English 1,684.5."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal, Protocol

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tinhso.kernel.worktime import VIETNAM

_TO_VIETNAMESE = str.maketrans(",.", ".,")


class InTwoLanguages(Protocol):
    """Whatever says the same in Vietnamese and in English: a refusal, a problem, a text of a pack."""

    @property
    def vi(self) -> str:
        """What it says in Vietnamese."""
        ...

    @property
    def en(self) -> str:
        """What it says in English."""
        ...


def language() -> Literal["vi", "en"]:
    """The reader's language."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def said(one: InTwoLanguages) -> str:
    """What it says in the reader's language; in Vietnamese where there is no English."""
    return (language() == "en" and str(one.en)) or str(one.vi)


def number(value: Decimal | int, at_most: int = 4, at_least: int = 0) -> str:
    """A number as people write it: of its decimals at most and at least so many, rounded half up, no zeros behind."""
    english = f"{round_half_up(value, at_most) + 0:,f}"  # nothing stands below zero that is none
    whole, _point, decimals = english.partition(".")
    decimals = decimals.rstrip("0").ljust(at_least, "0")
    return in_digits(f"{whole}.{decimals}" if decimals else whole)


def round_half_up(value: Decimal | int, places: int) -> Decimal:
    """The value with so many decimals, half rounded away from zero, as decisions and reports round."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP")


def in_digits(english: str) -> str:
    """Digits written the English way, 1,684.5, as the reader writes them."""
    return english if language() == "en" else english.translate(_TO_VIETNAMESE)


def day(on: date | None) -> str:
    """A day, 21/11/2026; empty for none."""
    return f"{on:%d/%m/%Y}" if on else ""


def moment(at: datetime | None) -> str:
    """A moment in Vietnam's time, 17:30 21/11/2026; empty for none."""
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at else ""


def span(stretch: timedelta, at_most: int = 0) -> str:
    """
    A stretch of time as people say it: 12 phút, 1 giờ 3 phút, 2 ngày; days from the second on.

    With `at_most` hours and days have so many decimals: 5,1 giờ.
    """
    minutes = max(0, int(stretch.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(count)s phút", "%(count)s phút", minutes) % {"count": minutes}
    if minutes < 48 * 60:
        if at_most or not minutes % 60:
            hours = round_half_up(Decimal(minutes) / 60, at_most)
            return ngettext("%(count)s giờ", "%(count)s giờ", _form(hours)) % {"count": number(hours, at_most)}
        return _("%(hours)s giờ %(minutes)s phút") % {"hours": minutes // 60, "minutes": minutes % 60}
    days = round_half_up(Decimal(minutes) / 1440, at_most) if at_most else Decimal(minutes // 1440)
    return ngettext("%(count)s ngày", "%(count)s ngày", _form(days)) % {"count": number(days, at_most)}


def _form(count: Decimal) -> int:
    """1 where one is told, 2 where several or parts are."""
    return 1 if count == 1 else 2
