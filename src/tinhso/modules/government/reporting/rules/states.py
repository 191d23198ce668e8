"""The states of a report and what they mean: which may be filled in, which count in a sum, what is late."""

from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ASSIGNED, DRAFTING, PROPOSED, SUBMITTED = "assigned", "drafting", "proposed", "submitted"
RETURNED, APPROVED, AGGREGATED, SENT_UP, REOPENED = "returned", "approved", "aggregated", "sent_up", "reopened"
FILLED_IN: Final = frozenset({ASSIGNED, DRAFTING, RETURNED, AGGREGATED, REOPENED})
COUNTED: Final = frozenset({SUBMITTED, APPROVED})  # of those below, these are in the sum
OWED: Final = FILLED_IN | {PROPOSED}
NAMES: Final[dict[str, Promise]] = {
    ASSIGNED: _("Được giao"),
    DRAFTING: _("Đang điền"),
    PROPOSED: _("Chờ ký"),
    SUBMITTED: _("Đã nộp, chờ duyệt"),
    RETURNED: _("Bị trả lại"),
    APPROVED: _("Đã duyệt"),
    AGGREGATED: _("Đã tổng hợp"),
    SENT_UP: _("Đã gửi lên trên"),
    REOPENED: _("Mở lại để sửa"),
}


def is_late(came_at: datetime | None, due_at: datetime, now: datetime) -> bool:
    """Whether a report came after it was due, or has not come and is due already."""
    return (came_at or now) > due_at
