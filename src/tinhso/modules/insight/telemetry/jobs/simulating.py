"""The invented devices report as time goes on, over the broker where there is one, else over HTTP; with the faults of real ones."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.request import Request, urlopen

from django.conf import settings

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.adapters import broker
from tinhso.modules.insight.telemetry.adapters.mqtt import MqttLine
from tinhso.modules.insight.telemetry.rules import simulating
from tinhso.modules.insight.telemetry.rules.kinds import Invented, Kind
from tinhso.modules.insight.telemetry.rules.names import (
    ACKNOWLEDGEMENTS,
    EVENTS,
    MEASURES,
    ORDERS,
    ROOT,
    key_of,
    topic_of,
)
from tinhso.platform.clock import now

ROUND_SECONDS: Final = 20.0
RHYTHM_SECONDS: Final = 120
LATE_BY: Final = timedelta(minutes=12)
BROKER_WITHIN_SECONDS: Final = 15.0
Door = Callable[[str, str, bytes], None]

log = logging.getLogger(__name__)


class BrokerMoved(RuntimeError):
    """The broker was made anew elsewhere: whoever speaks to it begins again."""


def simulate(stop: threading.Event) -> None:
    """Speak as the invented devices until stop is said; only in a demonstration."""
    if not settings.TELEMETRY_SIMULATOR:
        return
    actions.load_past(now=now())
    found, until = None, time.monotonic() + BROKER_WITHIN_SECONDS
    while broker.find_mosquitto() and found is None and time.monotonic() < until and not stop.wait(0.5):
        found = broker.find_own(broker.SIMULATOR)
    if found is None:
        _speak(over_http, lambda: iter(()), stop)
        return
    line = MqttLine(found, "tinhso-simulator", [f"{ROOT}/+/{ORDERS}"])
    try:
        _speak(lambda device, what, content: _say(line, device, what, content), lambda: hear_orders(line, found), stop)
    finally:
        line.close()


def _say(line: MqttLine, device: str, what: str, content: bytes) -> None:
    if not line.say(topic_of(device, what), content):
        log.warning("the broker did not take what %s said", device)


def over_http(device: str, what: str, content: bytes) -> None:
    """Send what a device says to our own API, with its key; what is not taken is told in the log."""
    name = {MEASURES: "measures", EVENTS: "events"}[what]
    headers = {"Authorization": f"Bearer {key_of(device, queries.secret_of_invented(device))}", "Content-Type": "application/senml+json"}  # fmt: skip
    address = f"{settings.PUBLIC_ADDRESS}/api/v1/telemetry/{name}"
    try:
        with urlopen(Request(address, content, headers), timeout=5) as answer:  # noqa: S310 - our own address
            answer.read()
    except OSError as trouble:
        log.info("what %s said was not taken: %s", device, trouble)  # faults are a part of it


def hear_orders(line: MqttLine, found: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """
    The orders that came over the line, by device, acknowledged.

    :param found: how the broker was reached when the line was made
    :raises BrokerMoved: it is reached otherwise by now
    """
    if broker.find_own(broker.SIMULATOR) != found:
        raise BrokerMoved
    for each in line.take(100, 0.01):
        line.acknowledge([each])
        yield each.topic.split("/")[2], json.loads(each.content)


def _speak(door: Door, orders: Callable[[], Iterator[tuple[str, dict[str, Any]]]], stop: threading.Event) -> None:
    said: dict[str, int] = {}
    told: dict[str, dict[str, Any]] = {}
    while not stop.is_set():
        at = now()
        for device, order in orders():
            told[device] = order
            door(device, ACKNOWLEDGEMENTS, json.dumps({"id": order["id"], "answer": "done"}).encode())
        for one in queries.get_definitions().invented.values():
            kind = queries.get_kind(one.kind)
            rhythm = max(kind.every_seconds, RHYTHM_SECONDS)
            tick = int(at.timestamp()) // rhythm
            if said.get(one.code) != tick or one.code in told:
                said[one.code] = tick
                for what, content in messages_of(one, kind, at, told.get(one.code)):
                    door(one.code, what, content)
        told = {device: order for device, order in told.items() if order["ends"] > at.timestamp()}
        stop.wait(ROUND_SECONDS)


def messages_of(
    one: Invented, kind: Kind, at: datetime, order: dict[str, Any] | None = None
) -> Iterator[tuple[str, bytes]]:
    """What the device says at that moment, with what it does wrong: topic's last part and content."""
    if simulating.is_silent(one.code, one.fault, at):
        return
    wrong = simulating.what_goes_wrong(one.code, one.fault, at)
    moment = at - LATE_BY if wrong == "late" else at
    rows: list[dict[str, Any]] = [
        {"n": each.code, "v": _value(one, each.code, moment, each.decimals, order), "u": each.senml_unit}
        for each in kind.measures.values()
    ]
    rows[0] = {"bn": f"{one.code}/", "bt": moment.timestamp(), **rows[0]}
    if wrong == "absurd":
        rows[0]["v"] = 99_999_999
    content = json.dumps(rows).encode()
    yield MEASURES, content[: len(content) // 2] if wrong == "broken" else content
    if wrong == "doubled":
        yield MEASURES, content
    if found := simulating.event_of(one.code, tuple(kind.events), at, timedelta(seconds=kind.every_seconds)):
        yield EVENTS, json.dumps(_event(one, kind, at, found)).encode()


def _value(one: Invented, measure: str, at: datetime, decimals: int, order: dict[str, Any] | None) -> float:
    if order and order["starts"] <= at.timestamp() < order["ends"] and measure in {"light_level", "power"}:
        return float(order["level"]) if measure == "light_level" else simulating.power_at(one.code, at, order["level"])
    return simulating.value_of(one.code, measure, at, decimals)


def _event(one: Invented, kind: Kind, at: datetime, found: tuple[str, float]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": f"{at.timestamp():.0f}",
        "type": found[0],
        "t": at.timestamp(),
        "confidence": found[1],
    }
    return told | ({"plate": simulating.plate_of(one.code, at)} if kind.events[found[0]].has_plate else {})
