"""Registration of reporting."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, CasePage, MenuItem

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs
    from tinhso.platform.people.rules import Actor


def _due(actor: "Actor", now: datetime) -> int:
    from tinhso.modules.government.reporting.queries import count_due

    return count_due(actor, now)


class ReportingConfig(Capability):
    """Regular and ad hoc reports: regimes, filling, checks, submission, adding up."""

    name = "tinhso.modules.government.reporting"
    label = "reporting"
    address = "reports/"
    api_address = "/reports/"
    menu: ClassVar = [
        MenuItem("workspace", _("Báo cáo"), "reporting:list", frozenset({"handler", "leader"}), order=30, count=_due)
    ]
    case_pages: ClassVar = {"report": CasePage(_("Báo cáo"), "reporting:report")}

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """Regimes that lack something, name what is not there, or whose periods leave days out."""
        from tinhso.modules.government.reporting.queries import find_pack_problems

        return find_pack_problems(pack.folder for pack in packs.packs)

    def load_demonstration(self, now: datetime) -> None:
        """Two months of a report that communes hand in, the last one still under way."""
        from tinhso.modules.government.reporting import actions

        actions.load_demonstration(now=now)
