"""How VNeID's claims become an identity, and which provider is meant. The claim names are our reading: no public text fixes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from tinhso.kernel.identifiers import parse_personal_number
from tinhso.platform.people.rules import Identity, Sex

PROVIDER_ID = "vneid"
SIMULATOR_PATH = "/simulators/vneid"
SEXES: Mapping[str, Sex] = {"male": "male", "female": "female", "nam": "male", "nữ": "female"}


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the identity provider answers: to servers at `server_url`, to browsers at `authorize_url` (empty: as it says)."""

    server_url: str
    client_id: str
    secret: str
    authorize_url: str = ""


def provider_for(*, scheme: str, host: str, port: str) -> Provider | None:
    """
    The provider of this installation: the one in the settings, else in demo the simulator on this very server.

    Browsers reach the simulator at the host they came by; the server reaches it at its own port on this machine.
    """
    known = {"client_id": settings.VNEID_CLIENT_ID, "secret": settings.VNEID_SECRET}
    if settings.VNEID_ISSUER:
        return Provider(server_url=settings.VNEID_ISSUER, **known)
    if not settings.DEMO:
        return None
    browsers = f"{scheme}://{host}{SIMULATOR_PATH}/authorize/"
    return Provider(server_url=f"http://localhost:{port}{SIMULATOR_PATH}", authorize_url=browsers, **known)


def is_simulated() -> bool:
    """Whether citizens come through the simulator."""
    return bool(settings.DEMO and not settings.VNEID_ISSUER)


def provider_origin() -> str:
    """Scheme and host of the real provider, to which forms may redirect; empty for the simulator."""
    parts = urlsplit(settings.VNEID_ISSUER)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def read_claims(claims: Mapping[str, Any]) -> Identity:
    """
    The identity that the provider's claims describe.

    :raises ValueError: a claim cannot be read; NotReadable when it is the personal number
    """
    birth = claims.get("birthdate")
    return Identity(
        name=str(claims["name"]).strip(),
        personal_number=parse_personal_number(str(claims["personal_number"])).digits,
        birth_on=date.fromisoformat(str(birth)) if birth else None,
        sex=SEXES.get(str(claims.get("gender", "")).lower(), ""),
        phone=str(claims.get("phone_number", "")),
        email=str(claims.get("email", "")),
        level=min(2, max(0, int(claims.get("level", 0)))),
    )
