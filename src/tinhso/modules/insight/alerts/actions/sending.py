"""Sending letters whose moment has come: one for each period, to people who may still see what they say."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import InterfaceError, OperationalError, transaction
from django.utils import translation

from tinhso.modules.insight.alerts.actions.subscribing import stop_text, unsubscribe
from tinhso.modules.insight.alerts.models import Sent, Subscription
from tinhso.modules.insight.alerts.queries import letters
from tinhso.modules.insight.alerts.queries.letters import Told
from tinhso.modules.insight.alerts.rules.letters import mark_changes, next_moment, period_of
from tinhso.platform.notices.actions import notify
from tinhso.platform.notices.rules import Recipient, Value
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.units.queries import get_units
from tinhso.platform.wording import day

DUE: Final = "alerts.subscription.due"
MOST_AT_ONCE: Final = 200
PUT_OFF: Final = timedelta(hours=1)
log: Final = logging.getLogger(__name__)


def send_due(*, now: datetime) -> int:
    """Write the letters that are due; how many. Safe to run twice and at the same time: a period has one letter."""
    return sum(_send_or_put_off(pk, now) for pk in letters.list_due(now, MOST_AT_ONCE))


def _send_or_put_off(pk: int, now: datetime) -> bool:
    """One that cannot be written now, since its figures cannot be read, stops no other: it is tried again an hour later."""
    try:
        return _send(pk, now)
    except (OperationalError, InterfaceError):  # the database is away: the job is run again
        raise
    except Exception:  # whatever one topic raises, the others' letters go out
        log.exception("letter of subscription %s cannot be written", pk)
        Subscription.objects.filter(pk=pk, ended_at=None, next_at__lte=now).update(next_at=now + PUT_OFF)
        return False


@transaction.atomic
def _send(pk: int, now: datetime) -> bool:
    row = (
        Subscription.objects.select_for_update(skip_locked=True).filter(pk=pk, ended_at=None, next_at__lte=now).first()
    )
    if row is None or row.next_at is None:
        return False
    at = row.next_at
    reader = letters.find_reader(row.person_code, now)
    with translation.override(row.language):
        told = letters.tell(row, reader, at, now) if reader else None
        if reader is None or told is None:
            unsubscribe(row=row, now=now)  # who left, or may no longer see it, gets no more letters
            return False
        before = letters.last_lines(row)
        _made, is_new = Sent.objects.get_or_create(
            subscription=row, period=period_of(row.rhythm, at), defaults={"lines": told.lines, "sent_at": now}
        )
        if is_new:
            _write(row, reader, told, before, at)
    row.next_at = next_moment(row.rhythm, row.hour, max(now, at), letters.working_days_of(row.unit_key, now))
    row.save(update_fields=["next_at"])
    return is_new


def _write(row: Subscription, reader: Actor, told: Told, before: list[str], at: datetime) -> None:
    unit = get_units([row.unit_key]).get(row.unit_key)
    lines = mark_changes(before, told.lines)
    if told.alerts:
        heading = "Cảnh báo đang mở:" if row.language == "vi" else "Open alerts:"
        lines += ["", heading, *(f"- {line}" for line in told.alerts)]
    fields: dict[str, Value] = {
        "name": reader.name,
        "procedure": told.title,
        "unit": unit.name_in(row.language) if unit else ("Toàn tỉnh" if row.language == "vi" else "the whole province"),
        "due": day(at.date()),
        "figures": "\n".join(lines),
        "link": told.address,
        "stop": stop_text(row),
    }
    recipient = Recipient(reader.code, reader.name, email=row.email, language=row.language)
    key = f"subscription:{row.public_id}:{period_of(row.rhythm, at)}"
    notify(recipient=recipient, kind=DUE, fields=fields, key=key, actor=SYSTEM, now=at)
