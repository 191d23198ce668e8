"""Registration of the telemetry app."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tinhso.platform.capability import Capability

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs


class TelemetryConfig(Capability):
    """Sensors, cameras, lamps and networks: what they report, kept, shown and watched."""

    name = "tinhso.modules.insight.telemetry"
    label = "telemetry"
    address = "telemetry/"
    api_address = "/telemetry/"

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Kinds and devices that are not written as they must be."""
        from tinhso.modules.insight.telemetry import queries

        return queries.find_problems(pack.folder for pack in packs.packs)
