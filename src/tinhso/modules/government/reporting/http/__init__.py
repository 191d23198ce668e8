"""The API of reporting: regimes, what the caller's units owe, one report with its cells; save, submit, return, approve, sums."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from tinhso.kernel.flow import Incomplete, NotAllowed
from tinhso.modules.government.reporting import actions, queries
from tinhso.modules.government.reporting.http.dressing import cell_out, regime_out, report_out, row_out, sum_out
from tinhso.modules.government.reporting.http.repeating import KEY_HEADER, BadKey, once
from tinhso.modules.government.reporting.http.shapes import (
    CellsIn,
    ReasonsIn,
    RegimeDetailOut,
    RegimeOut,
    ReportActOut,
    ReportDetailOut,
    ReportOut,
    ReportRefusalOut,
    ReportsAsked,
    SavedOut,
    SumOut,
)
from tinhso.modules.government.reporting.queries import ReportView
from tinhso.modules.government.reporting.rules.filling import IMPORTED, Sent
from tinhso.platform.cases.actions import ChangedMeanwhile, KeyReused
from tinhso.platform.clock import now
from tinhso.platform.files.http import signed_in
from tinhso.platform.people.rules import Actor, day_of

router = Router(tags=["reporting"], auth=signed_in)
ReportId = Annotated[str, Path(pattern=r"^[A-Z0-9-]{5,20}$", description="Mã báo cáo · Id of the report")]
RegimeCode = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
CLOSED: Final = (queries.NoReport, queries.NotYours, actions.Forbidden)
REFUSALS: Final = (*CLOSED, actions.NotOpen, actions.NotReady, actions.Outdated, Incomplete, NotAllowed, ChangedMeanwhile, KeyReused, BadKey)  # fmt: skip
FAILS: Final = {403: ReportRefusalOut, 404: ReportRefusalOut, 409: ReportRefusalOut, 422: ReportRefusalOut}
REPEATABLE: Final = {"parameters": [KEY_HEADER]}


@router.get("/regimes", response=list[RegimeOut], summary="Các chế độ báo cáo · Regimes of reporting")
def list_regimes(request: HttpRequest) -> Any:  # noqa: ARG001 - the same for everybody who is signed in
    """The regimes in force today."""
    return [regime_out(each) for each in queries.list_regimes(day_of(now()))]


@router.get(
    "/regimes/{code}",
    response={200: RegimeDetailOut, 404: ReportRefusalOut},
    summary="Một chế độ · One regime and its cells",
)
def show_regime(request: HttpRequest, code: RegimeCode) -> Any:  # noqa: ARG001 - as above
    """What the text in force asks for, cell by cell."""
    try:
        regime = queries.regime_on(code, day_of(now()))
    except queries.NoRegime as missing:
        return Status(404, _refusal("unknown_regime", missing))
    cells = [cell_out(regime.template, cell) for cell in regime.template.cells.values()]
    return Status(200, {**regime_out(regime), "cells": cells})


@router.get("/mine", response={200: list[ReportOut], 403: ReportRefusalOut}, summary="Báo cáo phải nộp · What is owed")
def list_own(request: HttpRequest, asked: Query[ReportsAsked]) -> Any:
    """The reports of the caller's units: what is owed by the day it is due, or what is done, the latest first."""
    actor = _actor(request)
    if actor.kind not in {"officer", "machine"}:
        return Status(403, _refusal("not_yours", actions.Forbidden("Dành cho cơ quan.", "For agencies only.")))
    rows = queries.list_reports(actor, owed={"owed": True, "done": False}.get(asked.which))
    return Status(200, [row_out(row, now()) for row in rows])


@router.get("/{public_id}", response={200: ReportDetailOut, **FAILS}, summary="Một báo cáo · One report")
def show_report(request: HttpRequest, public_id: ReportId) -> Any:
    """What it holds, cell by cell, what the records say, and what is wrong."""
    return _answered(lambda: report_out(queries.read_report(public_id, _actor(request)), now()))


@router.put(
    "/{public_id}/cells",
    response={200: SavedOut, **FAILS},
    summary="Ghi các ô · Save cells",
    openapi_extra=REPEATABLE,
)
def save_cells(request: HttpRequest, public_id: ReportId, told: CellsIn) -> Any:
    """
    Save all cells that are sent, or none: with one that cannot be kept the answer is 422 and names each.

    `revision` is that of the report as it was read; where it has another by now the answer is 409.
    """
    sent = [Sent(each.key, each.value, each.note, each.reason) for each in told.cells]

    def do() -> dict[str, Any]:
        saved = actions.save_cells(
            public_id=public_id, sent=sent, revision=told.revision, provenance=IMPORTED, whole=True,
            actor=_actor(request), now=now(),
        )  # fmt: skip
        if saved.troubles:
            raise _NotKept(saved)
        return {"id": public_id, "revision": saved.revision}

    return _once(request, public_id, told.dict(), do)


