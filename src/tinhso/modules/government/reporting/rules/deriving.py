"""Which figures of this platform may fill a cell by themselves: counts of dossiers over a period's days, and indicators by month."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INDICATOR: Final = "indicator:"
PARTS: Final = ("value", "numerator", "denominator")
# What is counted of the dossiers of a unit and of all below it, over the days of the period.
SOURCES: Final[dict[str, Promise]] = {
    "cases.filed_online": _("hồ sơ nộp trực tuyến trong kỳ"),
    "cases.filed_direct": _("hồ sơ nộp trực tiếp, qua bưu chính hoặc nhờ nộp trong kỳ"),
    "cases.carried_over": _("hồ sơ từ kỳ trước chuyển sang"),
    "cases.resolved_early": _("hồ sơ giải quyết trước hạn"),
    "cases.resolved_on_time": _("hồ sơ giải quyết đúng hạn"),
    "cases.resolved_late": _("hồ sơ giải quyết quá hạn"),
    "cases.open_in_time": _("hồ sơ đang giải quyết, trong hạn"),
    "cases.open_late": _("hồ sơ đang giải quyết, quá hạn"),
}


def is_known_source(source: str) -> bool:
    """Whether a template may name it."""
    return source in SOURCES or (source.startswith(INDICATOR) and len(source) > len(INDICATOR))


def indicator_period(cut_off_year: int, cut_off_month: int, kind: str) -> str:
    """
    The calendar period whose indicators stand beside a reporting period that ends in that month.

    Indicators are counted by whole months; a report says so where it takes them.
    """
    quarter = (cut_off_month - 1) // 3 + 1
    half = f"{cut_off_year}-01..{cut_off_year}-06" if cut_off_month <= 6 else f"{cut_off_year}-07..{cut_off_year}-12"
    return {"quarter": f"{cut_off_year}-Q{quarter}", "half": half, "year": f"{cut_off_year}"}.get(
        kind, f"{cut_off_year}-{cut_off_month:02d}"
    )
