"""The line to an MQTT 5 broker: a session that outlives the connection, messages acknowledged only when they are kept."""

import logging
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from queue import Empty, Full, Queue
from typing import Any, Final
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from tinhso.modules.insight.telemetry.ports import Received

SESSION_SECONDS: Final = 7 * 24 * 3600
UNREAD_AT_MOST: Final = 1000  # what the broker sends ahead of our acknowledgements
KEEPALIVE_SECONDS: Final = 20
TAKEN, REFUSED = 0x00, 0x80  # MQTT 5, 2.4; 0x10 says that nobody listens there
LARGEST_PACKET: Final = 300 * 1024
PORTS: Final = {"mqtt": 1883, "mqtts": 8883}

log = logging.getLogger(__name__)


class WrongAddress(ValueError):
    """The broker's address is not one."""


class MqttLine:
    """
    A line to the broker that the settings name, made anew whenever it breaks.

    :param settings: `address` (mqtt://host:1883 or mqtts://host:8883), `user`, `password`, `authority`
    :param name: the client's name; two with one name push each other out
    :param topics: what is listened to, with quality 1
    """

    def __init__(self, settings: Mapping[str, str], name: str, topics: Sequence[str]) -> None:
        address = urlsplit(settings["address"])
        if address.scheme not in PORTS or not address.hostname:
            raise WrongAddress(f"TINHSO_MQTT_ADDRESS: {settings['address']}")
        self.topics, self.connection, self.address = list(topics), 0, settings["address"]
        self.queue: Queue[Received] = Queue(UNREAD_AT_MOST)
        self.answers: dict[int, int] = {}
        self.closing = self.is_told = False
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, name, protocol=mqtt.MQTTv5, manual_ack=True)
        self.client.on_connect, self.client.on_message = self._connected, self._received
        self.client.on_publish = self._answered
        self.client.on_disconnect, self.client.on_connect_fail = self._broken, self._unreachable
        if settings.get("user"):
            self.client.username_pw_set(settings["user"], settings.get("password") or None)
        if address.scheme == "mqtts":
            self.client.tls_set(settings.get("authority") or None, tls_version=ssl.PROTOCOL_TLS_CLIENT)
        wishes = Properties(PacketTypes.CONNECT)
        wishes.SessionExpiryInterval, wishes.ReceiveMaximum, wishes.MaximumPacketSize = SESSION_SECONDS, UNREAD_AT_MOST, LARGEST_PACKET  # fmt: skip
        self.client.reconnect_delay_set(1, 15)
        port = address.port or PORTS[address.scheme]
        self.client.connect_async(address.hostname, port, KEEPALIVE_SECONDS, clean_start=False, properties=wishes)
        self.client.loop_start()

    def _connected(self, client: mqtt.Client, _data: Any, _flags: Any, reason: Any, _more: Any) -> None:
        if reason.is_failure:
            log.warning("the broker refuses: %s", reason)
            return
        self.connection += 1
        self.is_told = False
        if self.topics:
            client.subscribe([(topic, mqtt.SubscribeOptions(qos=1)) for topic in self.topics])

    def _broken(self, _client: mqtt.Client, _data: Any, _flags: Any, reason: Any, _more: Any) -> None:
        if reason.is_failure:
            log.warning("the line to the broker broke: %s", reason)

    def _unreachable(self, _client: mqtt.Client, _data: Any) -> None:
        if not self.is_told:  # once, not at every try
            log.warning("the broker at %s does not answer; tried again until it does", self.address)
        self.is_told = True

    def _received(self, _client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        """Waits where nobody takes what came: the broker then holds back the rest."""
        one = Received(message.topic, bytes(message.payload), message.mid, message.qos, self.connection)
        handed = False
        while not handed and not self.closing:
            with suppress(Full):
                self.queue.put(one, timeout=0.5)
                handed = True

    def _answered(self, _client: mqtt.Client, _data: Any, number: int, reason: Any, _more: Any) -> None:
        self.answers[number] = reason.value

    def take(self, most: int, within: float) -> list[Received]:
        """The next messages, at most so many; waits at most so many seconds for the first."""
        found: list[Received] = []
        try:
            found.append(self.queue.get(timeout=within))
            while len(found) < most:
                found.append(self.queue.get_nowait())
        except Empty:
            pass
        return found

    def acknowledge(self, received: Sequence[Received]) -> None:
        """
        These are kept: the broker may forget them.

        What came over an earlier connection comes again: its number may mean another message by now.
        """
        for each in received:
            if each.quality and each.connection == self.connection:
                self.client.ack(each.number, each.quality)

    def say(self, topic: str, content: bytes, within: float = 5.0) -> bool:
        """Hand a message to the broker; whether it has taken it: we may speak there, and somebody listens."""
        if not self.client.is_connected():
            return False
        handed = self.client.publish(topic, content, qos=1)
        until = time.monotonic() + within
        while not handed.is_published() and time.monotonic() < until and self.client.is_connected():
            time.sleep(0.002)
        return handed.is_published() and self.answers.pop(handed.mid, REFUSED) == TAKEN

    def close(self) -> None:
        """Hang up; the broker keeps what comes meanwhile."""
        self.closing = True
        self.client.disconnect()
        self.client.loop_stop()
