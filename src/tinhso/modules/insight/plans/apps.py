"""Registration of the plans app."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.platform.capability import Capability, Finding, MenuItem, Panel, PanelAsked

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs


class PlansConfig(Capability):
    """Figures from outside; resolutions and plans, and where their targets stand."""

    name = "tinhso.modules.insight.plans"
    label = "plans"
    address = "plans/"
    api_address = "/plans/"
    menu = (
        MenuItem("portal", gettext_lazy("Chỉ tiêu"), "plans:list", order=85),
        MenuItem("workspace", gettext_lazy("Chỉ tiêu"), "plans:list", order=85),
        MenuItem("operations", gettext_lazy("Chỉ tiêu"), "plans:list", order=85),
    )

    def load_packs(self, packs: "Packs", now: datetime) -> None:
        """Keep the results that packs tell of."""
        from tinhso.modules.insight.plans import actions, queries

        definitions = queries.read_definitions(pack.folder for pack in packs.packs)
        actions.load_results(definitions=definitions, now=now)

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Measures that are not there, quantities and periods that are none, keys nobody knows."""
        from tinhso.modules.insight.plans import queries

        return queries.find_problems(pack.folder for pack in packs.packs)

    def panels(self) -> Mapping[str, Callable[[PanelAsked], Panel | None]]:
        """Figures from outside with their sources, and where targets stand."""
        from tinhso.modules.insight.plans import pages

        return {"plans.stated": pages.draw_stated, "plans.states": pages.draw_states}

    def examine(self, now: datetime) -> Iterable[Finding]:
        """How many targets cannot be judged for want of figures."""
        from tinhso.modules.insight.plans import queries
        from tinhso.platform.people.rules import day_of

        counts: dict[str, int] = {}
        for row in queries.list_resolutions(day_of(now), public=False):
            for state, count in row.counts.items():
                counts[state] = counts.get(state, 0) + count
        told = {"missing": counts.get("no_data", 0), "all": sum(counts.values())}
        text = _("%(missing)s trên %(all)s chỉ tiêu chưa có số liệu.") % told
        yield Finding("well", text)  # what is not known is told on its page; the installation lacks nothing
