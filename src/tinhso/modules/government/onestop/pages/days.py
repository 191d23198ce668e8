"""Why that day, as a picture: a small calendar from the receipt to the promised day."""

from typing import Any

from django.utils.translation import gettext as _

from tinhso.kernel.worktime import Due, StripDay, draw_strip, weeks_of
from tinhso.modules.government.onestop.rules import SHORT_WEEKDAYS, in_words


def days_of(due: Due | None) -> dict[str, Any] | None:
    """The calendar as the component `days` takes it; None without a due date, or where it would be too long to look at."""
    days = draw_strip(due) if due else ()
    if not days:
        return None
    weeks = [[_cell(day, day is days[0]) if day else None for day in week] for week in weeks_of(days)]
    return {"heads": [str(name) for name in SHORT_WEEKDAYS], "weeks": weeks}


def _cell(day: StripDay, is_first: bool) -> dict[str, str]:  # noqa: FBT001 - made in one place
    label, said = _words(day)
    if day.is_due:
        label = _("hẹn trả")
    kind = "due" if day.is_due else day.kind or "off"
    shown = f"{day.on.day}/{day.on.month}" if is_first or day.on.day == 1 or day.is_due else str(day.on.day)
    return {"day": shown, "kind": kind, "label": label, "said": said}


def _words(day: StripDay) -> tuple[str, str]:
    """A word or two for the cell, and where there is one, the whole reason."""
    name = in_words(day.name) if day.name else ""
    if day.kind == "received":
        return _("nhận"), ""
    if day.kind == "zero":
        return _("ngày 0"), _("ngày nhận không tính")
    if day.kind == "counted":
        return (_("ngày %(number)s") % {"number": day.number} if day.number else _("tính")), name
    if day.kind == "paused":
        return _("dừng"), name
    return _("nghỉ"), name
