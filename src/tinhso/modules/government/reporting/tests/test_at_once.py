"""Two at the same moment: nothing is lost, nothing is handed in twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.models import Report, Version
from tinhso.modules.government.reporting.rules.filling import Sent
from tinhso.modules.government.reporting.tests.conftest import FIGURES, MORNING, OTHER, Province, load_rules, make_units
from tinhso.platform.cases import queries as case_queries
from tinhso.platform.cases.actions import ChangedMeanwhile
from tinhso.platform.ledger.queries import verify_ledger
from tinhso.platform.people.models import Role
from tinhso.platform.units.queries.keeping import forget_units

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy(transactional_db, settings, tmp_path):
    settings.PACKS, settings.MEDIA_ROOT = ["national"], tmp_path
    make_units()
    load_rules()
    for role in ("handler", "leader"):
        Role.objects.get_or_create(code=role, defaults={"scope": "unit", "name_vi": role, "name_en": role})
    found = Province()
    found.opens()
    yield found
    case_queries.forget_procedures()
    forget_units()


def in_parallel(job, arguments):
    def run(argument):
        try:
            return job(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(run, arguments))


def test_of_those_who_save_the_same_revision_one_is_kept_and_the_others_are_told(busy):
    row = busy.report()

    def save(number: int) -> str:
        sent = [Sent("villages.value", str(number)), Sent("teams.value", str(number))]
        try:
            actions.save_cells(public_id=row.public_id, sent=sent, revision=0, actor=busy.filler, now=MORNING)
        except actions.Outdated:
            return ""
        return str(number)

    kept = [each for each in in_parallel(save, range(1, 7)) if each]
    content = busy.report().content

    assert len(kept) == 1
    assert content["villages.value"]["typed"]["number"] == content["teams.value"]["typed"]["number"] == kept[0]
    assert busy.report().revision == 1


def test_those_who_read_again_and_save_once_more_lose_nothing(busy):
    public_id = busy.report().public_id
    names = ["villages", "teams", "members", "households", "guided", "staff"]

    def save(name: str) -> None:
        for _ in range(20):
            revision = queries.read_report(public_id).row.revision
            try:
                sent = [Sent(f"{name}.value", "7")]
                actions.save_cells(public_id=public_id, sent=sent, revision=revision, actor=busy.filler, now=MORNING)
            except actions.Outdated:
                continue
            return

    in_parallel(save, names)
    content = busy.report().content

    assert {name for name in names if content.get(f"{name}.value", {}).get("typed")} == set(names)
    assert verify_ledger() == []


def test_a_report_submitted_six_times_at_once_is_one_version(busy):
    row = busy.report()
    busy.types(row, **FIGURES)

    def submit(_: int) -> bool:
        try:
            actions.submit_report(public_id=row.public_id, is_invented=True, actor=busy.leader, now=MORNING)
        except (actions.NotOpen, ChangedMeanwhile):
            return False
        return True

    assert sum(in_parallel(submit, range(6))) == 1
    assert Version.objects.count() == 1


def test_reports_opened_by_two_at_once_are_opened_once(busy):
    before = Report.objects.count()
    moment = MORNING + timedelta(days=27)
    opened = in_parallel(lambda _: actions.open_reports(now=moment), range(2))

    assert sum(opened) == Report.objects.count() - before
    assert Report.objects.filter(unit_key=OTHER, period="2026-12").count() == 1


def test_a_sum_added_up_while_reports_come_in_holds_them_or_says_that_it_does_not(busy):
    rows = {busy.report(): (busy.filler, busy.leader), busy.report(OTHER): (busy.other_filler, busy.other_leader)}
    whole = busy.sum().public_id
    for row, (filler, _leader) in rows.items():
        busy.types(row, filler, **FIGURES)

    def act(row: Report | None) -> None:
        if row is None:
            actions.sum_up_report(public_id=whole, actor=busy.receiver, now=MORNING)
        else:
            actions.submit_report(public_id=row.public_id, is_invented=True, actor=rows[row][1], now=MORNING)

    in_parallel(act, [None, *rows, None])
    found = busy.sum()
    assert found.is_stale is (found.summed_from != {row.public_id: 1 for row in rows})
