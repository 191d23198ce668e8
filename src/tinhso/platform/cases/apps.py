"""Registration of the cases app."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhso.platform.capability import Capability, Finding, Reading

if TYPE_CHECKING:
    from tinhso.kernel.packs import Packs


class CasesConfig(Capability):
    """The engine: anything with an owner and a deadline."""

    name = "tinhso.platform.cases"
    label = "cases"

    def load_packs(self, packs: "Packs", now: datetime) -> None:
        """Keep the texts of all procedures."""
        from tinhso.platform.cases.actions import load_procedures

        load_procedures(tables=[(procedure, packs.tables[key]) for key, procedure in packs.procedures.items()], now=now)

    def examine(self, now: datetime) -> Iterable[Finding]:
        """Nothing hangs: every open case is held by somebody or waits for somebody, with a time."""
        from tinhso.platform.cases.queries import list_hanging

        hanging = list_hanging(now)
        for case in hanging:
            text = _("Hồ sơ %(case)s ở trạng thái %(state)s: %(trouble)s") % {
                "case": case["code"] or case["public_id"],
                **case,
            }
            yield Finding("trouble", text, _("Mở trang “Không rõ ai giữ” và giao lại cho một đơn vị."))
        if not hanging:
            yield Finding("well", _("Mọi hồ sơ đang mở đều có người giữ hoặc đang chờ có hạn."))

    def readings(self, source: str, now: datetime) -> Iterable[Reading]:
        """How many dossiers are late, "cases.late", and how many hang, "cases.hanging", at each unit that takes cases in."""
        from tinhso.platform.cases.queries import read_hanging, read_late

        known = {"cases.late": read_late, "cases.hanging": read_hanging}
        return known[source](now) if source in known else ()
