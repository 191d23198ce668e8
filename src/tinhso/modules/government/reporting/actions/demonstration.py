"""The reports of the demonstration: communes hand in, most in time; one is returned, some are late, one is due tomorrow."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from tinhso.modules.government.reporting import queries
from tinhso.modules.government.reporting.actions.chasing import chase_reports
from tinhso.modules.government.reporting.actions.filling import save_cells
from tinhso.modules.government.reporting.actions.handing_in import approve_report, return_report, submit_report
from tinhso.modules.government.reporting.actions.opening import Asked, ask_for_reports, open_period
from tinhso.modules.government.reporting.actions.summing import send_up, sum_up_report
from tinhso.modules.government.reporting.models import Report
from tinhso.modules.government.reporting.rules.demonstration import figures_of, name_of
from tinhso.modules.government.reporting.rules.periods import code_before, last_closed, period_on
from tinhso.modules.government.reporting.rules.templates import Regime
from tinhso.platform.people.actions import register_officer
from tinhso.platform.people.queries import list_demonstration_people
from tinhso.platform.people.rules import HANDLER, LEADER, SYSTEM, Actor, Post, day_of, new_code, start_of

REGIME, AD_HOC, QUARTERLY = "commune_digital", "system_incident", "procedures_settled"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SEED = "reporting"
SIGNED = 1  # of the invented reports so many, counted from 0, bear a signature


@dataclass(frozen=True, slots=True)
class _Stage:
    """Who plays: the receiver's officers, the demonstration's own commune, who reports elsewhere."""

    receiver: Actor
    chief: Actor
    own: frozenset[str]
    regime: Regime
    now: datetime


@transaction.atomic
def load_demonstration(*, now: datetime) -> None:
    """Let it happen, once; without demonstration officers at a receiver nothing is made."""
    regime = queries.regime_on(REGIME, day_of(now))
    stage = _stage(regime, now)
    if stage is None or Report.objects.exists():
        return
    latest = last_closed(regime.period, day_of(now))
    for months_ago, code in enumerate((latest.code, code_before(regime.period, latest.code))):
        _month(stage, code, months_ago)
    if stage.own:
        _for_whoever_looks(stage)
    chase_reports(now=now)


def _for_whoever_looks(stage: _Stage) -> None:
    """The running quarter, opened before its time so that there is one to look at; an ad hoc report due tomorrow."""
    today, now = day_of(stage.now), stage.now
    quarter = queries.regime_on(QUARTERLY, today)
    open_period(quarter, period_on(quarter.period, today).code, now, among=stage.own)
    subject = "Mất kết nối trục liên thông"
    asked = Asked(AD_HOC, today - 3 * DAY, today - DAY, today + DAY, subject, stage.own)
    ask_for_reports(asked=asked, actor=stage.receiver, now=now - HOUR)


def _stage(regime: Regime, now: datetime) -> _Stage | None:
    people = [each for each in list_demonstration_people(now) if each.kind == "officer"]
    for each in queries.assignments_of(regime, day_of(now)):
        if each.is_summed:
            found = {role: _holder(people, role, each.unit_key) for role in (HANDLER, LEADER)}
            receiver, chief = found[HANDLER], found[LEADER]
            if receiver and chief:
                own = frozenset(post.unit_key for one in people for post in one.posts if post.role == HANDLER)
                return _Stage(receiver, chief, own, regime, now)
    return None


def _holder(people: list[Actor], role: str, unit_key: str) -> Actor | None:
    return next((each for each in people if role in each.roles_in(unit_key)), None)


def _month(stage: _Stage, code: str, months_ago: int) -> None:
    """One month: opened before its cut-off, handed in around the day it was due; the earlier month is done with."""
    end = queries.period_end(stage.regime, code)
    open_period(stage.regime, code, min(start_of(end) - 2 * DAY, stage.now), among=[stage.receiver.posts[0].unit_key])
    rows = list(Report.objects.filter(regime=REGIME, period=code).order_by("unit_key"))
    for number, row in enumerate(row for row in rows if not row.is_summed):
        if row.unit_key in stage.own and not months_ago:
            continue  # left for whoever looks at the demonstration
        _commune(stage, row, number, months_ago)
    whole = next((row for row in rows if row.is_summed), None)
    if months_ago and whole:
        at = min(whole.due_at - HOUR, stage.now)
        sum_up_report(public_id=whole.public_id, actor=stage.receiver, now=at - HOUR)
        send_up(public_id=whole.public_id, actor=stage.chief, now=at)


def _commune(stage: _Stage, row: Report, number: int, months_ago: int) -> None:
    """What one commune does: by its number it hands in early, late, not at all, or has it returned."""
    random = Random(f"{SEED} {row.unit_key} {row.period}")  # noqa: S311 - nothing secret
    silent = not months_ago and number % 11 == 5
    days = random.randint(1, 3) if number % 13 == 7 else -random.randint(0, 4)
    at = start_of(day_of(row.due_at)) + days * DAY + random.randint(8, 15) * HOUR + random.randint(0, 59) * MINUTE
    if silent or at >= stage.now:
        return
    actor = _reporter(row, stage.now)
    records = frozenset(key for key, entry in queries.view_of(row).content.items() if entry.derived is not None)
    sent = figures_of(f"{SEED} {row.unit_key}", months_ago, records)
    save_cells(public_id=row.public_id, sent=sent, revision=0, actor=actor, now=at - HOUR)
    submit_report(public_id=row.public_id, is_invented=number > SIGNED, actor=actor, now=at)
    decided = min(at + HOUR, stage.now)
    if not months_ago and number == 3:
        reasons = "Số hộ được hướng dẫn giảm so với kỳ trước; đề nghị đối chiếu lại sổ của thôn."
        return_report(public_id=row.public_id, reasons=reasons, actor=stage.receiver, now=decided)
    elif months_ago or number % 4:
        approve_report(public_id=row.public_id, actor=stage.receiver, now=decided)


def _reporter(row: Report, now: datetime) -> Actor:
    """An officer of the commune who fills in and signs; made once, cannot sign in."""
    code = new_code("officer", Random(f"{SEED} {row.unit_key}"))  # noqa: S311 - settled, not secret
    name, posts = name_of(row.unit_key), (Post(row.unit_key, HANDLER), Post(row.unit_key, LEADER))
    if not queries.is_officer(code):
        sign_in_name = f"bao-cao.{row.unit_key.partition('@')[0]}"
        register_officer(name=name, sign_in_name=sign_in_name, unit_key=row.unit_key, code=code, actor=SYSTEM, now=now)
    return Actor(code=code, kind="officer", name=name, posts=posts)
