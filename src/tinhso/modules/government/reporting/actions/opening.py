"""Opening reports: by themselves when a period draws to its end, by hand when somebody asks for one."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import translation

from tinhso.kernel.worktime import Calendar
from tinhso.kernel.worktime.walking import end_on_working_day
from tinhso.modules.government.reporting import facts, queries
from tinhso.modules.government.reporting.actions.writing import Forbidden
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.queries import Assignment
from tinhso.modules.government.reporting.rules.filling import derive, write_content
from tinhso.modules.government.reporting.rules.naming import period_name
from tinhso.modules.government.reporting.rules.periods import (
    NoPeriod,
    ReportingPeriod,
    last_closed,
    once,
    period_of,
    period_on,
)
from tinhso.modules.government.reporting.rules.powers import may_receive
from tinhso.modules.government.reporting.rules.states import ASSIGNED
from tinhso.modules.government.reporting.rules.templates import Regime
from tinhso.platform.cases.actions import Filing, open_case
from tinhso.platform.cases.queries import procedure_on
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import SYSTEM, Actor, day_of
from tinhso.platform.units.queries import get_calendar

PROCEDURE = "agency_report"
LONGEST_SUBJECT = 300
FARTHEST = timedelta(days=5 * 365)  # how far back or ahead the days of a report asked for by hand may lie
MADE_UP_FOR = timedelta(days=10)  # a report whose day passed while nothing ran is still opened; an older one is not


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for by hand: which regime, for which days, until when, about what, of whom (empty: of everybody)."""

    regime: str
    first: date
    last: date
    due_on: date | None = None
    subject: str = ""
    units: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _Due:
    """One report that is to be opened."""

    regime: Regime
    period: ReportingPeriod
    assignment: Assignment
    subject: str = ""


def open_reports(*, now: datetime) -> int:
    """
    Open what is due of every regular regime: the period that ended last, and the running one when its end is near.

    Safe to repeat: a report is opened once, and not when it was due more than ten days ago. A regime that took effect after a period ended asks for nothing of it.

    :returns: how many were opened
    """
    on, opened = day_of(now), 0
    for regime in queries.list_regimes(on):
        if not regime.is_regular:
            continue
        running, ended = period_on(regime.period, on), last_closed(regime.period, on)
        near = running.cut_off_on - timedelta(days=regime.opens_before) <= on
        for period in (ended, running) if near else (ended,):
            if period.cut_off_on >= regime.version:
                opened += open_period(regime, period.code, now)
    return opened


def open_period(regime: Regime, code: str, now: datetime, *, among: Collection[str] = ()) -> int:
    """Open the reports of one period of a regime; with `among` only those of these units and those that go to them."""
    known = set(Report.objects.filter(regime=regime.code, period=code).values_list("unit_key", flat=True))
    opened = 0
    for assignment in queries.assignments_of(regime, day_of(now)):
        if assignment.unit_key in known or (among and not {assignment.unit_key, assignment.receiver_key} & {*among}):
            continue
        calendar = get_calendar(assignment.unit_key, day_of(now))
        period = _for(assignment, regime, period_of(regime.period, code, calendar), calendar)
        if period.due_at and now - period.due_at < MADE_UP_FOR:
            opened += _open(_Due(regime, period, assignment), actor=SYSTEM, now=now) is not None
    return opened


def _for(assignment: Assignment, regime: Regime, period: ReportingPeriod, calendar: Calendar) -> ReportingPeriod:
    """The period with the moment by which this unit's report is due: sums have some days more, and end on a working day."""
    days_after = regime.send_up.days_after if assignment.is_summed and regime.send_up else 0
    if not days_after or period.due_at is None:
        return period
    ends = day_of(period.due_at) + timedelta(days=days_after)
    return replace(period, due_at=end_on_working_day(ends, calendar, [], at_midnight=False))


