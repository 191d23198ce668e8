"""Registration of the link with the national portal."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.platform.capability import Capability, Exchange, Finding, MenuItem

if TYPE_CHECKING:
    from tinhso.kernel.flow import Problem
    from tinhso.kernel.packs import Packs
    from tinhso.platform.people.rules import Actor

ADMINISTRATORS = frozenset({"administrator"})


def _to_look_at(actor: "Actor", now: datetime) -> int:  # noqa: ARG001 - the same for every administrator
    from tinhso.modules.government.portal_link.queries.incoming import count_quarantined
    from tinhso.modules.government.portal_link.queries.outbox import count_stuck

    return count_stuck() + count_quarantined()


class PortalLinkConfig(Capability):
    """Dossiers told to the national portal, filings taken in from it, both sides compared."""

    name = "tinhso.modules.government.portal_link"
    label = "portal_link"
    api_address = "/portal-link/"
    menu: ClassVar = [
        MenuItem(
            "workspace",
            gettext_lazy("Cổng quốc gia"),
            "portal_link:outbox",
            ADMINISTRATORS,
            order=88,
            count=_to_look_at,
        )
    ]

    def exchange(self) -> Exchange:
        """The link as the command line works on it."""
        return _Link()

    def find_pack_problems(self, packs: "Packs") -> "Iterable[Problem]":
        """States of dossiers outside the national list of ten, and steps that the list's moves do not allow."""
        from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
        from tinhso.modules.government.portal_link.rules.packs import problems_of

        exchange, folders = find_exchange(), [pack.folder for pack in packs.packs]
        for procedure in packs.procedures.values():
            name = f"{procedure.code}_{procedure.version}.toml"
            path = next(
                (folder / "procedures" / name for folder in folders if (folder / "procedures" / name).is_file()), ""
            )
            yield from (replace(problem, path=str(path), line=1) for problem in problems_of(procedure, exchange))

    def examine(self, now: datetime) -> Iterable[Finding]:
        """Whether messages are stuck or old, whether things from the portal wait for people."""
        from tinhso.modules.government.portal_link.queries.incoming import count_quarantined
        from tinhso.modules.government.portal_link.queries.outbox import get_overview
        from tinhso.platform.wording import span

        overview, waiting = get_overview(now), count_quarantined()
        remedy = _("Mở trang “Cổng quốc gia”, hoặc: tinhso portal status")
        if overview.stuck:
            yield Finding("warning", _("%(count)s tin gửi Cổng quốc gia bị kẹt.") % {"count": overview.stuck}, remedy)
        if overview.is_old(now):
            age = span(overview.age(now))
            yield Finding("warning", _("Tin cũ nhất chờ gửi Cổng quốc gia đã %(age)s.") % {"age": age}, remedy)
        if waiting:
            yield Finding("warning", _("%(count)s việc từ Cổng quốc gia chờ người xem.") % {"count": waiting}, remedy)
        if not (overview.stuck or waiting or overview.is_old(now)):
            yield Finding("well", _("Cổng quốc gia nhận đủ: không tin nào bị kẹt."))


class _Link:
    """The link as the command line works on it."""

    def status(self, now: datetime) -> Sequence[str]:
        """How many messages wait, are stuck, how old; what waits in quarantine; how the two sides last compared."""
        from tinhso.modules.government.portal_link.queries.status import list_status

        return list_status(now)

    def resend(self, now: datetime) -> int:
        """Try every stuck message again; how many."""
        from tinhso.modules.government.portal_link.actions import resend_all
        from tinhso.platform.people.rules import SYSTEM

        return resend_all(actor=SYSTEM, now=now)

    def reconcile(self, days: int, now: datetime) -> Sequence[str]:
        """Compare now. :raises RuntimeError: no portal is set, or it does not answer"""
        from tinhso.modules.government.portal_link.actions import compare_with_portal
        from tinhso.modules.government.portal_link.adapters import find_portal
        from tinhso.modules.government.portal_link.ports import Unreachable
        from tinhso.modules.government.portal_link.queries.status import lines_of
        from tinhso.platform.people.rules import SYSTEM

        portal = find_portal()
        if portal is None:
            raise RuntimeError("Chưa đặt địa chỉ Cổng · no portal is set: TINHSO_PORTAL_ADDRESS")
        try:
            return lines_of(compare_with_portal(portal=portal, days=days, actor=SYSTEM, now=now))
        except Unreachable as away:
            raise RuntimeError(f"Cổng không trả lời · the portal does not answer: {away}") from away
