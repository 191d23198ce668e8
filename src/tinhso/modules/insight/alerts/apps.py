"""Registration of the alerts app."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, CasePage, Event, Finding, MenuItem, Panel, PanelAsked, Reading

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs

STAFF = frozenset({"operator", "handler", "leader", "administrator"})


def _count(actor: Any, now: datetime) -> int:  # noqa: ARG001 - what is open now
    from tinhso.modules.insight.alerts import queries

    return queries.count_open(queries.units_seen(actor))


class AlertsConfig(Capability):
    """Alerts on figures and readings, events that explain figures, letters to subscribers."""

    name = "tinhso.modules.insight.alerts"
    label = "alerts"
    address = "alerts/"
    api_address = "/alerts/"
    case_pages: ClassVar = {"alert": CasePage(_("Cảnh báo điều hành"), "alerts:alert")}
    menu = (
        MenuItem("operations", _("Cảnh báo điều hành"), "alerts:list", roles=STAFF, order=90, count=_count),
        MenuItem("workspace", _("Cảnh báo điều hành"), "alerts:list", roles=STAFF, order=78, count=_count),
    )

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Rules that can never speak, owners and levels that are none, events without a source."""
        from tinhso.modules.insight.alerts import queries

        return queries.find_problems(pack.folder for pack in packs.packs)

    def load_demonstration(self, now: datetime) -> None:
        """A few alerts in different states, an event."""
        from tinhso.modules.insight.alerts import actions

        actions.load_invented(now=now)

    def examine(self, now: datetime) -> Iterable[Finding]:
        """Whether the sources that rules watch can be read, and whether alerts are left unanswered."""
        from tinhso.modules.insight.alerts import queries

        silent = [(source, minutes) for source, minutes in queries.list_silent_minutes(now) if minutes]
        for source, minutes in silent:
            told = {"source": source, "minutes": minutes}
            yield Finding(
                "warning", gettext("Nguồn %(source)s không đọc được đã %(minutes)s phút.") % told, "/alerts/rules/"
            )
        if not silent:
            yield Finding("well", gettext("Mọi nguồn mà cảnh báo dựa vào đều đọc được."))

    def readings(self, source: str, now: datetime) -> Iterable[Reading]:
        """For how many minutes sources that rules watch could not be read: "alerts.unreadable"."""
        from tinhso.modules.insight.alerts import queries
        from tinhso.modules.insight.alerts.rules.definitions import UNREADABLE

        if source != UNREADABLE:
            return
        for asked, minutes in queries.list_silent_minutes(now):
            yield Reading(source, asked, "", asked, Decimal(minutes), _("phút"), now, reverse("alerts:rules"))

    def events(self, unit_key: str, first: date, last: date) -> Iterable[Event]:
        """What packs and people say happened between these days at the unit, above it, or everywhere."""
        from tinhso.modules.insight.alerts import queries

        for each in queries.list_events_of(unit_key, first, last):
            yield Event(each.unit_key, each.first_on, each.last_on, each.title, each.source, each.address)

    def panels(self) -> Mapping[str, Callable[[PanelAsked], Panel | None]]:
        """Open alerts; how many there were day by day."""
        from tinhso.modules.insight.alerts.pages import panels

        return panels.PANELS
