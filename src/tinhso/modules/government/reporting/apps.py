"""Registration of reporting."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, CasePage, Finding, MenuItem, Panel, PanelAsked, Reading

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

    def panels(self) -> Mapping[str, Callable[[PanelAsked], Panel | None]]:
        """How complete reports are."""
        from tinhso.modules.government.reporting.pages.panels import draw_coverage

        return {"reporting.coverage": draw_coverage}

    def readings(self, source: str, now: datetime) -> Iterable[Reading]:
        """How many reports are late at each receiver."""
        from tinhso.modules.government.reporting.pages.panels import LATE, read_late

        return read_late(now) if source == LATE else ()

    def load_demonstration(self, now: datetime) -> None:
        """Two months of a report that communes hand in, the last one still under way."""
        from tinhso.modules.government.reporting import actions

        actions.load_demonstration(now=now)

    def examine(self, now: datetime) -> "Iterable[Finding]":  # noqa: ARG002 - as the capability asks
        """Whether reports that go further up can leave, and whether any was not taken."""
        from tinhso.modules.government.reporting.adapters.receiver import find_receiver
        from tinhso.modules.government.reporting.queries.parcels import count_parcels

        waiting, refused = count_parcels()
        if find_receiver() is None and waiting:
            text = _("%(count)s báo cáo chờ gửi lên trên mà chưa có địa chỉ nơi nhận.") % {"count": waiting}
            yield Finding("warning", text, _("Đặt TINHSO_REPORTS_ADDRESS và TINHSO_REPORTS_TOKEN."))
        if refused:
            text = _("%(count)s báo cáo bị hệ thống cấp trên từ chối.") % {"count": refused}
            yield Finding("trouble", text, _("Xem lý do ở trang /reports/outbox/, sửa rồi gửi lại."))
