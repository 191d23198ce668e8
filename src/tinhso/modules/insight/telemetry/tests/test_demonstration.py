"""The invented devices of the demonstration: a plausible week, made quickly, marked as invented."""

import time
from datetime import timedelta

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.models import Device, Event
from tinhso.modules.insight.telemetry.rules import simulating
from tinhso.modules.insight.telemetry.tests.conftest import NOW


def test_a_week_of_the_invented_devices_is_there_in_seconds_and_once(units):
    begun = time.monotonic()
    assert actions.load_invented(now=NOW) == 36
    made = actions.load_past(now=NOW)

    assert time.monotonic() - begun < 20
    assert made > 50_000
    assert queries.count_archived() == made
    assert actions.load_invented(now=NOW) == 0
    assert actions.load_past(now=NOW) == 0
    assert set(Device.objects.values_list("is_invented", flat=True)) == {True}
    assert Event.objects.count() > 10
    assert not Event.objects.filter(plate_masked__regex=r"\d{3}").exists()


def test_what_is_missing_since_the_last_value_is_filled(units):
    actions.load_invented(now=NOW)
    actions.load_past(now=NOW)
    before = queries.count_archived()

    later = actions.load_past(now=NOW + timedelta(hours=3))

    assert 0 < later < before / 40
    assert queries.count_archived() == before + later


def test_every_value_of_every_hour_lies_in_its_range(units):
    definitions = queries.get_definitions()
    for one in definitions.invented.values():
        for measure in definitions.kinds[one.kind].measures.values():
            values = [
                simulating.value_of(one.code, measure.code, NOW + timedelta(hours=hour), measure.decimals)
                for hour in range(170)
            ]
            assert measure.least <= min(values) <= max(values) <= measure.most
            assert measure.code == "rain_hour" or len(set(values)) > 1
