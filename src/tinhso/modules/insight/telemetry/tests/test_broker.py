"""A real broker: what it acknowledges is kept, whoever dies in between; strangers and wrong keys stay outside."""

import json
import shutil
import signal
import subprocess
import threading
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.adapters import broker
from tinhso.modules.insight.telemetry.adapters.mqtt import MqttLine, WrongAddress
from tinhso.modules.insight.telemetry.jobs import listening
from tinhso.modules.insight.telemetry.models import Count, Order, Waiting
from tinhso.modules.insight.telemetry.rules.orders import Wish
from tinhso.modules.insight.telemetry.tests.conftest import add, make_units, officer
from tinhso.platform.clock import now

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("mosquitto") or broker.find_mosquitto()), reason="scripts/ensure_tools.sh installs mosquitto"
    ),
]


@pytest.fixture
def keys(transactional_db):
    make_units()
    return {code: add(code, kind) for code, kind in (("SONG-01", "river_station"), ("DEN-01", "light_cabinet"))}


@pytest.fixture
def own(keys):
    made = broker.OwnBroker(queries.list_key_hashes())
    yield made
    made.stop()


def line_of(own, key=None, topics=(), name=None):
    """A line as the server (no key), as the holder of a key."""
    settings = own.settings()
    if key:
        user, _dot, secret = key.partition(".")
        settings = {"address": settings["address"], "user": user, "password": secret}
    return MqttLine(settings, name or settings["user"], topics)


def listener(own):
    return line_of(own, topics=listening.TOPICS, name="tinhso-telemetry")


