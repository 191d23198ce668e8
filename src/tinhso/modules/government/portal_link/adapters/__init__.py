"""The national portal as this installation reaches it: the real one, in a demonstration the simulator, or none."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse

from tinhso.modules.government.portal_link.adapters.exchange_file import find_exchange
from tinhso.modules.government.portal_link.adapters.http import HttpTransport
from tinhso.modules.government.portal_link.adapters.wire_portal import Account, WirePortal
from tinhso.modules.government.portal_link.ports import NationalPortal

OFF = "off"
__all__ = ["find_exchange", "find_portal", "is_simulated"]


def is_simulated() -> bool:
    """Whether the portal is the simulator of the demonstration: no address of a real one is set."""
    return bool(settings.DEMO and not settings.NATIONAL_PORTAL["address"])


def find_portal() -> NationalPortal | None:
    """The portal, or None where none is set: nothing is written down then, and what was waits."""
    known = settings.NATIONAL_PORTAL
    address = known["address"]
    if address == OFF:
        return None
    if not address and settings.DEMO:
        address = settings.PUBLIC_ADDRESS + reverse("portal_link:simulator").rstrip("/")
    return _portal(address, tuple(sorted((key, str(value)) for key, value in known.items()))) if address else None


@lru_cache(maxsize=8)
def _portal(address: str, known: tuple[tuple[str, str], ...]) -> NationalPortal:
    told: dict[str, Any] = dict(known)
    hosts = tuple(host.strip() for host in told["paper_hosts"].split(",") if host.strip())
    transport = HttpTransport(address, seconds=float(told["seconds"]), hosts=hosts, authority=told["authority"])
    account = Account(told["username"], told["password"], told["agency"], told["dstcode"])
    return WirePortal(transport, account, find_exchange())
