"""Subscriptions: a person's own, those that are due, and what a letter says to whom."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing

from tinhso.modules.insight.alerts.models import Contact, Sent, Subscription
from tinhso.modules.insight.alerts.queries.alerts import list_alerts, may_see
from tinhso.modules.insight.alerts.rules.letters import NextWorking, figures_period
from tinhso.platform.capability import Panel, PanelAsked, list_topics
from tinhso.platform.people.queries import find_citizen_actor, find_officer_at_work
from tinhso.platform.people.rules import Actor, day_of
from tinhso.platform.units.queries import NoSuchUnit, get_calendar, get_calendar_by_code
from tinhso.platform.wording import said

CONFIRM, STOP = "alerts.confirm", "alerts.stop"
CONFIRM_WITHIN = 3 * 24 * 3600
MOST_ALERTS = 10


class NoSuchTopic(LookupError):
    """There is no such topic now; it may be back later, as after an update of packs."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter says: its title, its lines, the page behind it, open alerts."""

    title: str
    lines: list[str]
    address: str
    alerts: list[str]


def list_own(person_code: str) -> list[Subscription]:
    """A person's subscriptions that have not ended, the latest first."""
    return list(Subscription.objects.filter(person_code=person_code, ended_at=None).order_by("-id"))


def find_contact(officer_code: str) -> Contact | None:
    """Where an officer wants to be told of alerts, or None."""
    return Contact.objects.filter(officer_code=officer_code).first()


def list_due(now: datetime, limit: int) -> list[int]:
    """The keys of subscriptions whose moment has come."""
    return list(
        Subscription.objects.filter(next_at__lte=now, ended_at=None)
        .order_by("next_at")
        .values_list("pk", flat=True)[:limit]
    )


def find_reader(person_code: str, now: datetime) -> Actor | None:
    """Who reads: the person as an actor with the posts held now; None when the account is closed or holds none any more."""
    if person_code.startswith("officer:"):
        found = find_officer_at_work(person_code, now)
        return found if found and found.posts else None
    return find_citizen_actor(person_code)


def tell(subscription: Subscription, reader: Actor, at: datetime, now: datetime) -> Told | None:
    """
    What the letter due at that moment says to this reader; None where it is not for them.

    :raises NoSuchTopic: there is none now
    """
    topic = list_topics().get(subscription.subject)
    if topic is None:
        raise NoSuchTopic(subscription.subject)
    period = figures_period(subscription.rhythm, at)
    asked = PanelAsked(
        subscription.unit_key, period, reader if reader.kind == "officer" else None, now, wall=False, options={}
    )
    panel: Panel | None = topic.tell(asked)
    if panel is None:
        return None
    lines = [str(line) for line in panel.lines]
    alerts = [each for each in _alerts(subscription, reader) if not any(each[0] in line for line in lines)]
    return Told(
        said(topic.title),
        lines,
        settings.PUBLIC_ADDRESS + panel.address,
        [f"{name} ({state})" for name, state in alerts],
    )


def _alerts(subscription: Subscription, reader: Actor) -> list[tuple[str, str]]:
    """Open alerts of the unit that the reader may see: what they are called, where they stand."""
    if reader.kind != "officer":
        return []
    rows = list_alerts(frozenset({subscription.unit_key}) if subscription.unit_key else None)
    seen = [row for row in rows if may_see(reader, row)][:MOST_ALERTS]
    return [(f"{said(row.title)}, {said(row.name)}", said(row.case.state.name)) for row in seen]


def last_lines(subscription: Subscription) -> list[str]:
    """What the last letter said; nothing before the first."""
    row = Sent.objects.filter(subscription=subscription).order_by("-id").first()
    return list(row.lines) if row else []


def working_days_of(unit_key: str, now: datetime) -> NextWorking:
    """The working days of a unit; of everything, the national ones."""
    try:
        calendar = get_calendar(unit_key, day_of(now)) if unit_key else get_calendar_by_code("national")
    except NoSuchUnit:
        calendar = get_calendar_by_code("national")

    def next_working(on: date) -> date:
        return calendar.next_working(on - timedelta(days=1)).on

    return next_working


def sign(public_id: str, salt: str) -> str:
    """A token that stands for a subscription in a letter's link."""
    return signing.dumps(public_id, salt=salt)


def read_token(token: str, salt: str) -> Subscription | None:
    """The subscription a token stands for; None where it is false, too old, or there is none."""
    try:
        public_id = signing.loads(token, salt=salt, max_age=CONFIRM_WITHIN if salt == CONFIRM else None)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(public_id=public_id).first()