class _NotKept(Exception):
    """Cells that cannot be kept; nothing was."""

    vi = "Có ô không ghi được nên chưa ghi ô nào."
    en = "Some cells cannot be kept, so none was."

    def __init__(self, saved: actions.Saved) -> None:
        self.troubles = saved.troubles
        super().__init__(self.vi)


@router.post(
    "/{public_id}/submit",
    response={200: ReportActOut, **FAILS},
    summary="Nộp báo cáo · Submit",
    openapi_extra=REPEATABLE,
)
def submit(request: HttpRequest, public_id: ReportId) -> Any:
    """Hand the report in to its receiver as the next version. A regime that is signed takes it from a leader only."""

    def do() -> dict[str, Any]:
        made = actions.submit_report(public_id=public_id, actor=_actor(request), now=now())
        return {"id": public_id, "state": "submitted", "version": made.number}

    return _once(request, public_id, "submit", do)


@router.post(
    "/{public_id}/return", response={200: ReportActOut, **FAILS}, summary="Trả lại · Return", openapi_extra=REPEATABLE
)
def send_back(request: HttpRequest, public_id: ReportId, told: ReasonsIn) -> Any:
    """The receiver sends the report back with reasons."""

    def do() -> dict[str, Any]:
        row = actions.return_report(public_id=public_id, reasons=told.reasons, actor=_actor(request), now=now())
        return {"id": public_id, "state": row.state, "version": row.version}

    return _once(request, public_id, ["return", told.reasons], do)


@router.post(
    "/{public_id}/approve", response={200: ReportActOut, **FAILS}, summary="Duyệt · Approve", openapi_extra=REPEATABLE
)
def approve(request: HttpRequest, public_id: ReportId) -> Any:
    """The receiver approves and locks the report."""

    def do() -> dict[str, Any]:
        row = actions.approve_report(public_id=public_id, actor=_actor(request), now=now())
        return {"id": public_id, "state": row.state, "version": row.version}

    return _once(request, public_id, "approve", do)


@router.get("/{public_id}/sums", response={200: SumOut, **FAILS}, summary="Số tổng hợp · Sums of those below")
def show_sums(request: HttpRequest, public_id: ReportId) -> Any:
    """What came for a summed report, added up as it stands now, with who is missing."""

    def do() -> dict[str, Any]:
        view: ReportView = queries.read_report(public_id, _actor(request))
        return sum_out(queries.read_overview(view, now()), now())

    return _answered(do)


def _actor(request: HttpRequest) -> Actor:
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def _once(request: HttpRequest, public_id: str, asked: Any, do: Callable[[], dict[str, Any]]) -> Any:
    return _answered(lambda: once(request, public_id=public_id, asked=asked, do=do, actor=_actor(request), now=now()))


def _answered(do: Callable[[], dict[str, Any]]) -> Any:
    """What `do` gives, or the refusal in words with the status that fits."""
    try:
        return Status(200, do())
    except _NotKept as refused:
        problems = [{"field": each.field, "vi": each.vi, "en": each.en} for each in refused.troubles]
        return Status(422, _refusal("not_kept", refused, problems))
    except actions.NotReady as refused:
        problems = [{"field": each.key, "vi": each.vi, "en": each.en} for each in refused.failed]
        return Status(422, _refusal("not_ready", refused, problems))
    except REFUSALS as refused:
        return Status(*_refused(refused))


def _refused(refused: Any) -> tuple[int, dict[str, Any]]:
    for kinds, status, code in (
        (queries.NoReport, 404, "unknown_report"),
        ((queries.NotYours, actions.Forbidden), 403, "not_yours"),
        ((Incomplete, BadKey), 422, "incomplete"),
        (actions.Outdated, 409, "outdated"),
        (KeyReused, 409, "key_reused"),
    ):
        if isinstance(refused, kinds):  # type: ignore[arg-type]
            return status, _refusal(code, refused)
    return 409, _refusal("not_open", refused)


def _refusal(code: str, refused: Any, problems: list[dict[str, str]] | None = None) -> dict[str, Any]:
    return {"code": code, "vi": refused.vi, "en": refused.en, "problems": problems or []}
