"""The writers of telemetry."""

from tinhso.modules.insight.telemetry.actions.archiving import archive_waiting, tidy_archive
from tinhso.modules.insight.telemetry.actions.devices import add_device, move_device, renew_key, set_state
from tinhso.modules.insight.telemetry.actions.forgetting import forget_past
from tinhso.modules.insight.telemetry.actions.keeping import (
    KeyReused,
    Message,
    Outcome,
    count_unkept,
    keep_messages,
    keep_once,
)
from tinhso.modules.insight.telemetry.actions.loading import load_invented, load_past
from tinhso.modules.insight.telemetry.actions.ordering import give_order, note_sent
from tinhso.modules.insight.telemetry.actions.reviewing import review_event

__all__ = [
    "KeyReused",
    "Message",
    "Outcome",
    "add_device",
    "archive_waiting",
    "count_unkept",
    "forget_past",
    "give_order",
    "keep_messages",
    "keep_once",
    "load_invented",
    "load_past",
    "move_device",
    "note_sent",
    "renew_key",
    "review_event",
    "set_state",
    "tidy_archive",
]
