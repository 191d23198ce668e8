"""Many at once: no number is given twice or left out, no two desks call the same one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tinhso.modules.government.queue import actions
from tinhso.modules.government.queue.models import Serving, Ticket
from tinhso.modules.government.queue.rules import CannotQueue
from tinhso.modules.government.queue.tests.conftest import MORNING, Hall, appoint, make_hall, take
from tinhso.platform.cases.tests.conftest import COMMUNE
from tinhso.platform.ledger.queries import verify_ledger

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy_hall(transactional_db) -> Hall:
    return make_hall()


def in_parallel(job, arguments):
    def run(argument):
        try:
            return job(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(run, arguments))


def test_forty_people_at_once_get_forty_numbers_without_a_gap(busy_hall: Hall) -> None:
    numbers = in_parallel(lambda _: str(take()), range(40))

    assert sorted(numbers) == [f"A{number:03}" for number in range(1, 41)]


def test_eight_desks_that_call_at_once_never_call_the_same_number(busy_hall: Hall) -> None:
    officers = [appoint(f"Cán bộ {number}", f"can.bo{number}") for number in range(8)]
    for desk, officer in enumerate(officers, start=1):
        actions.sit_down(unit_key=COMMUNE, desk=desk, groups=["civil"], actor=officer, now=MORNING)
    for minute in range(30):
        take(minute=minute)

    def serves(officer) -> list[str]:
        called: list[str] = []
        current = 0
        for turn in range(6):
            found = actions.call_next(current=current, actor=officer, now=MORNING + timedelta(minutes=40 + turn))
            if found is None:
                break
            called.append(str(found))
            current = found.pk
        return called

    calls = [number for called in in_parallel(serves, officers) for number in called]
    assert len(calls) == len(set(calls)) == 30
    assert Ticket.objects.filter(state="waiting").count() == 0
    assert Serving.objects.count() == 30
    assert verify_ledger() == []


def test_one_officers_clicks_at_once_call_one_number(busy_hall: Hall) -> None:
    busy_hall.sit()
    for minute in range(8):
        take(minute=minute)

    def clicks(_):
        try:
            return str(busy_hall.calls(busy_hall.hoa))
        except CannotQueue:
            return ""

    assert [number for number in in_parallel(clicks, range(8)) if number] == ["A001"]
    assert Serving.objects.filter(ended_at=None).count() == 1
