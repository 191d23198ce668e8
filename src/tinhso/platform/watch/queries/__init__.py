"""The only readers of what is watched: rules in force, warnings that hold, the usual pace."""

from tinhso.platform.watch.queries.looking import LOOKERS, Found
from tinhso.platform.watch.queries.paces import PaceRow, list_paces
from tinhso.platform.watch.queries.standing import (
    Warned,
    count_warned,
    count_warnings,
    list_rules,
    list_warned,
    list_warnings_of,
)

__all__ = [
    "LOOKERS",
    "Found",
    "PaceRow",
    "Warned",
    "count_warned",
    "count_warnings",
    "list_paces",
    "list_rules",
    "list_warned",
    "list_warnings_of",
]
