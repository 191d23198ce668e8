"""The gateway this installation uses, and the layout of receipts."""

from django.conf import settings

from tinhso.platform.payments.adapters.http import HttpGateway
from tinhso.platform.payments.adapters.simulator import SimulatedGateway
from tinhso.platform.payments.ports import Gateway

BANK, CASH = "bank", "cash"  # providers of payments


def find_gateway() -> Gateway | None:
    """The real gateway when its address is set, the simulator in a demonstration, else None: only cash is taken."""
    if settings.PAYMENT_GATEWAY["address"]:
        return HttpGateway(**settings.PAYMENT_GATEWAY)
    return SimulatedGateway() if settings.DEMO else None
