"""Registration of the onestop app."""

from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, MenuItem


class OneStopConfig(Capability):
    """Public services and one-stop processing: the portal for citizens, the workspace for officers."""

    name = "tinhso.modules.government.onestop"
    label = "onestop"
    menu: ClassVar = [
        MenuItem("workspace", _("Việc của tôi"), "onestop:inbox", order=10),
        MenuItem("workspace", _("Chờ ký"), "onestop:sign_queue", frozenset({"leader"}), order=20),
        MenuItem("workspace", _("Cả đơn vị"), "onestop:unit", frozenset({"leader", "administrator"}), order=30),
        MenuItem("workspace", _("Không rõ ai giữ"), "onestop:hanging", frozenset({"administrator"}), order=40),
    ]

    def load_demonstration(self, now: datetime) -> None:
        """The dossiers of one commune over the past weeks, as the packs invent them."""
        from tinhso.modules.government.onestop.actions import load_demonstration_dossiers

        load_demonstration_dossiers(now=now)
