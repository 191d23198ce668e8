"""Devices: added, moved, paused, taken up again, retired; keys renewed. Each change writes a fact."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from tinhso.modules.insight.telemetry import facts
from tinhso.modules.insight.telemetry.models import Device, Placement
from tinhso.modules.insight.telemetry.rules.devices import Draft, check_draft, refuse
from tinhso.modules.insight.telemetry.rules.judging import ACTIVE, PAUSED, RETIRED
from tinhso.modules.insight.telemetry.rules.names import hash_secret, is_ours, key_of
from tinhso.modules.insight.telemetry.rules.powers import check_may_administer
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor
from tinhso.platform.units.queries import get_unit


@transaction.atomic
def add_device(*, draft: Draft, actor: Actor, now: datetime) -> str:
    """
    Add a device that answers to a unit; its key, which is never shown again.

    :raises Refused: with everything that is wrong, or the code is taken
    :raises NotAllowed: the actor does not administer that unit
    """
    check_draft(draft)
    _check(actor, draft.unit_key)
    if is_ours(draft.code, settings.TELEMETRY_BROKER["user"]):
        raise refuse("code", "Mã này là tên của chính hệ thống. Hãy chọn mã khác.", "This code is a name of the platform itself. Choose another.")  # fmt: skip
    if Device.objects.filter(code=draft.code).exists():
        raise refuse("code", "Mã này đã có thiết bị khác dùng.", "Another device bears this code.")
    device = Device.objects.create(code=draft.code, kind=draft.kind, name=draft.name, name_en=draft.name_en, added_by=actor.code, added_at=now, is_invented=draft.is_invented)  # fmt: skip
    _place(device, draft, now)
    _tell(facts.DEVICE_ADDED, device, draft.unit_key, {"kind": draft.kind}, actor, now)
    return _give_key(device, now)


@transaction.atomic
def move_device(*, code: str, draft: Draft, actor: Actor, now: datetime) -> None:
    """
    Say anew where a device stands, whose it is, who answers for it; what was so before stays in the record.

    :raises Refused: with everything that is wrong
    :raises NotAllowed: the actor does not administer both units
    """
    check_draft(draft)
    device, before = _locked(code)
    _check(actor, before.unit_key)
    _check(actor, draft.unit_key)
    device.name, device.name_en = draft.name, draft.name_en or device.name_en
    device.save(update_fields=["name", "name_en"])
    Placement.objects.filter(pk=before.pk).update(valid_to=max(now, before.valid_from))
    _place(device, draft, now, before.thresholds)
    _tell(facts.DEVICE_MOVED, device, draft.unit_key, {"from_unit": before.unit_key}, actor, now)


@transaction.atomic
def set_state(*, code: str, state: str, reason: str, actor: Actor, now: datetime) -> None:
    """
    Pause a device (what it sends is refused and counted), take it up again, or retire it for good.

    :raises Refused: no reason is given, or it is retired already
    :raises NotAllowed: the actor does not administer its unit
    """
    kind = {ACTIVE: facts.DEVICE_RESUMED, PAUSED: facts.DEVICE_PAUSED, RETIRED: facts.DEVICE_RETIRED}[state]
    device, placement = _locked(code)
    _check(actor, placement.unit_key)
    said = " ".join("".join(sign if sign.isprintable() else " " for sign in reason).split())[:300]
    if not said:
        raise refuse("reason", "Hãy ghi lý do.", "Give the reason.")
    if device.state == RETIRED:
        raise refuse("reason", "Thiết bị đã bỏ, không dùng lại được.", "The device is retired for good.")
    device.state, device.state_reason = state, said
    if state == RETIRED:
        device.key_hash = ""
    device.save(update_fields=["state", "state_reason", "key_hash"])
    _tell(kind, device, placement.unit_key, {}, actor, now)


@transaction.atomic
def renew_key(*, code: str, actor: Actor, now: datetime) -> str:
    """
    A new key, never shown again; the former one opens nothing from now on.

    :raises NotAllowed: the actor does not administer its unit
    :raises Refused: it is retired
    """
    device, placement = _locked(code)
    _check(actor, placement.unit_key)
    if device.state == RETIRED:
        raise refuse("reason", "Thiết bị đã bỏ, không dùng lại được.", "The device is retired for good.")
    _tell(facts.KEY_RENEWED, device, placement.unit_key, {}, actor, now)
    return _give_key(device, now)


def _give_key(device: Device, now: datetime) -> str:
    secret = secrets.token_hex(20)
    device.key_hash, device.key_changed_at = hash_secret(secret, secrets.token_bytes(12)), now
    device.save(update_fields=["key_hash", "key_changed_at"])
    return key_of(device.code, secret)


def _place(device: Device, draft: Draft, now: datetime, thresholds: Mapping[str, Any] | None = None) -> None:
    Placement.objects.create(
        device=device,
        unit_key=draft.unit_key,
        commune_key=draft.commune_key,
        latitude=draft.latitude,
        longitude=draft.longitude,
        place=draft.place,
        owner=draft.owner,
        purpose=draft.purpose,
        thresholds=dict(thresholds or draft.thresholds),
        valid_from=now,
    )


def _locked(code: str) -> tuple[Device, Placement]:
    device = Device.objects.select_for_update().filter(code=code).first()
    if device is None:
        raise refuse("code", "Không có thiết bị này.", "There is no such device.")
    return device, Placement.objects.get(device=device, valid_to=None)


def _check(actor: Actor, unit_key: str) -> None:
    check_may_administer(actor, get_unit(unit_key).path)


def _tell(kind: str, device: Device, unit_key: str, body: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    record_fact(kind=kind, subject=f"telemetry:{device.code}", unit_key=unit_key, body={"device": device.code, **body}, actor=actor, now=now)  # fmt: skip
