"""Registration of the notices app."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, Finding, MenuItem

if TYPE_CHECKING:
    from tinhso.kernel.packs import Packs


class NoticesConfig(Capability):
    """Messages to people through ports: in their list, by e-mail, text message, Zalo."""

    name = "tinhso.platform.notices"
    label = "notices"
    menu: ClassVar = [MenuItem("portal", _("Thông báo"), "notices:list", order=80)]

    def load_packs(self, packs: "Packs", now: datetime) -> None:  # noqa: ARG002 - wordings have no history
        """Keep the packs' words for notices."""
        from tinhso.platform.notices import actions

        actions.load_notice_texts(texts=packs.texts)

    def examine(self, now: datetime) -> Iterable[Finding]:
        """Whether every channel has a gateway, and whether letters were given up lately."""
        from tinhso.platform.notices import queries
        from tinhso.platform.notices.adapters import find_gate
        from tinhso.platform.notices.rules import CHANNELS

        silent = [] if settings.DEMO else [channel for channel in CHANNELS if find_gate(channel) is None]
        if silent:
            yield Finding(
                "warning",
                _("Không có cổng gửi cho: %(channels)s.") % {"channels": ", ".join(silent)},
                _(
                    "Đặt TINHSO_SMTP_HOST, TINHSO_SMS_ADDRESS, TINHSO_ZALO_ADDRESS; nếu không, người dân chỉ thấy báo trên trang."
                ),
            )
        failed = queries.count_failed_since(now - timedelta(days=7))
        if failed:
            yield Finding(
                "warning",
                _("%(count)s tin không tới được người nhận trong 7 ngày qua.") % {"count": failed},
                _("Xem lý do ở trang hồ sơ và gửi lại."),
            )
        if not silent and not failed:
            yield Finding("well", _("Thông báo gửi được qua mọi kênh."))
