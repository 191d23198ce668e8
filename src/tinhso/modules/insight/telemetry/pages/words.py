"""How devices and their values are said: badges of states, numbers with units, when something was."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tinhso.modules.insight.telemetry import queries
from tinhso.modules.insight.telemetry.rules.kinds import Measure
from tinhso.platform.units.queries import get_units
from tinhso.platform.wording import language, number, said

STATES: dict[str, tuple[str, Promise]] = {
    "trouble": ("late", gettext_lazy("Vượt ngưỡng")),
    "silent": ("", gettext_lazy("Mất tín hiệu")),
    "warning": ("soon", gettext_lazy("Cần chú ý")),
    "well": ("ok", gettext_lazy("Trong ngưỡng")),
    "paused": ("", gettext_lazy("Tạm dừng")),
    "retired": ("", gettext_lazy("Đã bỏ")),
}
KIND_OF_LEVEL = {"trouble": "late", "warning": "soon"}
REVIEWS: dict[str, tuple[str, Promise]] = {
    "waiting": ("soon", gettext_lazy("Chờ xem xét")),
    "confirmed": ("ok", gettext_lazy("Đã xác nhận")),
    "rejected": ("", gettext_lazy("Đã bác bỏ")),
}


def badge(state: str) -> dict[str, str]:
    """A device's state as a badge."""
    kind, text = STATES[state]
    return {"kind": kind, "text": str(text)}


def amount(value: queries.Value) -> str:
    """A value in digits, without its unit."""
    return number(value.amount, value.measure.decimals, value.measure.decimals)


def digits(value: float, measure: Measure) -> str:
    """A number of that measure in digits."""
    return number(Decimal(repr(round(value, 6))), measure.decimals, measure.decimals)


def unit_of(measure: Measure) -> str:
    """The unit of a measure in the reader's language."""
    return said(measure.unit)


def with_unit(value: queries.Value) -> str:
    """A value with its unit; a percent sign stands close."""
    unit = unit_of(value.measure)
    return f"{amount(value)}{'' if unit == '%' else ' '}{unit}"


def ago(at: datetime | None, now: datetime) -> str:
    """How long ago something was."""
    if at is None:
        return _("chưa lần nào")
    minutes = int((now - at) / timedelta(minutes=1))
    if minutes < 1:
        return _("vừa xong")
    if minutes < 60:
        return ngettext("%(count)d phút trước", "%(count)d phút trước", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)d giờ trước", "%(count)d giờ trước", hours) % {"count": hours}
    return ngettext("%(count)d ngày trước", "%(count)d ngày trước", hours // 24) % {"count": hours // 24}


def percent(share: float | None) -> str:
    """A share (0 to 1) in percent; a dash where it is not known."""
    return f"{number(Decimal(str(round(share * 100, 1))), 1)}%" if share is not None else "–"


def name_units(keys: Any) -> dict[str, str]:
    """The names of units by key; a key that is no unit stands for itself."""
    wanted = {key for key in keys if key}
    found = get_units(wanted)
    return {key: found[key].name_in(language()) if key in found else key for key in wanted}
