"""The API of telemetry: devices send values and events with their key; officers and machines read what is newest."""

import re
from typing import Any, Final

from django.http import HttpRequest
from ninja import Router, Status
from ninja.security import HttpBearer

from tinhso.modules.insight.telemetry import actions, queries
from tinhso.modules.insight.telemetry.http.shapes import (
    TelemetryDeviceOut,
    TelemetryOrderOut,
    TelemetryRefusalOut,
    TelemetryTakenOut,
)
from tinhso.modules.insight.telemetry.rules.judging import Known
from tinhso.modules.insight.telemetry.rules.names import ACKNOWLEDGEMENTS, EVENTS, MEASURES
from tinhso.modules.insight.telemetry.rules.refusals import REASONS
from tinhso.platform.clock import now
from tinhso.platform.files.http import signed_in
from tinhso.platform.people.rules import Actor

router = Router(tags=["telemetry"])
KEY: Final = re.compile(r"[\x21-\x7e]{1,80}")
KEY_HEADER: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 80},
}
NUMBER: Final = {"type": "number"}
RECORD: Final = {
    "type": "object",
    "properties": {
        **{name: {"type": "string"} for name in ("bn", "bu", "n", "u", "vs")},
        **dict.fromkeys(("bt", "bv", "t", "v"), NUMBER),
        "vb": {"type": "boolean"},
    },
}
EVENT: Final = {
    "type": "object",
    "required": ["id", "type"],
    "properties": {
        **{name: {"type": "string"} for name in ("id", "type", "plate", "text")},
        "t": NUMBER,
        "confidence": NUMBER,
    },
}

ANSWER: Final = {
    "type": "object",
    "required": ["id", "answer"],
    "properties": {"id": {"type": "string"}, "answer": {"enum": ["done", "refused"]}, "text": {"type": "string"}},
}


class DeviceKey(HttpBearer):
    """The key of a device, as it was shown once: `Authorization: Bearer LS-SONG-01.…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002
        """The device, None for strangers."""
        return queries.find_sender_by_key(token.strip())


device_key = DeviceKey()
ANSWERS: Final[dict[Any, Any]] = {200: TelemetryTakenOut, 409: TelemetryRefusalOut, 422: TelemetryRefusalOut}


def _body(media_type: str, one: Any) -> dict[str, Any]:
    many = {"type": "array", "items": one}
    return {"parameters": [KEY_HEADER], "requestBody": {"required": True, "content": {media_type: {"schema": many}}}}


@router.post(
    "/measures",
    auth=device_key,
    response=ANSWERS,
    summary="Gửi số đo (SenML) · Send values (SenML)",
    openapi_extra=_body("application/senml+json", RECORD),
)
def send_measures(request: HttpRequest) -> Any:
    """
    Keep the values of a SenML pack (RFC 8428), at most 256 KiB and 2,000 records. Sent twice they are there once.

    Names are measures (`water_level`), or device and measure (`LS-SONG-01/water_level`). What cannot be taken is named
    with its reason and counted; the rest is kept.
    """
    return _keep(request, MEASURES)


@router.post(
    "/events",
    auth=device_key,
    response=ANSWERS,
    summary="Gửi sự kiện · Send events",
    openapi_extra=_body("application/json", EVENT),
)
def send_events(request: HttpRequest) -> Any:
    """Keep events; `id` is the device's own, so that one sent twice is there once. Number plates are masked before they are kept."""
    return _keep(request, EVENTS)


@router.post(
    "/answers",
    auth=device_key,
    response=ANSWERS,
    summary="Trả lời một lệnh · Answer an order",
    openapi_extra={
        "parameters": [KEY_HEADER],
        "requestBody": {"required": True, "content": {"application/json": {"schema": ANSWER}}},
    },
)
def send_answer(request: HttpRequest) -> Any:
    """Say whether an order was carried out; what the device then does it reports as values."""
    return _keep(request, ACKNOWLEDGEMENTS)


@router.get("/orders", auth=device_key, response=list[TelemetryOrderOut], summary="Lấy lệnh mới · Fetch new orders")
def fetch_orders(request: HttpRequest) -> Any:
    """The orders to this device that it has not answered and that are not over, the oldest first; `id` tells them apart."""
    device: Known = request.auth  # type: ignore[attr-defined]
    at = now()
    found = queries.list_unanswered(at, device.code)
    for each in found:
        actions.note_sent(public_id=each.public_id, now=at)
    return [queries.tell_order(each) for each in found]


@router.get(
    "/devices",
    auth=signed_in,
    response=list[TelemetryDeviceOut],
    summary="Thiết bị và số đo mới nhất · Devices and newest values",
)
def list_devices(request: HttpRequest) -> Any:
    """The devices of the units that the caller holds a post at or above, those in trouble first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return [_device(each) for each in queries.list_devices(queries.Wanted(), now(), seen_by=actor)]


def _device(row: queries.DeviceRow) -> dict[str, Any]:
    values = [
        {"measure": each.measure.code, "value": str(each.amount), "unit": each.measure.senml_unit, "at": each.at, "is_stale": each.is_stale, "threshold": each.threshold.text.vi if each.threshold else None}
        for each in row.values
    ]  # fmt: skip
    place = row.placement
    return {"code": row.code, "kind": row.kind.code, "name": row.names[0], "unit": row.unit_key, "commune": place.commune_key, "latitude": place.latitude, "longitude": place.longitude, "state": row.state, "heard_at": row.heard_at, "values": values}  # fmt: skip


def _keep(request: HttpRequest, what: str) -> Any:
    device: Known = request.auth  # type: ignore[attr-defined]
    key = request.headers.get("Idempotency-Key", "")
    if key and not KEY.fullmatch(key):
        return Status(422, _refusal("bad_key", "Idempotency-Key phải là 1 đến 80 ký tự ASCII.", "Idempotency-Key must be 1 to 80 ASCII signs."))  # fmt: skip
    message = actions.Message(device.code, what, request.body)
    try:
        told = actions.keep_once(message=message, device_id=device.id, key=key, now=now())
    except actions.KeyReused as refused:
        return Status(409, _refusal("key_reused", refused.vi, refused.en))
    unread = [each["reason"] for each in told["refused"] if each["reason"] in {"malformed", "too_large"}]
    if unread and not told["taken"] and len(told["refused"]) == 1 and not told["refused"][0]["name"]:
        return Status(422, _refusal(unread[0], str(REASONS[unread[0]]), EXPLAINED[unread[0]]))
    return Status(200, told)


EXPLAINED: Final = {
    "malformed": "It cannot be read: no SenML (RFC 8428), or no list of events.",
    "too_large": "Too large: at most 256 KiB, 2,000 records (100 events) at once.",
}


def _refusal(code: str, vi: str, en: str) -> dict[str, str]:
    return {"code": code, "vi": vi, "en": en}
