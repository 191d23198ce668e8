"""The only readers of reporting."""

from tinhso.modules.government.reporting.queries.deriving import derive_cells, list_behind
from tinhso.modules.government.reporting.queries.lists import (
    count_due,
    list_assignable,
    list_of_receiver,
    list_reports,
    list_untouched,
)
from tinhso.modules.government.reporting.queries.overviews import Overview, read_overview
from tinhso.modules.government.reporting.queries.reading import (
    NoReport,
    NotYours,
    ReportView,
    list_versions,
    read_children,
    read_report,
    read_version,
    view_of,
)
from tinhso.modules.government.reporting.queries.regimes import (
    NoRegime,
    find_pack_problems,
    get_regime,
    is_officer,
    list_regimes,
    period_end,
    regime_on,
)
from tinhso.modules.government.reporting.queries.reporters import Assignment, assignments_of, home_province_of

__all__ = [
    "Assignment",
    "NoRegime",
    "NoReport",
    "NotYours",
    "Overview",
    "ReportView",
    "assignments_of",
    "count_due",
    "derive_cells",
    "find_pack_problems",
    "get_regime",
    "home_province_of",
    "is_officer",
    "list_assignable",
    "list_behind",
    "list_of_receiver",
    "list_regimes",
    "list_reports",
    "list_untouched",
    "list_versions",
    "period_end",
    "read_children",
    "read_overview",
    "read_report",
    "read_version",
    "regime_on",
    "view_of",
]
