"""Asking for reports that have not come: by the clock on the regime's days, and by the receiver's hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tinhso.modules.government.reporting import facts, queries
from tinhso.modules.government.reporting.actions.writing import Forbidden, each_alone, tell
from tinhso.modules.government.reporting.models import Reminder, Report
from tinhso.modules.government.reporting.queries import chasing as asked
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules import states
from tinhso.modules.government.reporting.rules.chasing import (
    BELOW,
    CHASED,
    LATE,
    MOST_DAYS,
    key_by_hand,
    kind_of_notice,
)
from tinhso.modules.government.reporting.rules.powers import may_receive
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.notices.actions import notify
from tinhso.platform.notices.rules import Fields, Recipient
from tinhso.platform.people.rules import SYSTEM, Actor, day_of

LOOKED_BACK: Final = timedelta(days=2 * MOST_DAYS)
MOST_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class _Occasion:
    """One reminder that goes out: under which key, in which words, with which values."""

    key: str
    kind: str
    fields: Fields


def chase_reports(*, now: datetime) -> int:
    """
    Send the reminders whose day has come, to who fills the report in and, once late, to the unit's leader.

    Run as often as one likes: nobody gets one reminder twice, and a report that came meanwhile is asked for no more.

    :returns: how many people were told
    """

    def chase(report_id: int) -> int:
        return _chase(report_id, now)

    return each_alone(chase, [row.pk for row in asked.list_owed(now, now - LOOKED_BACK)])


def _chase(report_id: int, now: datetime) -> int:
    row = Report.objects.select_for_update().get(pk=report_id)
    found = asked.find_reminder(row, now)
    if found is None:
        return 0
    kind = kind_of_notice(row.due_at, now)
    fields = asked.fields_of_notice(row, now)
    told = _tell(row, _Occasion(found.reminder.key, kind, fields), asked.fillers_of(row, now), actor=SYSTEM, now=now)
    if found.reminder.tells_leader and kind == LATE:
        leaders = asked.leaders_of(row, now)
        told += _tell(row, _Occasion(found.reminder.key, BELOW, fields), leaders, actor=SYSTEM, now=now)
    return told


@transaction.atomic
def remind(*, summed_id: str, public_ids: Sequence[str], actor: Actor, now: datetime) -> dict[str, int]:
    """
    Ask by hand for reports below a sum, the late ones or others that are owed; how many people were told, by report.

    Who was reminded of a report by hand today already is not told again. A report that came meanwhile is left out.

    :raises Forbidden: the actor does not receive these reports
    :raises NoReport, NotYours: there is no such sum, or it is of others
    """
    view = queries.read_report(summed_id, actor)
    if not (view.row.is_summed and may_receive(actor, view.row.unit_key)):
        raise Forbidden("Chỉ nơi nhận báo cáo mới nhắc được.", "Only the receiver reminds.")
    rows = Report.objects.select_for_update().filter(
        regime=view.row.regime, period=view.row.period, receiver_key=view.row.unit_key, state__in=states.OWED
    )
    asker, told = name_of(view.row.unit_key), dict[str, int]()
    for row in rows.filter(public_id__in=list(public_ids)[:MOST_AT_ONCE]).order_by("pk"):
        occasion = _Occasion(key_by_hand(day_of(now)), CHASED, asked.fields_of_notice(row, now, asker=asker))
        told[row.public_id] = _tell(row, occasion, asked.people_by_hand(row, now), actor=actor, now=now)
    return told


@transaction.atomic
def tell_fillers(*, fact: Fact, now: datetime) -> int:
    """
    Tell who filled a report in what became of it, in the words of the packs; told twice it is one notice.

    :param fact: of a case that is a report; its subject is the report's id
    :returns: how many people; none where there is no such report
    """
    row = Report.objects.filter(public_id=fact.subject).first()
    if row is None:
        return 0
    fields, people = asked.fields_of_notice(row, now, reasons=asked.reasons_of(fact)), asked.fillers_of(row, now)
    for each in people:
        notify(
            recipient=each, kind=fact.kind, fields=fields, case_id=row.public_id, key=f"fact:{fact.id}", actor=SYSTEM, now=now
        )  # fmt: skip
    return len(people)


def _tell(row: Report, occasion: _Occasion, people: Sequence[Recipient], *, actor: Actor, now: datetime) -> int:
    """Write down who is told, tell those who were not told this before, and the ledger; how many."""
    before = asked.were_told(row, occasion.key, [each.code for each in people])
    fresh = [each for each in people if each.code not in before]
    Reminder.objects.bulk_create(
        Reminder(report=row, key=occasion.key, recipient_code=each.code, kind=occasion.kind, told_at=now, told_by=actor.code)
        for each in fresh
    )  # fmt: skip
    for each in fresh:
        key = f"report:{row.public_id}:{occasion.key}:{occasion.kind}"
        notify(
            recipient=each,
            kind=occasion.kind,
            fields={**occasion.fields},
            case_id=row.public_id,
            key=key,
            actor=actor,
            now=now,
        )
    if fresh:
        body = {"key": occasion.key, "kind": occasion.kind, "told": len(fresh)}
        tell(row, facts.REMINDED, body, actor=actor, now=now)
    return len(fresh)
