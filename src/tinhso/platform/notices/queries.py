"""What a person was told, and how it got there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tinhso.kernel.flow import Text
from tinhso.kernel.packs import NoticeText
from tinhso.platform.notices import models

PAGE = 20
MOST_UNREAD = 100


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One thing a person was told."""

    public_id: UUID
    case_id: str
    kind: str
    text: Text
    link: str
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Notices, newest first; `after` leads to the next page and is empty on the last."""

    rows: tuple[NoticeRow, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """How a notice fared on one channel; the address is masked."""

    kind: str
    channel: str
    address: str
    state: str
    attempts: int
    sent_at: datetime | None
    next_try_at: datetime | None
    problem: str


@dataclass(frozen=True, slots=True)
class SimulatedRow:
    """What a simulated gateway took."""

    channel: str
    address: str
    subject: str
    body: str
    received_at: datetime


def find_wording(kind: str) -> NoticeText | None:
    """What the packs say after that kind of fact, or None when they say nothing."""
    found = models.NoticeWording.objects.filter(kind=kind).values_list("words", flat=True).first()
    return NoticeText(kind, **{channel: Text(**words) for channel, words in found.items()}) if found else None


def list_notices(recipient_code: str, *, after: str = "", limit: int = PAGE) -> NoticePage:
    """What that person was told, newest first, a page at a time; an odd `after` is the first page."""
    rows = models.Notice.objects.filter(recipient_code=recipient_code).exclude(text_vi="").order_by("-id")
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(id__lt=int(after))
    found = list(rows[: limit + 1])
    return NoticePage(
        tuple(_row(notice) for notice in found[:limit]), str(found[limit - 1].pk) if len(found) > limit else ""
    )


def _row(notice: models.Notice) -> NoticeRow:
    text = Text(notice.text_vi, notice.text_en)
    return NoticeRow(
        notice.public_id, notice.case_id, notice.kind, text, notice.link, notice.created_at, notice.read_at
    )


def count_unread(recipient_code: str) -> int:
    """How many notices that person has not read, counted up to a hundred."""
    unread = models.Notice.objects.filter(recipient_code=recipient_code, read_at=None).exclude(text_vi="")
    return unread[:MOST_UNREAD].count()


def list_deliveries(case_id: str) -> tuple[DeliveryRow, ...]:
    """Each letter sent about a case, in the order they were written."""
    fields = ("notice__kind", "channel", "address_masked", "state", "attempts", "sent_at", "next_try_at", "problem")
    rows = models.Delivery.objects.filter(notice__case_id=case_id).order_by("pk").values_list(*fields)
    return tuple(DeliveryRow(*row) for row in rows)


def count_failed_since(moment: datetime) -> int:
    """How many deliveries of notices written since then were given up."""
    return models.Delivery.objects.filter(state="failed", notice__created_at__gte=moment).count()


def list_simulated(*, channel: str = "", limit: int = 50) -> tuple[SimulatedRow, ...]:
    """The latest letters the simulated gateways took."""
    rows = models.SimulatedMessage.objects.order_by("-pk")
    if channel:
        rows = rows.filter(channel=channel)
    return tuple(
        SimulatedRow(*row) for row in rows.values_list("channel", "address", "subject", "body", "received_at")[:limit]
    )
