"""The gateways this installation uses, one for each channel."""

from functools import cache

from django.conf import settings

from tinhso.platform.notices.adapters.email import SmtpGate
from tinhso.platform.notices.adapters.http import SmsGateway, ZaloGateway
from tinhso.platform.notices.adapters.simulator import SimulatedGate
from tinhso.platform.notices.ports import Gate


def find_gate(channel: str) -> Gate | None:
    """The real gateway when its address is set, the simulator in a demonstration, else None: that channel is silent."""
    real: dict[str, str] = {
        "email": settings.EMAIL_HOST,
        "sms": settings.SMS_GATEWAY["address"],
        "zalo": settings.ZALO_GATEWAY["address"],
    }
    if real[channel]:
        return _real(channel)
    return SimulatedGate(channel) if settings.DEMO else None


@cache
def _real(channel: str) -> Gate:
    if channel == "email":
        return SmtpGate(settings.DEFAULT_FROM_EMAIL)
    return SmsGateway(**settings.SMS_GATEWAY) if channel == "sms" else ZaloGateway(**settings.ZALO_GATEWAY)
