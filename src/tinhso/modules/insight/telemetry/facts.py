"""The facts this module tells: devices added, changed, paused; keys renewed; events reviewed; orders given and what came of them."""

from typing import Final

DEVICE_ADDED: Final = "telemetry.device.added"
DEVICE_MOVED: Final = "telemetry.device.moved"
DEVICE_PAUSED: Final = "telemetry.device.paused"
DEVICE_RESUMED: Final = "telemetry.device.resumed"
DEVICE_RETIRED: Final = "telemetry.device.retired"
KEY_RENEWED: Final = "telemetry.key.renewed"
EVENT_REVIEWED: Final = "telemetry.event.reviewed"
ORDER_GIVEN: Final = "telemetry.order.given"
ORDER_ANSWERED: Final = "telemetry.order.answered"
