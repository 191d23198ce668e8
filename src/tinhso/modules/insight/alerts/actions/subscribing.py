"""Subscribing to letters: asked for, confirmed from the address itself, ended; where officers are told of alerts."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tinhso.kernel.flow import Text
from tinhso.modules.insight.alerts import facts, queries
from tinhso.modules.insight.alerts.models import Contact, Subscription
from tinhso.modules.insight.alerts.queries import letters
from tinhso.modules.insight.alerts.rules.drafts import LONGEST_MAIL, MAIL, Refused, Trouble
from tinhso.modules.insight.alerts.rules.letters import HOURS, RHYTHMS, next_moment
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.notices.actions import notify
from tinhso.platform.notices.rules import Recipient
from tinhso.platform.people.rules import SYSTEM, Actor
from tinhso.platform.units.queries import NoSuchUnit, get_unit
from tinhso.platform.wording import language

MOST: Final = 20
ASKED: Final = "alerts.subscription.asked"
PHONE: Final = re.compile(r"(\+?84|0)\d{9}|")


@transaction.atomic
def subscribe(*, sent: Mapping[str, str], actor: Actor, now: datetime) -> Subscription:
    """
    Keep a wish for letters and ask for it to be confirmed from the address it goes to; until then nothing is sent.

    :param sent: subject, unit, rhythm, hour, email
    :raises Refused: a field is wrong, the topic is not for this actor, or there are too many
    """
    troubles = _troubles(sent) or _too_many(actor, now)
    if troubles:
        raise Refused(troubles)
    row = Subscription(
        public_id=secrets.token_hex(16), person_code=actor.code, subject=sent["subject"], unit_key=sent["unit"],
        rhythm=sent["rhythm"], hour=int(sent["hour"]), email=sent["email"].strip(), language=language(), asked_at=now,
    )  # fmt: skip
    told = _told(row, actor, now)
    row.save()
    token = queries.sign(row.public_id, letters.CONFIRM)
    fields = {
        "name": actor.name,
        "procedure": told.title,
        "link": settings.PUBLIC_ADDRESS + reverse("alerts:confirm", args=[token]),
    }
    recipient = Recipient(actor.code, actor.name, email=row.email, language=row.language)
    notify(
        recipient=recipient, kind=ASKED, fields=fields, key=f"subscription:{row.public_id}:asked", actor=SYSTEM, now=now
    )
    return row


def _too_many(actor: Actor, now: datetime) -> list[Trouble]:
    """Each asks for a letter of confirmation, so those asked for in the last day count although they were ended."""
    rows = Subscription.objects.filter(person_code=actor.code)
    if rows.filter(ended_at=None).count() >= MOST:
        return [Trouble("subject", f"Mỗi người đăng ký nhiều nhất {MOST} thư.", f"At most {MOST} subscriptions each.")]
    if rows.filter(asked_at__gt=now - timedelta(days=1)).count() >= MOST:
        return [Trouble("subject", f"Mỗi ngày đăng ký nhiều nhất {MOST} lần. Hãy thử lại vào ngày mai.", f"At most {MOST} times a day. Try again tomorrow.")]  # fmt: skip
    return []


def _told(row: Subscription, actor: Actor, now: datetime) -> letters.Told:
    try:
        told = letters.tell(row, actor, now, now)
    except letters.NoSuchTopic:
        told = None
    if told is None:
        raise Refused([Trouble("subject", "Bạn không xem được mục này nên không đăng ký được.", "You may not see this, so you cannot subscribe to it.")])  # fmt: skip
    return told


def _troubles(sent: Mapping[str, str]) -> list[Trouble]:
    found = []
    if not sent["subject"]:
        found.append(Trouble("subject", "Hãy chọn điều muốn theo dõi.", "Choose what you want to follow."))
    if sent["unit"] and not _is_unit(sent["unit"]):
        found.append(Trouble("unit", "Hãy chọn một đơn vị trong danh sách.", "Choose a unit of the list."))
    if sent["rhythm"] not in RHYTHMS:
        found.append(
            Trouble("rhythm", "Hãy chọn hằng ngày, hằng tuần hoặc hằng tháng.", "Choose daily, weekly or monthly.")
        )
    if not (sent["hour"].isdecimal() and int(sent["hour"]) in HOURS):
        found.append(Trouble("hour", "Hãy chọn giờ từ 6 đến 20.", "Choose an hour from 6 to 20."))
    if len(sent["email"].strip()) > LONGEST_MAIL:
        found.append(_mail_too_long("email"))
    elif not MAIL.fullmatch(sent["email"].strip()):
        found.append(Trouble("email", "Hãy viết một địa chỉ thư, ví dụ ten@langson.gov.vn.", "Write an e-mail address, say name@langson.gov.vn."))  # fmt: skip
    return found


def _mail_too_long(field: str) -> Trouble:
    return Trouble(field, f"Địa chỉ thư dài nhất {LONGEST_MAIL} ký tự.", f"An e-mail address has at most {LONGEST_MAIL} signs.")  # fmt: skip


def _is_unit(key: str) -> bool:
    try:
        return bool(get_unit(key))
    except (NoSuchUnit, ValueError):
        return False


@transaction.atomic
def confirm(*, token: str, now: datetime) -> Subscription | None:
    """Confirm a subscription from the link in its letter; None where the link is false, too old, or it has ended."""
    row = letters.read_token(token, letters.CONFIRM)
    if row is None or row.ended_at:
        return None
    if row.confirmed_at is None:
        row.confirmed_at = now
        row.next_at = next_moment(row.rhythm, row.hour, now, letters.working_days_of(row.unit_key, now))
        row.save(update_fields=["confirmed_at", "next_at"])
        _tell(facts.SUBSCRIBED, row, now)
    return row


@transaction.atomic
def unsubscribe(*, row: Subscription, now: datetime) -> None:
    """End a subscription; ended twice it is ended once."""
    if Subscription.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now, next_at=None):
        _tell(facts.UNSUBSCRIBED, row, now)


def _tell(kind: str, row: Subscription, now: datetime) -> None:
    body = {"subject": row.subject, "rhythm": row.rhythm}
    record_fact(
        kind=kind, subject=f"subscription:{row.public_id}", unit_key=row.unit_key, body=body, actor=SYSTEM, now=now
    )


def set_contact(*, email: str, phone: str, actor: Actor, now: datetime) -> None:  # noqa: ARG001 - actions take `now`
    """
    Where an officer is told of alerts besides the own list; empty is nowhere.

    :raises Refused: no address, no telephone number
    """
    troubles = []
    if len(email.strip()) > LONGEST_MAIL:
        troubles.append(_mail_too_long("contact_email"))
    elif email.strip() and not MAIL.fullmatch(email.strip()):
        troubles.append(
            Trouble("contact_email", "Hãy viết một địa chỉ thư, hoặc để trống.", "Write an e-mail address, or nothing.")
        )
    if not PHONE.fullmatch(re.sub(r"[\s.]", "", phone)):
        troubles.append(Trouble("contact_phone", "Hãy viết số điện thoại mười chữ số, hoặc để trống.", "Write a number of ten digits, or nothing."))  # fmt: skip
    if troubles:
        raise Refused(troubles)
    kept = {"email": email.strip(), "phone": re.sub(r"[\s.]", "", phone)}
    Contact.objects.update_or_create(officer_code=actor.code, defaults=kept)


def stop_text(row: Subscription) -> Text:
    """The link that ends a subscription, the same in both languages."""
    address = settings.PUBLIC_ADDRESS + reverse("alerts:stop", args=[queries.sign(row.public_id, letters.STOP)])
    return Text(address, address)
