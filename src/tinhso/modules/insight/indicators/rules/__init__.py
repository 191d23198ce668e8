"""What indicators decide without database and clock: cards, periods, figures, the warehouse's columns and contents."""

from tinhso.kernel.worktime import VIETNAM
from tinhso.modules.insight.indicators.rules.cards import (
    GROUPS,
    MEASURES,
    BadIndicators,
    Card,
    Definition,
    Measure,
    problem,
    read_definition,
)
from tinhso.modules.insight.indicators.rules.columns import CASES, COUNTED_FACTS, FACTS, TABLES, Table
from tinhso.modules.insight.indicators.rules.figures import (
    STALE_AFTER,
    Chart,
    Figure,
    Which,
    draw_chart,
    exact,
    from_the_first,
    units_open_to,
)
from tinhso.modules.insight.indicators.rules.hiding import FEW, REST, PublicMonth, is_hidden_from, publish
from tinhso.modules.insight.indicators.rules.manifests import Manifest, Partition, Run, read_manifest, written
from tinhso.modules.insight.indicators.rules.maps import level_of, levels, most_urgent
from tinhso.modules.insight.indicators.rules.selects import Pieces, find_fleeting, take_apart
from tinhso.platform.periods import (
    NoPeriod,
    Period,
    last_months,
    month_bounds,
    month_of,
    months_back,
    next_month,
    read_period,
)

__all__ = [
    "CASES",
    "COUNTED_FACTS",
    "FACTS",
    "FEW",
    "GROUPS",
    "MEASURES",
    "REST",
    "STALE_AFTER",
    "TABLES",
    "VIETNAM",
    "BadIndicators",
    "Card",
    "Chart",
    "Definition",
    "Figure",
    "Manifest",
    "Measure",
    "NoPeriod",
    "Partition",
    "Period",
    "Pieces",
    "PublicMonth",
    "Run",
    "Table",
    "Which",
    "draw_chart",
    "exact",
    "find_fleeting",
    "from_the_first",
    "is_hidden_from",
    "last_months",
    "level_of",
    "levels",
    "month_bounds",
    "month_of",
    "months_back",
    "most_urgent",
    "next_month",
    "problem",
    "publish",
    "read_definition",
    "read_manifest",
    "read_period",
    "take_apart",
    "units_open_to",
    "written",
]
