"""The readers of telemetry."""

from tinhso.modules.insight.telemetry.queries.courses import (
    Asked,
    count_archived,
    count_waiting,
    read_course,
    read_values,
    verify_archive,
)
from tinhso.modules.insight.telemetry.queries.definitions import find_problems, get_definitions
from tinhso.modules.insight.telemetry.queries.senders import find_sender_by_key, find_senders, get_kind

__all__ = [
    "Asked",
    "count_archived",
    "count_waiting",
    "find_problems",
    "find_sender_by_key",
    "find_senders",
    "get_definitions",
    "get_kind",
    "read_course",
    "read_values",
    "verify_archive",
]
