"""The registers as this installation reaches them: the real ones, in a demonstration the simulator, or none."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from tinhso.platform.registers.adapters.exchange import ExchangeRegister, Member
from tinhso.platform.registers.ports import OutsideRegister

__all__ = ["find_registers"]


def find_registers() -> dict[str, OutsideRegister]:
    """The registers that can be asked, by code; none where no address is set and this is no demonstration."""
    known = settings.REGISTERS
    address = known["address"]
    if not address and settings.DEMO:
        address = settings.PUBLIC_ADDRESS + reverse("registers:simulator").rstrip("/")
    if not address:
        return {}
    return _registers(address, known["client"], known["seconds"], tuple(sorted(known["services"].items())))


@lru_cache(maxsize=8)
def _registers(
    address: str, client: str, seconds: float, services: tuple[tuple[str, str], ...]
) -> dict[str, OutsideRegister]:
    member = Member(address, client, seconds)
    return {code: ExchangeRegister(member, service) for code, service in services if service}
