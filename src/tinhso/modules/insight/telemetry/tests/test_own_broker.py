"""The demonstration's own broker: one worker has it, and who speaks to it notices that it was made anew."""

import threading
import time

import pytest
from django.db import connection

from tinhso.modules.insight.telemetry.adapters import broker, store
from tinhso.modules.insight.telemetry.adapters.mqtt import MqttLine
from tinhso.modules.insight.telemetry.jobs import listening, simulating

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not broker.find_mosquitto(), reason="scripts/ensure_tools.sh installs mosquitto"),
]


@pytest.fixture
def own(settings, transactional_db):
    settings.TELEMETRY_BROKER = {**settings.TELEMETRY_BROKER, "address": ""}
    settings.TELEMETRY_SIMULATOR = True
    made = broker.OwnBroker([])
    yield made
    made.stop()


def listen(stop):
    try:
        listening.listen(stop)
    finally:
        connection.close()


def test_a_second_worker_waits_and_leaves_the_first_ones_broker_alone(own):
    assert store.may_listen()
    stop = threading.Event()
    second = threading.Thread(target=listen, args=(stop,))
    second.start()
    try:
        time.sleep(1.0)
        assert broker.find_own(broker.SIMULATOR) == own.settings(broker.SIMULATOR)
    finally:
        stop.set()
        second.join(10)
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock_all()")
    assert not second.is_alive()


def test_the_invented_devices_begin_again_when_the_broker_was_made_anew(own):
    found = broker.find_own(broker.SIMULATOR)
    line = MqttLine(found, "tinhso-simulator", [])
    try:
        assert list(simulating.hear_orders(line, found)) == []
        other = broker.OwnBroker([])
        other.stop()
        with pytest.raises(simulating.BrokerMoved):
            list(simulating.hear_orders(line, found))
    finally:
        line.close()
