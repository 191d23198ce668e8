"""The only readers of what is watched: rules in force, warnings that hold, the usual pace."""

from tinhso.platform.watch.queries.looking import LOOKERS, Found
from tinhso.platform.watch.queries.paces import HandledRow, PaceRow, list_handled, list_paces
from tinhso.platform.watch.queries.progress import (
    BUCKETS,
    AwaitedCount,
    HeldCount,
    Part,
    Standing,
    count_awaited,
    count_held,
    count_standing,
    list_parts,
)
from tinhso.platform.watch.queries.standing import (
    Warned,
    count_warned,
    count_warnings,
    list_rules,
    list_warned,
    list_warnings_of,
)

__all__ = [
    "BUCKETS",
    "LOOKERS",
    "AwaitedCount",
    "Found",
    "HandledRow",
    "HeldCount",
    "PaceRow",
    "Part",
    "Standing",
    "Warned",
    "count_awaited",
    "count_held",
    "count_standing",
    "count_warned",
    "count_warnings",
    "list_handled",
    "list_paces",
    "list_parts",
    "list_rules",
    "list_warned",
    "list_warnings_of",
]
