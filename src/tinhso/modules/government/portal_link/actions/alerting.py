"""Telling administrators that messages to the portal have been waiting for too long."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tinhso.modules.government.portal_link import facts
from tinhso.modules.government.portal_link.actions.sending import PORTAL
from tinhso.modules.government.portal_link.models import Destination
from tinhso.modules.government.portal_link.queries.outbox import find_unit_of_oldest, get_overview
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.notices.actions import notify
from tinhso.platform.notices.rules import Recipient
from tinhso.platform.people.queries import officers_holding
from tinhso.platform.people.rules import ADMINISTRATOR, SYSTEM
from tinhso.platform.units.queries import list_ancestors

TOLD_AGAIN_AFTER = timedelta(hours=6)


@transaction.atomic
def alert_when_old(*, now: datetime) -> int:
    """
    Tell the administrators of the unit whose message is the oldest, and of those above it, once in six hours.

    :returns: how many were told; none while nothing has waited for longer than it may
    """
    overview = get_overview(now)
    if overview.oldest_at is None or not overview.is_old(now):
        return 0
    row, _ = Destination.objects.get_or_create(code=PORTAL)
    row = Destination.objects.select_for_update().get(code=PORTAL)
    if row.alerted_at and now - row.alerted_at < TOLD_AGAIN_AFTER:
        return 0
    row.alerted_at = now
    row.save(update_fields=["alerted_at"])
    unit_key = find_unit_of_oldest()
    minutes = int(overview.age(now).total_seconds() // 60)
    body = {"waiting": overview.waiting, "stuck": overview.stuck, "minutes": minutes}
    record_fact(kind=facts.OUTBOX_DELAYED, subject="portal:outbox", unit_key=unit_key, body=body, actor=SYSTEM, now=now)
    told = _administrators(unit_key, now)
    fields = {
        "until": f"{overview.oldest_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
        "link": settings.PUBLIC_ADDRESS + reverse("portal_link:outbox"),
    }
    for code, name in told.items():
        notify(
            recipient=Recipient(code, name),
            kind=facts.OUTBOX_DELAYED,
            fields=fields,
            key=f"portal:{now.isoformat()}",
            actor=SYSTEM,
            now=now,
        )
    return len(told)


def _administrators(unit_key: str, now: datetime) -> dict[str, str]:
    """Names by code of those who administer the unit or one above it."""
    keys = (unit_key, *(above.key for above in list_ancestors(unit_key)))
    return {holder.code: holder.name for key in keys for holder in officers_holding(ADMINISTRATOR, key, now)}
