"""Registration of the payments app."""

import json
import tomllib
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, Finding, MenuItem

if TYPE_CHECKING:
    from tinhso.kernel.packs import Packs
    from tinhso.platform.people.rules import Actor

MONEY_ROLES = frozenset({"receptionist", "leader", "administrator"})


def _waiting(actor: "Actor", now: datetime) -> int:  # noqa: ARG001 - as menus count
    from tinhso.platform.payments.queries import count_waiting

    return count_waiting({post.unit_key for post in actor.posts if post.role in MONEY_ROLES})


class PaymentsConfig(Capability):
    """What cases owe, how it is paid, matched, given back and reconciled."""

    name = "tinhso.platform.payments"
    label = "payments"
    menu: ClassVar = [
        MenuItem("workspace", _("Phí, lệ phí"), "payments:reconciliation", MONEY_ROLES, order=50, count=_waiting)
    ]

    def load_packs(self, packs: "Packs", now: datetime) -> None:
        """Keep what the packs add to fees, and the accounts that receive."""
        from tinhso.platform.payments.actions import load_tariff

        body: dict[str, list[Any]] = {"amount": [], "reduction": []}
        for path in packs.files("fees.toml"):
            for key, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
                body[key] += rows
        accounts = [
            row
            for path in packs.files("accounts.toml")
            for row in tomllib.loads(path.read_text(encoding="utf-8")).get("account", [])
        ]
        load_tariff(body=json.loads(json.dumps(body, default=str)), accounts=accounts, now=now)

    def examine(self, now: datetime) -> Iterable[Finding]:  # noqa: ARG002 - as the capability asks
        """Whether money can arrive, and whether all sums agree."""
        from tinhso.platform.payments.adapters import find_gateway
        from tinhso.platform.payments.queries import list_imbalances

        if find_gateway() is None:
            text = _("Không có cổng thanh toán: chỉ thu tiền mặt tại quầy.")
            yield Finding("warning", text, _("Đặt TINHSO_PAYMENT_ADDRESS và TINHSO_PAYMENT_SECRET."))
        elif not settings.PAYMENT_GATEWAY["secret"]:
            yield Finding("trouble", _("Cổng thanh toán không có khóa ký."), _("Đặt TINHSO_PAYMENT_SECRET."))
        wrong = list_imbalances()
        for each in wrong:
            yield Finding("trouble", _("Số tiền không khớp ở %(subject)s.") % {"subject": each.subject})
        if not wrong:
            yield Finding("well", _("Mọi khoản tiền đã nhận đều khớp với khoản thu, khoản hoàn và khoản chờ."))
