"""The API of the one-stop module: procedures, filing, following a dossier, what its applicant may do with it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from tinhso.kernel.flow import Incomplete, NotAllowed, Procedure, State, Text
from tinhso.modules.government.onestop.actions import filing as filing_actions
from tinhso.modules.government.onestop.actions.looking_up import count_call, look_up
from tinhso.modules.government.onestop.http import officers, papers, ratings
from tinhso.modules.government.onestop.http.cleaning import keepable
from tinhso.modules.government.onestop.http.describing import DescribedOut, FindIn, FoundOut, describe
from tinhso.modules.government.onestop.http.repeating import KEY, OPTIONAL_KEY, BadKey, once
from tinhso.modules.government.onestop.http.shapes import (
    LIMITED,
    ActIn,
    DossierOut,
    FiledOut,
    FilingIn,
    MovedOut,
    ProcedureOut,
    RefusalOut,
    TrackOut,
)
from tinhso.modules.government.onestop.queries.filing import CODE, NoSuchProcedure, form_of, get_fileable, get_shown
from tinhso.modules.government.onestop.queries.tracking import NotOurs, get_own, get_standing, public_journey
from tinhso.modules.government.onestop.rules.journey import tell_journey
from tinhso.modules.government.onestop.rules.letters import read_code
from tinhso.modules.government.onestop.rules.looking_up import TooOften, asked_from
from tinhso.modules.government.onestop.rules.saying import say_deadline
from tinhso.platform.cases.actions import ChangedMeanwhile, KeyReused
from tinhso.platform.cases.queries import CaseView, list_steps_open_to
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.catalogue import queries as catalogue
from tinhso.platform.catalogue.rules.entries import Found, Narrowing
from tinhso.platform.clock import now
from tinhso.platform.files.http import signed_in
from tinhso.platform.people.rules import FILE_LEVEL, SEE_LEVEL, Actor

router = Router(tags=["onestop"])
router.add_router("/work", officers.router)
router.add_router("/papers", papers.router)
router.add_router("/work", ratings.router)


@router.get("/procedures", response=list[FoundOut], auth=None, summary="Tìm thủ tục · Find a procedure")
def list_all(request: HttpRequest, asked: Query[FindIn]) -> Any:  # noqa: ARG001
    """Those that answer the words, best first; without words all, those that can be filed here first."""
    today, narrowing = now().astimezone(VIETNAM).date(), Narrowing(asked.audience, asked.level, asked.life_event)
    if asked.q.strip():
        found = catalogue.find_procedures(asked.q, today, narrowing)
    else:
        found = [Found(entry, 1.0) for entry in catalogue.list_entries(today, narrowing)]
    return [_found(each) for each in found[asked.offset : asked.offset + asked.limit]]


@router.get(
    "/procedures/{code}",
    response={200: ProcedureOut | DescribedOut, 404: RefusalOut},
    auth=None,
    summary="Thủ tục · A procedure",
)
def show(request: HttpRequest, code: str) -> Any:  # noqa: ARG001
    """Papers, fee, time limit, flow of the text in force today; of one that is only described what the national portal says."""
    today = now().astimezone(VIETNAM).date()
    try:
        return Status(200, _procedure(get_shown(code, today)))
    except NoSuchProcedure:
        told = catalogue.find_told(code, today) if CODE.fullmatch(code) else None
    if told is None:
        return Status(
            404, _refusal("unknown_procedure", "code", "Không có thủ tục này.", "There is no such procedure.")
        )
    return Status(200, describe(told))


@router.post(
    "/dossiers",
    auth=signed_in,
    response={200: FiledOut, 201: FiledOut, 403: RefusalOut, 404: RefusalOut, 409: RefusalOut, 422: RefusalOut},
    summary="Nộp hồ sơ · File a dossier",
    openapi_extra={
        "parameters": [
            {"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string", "maxLength": 80}}
        ]
    },
)
def file(request: HttpRequest, told: FilingIn) -> Any:
    """Judged as the pages judge it, everything that is wrong at once. The same key and content again: the first one."""
    actor, key = _actor(request), request.headers.get("Idempotency-Key", "")
    if actor.kind != "citizen" or actor.level < FILE_LEVEL:
        return Status(
            403,
            _refusal(
                "level", "", "Cần định danh VNeID mức 2 mới nộp được.", "Filing needs a VNeID identity of level 2."
            ),
        )
    if not KEY.fullmatch(key):
        return Status(
            422,
            _refusal(
                "no_key", "Idempotency-Key", "Thiếu tiêu đề Idempotency-Key.", "The header Idempotency-Key is missing."
            ),
        )
    moment = now()
    try:
        today = moment.astimezone(VIETNAM).date()
        procedure = get_fileable(told.procedure, today)
        whole = filing_actions.Told(
            procedure, form_of(procedure, today), told.unit, keepable(told.answers), told.papers, told.language,
            {code: [read_code(each) for each in codes] for code, codes in told.held.items()},
        )  # fmt: skip
        opened = filing_actions.file_dossier(told=whole, key=key, actor=actor, now=moment)
    except NoSuchProcedure:
        return Status(
            404,
            _refusal(
                "unknown_procedure", "procedure", "Thủ tục này không nộp ở đây.", "That procedure is not filed here."
            ),
        )
    except filing_actions.CannotFile as refused:
        return Status(422, _problems(refused))
    except KeyReused as refused:
        return Status(409, _refusal("key_reused", "Idempotency-Key", refused.vi, refused.en))
    return Status(200 if opened.repeated else 201, {"public_id": opened.public_id, "repeated": opened.repeated})


@router.get(
    "/dossiers/{public_id}",
    auth=signed_in,
    response={200: DossierOut, 403: RefusalOut, 404: RefusalOut},
    summary="Hồ sơ của tôi · My dossier",
)
def show_own(request: HttpRequest, public_id: str) -> Any:
    """One's own dossier; another's is not there."""
    actor, moment = _actor(request), now()
    if actor.level < SEE_LEVEL:
        return Status(403, _not_identified())
    try:
        case = get_own(public_id, actor=actor)
    except NotOurs:
        return Status(404, _unknown())
    acts = [each.act for each in list_steps_open_to(case, actor)]
    journey = tell_journey(get_standing(case, moment).journey)
    own = {
        "public_id": case.public_id, "title": case.title, "unit": case.unit_key, "filed_at": case.filed_at.isoformat(),
        "accepted_at": _iso(case.accepted_at), "resolved_at": _iso(case.resolved_at), "closed_at": _iso(case.closed_at), "acts": acts,
    }  # fmt: skip
    return Status(200, {**_track(case, journey, moment), **own})


@router.get(
    "/track/{public_id}",
    auth=None,
    response={200: TrackOut, 404: RefusalOut, 429: RefusalOut},
    summary="Tra cứu · Track",
    openapi_extra=LIMITED,
)
def track(request: HttpRequest, response: HttpResponse, public_id: str) -> Any:
    """
    States and moments only, nothing of anybody, without signing in.

    Limits for each address: 120 calls a minute, 30 look-ups that find nothing in 15 minutes. 429 says in `Retry-After`
    after how many seconds to ask again.
    """
    moment, address = now(), asked_from(request.META)
    try:
        count_call(address=address, now=moment)
        case = look_up(tracking_id=public_id[:40] or "-", address=address, now=moment)
    except TooOften as refused:
        response["Retry-After"] = str(refused.seconds)
        return Status(429, _refusal("too_often", "public_id", refused.vi, refused.en))
    if case is None:
        return Status(404, _unknown())
    return Status(200, _track(case, tell_journey(public_journey(case, moment)), moment))


@router.post(
    "/dossiers/{public_id}/acts/{act}",
    auth=signed_in,
    response={200: MovedOut, 403: RefusalOut, 404: RefusalOut, 409: RefusalOut, 422: RefusalOut},
    summary="Làm một việc với hồ sơ của tôi · Act on my dossier",
    openapi_extra=OPTIONAL_KEY,
)
def act(request: HttpRequest, public_id: str, act: str, told: ActIn) -> Any:
    """An act that is open to the applicant, such as `withdraw`; 409 names those that are when it is not."""
    actor, note = _actor(request), str(keepable(told.note)).strip()
    if actor.level < SEE_LEVEL:
        return Status(403, _not_identified())
    try:
        case = get_own(public_id, actor=actor)
        moment, asked = now(), [act, told.dict()]

        def do() -> dict[str, Any]:
            moved = filing_actions.hand_in_supplement(
                case=case, act=act[:40], papers=told.papers, note=note, actor=actor, now=moment
            )
            return {"public_id": moved.public_id, "state": moved.state}

        answer = once(request, public_id=case.public_id, asked=asked, do=do, actor=actor, now=moment)
    except NotOurs:
        return Status(404, _unknown())
    except filing_actions.CannotFile as refused:
        return Status(422, _problems(refused))
    except (NotAllowed, Incomplete, ChangedMeanwhile) as refused:
        return Status(409, _refusal("not_allowed", "act", refused.vi, refused.en))
    except BadKey as refused:
        return Status(422, _refusal("bad_key", "Idempotency-Key", refused.vi, refused.en))
    except KeyReused as refused:
        return Status(409, _refusal("key_reused", "Idempotency-Key", refused.vi, refused.en))
    return Status(200, answer)


def _actor(request: HttpRequest) -> Actor:
    """Whom `signed_in` let in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _refusal(code: str, field: str, vi: str, en: str) -> dict[str, str]:
    return {"code": code, "field": field, "vi": vi, "en": en}


