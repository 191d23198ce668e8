"""Two evaluators at the same moment, each on a connection of its own: one alert, one notice."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from tinhso.modules.insight.alerts import actions
from tinhso.modules.insight.alerts.adapters import pack_files
from tinhso.modules.insight.alerts.models import Alert
from tinhso.modules.insight.alerts.tests.conftest import MINUTE, NOW, evaluate, load_flows_and_people
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.models import Case
from tinhso.platform.cases.tests.conftest import make_units
from tinhso.platform.notices.models import Notice


@pytest.mark.django_db(transaction=True)
def test_two_evaluators_at_once_raise_one_alert(river, small_pack):
    make_units()
    load_flows_and_people()
    small_pack()
    river.levels = {f"TRAM-{number}": Decimal(6) for number in range(5)}
    evaluate(0)
    all_have_read = Barrier(4)
    river.wait = all_have_read.wait

    def look(_number: int) -> actions.Evaluated:
        try:
            return actions.evaluate_alerts(now=NOW + 10 * MINUTE)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        looks = list(pool.map(look, range(4)))

    assert sum(each.raised for each in looks) == 5
    assert sum(each.failed for each in looks) == 0
    assert Alert.objects.count() == Case.objects.filter(kind="alert").count() == 5
    assert Notice.objects.filter(kind="alerts.alert.raised").count() == 5
    pack_files._read.cache_clear()
    cases.forget_procedures()
