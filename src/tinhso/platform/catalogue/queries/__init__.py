"""The only readers of the catalogue: finding, what the portal says of a procedure, reports, comparisons."""

from tinhso.platform.catalogue.queries.finding import (
    by_life_event,
    find_entry,
    find_procedures,
    forget_index,
    get_index,
    list_entries,
    list_life_events,
)
from tinhso.platform.catalogue.queries.records import (
    NoSuchRecord,
    Told,
    VersionRow,
    count_held,
    find_told,
    get_version,
    list_versions,
)

__all__ = [
    "NoSuchRecord",
    "Told",
    "VersionRow",
    "by_life_event",
    "count_held",
    "find_entry",
    "find_procedures",
    "find_told",
    "forget_index",
    "get_index",
    "get_version",
    "list_entries",
    "list_life_events",
    "list_versions",
]
