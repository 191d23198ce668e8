"""The only readers of indicators: definitions, figures over time, the cases behind them, what is so now, the warehouse's health."""

from tinhso.modules.insight.indicators.queries.board import THEN, Board, NoIndicator, read_board
from tinhso.modules.insight.indicators.queries.checking import verify_warehouse
from tinhso.modules.insight.indicators.queries.definitions import list_definitions, list_statements, read_definitions
from tinhso.modules.insight.indicators.queries.drafts import DraftFailed, Trial, try_draft
from tinhso.modules.insight.indicators.queries.drilling import Closed, DrilledCase, DrillPage, list_drilled
from tinhso.modules.insight.indicators.queries.ground import Ground, province_of, read_ground
from tinhso.modules.insight.indicators.queries.live import Live, count_live
from tinhso.modules.insight.indicators.queries.warehouse import get_manifest

__all__ = [
    "THEN",
    "Board",
    "Closed",
    "DraftFailed",
    "DrillPage",
    "DrilledCase",
    "Ground",
    "Live",
    "NoIndicator",
    "Trial",
    "count_live",
    "get_manifest",
    "list_definitions",
    "list_drilled",
    "list_statements",
    "province_of",
    "read_board",
    "read_definitions",
    "read_ground",
    "try_draft",
    "verify_warehouse",
]
