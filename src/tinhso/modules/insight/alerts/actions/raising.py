"""Opening the case of an alert and telling who answers; noting that its cause is gone, or back."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.urls import reverse

from tinhso.kernel.flow import Text
from tinhso.modules.insight.alerts import facts, queries
from tinhso.modules.insight.alerts.models import Alert, Contact
from tinhso.modules.insight.alerts.queries.reading import both_ways, in_both
from tinhso.modules.insight.alerts.rules.definitions import AlertRule
from tinhso.modules.insight.alerts.rules.holding import ABOVE, BELOW
from tinhso.platform.capability import Reading
from tinhso.platform.cases.actions import Filing, act_on_case, open_case
from tinhso.platform.cases.queries import get_cases, procedure_on
from tinhso.platform.cases.rules import due_for
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.notices.actions import notify
from tinhso.platform.notices.rules import Recipient, Value
from tinhso.platform.people.queries import officers_holding
from tinhso.platform.people.rules import SYSTEM, day_of
from tinhso.platform.units.queries import get_calendar, get_unit
from tinhso.platform.wording import moment

PLACES: Final = Decimal("0.0001")
SAID: Final = {
    ABOVE: {"vi": "{value}, vượt ngưỡng {threshold}", "en": "{value}, above {threshold}"},
    BELOW: {"vi": "{value}, dưới ngưỡng {threshold}", "en": "{value}, below {threshold}"},
    facts.CLEARED: {"vi": "{value} (ngưỡng {threshold})", "en": "{value} (threshold {threshold})"},
}


def raise_alert(*, rule: AlertRule, reading: Reading, now: datetime) -> Alert:
    """
    Make an alert of a reading that fires: a new case, or the open one of this rule and subject, whose cause is back.

    Part of the caller's transaction, which holds the rule's lock.
    """
    standing = Alert.objects.select_for_update().filter(rule=rule.code, subject=reading.subject, closed_at=None).first()
    if standing:
        case = get_cases([standing.public_id]).get(standing.public_id)
        if case and case.closed_at is None:
            return _note_return(standing, case.state.code, rule, reading, now)
        Alert.objects.filter(pk=standing.pk).update(closed_at=case.closed_at if case else now)
    return _open(rule, reading, now)


def _open(rule: AlertRule, reading: Reading, now: datetime) -> Alert:
    assert reading.value is not None
    unit_key = queries.place_of(rule.owner, reading.unit_key, day_of(now), now)
    calendar = get_calendar(unit_key, day_of(now))
    name, due_at = in_both(reading.name), due_for(rule.resolve_within, now, calendar)
    earlier = Alert.objects.filter(rule=rule.code, subject=reading.subject).order_by("-id").first()
    value, threshold = reading.value.quantize(PLACES), rule.bounds.threshold
    measures = {
        "rule": rule.code,
        "subject": reading.subject,
        "value": str(value),
        "threshold": str(threshold),
        "level": rule.level,
    }
    filing = Filing(
        procedure=procedure_on(f"threshold_alert_{rule.owner.role}", day_of(now)), unit_key=unit_key,
        title=f"{rule.name.vi}: {name.vi}"[:200], data=measures, channel="internal", measures=measures, due_at=due_at,
    )  # fmt: skip
    opened = open_case(filing=filing, actor=SYSTEM, now=now)
    alert = Alert.objects.create(
        public_id=opened.public_id, rule=rule.code, level=rule.level, subject=reading.subject, unit_key=unit_key,
        name_vi=name.vi[:200], name_en=name.en[:200], value=value, threshold=threshold,
        measure=in_both(reading.unit).vi[:40], as_of=reading.as_of, address=reading.address[:300],
        earlier_id=earlier.public_id if earlier else "", raised_at=now,
        escalate_at=due_for(rule.escalate_after, now, calendar),
    )  # fmt: skip
    _tell_ledger(facts.RAISED, alert, value, now)
    if not tell(alert, rule, rule.owner.role, kind=facts.RAISED, due_at=due_at, now=now):
        Alert.objects.filter(pk=alert.pk).update(escalate_at=now)  # nobody is there to answer: leaders are
    return alert


def _note_return(alert: Alert, state: str, rule: AlertRule, reading: Reading, now: datetime) -> Alert:
    """The cause of an open alert is back; one that was called resolved is to be dealt with anew."""
    assert reading.value is not None
    alert.cleared_at, alert.value, alert.as_of = None, reading.value.quantize(PLACES), reading.as_of
    if state == "resolved":
        act_on_case(public_id=alert.public_id, act="relapse", actor=SYSTEM, now=now)
        alert.resolved_at = None
        calendar = get_calendar(alert.unit_key, day_of(now))
        alert.escalate_at = due_for(rule.escalate_after, now, calendar)
    alert.save(update_fields=["cleared_at", "value", "as_of", "resolved_at", "escalate_at"])
    _tell_ledger(facts.RELAPSED, alert, alert.value, now)
    tell(alert, rule, rule.owner.role, kind=facts.RELAPSED, now=now)
    return alert


def note_cause_gone(*, rule: AlertRule, reading: Reading, now: datetime) -> None:
    """Note on the open alert that its cause is gone; a person closes it."""
    alert = Alert.objects.filter(rule=rule.code, subject=reading.subject, closed_at=None).first()
    if alert is None or reading.value is None:
        return
    Alert.objects.filter(pk=alert.pk).update(cleared_at=now)
    alert.value = reading.value.quantize(PLACES)
    _tell_ledger(facts.CLEARED, alert, alert.value, now)
    tell(alert, rule, rule.owner.role, kind=facts.CLEARED, now=now)


def _tell_ledger(kind: str, alert: Alert, value: Decimal, now: datetime) -> None:
    body = {"rule": alert.rule, "subject": alert.subject, "value": str(value), "threshold": str(alert.threshold)}
    record_fact(kind=kind, subject=alert.public_id, unit_key=alert.unit_key, body=body, actor=SYSTEM, now=now)


def tell(alert: Alert, rule: AlertRule, role: str, *, kind: str, now: datetime, due_at: datetime | None = None) -> int:
    """Tell those who hold the role at the alert's unit, each once for this kind and moment; how many there are."""
    unit = get_unit(alert.unit_key)
    reasons = both_ways(
        alert.value,
        alert.threshold,
        rule.measure if rule.measure.vi else alert.measure,
        SAID.get(kind) or SAID[rule.bounds.comparator],
    )
    fields: dict[str, Value] = {
        "code": alert.public_id,
        "procedure": rule.name,
        "name": Text(alert.name_vi, alert.name_en),
        "unit": Text(unit.name, unit.name_en or unit.name),
        "reasons": reasons,
        "due": moment(due_at),
        "link": settings.PUBLIC_ADDRESS + reverse("alerts:alert", args=[alert.public_id]),
    }
    holders = {each.code: each.name for each in officers_holding(role, alert.unit_key, now) if not each.procedures}
    contacts = {each.officer_code: each for each in Contact.objects.filter(officer_code__in=list(holders))}
    for code, name in holders.items():
        contact = contacts.get(code)
        recipient = Recipient(code, name, contact.phone if contact else "", contact.email if contact else "")
        key = f"{kind}:{alert.public_id}:{now.isoformat()}"
        notify(recipient=recipient, kind=kind, fields=fields, case_id=alert.public_id, key=key, actor=SYSTEM, now=now)
    return len(holders)
