"""What a rule would do with another threshold: on the samples of the last thirty days, and on what is read now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby

from tinhso.modules.insight.alerts.models import Sample
from tinhso.modules.insight.alerts.queries.reading import Read, matching, read_sources
from tinhso.modules.insight.alerts.rules.definitions import AlertRule
from tinhso.modules.insight.alerts.rules.holding import UNTOUCHED, judge
from tinhso.platform.capability import Reading

TRIED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Trial:
    """What would have fired: how often by subject, since when there are samples; which readings are beyond it now."""

    rule: AlertRule
    fired: tuple[tuple[str, int], ...]
    since: datetime | None
    beyond: tuple[Reading, ...]
    readings: tuple[Reading, ...]
    problem: str


def try_rule(rule: AlertRule, threshold: Decimal, now: datetime) -> Trial:
    """The trial; the samples are one an hour, so what lasted less than that between two of them is not seen."""
    tried = rule.with_threshold(threshold)
    samples = Sample.objects.filter(source=rule.asked, read_at__gte=now - TRIED).order_by("subject", "read_at")
    rows = list(samples.values_list("subject", "read_at", "value"))
    read: Read = read_sources([rule.asked], now)[rule.asked]
    known = matching(rule.scope, read.readings)
    spoken_of = {each.subject for each in known}
    fired = []
    for subject, values in groupby(rows, key=lambda row: row[0]):
        if subject in spoken_of or not known:
            fired.append((subject, _count(tried, [(at, value) for _subject, at, value in values])))
    return Trial(
        rule=tried,
        fired=tuple(each for each in sorted(fired, key=lambda pair: -pair[1]) if each[1]),
        since=min((at for _subject, at, _value in rows), default=None),
        beyond=tuple(each for each in known if each.value is not None and tried.bounds.is_beyond(each.value)),
        readings=tuple(known),
        problem=read.problem,
    )


def _count(rule: AlertRule, values: list[tuple[datetime, Decimal]]) -> int:
    course, count = UNTOUCHED, 0
    for at, value in values:
        course, change = judge(course, value, rule.bounds, at)
        count += change == "fired"
    return count
