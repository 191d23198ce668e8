"""Registration of the signing app."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, Finding

LOCAL = "tinhso.platform.signing.adapters.pades.LocalProvider"
UNSET = "tinhso.platform.signing.adapters.unset.NoProvider"
WHAT_TO_DO = _("Đặt TINHSO_SIGNATURES tới bộ nối với thiết bị hoặc dịch vụ ký số của cơ quan.")


class SigningConfig(Capability):
    """Signatures and time-stamps through ports; the ledger has its seals stamped here."""

    name = "tinhso.platform.signing"
    label = "signing"

    def ready(self) -> None:
        """Offer the ledger an authority for its seals."""
        super().ready()
        from tinhso.platform.ledger.ports import use_authority
        from tinhso.platform.signing.adapters import LedgerAuthority

        use_authority(LedgerAuthority())

    def examine(self, now: datetime) -> Iterable[Finding]:  # noqa: ARG002 - nothing here ages within a day
        """Keys made by the installation itself are for demonstration only."""
        if settings.SIGNATURE_PROVIDER == UNSET:
            yield Finding("warning", _("Chưa đặt bộ ký số của cơ quan: chưa ký được giấy tờ nào."), WHAT_TO_DO)
        elif settings.SIGNATURE_PROVIDER == LOCAL and not settings.DEMO:
            yield Finding(
                "warning",
                _("Chữ ký số đang dùng khóa thử nghiệm do máy này tự tạo, không có giá trị pháp lý."),
                WHAT_TO_DO,
            )
        else:
            yield Finding("well", _("Chữ ký số sẵn sàng."))
