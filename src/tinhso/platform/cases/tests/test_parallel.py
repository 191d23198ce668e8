"""Many at once: codes stay distinct and gapless, one key opens one case, one act wins."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tinhso.kernel.flow import NotAllowed
from tinhso.platform.cases import actions, models, queries
from tinhso.platform.cases.tests.conftest import DESK, file_dossier, load_trial_procedures, make_units
from tinhso.platform.ledger.queries import verify_ledger

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE_MIDNIGHT = datetime(2026, 11, 20, 16, 59, 50, tzinfo=UTC)  # 23:59:50 in Vietnam


@pytest.fixture
def commune(transactional_db):
    make_units()
    load_trial_procedures()
    yield
    queries.forget_procedures()


def in_parallel(job, arguments):
    def run(argument):
        try:
            return job(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(run, arguments))


def test_fifty_acceptances_across_midnight_give_fifty_distinct_gapless_codes(commune):
    cases = [file_dossier().public_id for _ in range(50)]
    moments = [BEFORE_MIDNIGHT + timedelta(seconds=n * 0.4) for n in range(50)]

    def accept(each):
        return actions.act_on_case(public_id=each[0], act="accept", actor=DESK, now=each[1]).code

    codes = in_parallel(accept, zip(cases, moments, strict=True))
    days = {day: sorted(code for code in codes if f"-{day}-" in code) for day in ("261120", "261121")}
    assert [len(found) for found in days.values()] == [25, 25]
    for day, found in days.items():
        assert found == [f"H90.01-{day}-{n:04d}" for n in range(1, 26)]
    assert verify_ledger() == []


def test_one_key_sent_many_times_at_once_opens_one_dossier(commune):
    opened = in_parallel(lambda _: file_dossier(key="same").public_id, range(16))
    assert len(set(opened)) == models.Case.objects.count() == 1


def test_of_many_who_accept_the_same_dossier_one_wins(commune):
    case = file_dossier()

    def accept(_):
        try:
            return actions.act_on_case(public_id=case.public_id, act="accept", actor=DESK, now=BEFORE_MIDNIGHT).code
        except NotAllowed:
            return None

    codes = [code for code in in_parallel(accept, range(16)) if code]
    assert codes == ["H90.01-261120-0001"]
    assert models.CodeCounter.objects.get().last == 1
