"""The API of alerts: open ones and those that are over, one with the acts open to the caller, taking an act."""

import re
from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema, Status

from tinhso.kernel.flow import Incomplete
from tinhso.kernel.flow import NotAllowed as NotOpen
from tinhso.modules.insight.alerts import actions, queries
from tinhso.modules.insight.alerts.queries import AlertRow
from tinhso.platform.cases.actions import ChangedMeanwhile, RequestChanged, do_once
from tinhso.platform.cases.queries import list_steps_open_to
from tinhso.platform.clock import now
from tinhso.platform.files.http import signed_in
from tinhso.platform.people.rules import Actor

router = Router(tags=["alerts"])
KEY: Final = re.compile(r"[\x21-\x7e]{1,80}")
KEY_HEADER: Final = {"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 80}}  # fmt: skip
PublicId = Annotated[str, Path(pattern=r"^[A-Z0-9-]{4,20}$")]


class AlertsAsked(Schema):
    """Which alerts: open ones, or those that are over."""

    over: bool = False


class AlertOut(Schema):
    """One alert: what is beyond which threshold, who answers, where it stands. Numbers in plain decimal writing."""

    id: str
    rule: str
    level: str
    subject: str
    name: dict[str, str]
    unit: str
    value: str
    threshold: str
    measure: str
    state: str
    raised_at: datetime
    due_at: datetime | None
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    cleared_at: datetime | None
    closed_at: datetime | None
    acts: list[str] = []


class AlertActIn(Schema):
    """An act of the alert's flow, with the words it asks for."""

    act: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    note: Annotated[str, Field(max_length=1000)] = ""
    reasons: Annotated[str, Field(max_length=1000)] = ""


class AlertRefusalOut(Schema):
    """Why not, in both languages."""

    code: str
    vi: str
    en: str


NOT_FOUND = {"code": "unknown_alert", "vi": "Không có cảnh báo này.", "en": "There is no such alert."}


@router.get("/", auth=signed_in, response=list[AlertOut], summary="Cảnh báo · Alerts")
def list_alerts(request: HttpRequest, asked: Query[AlertsAsked]) -> Any:
    """Alerts of the caller's units and below, urgent first; with `over` those that are over, the latest first."""
    rows = queries.list_alerts(queries.units_seen(_actor(request)), is_open=not asked.over)
    return [_told(row) for row in rows if queries.may_see(_actor(request), row)]


@router.get(
    "/{public_id}", auth=signed_in, response={200: AlertOut, 404: AlertRefusalOut}, summary="Một cảnh báo · One alert"
)
def show_alert(request: HttpRequest, public_id: PublicId) -> Any:
    """The alert with the acts that are open to the caller now."""
    row = _row(request, public_id)
    return Status(200, _told(row, _actor(request))) if row else Status(404, NOT_FOUND)


@router.post(
    "/{public_id}/acts",
    auth=signed_in,
    response={200: AlertOut, 403: AlertRefusalOut, 404: AlertRefusalOut, 409: AlertRefusalOut, 422: AlertRefusalOut},
    summary="Làm một bước · Take an act",
    openapi_extra={"parameters": [KEY_HEADER]},
)
def act(request: HttpRequest, public_id: PublicId, told: AlertActIn) -> Any:
    """Take a step of the flow. With an `Idempotency-Key` the same request again changes nothing more."""
    actor, key = _actor(request), request.headers.get("Idempotency-Key", "")
    if _row(request, public_id) is None:
        return Status(404, NOT_FOUND)
    if key and not KEY.fullmatch(key):
        return Status(422, {"code": "bad_key", "vi": "Idempotency-Key phải là 1 đến 80 ký tự ASCII.", "en": "Idempotency-Key must be 1 to 80 ASCII signs."})  # fmt: skip
    at = now()

    def do() -> dict[str, Any]:
        words = actions.Told(told.note, told.reasons)
        return {"state": actions.act_on_alert(public_id=public_id, act=told.act, told=words, actor=actor, now=at).state}

    try:
        if key:
            do_once(key=key, public_id=public_id, asked=told.dict(), do=do, actor=actor, now=at)
        else:
            do()
    except NotOpen as refused:
        return Status(403, {"code": "not_open", "vi": refused.vi, "en": refused.en})
    except Incomplete as refused:
        return Status(422, {"code": "incomplete", "vi": refused.vi, "en": refused.en})
    except (ChangedMeanwhile, RequestChanged) as refused:
        return Status(409, {"code": "changed", "vi": refused.vi, "en": refused.en})
    row = queries.find_alert(public_id)
    return Status(200, _told(row, actor)) if row else Status(404, NOT_FOUND)


def _actor(request: HttpRequest) -> Actor:
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def _row(request: HttpRequest, public_id: str) -> AlertRow | None:
    row = queries.find_alert(public_id)
    return row if row and queries.may_see(_actor(request), row) else None


def _told(row: AlertRow, actor: Actor | None = None) -> dict[str, Any]:
    alert = row.alert
    acts = [each.act for each in list_steps_open_to(row.case, actor)] if actor else []
    return {
        "id": alert.public_id, "rule": alert.rule, "level": alert.level, "subject": alert.subject,
        "name": {"vi": alert.name_vi, "en": alert.name_en}, "unit": alert.unit_key, "value": f"{alert.value.normalize():f}",
        "threshold": f"{alert.threshold.normalize():f}", "measure": alert.measure, "state": row.case.state.code,
        "raised_at": alert.raised_at, "due_at": row.case.due_at, "acknowledged_at": alert.acknowledged_at,
        "resolved_at": alert.resolved_at, "cleared_at": alert.cleared_at, "closed_at": alert.closed_at, "acts": acts,
    }  # fmt: skip
