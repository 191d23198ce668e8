"""Registration of the registers app."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tinhso.platform.capability import Capability, Finding


class RegistersConfig(Capability):
    """What registers outside hold about a person: population, residence, poor households."""

    name = "tinhso.platform.registers"
    label = "registers"

    def examine(self, now: datetime) -> Iterable[Finding]:  # noqa: ARG002 - as the capability asks
        """Whether there is anything to ask."""
        from tinhso.platform.registers.adapters import find_registers
        from tinhso.platform.registers.rules import REGISTERS

        found = find_registers()
        missing = ", ".join(each.name.vi for each in REGISTERS if each.code not in found)
        if missing:
            text = _("Chưa nối: %(names)s. Tờ khai hỏi người dân những điều ở đó.") % {"names": missing}
            yield Finding("warning", text, _("Đặt TINHSO_REGISTERS_ADDRESS."))
        else:
            yield Finding("well", _("Tờ khai được điền sẵn từ dữ liệu dân cư, cư trú và hộ nghèo."))
