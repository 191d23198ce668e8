"""Devices that a pack invents for the demonstration, and a week of values of theirs."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from tinhso.modules.insight.telemetry import queries
from tinhso.modules.insight.telemetry.models import Device, Placement
from tinhso.modules.insight.telemetry.rules.kinds import Invented
from tinhso.modules.insight.telemetry.rules.names import hash_secret

PAST = timedelta(days=7)


def secret_of_invented(code: str) -> str:
    """The secret of a device of the demonstration: its simulator reckons the same."""
    return hmac.new(settings.SECRET_KEY.encode(), f"telemetry:{code}".encode(), hashlib.sha256).hexdigest()[:40]


@transaction.atomic
def load_invented(*, now: datetime) -> int:
    """Make the devices that packs invent, a week ago; safe to repeat. How many are new."""
    known = set(Device.objects.values_list("code", flat=True))
    fresh = [one for one in queries.get_definitions().invented.values() if one.code not in known]
    made = Device.objects.bulk_create([_device(one, now) for one in fresh])
    Placement.objects.bulk_create(_placement(device, one, now) for device, one in zip(made, fresh, strict=True))
    return len(fresh)


def _device(one: Invented, now: datetime) -> Device:
    key = hash_secret(secret_of_invented(one.code), one.code.encode()[:12])
    return Device(code=one.code, kind=one.kind, name=one.name.vi, name_en=one.name.en, is_invented=True, key_hash=key, key_changed_at=now - PAST, added_by="system", added_at=now - PAST)  # fmt: skip


def _placement(device: Device, one: Invented, now: datetime) -> Placement:
    thresholds = {measure: [each.as_row() for each in found] for measure, found in one.thresholds.items()}
    return Placement(device=device, unit_key=one.unit_key, commune_key=one.commune_key, latitude=one.latitude, longitude=one.longitude, place=one.place, owner=one.owner, purpose=one.purpose, thresholds=thresholds, valid_from=now - PAST)  # fmt: skip