def wait_for(true, seconds=15.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


def say(line, device, seconds, value=251.0, what="senml"):
    content = json.dumps([{"n": "water_level", "v": value, "t": now().timestamp() - seconds}]).encode()
    assert wait_for(lambda: line.say(f"tinhso/v1/{device}/{what}", content))


def test_messages_are_kept_and_then_acknowledged(own, keys):
    device, ours = line_of(own, keys["SONG-01"]), listener(own)
    try:
        assert wait_for(lambda: ours.connection)
        for seconds in range(50):
            say(device, "SONG-01", seconds)
        assert wait_for(lambda: listening.take_batch(ours, 0.2) >= 0 and Waiting.objects.count() == 50)
        ours.close()
        again = listener(own)
        assert wait_for(lambda: again.connection)
        assert again.take(10, 1.0) == [], "what was acknowledged does not come again"
        again.close()
    finally:
        device.close()


def test_what_was_taken_and_not_acknowledged_comes_again(own, keys):
    device, ours = line_of(own, keys["SONG-01"]), listener(own)
    assert wait_for(lambda: ours.connection)
    say(device, "SONG-01", 1)
    assert len(ours.take(10, 5.0)) == 1
    ours.close()  # as a process that dies before the commit

    say(device, "SONG-01", 2)
    again = listener(own)
    assert wait_for(lambda: listening.take_batch(again, 0.5) >= 0 and Waiting.objects.count() == 2)
    again.close()
    device.close()


def test_what_the_database_could_not_take_is_not_acknowledged_and_comes_again(own, keys):
    device, ours = line_of(own, keys["SONG-01"]), listener(own)
    assert wait_for(lambda: ours.connection)
    with connection.cursor() as cursor:
        cursor.execute("alter table telemetry_waiting rename to telemetry_away")
        say(device, "SONG-01", 1)
        with pytest.raises(DatabaseError):
            listening.take_batch(ours, 5.0)
        ours.close()
        cursor.execute("alter table telemetry_away rename to telemetry_waiting")

    again = listener(own)
    assert wait_for(lambda: listening.take_batch(again, 0.5) >= 0 and Waiting.objects.count() == 1)
    again.close()
    device.close()


def test_a_broker_of_the_province_reads_our_files_and_knows_us_and_the_devices(keys, settings):
    at = {**settings.TELEMETRY_BROKER, "user": "tinhso", "password": "mật khẩu của máy"}
    port = broker.free_port()
    broker.write_files_for(at, queries.list_key_hashes())
    written = (broker.folder() / "passwords").read_text()
    text = broker.SETTINGS.format(port=port, folder=broker.folder(), user="user root")
    (broker.folder() / "theirs.conf").write_text(text)
    theirs = subprocess.Popen(
        [broker.find_mosquitto(), "-c", str(broker.folder() / "theirs.conf")], stderr=subprocess.DEVNULL
    )
    at["address"] = f"mqtt://127.0.0.1:{port}"
    ours = MqttLine(at, "tinhso-telemetry", listening.TOPICS)
    user, _dot, secret = keys["SONG-01"].partition(".")
    device = MqttLine({"address": at["address"], "user": user, "password": secret}, user, [])
    try:
        assert wait_for(lambda: ours.connection and device.connection)
        say(device, "SONG-01", 1)
        assert wait_for(lambda: listening.take_batch(ours, 0.2) >= 0 and Waiting.objects.count() == 1)
    finally:
        ours.close()
        device.close()
        theirs.terminate()
        theirs.wait()
    broker.write_files_for(at, queries.list_key_hashes())
    assert (broker.folder() / "passwords").read_text() == written, "nothing new is nothing to reload"


def test_a_device_with_our_own_name_is_unknown_to_the_broker(settings):
    at = {**settings.TELEMETRY_BROKER, "user": "cua-tinh", "password": "mật khẩu của máy"}
    settings.TELEMETRY_BROKER = at
    broker.write_files_for(at, [("SONG-01", "$7$a"), ("Cua-Tinh", "$7$b"), ("simulator", "$7$c"), ("TINHSO", "$7$d")])

    lines = (broker.folder() / "passwords").read_text().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["cua-tinh", "SONG-01"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_line_is_made_anew_when_the_broker_dies_and_comes_back(own, keys, number):
    device, ours = line_of(own, keys["SONG-01"]), listener(own)
    try:
        assert wait_for(lambda: ours.connection)
        for seconds in range(20):
            say(device, "SONG-01", seconds)
        assert wait_for(lambda: listening.take_batch(ours, 0.2) >= 0 and Waiting.objects.count() == 20)
        own.stop(number)
        own.start()
        assert wait_for(lambda: ours.connection == 2), "the line is made anew by itself"
        for seconds in range(20, 40):
            say(device, "SONG-01", seconds)

        assert wait_for(lambda: listening.take_batch(ours, 0.2) >= 0 and Waiting.objects.count() == 40)
    finally:
        ours.close()
        device.close()


def test_what_waits_at_the_broker_outlives_its_restart(own, keys):
    device, ours = line_of(own, keys["SONG-01"]), listener(own)
    assert wait_for(lambda: ours.connection)
    ours.close()
    for seconds in range(20):
        say(device, "SONG-01", seconds)
    own.stop()
    own.start()
    again = listener(own)
    try:
        assert wait_for(lambda: listening.take_batch(again, 0.2) >= 0 and Waiting.objects.count() == 20)
    finally:
        again.close()
        device.close()


def test_a_wrong_key_gets_no_line_and_a_device_speaks_for_itself_alone(own, keys):
    stranger = line_of(own, "SONG-01.0000")
    device, ours = line_of(own, keys["SONG-01"]), listener(own)
    try:
        assert wait_for(lambda: ours.connection and device.connection)
        assert not device.say("tinhso/v1/DEN-01/senml", b"[]"), "the broker says that it may not"
        say(device, "SONG-01", 1)
        assert wait_for(lambda: listening.take_batch(ours, 0.2) >= 0 and Waiting.objects.count() == 1)
        assert not stranger.connection
        assert not Count.objects.filter(device="DEN-01").exists()
    finally:
        for line in (stranger, device, ours):
            line.close()


def test_a_broker_that_does_not_answer_is_told_once(caplog):
    line = MqttLine(
        {"address": f"mqtt://127.0.0.1:{broker.free_port()}", "user": "tinhso", "password": "x"}, "tinhso-telemetry", []
    )
    try:
        assert wait_for(lambda: "does not answer" in caplog.text)
        time.sleep(2.5)
        assert caplog.text.count("does not answer") == 1
    finally:
        line.close()
    with pytest.raises(WrongAddress):
        MqttLine({"address": "broker.example:1883"}, "x", [])


def test_a_renewed_key_counts_at_the_broker_too(own, keys):
    fresh = actions.renew_key(code="SONG-01", actor=officer(), now=now())
    own.renew(queries.list_key_hashes())
    time.sleep(0.5)
    with_old, with_new = line_of(own, keys["SONG-01"], name="a"), line_of(own, fresh, name="b")
    assert wait_for(lambda: with_new.connection)
    assert not with_old.connection
    with_old.close()
    with_new.close()


def order_lamps():
    at = now()
    wish = Wish(40, at, at + timedelta(hours=1), "Tiết kiệm điện")
    actions.give_order(code="DEN-01", wish=wish, actor=officer("operator"), now=at)


def test_an_order_that_nobody_heard_has_not_been_sent(own, keys):
    ours = listener(own)
    try:
        assert wait_for(lambda: ours.connection)
        order_lamps()
        listening.send_orders(ours, {})
        assert Order.objects.get().sent_at is None, "its cabinet is not at the broker: it may fetch it over HTTP"

        cabinet = line_of(own, keys["DEN-01"], ["tinhso/v1/DEN-01/orders"])
        assert wait_for(lambda: listening.send_orders(ours, {}) or Order.objects.get().sent_at)
        assert json.loads(cabinet.take(1, 5.0)[0].content)["level"] == 40
        cabinet.close()
    finally:
        ours.close()


def test_an_order_goes_out_and_its_answer_comes_back(own, keys):
    cabinet, ours = line_of(own, keys["DEN-01"], ["tinhso/v1/DEN-01/orders"]), listener(own)
    try:
        assert wait_for(lambda: ours.connection and cabinet.connection)
        order_lamps()
        listening.send_orders(ours, {})
        told = json.loads(cabinet.take(1, 5.0)[0].content)
        assert told["level"] == 40
        assert cabinet.say("tinhso/v1/DEN-01/acks", json.dumps({"id": told["id"], "answer": "done"}).encode())

        assert wait_for(lambda: listening.take_batch(ours, 0.2) >= 0 and Order.objects.get().answer == "done")
        assert Order.objects.get().sent_at
    finally:
        cabinet.close()
        ours.close()


def test_the_listener_of_the_worker_keeps_what_comes_and_ends_when_told(keys, settings):
    settings.TELEMETRY_BROKER = {**settings.TELEMETRY_BROKER, "address": ""}
    settings.TELEMETRY_SIMULATOR = True
    stop = threading.Event()

    def run():
        try:
            listening.listen(stop)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert wait_for(lambda: broker.find_own(broker.SIMULATOR))
        simulator = MqttLine(broker.find_own(broker.SIMULATOR), "simulator", [])
        say(simulator, "SONG-01", 1)
        simulator.say("tinhso/v1/SONG-01/senml", b"{")
        assert wait_for(lambda: Waiting.objects.count() == 1 and Count.objects.filter(reason="malformed").exists())
        simulator.close()
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
