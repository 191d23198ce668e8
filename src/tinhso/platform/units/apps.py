"""Registration of the units app."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tinhso.platform.capability import Capability, Finding

if TYPE_CHECKING:
    from tinhso.kernel.packs import Packs


@dataclass(frozen=True, slots=True)
class _Packs:
    """The one who loads packs: nobody signed in."""

    code: str = "system"


class UnitsConfig(Capability):
    """Units in time: administrative units, agencies, desks, seats, calendars."""

    name = "tinhso.platform.units"
    label = "units"

    def load_packs(self, packs: "Packs", now: datetime) -> None:
        """Units, successions, seats and calendars as the packs say."""
        from tinhso.platform.units import actions

        folders = [pack.folder for pack in packs.packs]
        actions.load_units(folders=folders, actor=_Packs(), now=now)
        actions.load_calendars(tables=packs.calendars, holidays=packs.holidays, actor=_Packs(), now=now)

    def examine(self, now: datetime) -> Iterable[Finding]:
        """Whether a code means two units on one day."""
        from django.utils.translation import gettext_lazy as _

        from tinhso.platform.units import queries

        for before, after in queries.list_overlaps():
            yield Finding("trouble", f"{before}, {after}", _("Hai đơn vị cùng mã, cùng loại, trùng thời gian"))
        if not queries.count_units(now.date(), "province"):
            yield Finding("trouble", _("Chưa có đơn vị hành chính nào"), _("Nạp gói dữ liệu: tinhso packs load"))