def _not_identified() -> dict[str, str]:
    words = ("Cần định danh VNeID mức 1 mới xem được.", "Looking at a dossier needs a VNeID identity of level 1.")
    return _refusal("level", "", *words)


def _problems(refused: filing_actions.CannotFile) -> dict[str, Any]:
    problems = [_refusal(each.code, each.field, each.vi, each.en) for each in refused.problems]
    return {**problems[0], "problems": problems}


def _unknown() -> dict[str, str]:
    return _refusal("unknown_dossier", "public_id", "Không có hồ sơ này.", "There is no such dossier.")


def _words(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def _reference(procedure: Procedure) -> dict[str, Any]:
    words = {"name": _words(procedure.name), "summary": _words(procedure.summary)}
    return {"code": procedure.code, "service_level": procedure.service_level, **words}


def _found(found: Found) -> dict[str, Any]:
    entry = found.entry
    return {
        "code": entry.code, "name": _words(entry.name), "summary": _words(entry.summary), "score": found.score,
        "service_level": entry.service_level, "fileable": entry.fileable, "sector": entry.sector,
        "levels": list(entry.levels), "audiences": list(entry.audiences), "life_event": entry.life_event,
    }  # fmt: skip


def _procedure(procedure: Procedure) -> dict[str, Any]:
    return {
        **_reference(procedure),
        "version": procedure.version.isoformat(),
        "form": procedure.form,
        "fees": [{"code": fee.code, "name": _words(fee.name), "kind": fee.kind} for fee in procedure.fees],
        "deadline": say_deadline(procedure.deadline, "vi"),
        "papers": [
            {
                "code": paper.code, "name": _words(paper.name), "note": _words(paper.note), "required": paper.required,
                "asked_always": paper.when is None, "max_megabytes": paper.max_megabytes,
            }
            for paper in procedure.papers
        ],
        "states": [_state(state) for state in procedure.states],
        "steps": [
            {"act": step.act, "name": _words(step.name), "source": step.source, "target": step.target, "role": step.role}
            for step in procedure.steps
        ],
    }  # fmt: skip


def _state(state: State) -> dict[str, Any]:
    return {"code": state.code, "name": _words(state.name), "told": _words(state.told), "national": state.national}


def _track(case: CaseView, journey: list[dict[str, Any]], moment: datetime) -> dict[str, Any]:
    lines = [{"state": each["state"], "title": each["title"], "text": each.get("text", "")} for each in journey]
    is_late = case.resolved_at is None and case.is_overdue(moment)
    return {
        "procedure": case.procedure.code, "code": case.code, "state": _state(case.state), "due_at": _iso(case.due_at),
        "is_late": is_late, "journey": lines,
    }  # fmt: skip


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
