"""Who sends: devices as messages are judged by them, and by the key they show."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings

from tinhso.kernel.flow import Text
from tinhso.modules.insight.telemetry.models import Device
from tinhso.modules.insight.telemetry.queries.definitions import get_definitions
from tinhso.modules.insight.telemetry.rules.judging import RETIRED, Known
from tinhso.modules.insight.telemetry.rules.kinds import Kind
from tinhso.modules.insight.telemetry.rules.names import is_secret, split_key


def get_kind(code: str) -> Kind:
    """The kind of that code; of one that no pack names any more, a kind that measures nothing."""
    found = get_definitions().kinds.get(code)
    return found or Kind(code, Text(code, code), "other", 60, timedelta(minutes=30), 365)


def find_senders(codes: Iterable[str]) -> dict[str, Known]:
    """The devices of these codes that exist."""
    rows = Device.objects.filter(code__in=set(codes)).values_list("id", "code", "kind", "state", "key_hash")
    return {code: Known(number, code, get_kind(kind), state, key) for number, code, kind, state, key in rows}


def find_sender_by_key(key: str) -> Known | None:
    """The device whose key that is; None where it is nobody's."""
    parts = split_key(key)
    found = find_senders([parts[0]]).get(parts[0]) if parts else None
    return found if parts and found and is_secret(parts[1], found.key_hash) else None


def list_key_hashes() -> list[tuple[str, str]]:
    """Devices that may speak, with the hashes of their secrets, by code."""
    found = Device.objects.exclude(key_hash="").exclude(state=RETIRED).order_by("code")
    return list(found.values_list("code", "key_hash"))


def secret_of_invented(code: str) -> str:
    """The secret of a device of the demonstration: its simulator reckons the same."""
    return hmac.new(settings.SECRET_KEY.encode(), f"telemetry:{code}".encode(), hashlib.sha256).hexdigest()[:40]
