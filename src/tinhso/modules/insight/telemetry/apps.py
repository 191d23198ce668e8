"""Registration of the telemetry app."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.platform.capability import Capability, Companion, Finding, MenuItem, Panel, PanelAsked, Reading

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs

OFFICERS = frozenset({"operator", "leader", "administrator", "handler", "statistician", "receptionist", "clerk"})


class TelemetryConfig(Capability):
    """Sensors, cameras, lamps and networks: what they report, kept, shown and watched."""

    name = "tinhso.modules.insight.telemetry"
    label = "telemetry"
    address = "telemetry/"
    api_address = "/telemetry/"
    menu = (
        MenuItem("operations", gettext_lazy("Quan trắc"), "telemetry:devices", OFFICERS, order=84),
        MenuItem("workspace", gettext_lazy("Quan trắc"), "telemetry:devices", OFFICERS, order=84),
    )

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Kinds and devices that are not written as they must be."""
        from tinhso.modules.insight.telemetry import queries

        return queries.find_problems(pack.folder for pack in packs.packs)

    def load_demonstration(self, now: datetime) -> None:
        """The invented devices with a week of values."""
        from tinhso.modules.insight.telemetry import actions

        actions.load_invented(now=now)
        actions.load_past(now=now)

    def companions(self) -> Iterable[Companion]:
        """The listener at the broker; in a demonstration the invented devices."""
        from tinhso.modules.insight.telemetry import jobs

        return (jobs.listen, jobs.simulate)

    def panels(self) -> Mapping[str, Callable[[PanelAsked], Panel | None]]:
        """Newest values, a course, the map, events, health."""
        from tinhso.modules.insight.telemetry import pages

        return pages.PANELS

    def readings(self, source: str, now: datetime) -> Iterable[Reading]:
        """`telemetry.<measure>`: the newest value of every active device; `telemetry.silent`: minutes since the last one."""
        from tinhso.modules.insight.telemetry import queries

        return queries.list_readings(source, now)

    def examine(self, now: datetime) -> Iterable[Finding]:
        """Whether devices are silent, and whether values reach the archive."""
        from tinhso.modules.insight.telemetry import queries

        devices = queries.list_devices(queries.Wanted(), now, all_seen=True)
        silent = sum(each.state == "silent" for each in devices)
        told = {"silent": silent, "all": len(devices)}
        yield Finding("well", _("%(silent)s trên %(all)s thiết bị quan trắc mất tín hiệu.") % told)
        if queries.is_archive_behind(now):
            yield Finding("warning", _("Số đo chờ ghi vào kho đã quá 30 phút."), "tinhso run")
