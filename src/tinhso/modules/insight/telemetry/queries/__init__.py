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
from tinhso.modules.insight.telemetry.queries.devices import (
    DeviceRow,
    Value,
    Wanted,
    find_device,
    find_last_moment,
    list_devices,
    list_kinds,
    list_placements,
    read_up_shares,
)
from tinhso.modules.insight.telemetry.queries.events import ON_A_PAGE as EVENTS_ON_A_PAGE
from tinhso.modules.insight.telemetry.queries.events import (
    EventRow,
    count_today,
    count_waiting_events,
    find_event,
    list_events,
    list_refusals,
)
from tinhso.modules.insight.telemetry.queries.ground import Ground, read_ground
from tinhso.modules.insight.telemetry.queries.orders import (
    OrderRow,
    list_orders,
    list_unanswered,
    list_unsent,
    tell_order,
)
from tinhso.modules.insight.telemetry.queries.readings import is_archive_behind, list_readings
from tinhso.modules.insight.telemetry.queries.senders import (
    find_sender_by_key,
    find_senders,
    get_kind,
    list_key_hashes,
    secret_of_invented,
)

__all__ = [
    "EVENTS_ON_A_PAGE",
    "Asked",
    "DeviceRow",
    "EventRow",
    "Ground",
    "OrderRow",
    "Value",
    "Wanted",
    "count_archived",
    "count_today",
    "count_waiting",
    "count_waiting_events",
    "find_device",
    "find_event",
    "find_last_moment",
    "find_problems",
    "find_sender_by_key",
    "find_senders",
    "get_definitions",
    "get_kind",
    "is_archive_behind",
    "list_devices",
    "list_events",
    "list_key_hashes",
    "list_kinds",
    "list_orders",
    "list_placements",
    "list_readings",
    "list_refusals",
    "list_unanswered",
    "list_unsent",
    "read_course",
    "read_ground",
    "read_up_shares",
    "read_values",
    "secret_of_invented",
    "tell_order",
    "verify_archive",
]
