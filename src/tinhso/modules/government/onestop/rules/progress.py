"""Open dossiers of units against their deadlines, added up for pages and sheets. No database, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.worktime import VIETNAM

# What a bucket is called, and in which colour of the bar it counts.
BUCKETS: Final[Mapping[str, tuple[Promise, str]]] = {
    "late": (_("Trễ"), "late"),
    "today": (_("Hạn hôm nay"), "soon"),
    "soon": (_("Trong ba ngày"), "soon"),
    "later": (_("Còn hạn"), "ok"),
    "undated": (_("Chưa tính hạn"), "none"),
    "resting": (_("Đồng hồ dừng"), "none"),
    "ready": (_("Chờ trả"), "none"),
}
AWAITED: Final[Mapping[str, Promise]] = {
    "applicant": _("Người nộp"),
    "payment": _("Người nộp nộp tiền"),
    "sub_cases": _("Cơ quan khác trả lời"),
}
COLOURS: Final = ("late", "soon", "ok", "none")


@dataclass(slots=True)
class Sum:
    """How many dossiers there are in each bucket, and when the oldest of them was filed."""

    buckets: dict[str, int] = field(default_factory=dict)
    oldest_at: datetime | None = None

    def add(self, bucket: str, count: int, oldest_at: datetime) -> None:
        """Count some more."""
        self.buckets[bucket] = self.buckets.get(bucket, 0) + count
        self.oldest_at = min(self.oldest_at, oldest_at) if self.oldest_at else oldest_at

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.buckets.values())

    @property
    def late(self) -> int:
        """Those whose time is over."""
        return self.buckets.get("late", 0)

    def days(self, now: datetime) -> int:
        """For how many days the oldest has been there, as a calendar counts."""
        if self.oldest_at is None:
            return 0
        return (now.astimezone(VIETNAM).date() - self.oldest_at.astimezone(VIETNAM).date()).days


def sums_by(rows: Iterable[Any], key: str) -> dict[str, Sum]:
    """The counts added up by unit (`unit_key`) or by state, those with the most late ones first."""
    found: dict[str, Sum] = {}
    for row in rows:
        name = row.state.code if key == "state" else row.unit_key
        found.setdefault(name, Sum()).add(row.bucket, row.count, row.oldest_at)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].late, -pair[1].total, pair[0])))


def parts_of(counted: Sum, most: int) -> list[dict[str, Any]]:
    """The pieces of a stacked bar, in the order of urgency; `most` is what the longest bar counts."""
    parts, start = [], 0.0
    for colour in COLOURS:
        count = sum(counted.buckets.get(bucket, 0) for bucket, (_name, kind) in BUCKETS.items() if kind == colour)
        if count:
            percent = 100.0 * count / max(most, 1)
            parts.append({"kind": colour, "from": start, "percent": percent})
            start += percent
    return parts
