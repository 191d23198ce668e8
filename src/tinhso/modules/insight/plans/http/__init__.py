"""The API of plans: texts and where their targets stand, measures and figures as each source told them; figures to be kept."""

import re
from datetime import date
from typing import Annotated, Any, Final

from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from tinhso.modules.insight.plans import actions, queries
from tinhso.modules.insight.plans.http.shapes import (
    Asked,
    CourseOut,
    FigureIn,
    KeptOut,
    MeasureOut,
    PlanRefusalOut,
    ReasonIn,
    ResolutionOut,
    SheetOut,
)
from tinhso.modules.insight.plans.rules.courses import Stated
from tinhso.modules.insight.plans.rules.drafts import Refused, Trouble
from tinhso.modules.insight.plans.rules.numbers import NoNumber, exact_number, plain
from tinhso.modules.insight.plans.rules.powers import is_typist
from tinhso.platform.clock import now
from tinhso.platform.files.http import signed_in
from tinhso.platform.people.rules import Actor, NotAllowed, day_of

router = Router(tags=["plans"])
KEY: Final = re.compile(r"[\x21-\x7e]{1,80}")
KEY_HEADER: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 80},
}
Code = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,79}$")]
FigureId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


@router.get("/texts", response=list[ResolutionOut], summary="Các văn bản đặt chỉ tiêu · Texts that set targets")
def list_texts(request: HttpRequest) -> Any:
    """Each text with how many of its targets stand where today."""
    return [_text(row) for row in queries.list_resolutions(_today(), public=_is_public(request))]


@router.get(
    "/texts/{code}", response={200: SheetOut, 404: PlanRefusalOut}, summary="Một văn bản · One text and its targets"
)
def show_text(request: HttpRequest, code: Code) -> Any:
    """The targets with state, figure and what was expected."""
    row = queries.find_resolution(code, _today(), public=_is_public(request))
    if row is None:
        return Status(404, _refusal("unknown_text", "Không có văn bản này.", "There is no such text."))
    return Status(200, {**_text(row), "targets": [_target(each) for each in row.rows]})


@router.get("/measures", response=list[MeasureOut], summary="Các chỉ tiêu đo · Measures")
def list_measures(request: HttpRequest) -> Any:  # noqa: ARG001 - the same for everybody
    """What is measured."""
    return [_measure(each) for each in queries.get_definitions().measures.values()]


@router.get(
    "/measures/{code}",
    response={200: CourseOut, 404: PlanRefusalOut},
    summary="Số liệu của một chỉ tiêu · Figures of one measure",
)
def show_measure(request: HttpRequest, code: Code, asked: Query[Asked]) -> Any:
    """The figures of a unit and level by period: sources side by side, each with what it said before."""
    measure, public = queries.get_definitions().measures.get(code), _is_public(request)
    if measure is None:
        return Status(404, _refusal("unknown_measure", "Không có chỉ tiêu này.", "There is no such measure."))
    found = [(asked.unit, asked.level)] if asked.unit else queries.list_subject_keys(code, public=public)[:1]
    figures: list[dict[str, Any]] = []
    for unit, level in found:
        wanted = queries.Wanted(measure, queries.get_subject(unit, _today()), level or "province", _today().year - 10)
        course = queries.read_courses([wanted], _today(), public=public)[wanted.key]
        for cell in course.cells:
            for line in cell.lines:
                figures.append(_figure(line.latest, is_used=line.latest == cell.used, is_latest=True))
                figures += [_figure(each, is_used=False, is_latest=False) for each in line.earlier]
    return Status(200, {"measure": _measure(measure), "figures": figures})


