"""Looking with every rule: each source is asked once, what fires becomes an alert, what is over is noted."""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from tinhso.modules.insight.alerts import queries
from tinhso.modules.insight.alerts.actions.raising import note_cause_gone, raise_alert
from tinhso.modules.insight.alerts.models import Sample, Silence, Watched
from tinhso.modules.insight.alerts.queries.reading import Read
from tinhso.modules.insight.alerts.rules.definitions import UNREADABLE, AlertRule
from tinhso.modules.insight.alerts.rules.holding import UNTOUCHED, Change, Course, judge
from tinhso.platform.capability import Reading

log: Final = logging.getLogger(__name__)
SAMPLES_KEPT: Final = timedelta(days=31)
PLACES: Final = Decimal("0.0001")
LARGEST, LONGEST_SUBJECT = Decimal(10) ** 14 - 1, 80  # what the columns hold
LOCK: Final = "select pg_advisory_xact_lock(hashtext('alerts:' || %s))"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What one look found: rules and readings looked at, alerts raised, causes gone, sources that failed."""

    rules: int
    readings: int
    raised: int
    cleared: int
    failed: int


def evaluate_alerts(*, now: datetime) -> Evaluated:
    """
    Look with every rule that is in force and not paused. Safe to run twice, and at the same time as another run.

    A source that cannot be read stops no other rule; for how long it cannot is itself a source, `alerts.unreadable`.
    """
    rows = queries.list_rules(now)
    rules = [row.rule for row in rows if row.paused is None]
    _forget_watched([row.rule.code for row in rows], {row.rule.code for row in rows if row.paused})
    read = queries.read_sources((rule.asked for rule in rules if rule.source != UNREADABLE), now)
    _take_samples(read, now)
    faults, changes = _settle_all((rule for rule in rules if rule.source != UNREADABLE), read, now)
    _note_silences({source: found.problem for source, found in read.items() if found.problem} | faults, now)
    last = [rule for rule in rules if rule.source == UNREADABLE]
    read |= queries.read_sources((rule.asked for rule in last), now)
    changes += _settle_all(last, read, now)[1]
    return Evaluated(
        rules=len(rules),
        readings=sum(len(found.readings) for found in read.values()),
        raised=changes.count("fired"),
        cleared=changes.count("cleared"),
        failed=sum(bool(found.problem) for found in read.values()) + len(faults),
    )


def _forget_watched(codes: list[str], paused: Collection[str]) -> None:
    """
    Nothing is watched of rules that are over. Of one that is paused it is kept what fires, so that after the pause what went is
    noted and what stayed is no news; not what had just begun, since nobody sees whether it lasts.
    """
    Watched.objects.exclude(rule__in=codes).delete()
    if paused:
        Watched.objects.filter(rule__in=paused, fired_at=None).delete()


def _settle_all(
    rules: Iterable[AlertRule], read: Mapping[str, Read], now: datetime
) -> tuple[dict[str, str], list[str]]:
    """Settle each rule by itself; what goes wrong with one, by its source, and all changes."""
    faults, changes = dict[str, str](), list[str]()
    for rule in rules:
        if read[rule.asked].problem:
            continue
        try:
            found, trouble = _settle(rule, read[rule.asked].readings, now)
        except (OperationalError, InterfaceError):  # the database is away: the job is run again
            raise
        except Exception as problem:  # whatever is wrong with one rule, it must not silence the others
            log.exception("alert rule %s cannot be settled", rule.code)
            found, trouble = [], str(problem)
        changes += found
        if trouble:
            faults[rule.asked] = f"{rule.code}: {trouble}"
    return faults, changes


@transaction.atomic
def _settle(rule: AlertRule, readings: Iterable[Reading], now: datetime) -> tuple[list[str], str]:
    """
    Judge the readings of one rule, and raise and clear what follows; two runs at once come one after the other.

    One that nobody can answer for, or that is no number, holds up no other; what was wrong with the last such is told.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [rule.code])
    standing = {row.subject: row for row in Watched.objects.filter(rule=rule.code)}
    changes, trouble = list[str](), ""
    for reading in queries.matching(rule.scope, readings):
        row = standing.get(reading.subject)
        before = Course(row.beyond_since, row.fired_at) if row else UNTOUCHED
        try:
            change = _settle_one(rule, reading, before, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as problem:
            log.exception("alert rule %s cannot be settled for %s", rule.code, reading.subject)
            change, trouble = "", f"{reading.subject}: {problem}"
        changes += [change] if change else []
    return changes, trouble


def _settle_one(rule: AlertRule, reading: Reading, before: Course, now: datetime) -> Change:
    after, change = judge(before, reading.value, rule.bounds, now)
    if after == before:
        return change
    with transaction.atomic():
        _keep(rule, reading.subject, after)
        if change == "fired":
            raise_alert(rule=rule, reading=reading, now=now)
        elif change == "cleared":
            note_cause_gone(rule=rule, reading=reading, now=now)
    return change


def _keep(rule: AlertRule, subject: str, course: Course) -> None:
    if course.beyond_since is None:
        Watched.objects.filter(rule=rule.code, subject=subject).delete()
        return
    Watched.objects.update_or_create(
        rule=rule.code,
        subject=subject,
        defaults={"beyond_since": course.beyond_since, "fired_at": course.fired_at},
    )


def _note_silences(problems: Mapping[str, str], now: datetime) -> None:
    Silence.objects.exclude(source__in=list(problems)).delete()
    for source, problem in problems.items():
        Silence.objects.update_or_create(
            source=source, defaults={"problem": problem[:300]}, create_defaults={"problem": problem[:300], "since": now}
        )


def _take_samples(read: Mapping[str, Read], now: datetime) -> None:
    """One value of each subject an hour, so that another threshold can be tried on the last thirty days."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    taken = set(Sample.objects.filter(read_at=hour, source__in=list(read)).values_list("source", flat=True).distinct())
    rows = [
        Sample(source=source, subject=each.subject, read_at=hour, value=each.value.quantize(PLACES))
        for source, found in read.items()
        if source not in taken
        for each in found.readings
        if each.value is not None and _can_be_kept(each.subject, each.value)
    ]
    if not rows:
        return
    try:
        with transaction.atomic():
            Sample.objects.bulk_create(rows, ignore_conflicts=True)
    except (DatabaseError, ValueError):  # samples are for trying; without them rules still speak
        log.exception("samples cannot be kept")
    Sample.objects.filter(read_at__lt=now - SAMPLES_KEPT).delete()


def _can_be_kept(subject: str, value: Decimal) -> bool:
    return len(subject) <= LONGEST_SUBJECT and value.is_finite() and abs(value) < LARGEST
