"""The messages on their way: how many, how old, which are stuck and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min

from tinhso.modules.government.portal_link.models import Destination, Dossier, Message

MOST_SHOWN = 100
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Overview:
    """How the link fares at this moment."""

    waiting: int
    stuck: int
    delivered: int
    oldest_at: datetime | None
    rests_until: datetime | None
    answered_at: datetime | None
    trouble_words: str

    def age(self, now: datetime) -> timedelta:
        """How long the oldest message has been waiting; nothing when none is."""
        return now - self.oldest_at if self.oldest_at else timedelta()

    @property
    def longest_age(self) -> timedelta:
        """How long a message may wait before somebody must look."""
        return timedelta(minutes=int(settings.NATIONAL_PORTAL["alert_minutes"]))

    def is_old(self, now: datetime) -> bool:
        """Whether somebody must look: the oldest message waits for longer than it may."""
        return self.age(now) > self.longest_age


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message as administrators see it."""

    id: int
    portal_code: str
    case_public_id: str
    sequence: int
    call: str
    fact_kind: str
    state: str
    tries: int
    trouble: str
    trouble_code: str
    trouble_words: str
    skip_reason: str
    written_at: datetime
    tried_at: datetime | None
    settled_at: datetime | None
    content: Mapping[str, Any]
    next_try_at: datetime | None


def get_overview(now: datetime, destination: str = "national_portal") -> Overview:
    """Counts of what waits and what is stuck, what was delivered in the last day, the oldest, and the circuit."""
    open_rows = Message.objects.filter(state__in=[Message.WAITING, Message.STUCK])
    found: dict[str, Any] = {
        row["state"]: row for row in open_rows.values("state").annotate(count=Count("id"), oldest=Min("written_at"))
    }
    oldest = [row["oldest"] for row in found.values()]
    known = Destination.objects.filter(pk=destination).first()
    return Overview(
        waiting=found.get(Message.WAITING, {}).get("count", 0),
        stuck=found.get(Message.STUCK, {}).get("count", 0),
        delivered=Message.objects.filter(state=Message.DELIVERED, settled_at__gte=now - DAY).count(),
        oldest_at=min(oldest, default=None),
        rests_until=known.rests_until if known else None,
        answered_at=known.answered_at if known else None,
        trouble_words=known.trouble_words if known else "",
    )


def list_messages(state: str, limit: int = MOST_SHOWN) -> list[MessageRow]:
    """The messages in that state, the oldest first."""
    rows = Message.objects.filter(state=state).order_by("written_at", "id").select_related("dossier")
    return [_row(row) for row in rows[:limit]]


def list_of_dossier(portal_code: str) -> list[MessageRow]:
    """All messages of a dossier, in order."""
    rows = Message.objects.filter(dossier__portal_code=portal_code).order_by("sequence").select_related("dossier")
    return [_row(row) for row in rows]


def get_message(message_id: int) -> MessageRow:
    """That message. :raises Message.DoesNotExist: there is none"""
    return _row(Message.objects.select_related("dossier").get(pk=message_id))


def find_unit_of_oldest() -> str:
    """The unit whose dossier's message has been waiting for the longest; empty when none waits."""
    rows = Message.objects.filter(state__in=[Message.WAITING, Message.STUCK]).order_by("written_at", "id")
    return rows.values_list("dossier__unit_key", flat=True).first() or ""


def count_stuck() -> int:
    """How many messages people must look at."""
    return Message.objects.filter(state=Message.STUCK).count()


def find_dossier(portal_code: str) -> Dossier | None:
    """The dossier that the portal knows under that code, or None."""
    return Dossier.objects.filter(portal_code=portal_code).first()


def find_by_case(public_id: str) -> Dossier | None:
    """What is kept of that case, or None when the portal never heard of it."""
    return Dossier.objects.filter(case_public_id=public_id).first()


def _row(row: Message) -> MessageRow:
    return MessageRow(
        id=row.pk, portal_code=row.dossier.portal_code, case_public_id=row.dossier.case_public_id, sequence=row.sequence,
        call=row.call, fact_kind=row.fact_kind, state=row.state, tries=row.tries, trouble=row.trouble,
        trouble_code=row.trouble_code, trouble_words=row.trouble_words, skip_reason=row.skip_reason,
        written_at=row.written_at, tried_at=row.tried_at, settled_at=row.settled_at, content=row.content,
        next_try_at=row.dossier.next_try_at,
    )  # fmt: skip