@router.post(
    "/figures",
    auth=signed_in,
    response={200: KeptOut, 201: KeptOut, 403: PlanRefusalOut, 409: PlanRefusalOut, 422: PlanRefusalOut},
    summary="Ghi một số liệu · Keep a figure",
    openapi_extra={"parameters": [KEY_HEADER]},
)
def keep_figure(request: HttpRequest, told: FigureIn) -> Any:
    """
    Keep a figure by the rules of the form. What the source said already word for word answers 200 with its id.

    With an `Idempotency-Key` the same request again gives the same answer.
    """
    actor = _actor(request)
    if actor is None or not is_typist(actor):
        return Status(403, _refusal("not_yours", "Bạn không được nhập số liệu.", "You may not type figures."))
    key = request.headers.get("Idempotency-Key", "")
    if key and not KEY.fullmatch(key):
        return Status(422, _refusal("bad_key", "Idempotency-Key phải là 1 đến 80 ký tự ASCII.", "Idempotency-Key must be 1 to 80 ASCII signs."))  # fmt: skip
    sent: dict[str, Any] = {**told.dict(), "is_public": "1" if told.is_public else "0"}
    sent |= {name: _exact(sent[name]) for name in ("value", "to")}
    try:
        public_id, is_new = actions.enter_figure(sent=sent, origin="api", key=key, actor=actor, now=now())
    except Refused as refused:
        return Status(422, _refusal("not_kept", refused.vi, refused.en, refused.troubles))
    except actions.KeyReused as refused:
        return Status(409, _refusal("key_reused", refused.vi, refused.en))
    return Status(201 if is_new else 200, {"id": public_id})


@router.post(
    "/figures/{public_id}/withdraw",
    auth=signed_in,
    response={200: KeptOut, 403: PlanRefusalOut, 422: PlanRefusalOut},
    summary="Rút một số liệu · Take a figure back",
)
def withdraw(request: HttpRequest, public_id: FigureId, told: ReasonIn) -> Any:
    """It no longer counts, and stays in the record with the reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        actions.withdraw_figure(public_id=public_id, reason=told.reason, actor=actor, now=now())
    except NotAllowed:
        return Status(403, _refusal("not_yours", "Bạn không được rút số này.", "You may not take this figure back."))
    except Refused as refused:
        return Status(422, _refusal("not_withdrawn", refused.vi, refused.en, refused.troubles))
    return Status(200, {"id": public_id})


def _today() -> date:
    return day_of(now())


def _actor(request: HttpRequest) -> Actor | None:
    found: Actor | None = getattr(request, "actor", None)
    return found


def _is_public(request: HttpRequest) -> bool:
    actor = _actor(request)
    return actor is None or actor.kind not in {"officer", "machine"} or not actor.posts


def _exact(text: str) -> Any:
    """A number in plain writing as what it is; another is left to be refused at its field."""
    try:
        return exact_number(text)
    except NoNumber:
        return text


def _text(row: queries.ResolutionRow) -> dict[str, Any]:
    text = row.resolution
    title = {"vi": text.title.vi, "en": text.title.en}
    return {"code": text.code, "number": text.number, "title": title, "unit": text.unit_key, "issued_on": text.issued_on, "counts": dict(row.counts)}  # fmt: skip


def _quantity(found: Any) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"comparator": found.comparator, "low": plain(found.low), "high": plain(found.high) if found.high is not None else None}  # fmt: skip


def _target(row: queries.TargetRow) -> dict[str, Any]:
    reading, expected = row.standing.reading, row.standing.expected
    return {
        "code": row.target.code,
        "measure": row.measure.code,
        "unit": row.target.unit_key,
        "level": row.target.level,
        "due_on": row.target.due_on,
        "target": _quantity(row.target.quantity),
        "state": row.standing.state,
        "figure": _quantity(reading.quantity) if reading else None,
        "figure_on": reading.on if reading else None,
        "expected": f"{expected:.4f}" if expected is not None else None,
        "responsible": row.responsible.unit_key if row.responsible else None,
    }


def _measure(each: Any) -> dict[str, Any]:
    texts = {name: {"vi": getattr(each, name).vi, "en": getattr(each, name).en} for name in ("title", "unit")}
    return {"code": each.code, **texts, "kind": each.kind, "better": each.better, "indicator": each.indicator}


def _figure(each: Stated, *, is_used: bool, is_latest: bool) -> dict[str, Any]:
    names = ("level", "period", "publisher", "source_title", "source_address", "method", "announced_on", "entered_at")
    said = {name: getattr(each, name) for name in names}
    return {**said, "id": each.public_id, "unit": each.unit_key, "value": _quantity(each.quantity), "is_used": is_used, "is_latest": is_latest}  # fmt: skip


def _refusal(code: str, vi: str, en: str, troubles: list[Trouble] | None = None) -> dict[str, Any]:
    problems = [{"field": each.field, "vi": each.vi, "en": each.en} for each in troubles or []]
    return {"code": code, "vi": vi, "en": en, "problems": problems}
