"""Whom a reminder of a report goes to, and which reports are to be asked for now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from tinhso.kernel.flow import Text
from tinhso.modules.government.reporting import facts
from tinhso.modules.government.reporting.models import Reminder as Told
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.queries.reading import list_below, view_of
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.chasing import CHASED, Reminder, key_by_hand, reminder_for, time_left
from tinhso.modules.government.reporting.rules.naming import period_name
from tinhso.platform.cases.queries import get_case, get_remarks
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.notices.queries import find_wording
from tinhso.platform.notices.rules import Fields, Recipient, fill
from tinhso.platform.people.queries import officers_holding
from tinhso.platform.people.rules import HANDLER, LEADER, day_of
from tinhso.platform.units.queries import get_calendar
from tinhso.platform.wording import moment


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder that is to go now: of which report, which one."""

    report: Report
    reminder: Reminder


def find_reminder(row: Report, now: datetime) -> DueReminder | None:
    """
    The reminder of that report whose day has come; None before the first, and for a report that came.

    A report that was handed in once and given back is the receiver's to ask for, not the clock's.
    """
    if row.state not in states.OWED or row.first_submitted_at or row.sent_up_at:
        return None
    calendar, regime = get_calendar(row.unit_key, day_of(now)), view_of(row).regime
    found = reminder_for(row.due_at, regime.chasing, calendar, assigned_at=row.opened_at, now=now)
    return DueReminder(row, found) if found else None


def list_owed(now: datetime, since: datetime) -> list[Report]:
    """The reports that nobody has handed in, due between `since` and a good while after `now`."""
    rows = Report.objects.filter(state__in=states.OWED, first_submitted_at=None, sent_up_at=None, due_at__gte=since)
    return list(rows.filter(opened_at__lte=now).order_by("due_at", "pk"))


def list_late(summed: Report, now: datetime) -> list[Report]:
    """The reports below a sum that are due and have not come, or were given back."""
    return [row for row in list_below(summed) if row.state in states.OWED and row.due_at < now]


def fillers_of(row: Report, now: datetime) -> list[Recipient]:
    """Who filled the report in last and still works there, else everybody who could."""
    holders = [each for each in officers_holding(HANDLER, row.unit_key, now) if not each.procedures]
    found = {each.code: Recipient(each.code, each.name) for each in holders}
    typed = [fact.actor_code for fact in list_facts(row.public_id) if fact.kind == facts.CELLS_SAVED]
    last = next((code for code in reversed(typed) if code in found), "")
    return [found[last]] if last else list(found.values())


def leaders_of(row: Report, now: datetime) -> list[Recipient]:
    """The leaders who sign at the unit."""
    holders = [each for each in officers_holding(LEADER, row.unit_key, now) if not each.procedures]
    return list({each.code: Recipient(each.code, each.name) for each in holders}.values())


def fields_of_notice(row: Report, now: datetime, *, reasons: str = "", asker: str = "") -> Fields:
    """What the texts of notices about a report may name."""
    regime, calendar = view_of(row).regime, get_calendar(row.unit_key, day_of(now))
    names = {}
    for language in ("vi", "en"):
        with override(language):
            names[language] = f"{row.subject or regime.name.in_language(language)}, {period_name(row.period)}"
    return {
        "code": row.public_id,
        "procedure": Text(names["vi"], names["en"]),
        "unit": Text(name_of(row.unit_key), name_of(row.unit_key, "en")),
        "name": asker,
        "due": moment(row.due_at),
        "until": Text(*time_left(row.due_at, calendar, now=now)),
        "reasons": reasons,
        "link": settings.PUBLIC_ADDRESS + reverse("reporting:report", args=[row.public_id]),
    }


@dataclass(frozen=True, slots=True)
class Preview:
    """What a reminder by hand would do for one report: the words, who has not had it today, how many have."""

    words: str
    names: tuple[str, ...]
    had_it: int = 0

    @property
    def fresh(self) -> int:
        """How many people would be told."""
        return len(self.names)


def people_by_hand(row: Report, now: datetime) -> list[Recipient]:
    """Who is reminded by hand: who fills it in, and once it is late the leaders too."""
    people = fillers_of(row, now) + (leaders_of(row, now) if row.due_at < now else [])
    return list({each.code: each for each in people}.values())


def preview(row: Report, receiver_key: str, now: datetime, language: str) -> Preview:
    """What a reminder by hand would say now and to whom."""
    people = people_by_hand(row, now)
    before = were_told(row, key_by_hand(day_of(now)), [each.code for each in people])
    wording = find_wording(CHASED)
    words = fill(wording.in_app, fields_of_notice(row, now, asker=name_of(receiver_key))) if wording else Text()
    names = tuple(each.name for each in people if each.code not in before)
    return Preview(words.in_language(language), names, len(before))


def reasons_of(fact: Fact) -> str:
    """The words that somebody wrote with the act of that fact; of a refusal from outside, its own."""
    if reason := fact.body.get("reason"):
        return str(reason)
    case = get_case(fact.subject)
    remarks = [each for each in get_remarks(case.case_id).values() if each.written_at == fact.happened_at]
    return next((str(each.answers.get("reasons", "")) for each in remarks), "")


def times_told(reports: Sequence[Report]) -> dict[int, list[datetime]]:
    """When reminders of each report went out, by the report's key, the latest first; one moment for all who got it."""
    found: dict[int, list[datetime]] = {}
    rows = Told.objects.filter(report__in=reports).order_by("-told_at")
    for report_id, told_at in rows.values_list("report_id", "told_at"):
        moments = found.setdefault(report_id, [])
        if told_at not in moments:
            moments.append(told_at)
    return found


def were_told(row: Report, key: str, codes: Iterable[str]) -> set[str]:
    """Those of these people who were given that reminder of the report already."""
    rows = Told.objects.filter(report=row, key=key, recipient_code__in=list(codes))
    return set(rows.values_list("recipient_code", flat=True))
