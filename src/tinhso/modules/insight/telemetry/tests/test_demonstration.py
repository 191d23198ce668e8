"""The invented devices of the demonstration: a plausible week, made quickly, marked as invented."""

import time
from datetime import timedelta

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.jobs.simulating import messages_of, over_http
from tinhso.modules.insight.telemetry.models import Count, Device, Event
from tinhso.modules.insight.telemetry.rules import simulating
from tinhso.modules.insight.telemetry.tests.conftest import NOW, make_units
from tinhso.platform.clock import now


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


def test_without_a_broker_the_devices_report_over_http_with_their_faults(transactional_db, live_server, settings):
    make_units()
    settings.PUBLIC_ADDRESS = live_server.url
    actions.load_invented(now=now())
    at = now()
    for minutes in range(0, 30, 10):
        for one in queries.get_definitions().invented.values():
            for what, content in messages_of(one, queries.get_kind(one.kind), at - timedelta(minutes=minutes)):
                over_http(one.code, what, content)

    taken = Count.objects.filter(reason="taken").values_list("device", flat=True)
    assert len(taken) > 30
    assert set(Count.objects.exclude(reason="taken").values_list("reason", flat=True)) <= {"out_of_range", "malformed"}


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
