"""Listening to the broker for as long as the worker lives: keep, then acknowledge; orders go out the same way."""

import json
import logging
import threading
import time
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.db import DataError

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.adapters import broker, store
from tinhso.modules.insight.telemetry.adapters.mqtt import MqttLine
from tinhso.modules.insight.telemetry.ports import Line, Received
from tinhso.modules.insight.telemetry.rules.names import FROM_DEVICES, ORDERS, ROOT, read_topic, topic_of
from tinhso.platform.clock import now

AT_ONCE: Final = 500
GATHER_SECONDS: Final = 0.5
RENEW_SECONDS: Final = 10.0
AGAIN_SECONDS: Final = 10.0
ANOTHER_LISTENS_SECONDS: Final = 10.0
TOPICS: Final = [f"{ROOT}/+/{what}" for what in FROM_DEVICES]

log = logging.getLogger(__name__)


def listen(stop: threading.Event) -> None:
    """
    Listen until stop is said. Returns at once where no broker is named and none can be had.

    One process of all that share the database listens; the others wait until its connection is gone. Whatever fails
    ends the line without acknowledging, and the worker begins anew: the broker then sends again what was not kept.
    """
    named = bool(settings.TELEMETRY_BROKER["address"])
    if not named and not (settings.TELEMETRY_SIMULATOR and broker.find_mosquitto()):
        return
    while not store.may_listen():
        if stop.wait(ANOTHER_LISTENS_SECONDS):
            return
    broker.forget_own()  # not before: until then it may be another process's, and alive
    own = None if named else broker.OwnBroker(queries.list_key_hashes())
    try:
        line = MqttLine(own.settings() if own else settings.TELEMETRY_BROKER, "tinhso-telemetry", TOPICS)
        try:
            _attend(line, own, stop)
        finally:
            line.close()
    finally:
        if own:
            own.stop()


def _attend(line: Line, own: broker.OwnBroker | None, stop: threading.Event) -> None:
    renew_at, again_at = 0.0, dict[str, float]()
    while not stop.is_set():
        take_batch(line, GATHER_SECONDS)
        send_orders(line, again_at)
        if time.monotonic() >= renew_at:
            renew_at = time.monotonic() + RENEW_SECONDS
            _renew(own)


def _renew(own: broker.OwnBroker | None) -> None:
    """Let the broker know the devices as they are; bring back a broker of our own that died."""
    if own is None:
        broker.write_files_for(settings.TELEMETRY_BROKER, queries.list_key_hashes())
        return
    own.renew(queries.list_key_hashes())
    if not own.alive:
        log.warning("the demonstration's broker died and starts again")
        own.start()


def take_batch(line: Line, within: float) -> int:
    """Keep the next messages, then acknowledge them; how many. What the database cannot take now is not acknowledged."""
    received = line.take(AT_ONCE, within)
    if received:
        _keep(received)
        line.acknowledge(received)
    return len(received)


def _keep(received: Sequence[Received]) -> None:
    messages = [_message(each) for each in received]
    try:
        actions.keep_messages(messages=messages, now=now())
    except (DataError, ValueError):  # anything else may pass: it ends the line, and all of it comes again
        if len(received) == 1:  # this would come again for ever and hold up all that follows
            log.exception("a message that cannot be kept is counted as malformed: %s", received[0].topic)
            actions.count_unkept(device=messages[0].device, now=now())
            return
        for each in received:
            _keep([each])


def _message(received: Received) -> actions.Message:
    found = read_topic(received.topic)
    return actions.Message(*found, received.content) if found else actions.Message(received.topic[:40], "", b"")


def send_orders(line: Line, again_at: dict[str, float]) -> None:
    """Send the orders that have not left; what the broker does not take, or nobody hears there, is tried again after a while."""
    for order in queries.list_unsent(now()):
        if time.monotonic() < again_at.get(order.public_id, 0.0):
            continue
        again_at[order.public_id] = time.monotonic() + AGAIN_SECONDS
        told = json.dumps(queries.tell_order(order)).encode()
        if line.say(topic_of(order.device.code, ORDERS), told):
            actions.note_sent(public_id=order.public_id, now=now())