def ask_for_reports(*, asked: Asked, actor: Actor, now: datetime) -> list[Report]:
    """
    Open a thematic or ad hoc report for these units, and the summed one of the receiver.

    :raises NoRegime: there is none of that code
    :raises NoPeriod: the days are in the wrong order or too far away, or what was asked is asked already
    :raises Forbidden: the actor receives no reports of this regime
    """
    on = day_of(now)
    regime = queries.regime_on(asked.regime, on)
    if regime.is_regular:
        raise Forbidden("Chế độ định kỳ được giao tự động theo kỳ.", "Regular reports are opened by themselves.")
    everybody = [
        each
        for each in queries.assignments_of(regime, on)
        if may_receive(actor, each.unit_key if each.is_summed else each.receiver_key)
    ]
    wanted = [each for each in everybody if each.is_summed or not asked.units or each.unit_key in asked.units]
    if not any(not each.is_summed for each in wanted):
        raise Forbidden(
            "Đơn vị của bạn không nhận báo cáo này từ đơn vị nào trong số đã chọn.",
            "Your unit receives this report from none of the units chosen.",
        )
    _must_be_near(asked, on)
    opened = []
    with transaction.atomic():
        for assignment in wanted:
            period = _own_period(regime, asked, assignment, on)
            found = _open(
                _Due(regime, period, assignment, asked.subject.strip()[:LONGEST_SUBJECT]), actor=actor, now=now
            )
            if found:
                opened.append(found)
        if not opened:
            raise NoPeriod("Báo cáo này đã được giao cho những ngày ấy.", "This was asked for those days already.")
        _tell_asked(opened, actor, now)
    return opened


def _own_period(regime: Regime, asked: Asked, assignment: Assignment, on: date) -> ReportingPeriod:
    calendar = get_calendar(assignment.unit_key, on)
    period = period_of(regime.period, once(asked.first, asked.last), calendar)
    if asked.due_on:
        due_at = end_on_working_day(asked.due_on, calendar, [], at_midnight=False)
        period = replace(period, due_at=due_at)
    return _for(assignment, regime, period, calendar)


def _must_be_near(asked: Asked, on: date) -> None:
    """Promise that the days asked for are within reach of a calendar. :raises NoPeriod: names the field"""
    if asked.due_on and asked.due_on < on:
        raise NoPeriod("Hạn nộp đã qua; hãy chọn ngày khác.", "That deadline has passed; choose another day.", "due_on")
    earliest, latest = on - FARTHEST, on + FARTHEST
    for name in ("first", "last", "due_on"):
        day = getattr(asked, name)
        if day and not earliest <= day <= latest:
            raise NoPeriod(
                f"Chọn một ngày từ năm {earliest.year} đến năm {latest.year}.",
                f"Choose a day from {earliest.year} to {latest.year}.",
                name,
            )


def _tell_asked(opened: list[Report], actor: Actor, now: datetime) -> None:
    first = opened[0]
    units = [each.unit_key for each in opened if not each.is_summed]
    body = {"regime": first.regime, "period": first.period, "units": units}
    unit_key = next((each.unit_key for each in opened if each.is_summed), first.receiver_key)
    record_fact(
        kind=facts.REPORT_ASKED_FOR, subject=first.public_id, unit_key=unit_key, body=body, actor=actor, now=now
    )


def _open(due: _Due, *, actor: Actor, now: datetime) -> Report | None:
    """Open the report and its case, filled with what the records say; None where it is there already."""
    regime, period, assignment = due.regime, due.period, due.assignment
    assert period.due_at is not None
    if Report.objects.filter(regime=regime.code, period=period.code, unit_key=assignment.unit_key).exists():
        return None
    try:
        with transaction.atomic():
            opened = open_case(filing=_filing(due, now), actor=actor, now=now)
            row = Report(
                public_id=opened.public_id,
                regime=regime.code,
                regime_version=regime.version,
                period=period.code,
                start_on=period.start_on,
                cut_off_on=period.cut_off_on,
                due_at=period.due_at,
                unit_key=assignment.unit_key,
                receiver_key=assignment.receiver_key,
                is_summed=assignment.is_summed,
                subject=due.subject,
                state=ASSIGNED,
                opened_at=now,
                opened_by=actor.code,
                changed_at=now,
            )
            if not assignment.is_summed:
                row.content = write_content(derive({}, queries.derive_cells(row, regime, now)))
            row.save()
    except IntegrityError:  # somebody else opened it at the same moment
        return None
    return row


def _filing(due: _Due, now: datetime) -> Filing:
    """The case that the report is."""
    regime, period, assignment = due.regime, due.period, due.assignment
    data = {"regime": regime.code, "period": period.code, "signed": "yes" if regime.is_signed else "no"}
    with translation.override("vi"):  # a title is kept as it is, whoever reads it
        title = f"{due.subject or regime.name.vi}, {period_name(period.code)}"
    return Filing(
        procedure=procedure_on(PROCEDURE, day_of(now)),
        unit_key=assignment.unit_key,
        title=title[:200],
        data=data,
        channel="internal",
        measures={"regime": regime.code, "period": period.code},
        due_at=period.due_at,
    )
