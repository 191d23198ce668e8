"""The API of the desk: an officer's inbox, a dossier and what may be done with it, acts; judged as the pages judge them."""

from contextlib import ExitStack
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from tinhso.kernel.flow import Step
from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.http.cleaning import keepable
from tinhso.modules.government.onestop.http.repeating import OPTIONAL_KEY, BadKey, once
from tinhso.modules.government.onestop.http.shapes import RefusalOut
from tinhso.modules.government.onestop.http.work import (
    HeldOut,
    InboxIn,
    InboxOut,
    OfficerActIn,
    OfficerMovedOut,
    held,
    inbox_row,
    problems_of,
    refusal,
)
from tinhso.modules.government.onestop.pages.desk import names_seen, open_for
from tinhso.modules.government.onestop.pages.workspace import read_key, write_key
from tinhso.modules.government.onestop.queries.casefile import NoSuchCase, NotYours
from tinhso.modules.government.onestop.rules import Fault, Typed, brings_papers, read_answers, said, way_of
from tinhso.modules.government.onestop.rules.delivering import read_handed
from tinhso.platform.cases.actions import KeyReused
from tinhso.platform.cases.queries import CaseView, get_cases, list_inbox, list_steps_open_to
from tinhso.platform.clock import now
from tinhso.platform.files.http import signed_in
from tinhso.platform.files.queries import list_handed_in, open_file
from tinhso.platform.files.rules import Refusal
from tinhso.platform.people.rules import Actor

router = Router(tags=["onestop"])
NOT_OFFICER = ("not_officer", "", "Chỉ dành cho cán bộ đang giữ một vị trí.", "Only for officers who hold a post.")
CHANGED = ("not_allowed", "act", "Việc này không làm được ở bước hiện tại.", "That act is not open from here.")


class NotDone(Exception):
    """An act was refused; nothing of it is kept, so the same request may come again."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(faults[0].text)


@router.get("/inbox", auth=signed_in, response={200: InboxOut, 403: RefusalOut}, summary="Việc của tôi · My open work")
def inbox(request: HttpRequest, asked: Query[InboxIn]) -> Any:
    """Everything that waits for the officer, most urgent first, fifty at a time; `after` asks for the next page."""
    actor = _officer(request)
    if actor is None:
        return Status(403, refusal(*NOT_OFFICER))
    roles, kinds = ([one] if one else None for one in (asked.role, asked.kind))
    page = list_inbox(actor, roles=roles, kinds=kinds, after=read_key(asked.after))
    names_seen(request, "inbox", page.rows)
    return Status(200, {"rows": [inbox_row(row) for row in page.rows], "after": write_key(page.after)})


@router.get(
    "/dossiers/{public_id}",
    auth=signed_in,
    response={200: HeldOut, 403: RefusalOut, 404: RefusalOut},
    summary="Hồ sơ đang xử lý · A dossier at the desk",
)
def show(request: HttpRequest, public_id: str) -> Any:
    """Where it stands, its data, and the acts open to this officer with what each asks. The applicant sees that it was opened."""
    case = _open(request, public_id)
    return case if isinstance(case, Status) else Status(200, held(case, _steps(case, request)))


@router.post(
    "/dossiers/{public_id}/acts/{act}",
    auth=signed_in,
    response={200: OfficerMovedOut, 403: RefusalOut, 404: RefusalOut, 409: RefusalOut, 422: RefusalOut},
    summary="Làm một việc với hồ sơ · Act on a dossier",
    openapi_extra=OPTIONAL_KEY,
)
def act(request: HttpRequest, public_id: str, act: str, told: OfficerActIn) -> Any:
    """One step, by the rules of the pages. With an `Idempotency-Key` the same request again gives the same answer."""
    case = _open(request, public_id)
    if isinstance(case, Status):
        return case
    actor: Actor = request.actor  # type: ignore[attr-defined]
    moment, told = now(), OfficerActIn(**keepable(told.dict()))

    def do() -> dict[str, Any]:
        step = next((each for each in _steps(case, request) if each.act == act), None)
        if step is None:
            raise NotDone([Fault("act", "")])
        _take(case, step, told, actor)
        return _where(case)

    asked = ["officer", act, told.dict()]
    try:
        answer = once(request, public_id=case.public_id, asked=asked, do=do, actor=actor, now=moment)
    except NotDone as refused:
        known = [fault for fault in refused.faults if fault.text]
        is_asked = any(fault.field not in {"", "act"} for fault in known)
        return Status(422 if is_asked else 409, problems_of(known) if known else refusal(*CHANGED))
    except BadKey as refused:
        return Status(422, refusal("bad_key", "Idempotency-Key", refused.vi, refused.en))
    except KeyReused as refused:
        return Status(409, refusal("key_reused", "Idempotency-Key", refused.vi, refused.en))
    return Status(200, answer)


def _officer(request: HttpRequest) -> Actor | None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor if actor.kind == "officer" and actor.posts else None


def _open(request: HttpRequest, public_id: str) -> Any:
    """The case as this officer may open it, with the look written down; or the refusal."""
    if _officer(request) is None:
        return Status(403, refusal(*NOT_OFFICER))
    try:
        return open_for(request, keepable(public_id[:40])).case
    except NoSuchCase:
        return Status(404, refusal("unknown_dossier", "public_id", "Không có hồ sơ này.", "There is no such dossier."))
    except NotYours as closed:
        return Status(403, refusal("not_yours", "public_id", closed.vi, closed.en))


def _steps(case: CaseView, request: HttpRequest) -> list[Step]:
    return [each.step for each in list_steps_open_to(case, request.actor)]  # type: ignore[attr-defined]


def _where(before: CaseView) -> dict[str, Any]:
    """Where it stands now, told to whoever acted, also where it went to others by that."""
    case = get_cases([before.public_id])[before.public_id]
    return {"public_id": case.public_id, "code": case.code, "state": case.state.code}


def _take(case: CaseView, step: Step, told: OfficerActIn, actor: Actor) -> None:
    """Do it as the page does; raises NotDone with everything that is wrong."""
    typed = Typed(
        reasons=told.reasons,
        note=told.note,
        extension_days="" if told.extension_days is None else str(told.extension_days),
        papers=[paper.code for paper in told.papers],
        unit=told.unit,
        why={paper.code: paper.why for paper in told.papers},
    )
    answers, faults = read_answers(step.asks, typed, [paper.code for paper in case.procedure.papers])
    if way_of(step) == "delivery":
        handed, wrong = read_handed(told.handed.dict(), case.applicant_name)
        answers, faults = answers | handed, [*wrong, *faults]
    if faults:
        raise NotDone(faults)
    if brings_papers(case.procedure, step):
        _take_in(case, step, told, answers, actor)
        return
    (outcome,) = actions.take_step(public_ids=[case.public_id], act=step.act, answers=answers, actor=actor, now=now())
    if not outcome.done:
        raise NotDone([Fault("", outcome.refusal)])


def _take_in(case: CaseView, step: Step, told: OfficerActIn, answers: dict[str, Any], actor: Actor) -> None:
    """The step with papers that the officer uploaded before, named by their hashes."""
    hashes = [each for files in told.files.values() for each in files]
    known, offered = list_handed_in(hashes, actor=actor), {paper.code for paper in case.procedure.papers}
    strange = [code for code, files in told.files.items() if code not in offered or not known.keys() >= set(files)]
    if strange:
        raise NotDone([Fault(f"files.{code}", f"{code}: ?") for code in strange])
    with ExitStack() as opened:
        pieces = [
            (code, f"{code}-{number}", opened.enter_context(open_file(each)))
            for code, files in told.files.items()
            for number, each in enumerate(files, start=1)
        ]
        try:
            actions.take_in_papers(
                public_id=case.public_id, act=step.act, pieces=pieces, answers=answers, actor=actor, now=now()
            )
        except (Refusal, *actions.REFUSALS) as refused:
            raise NotDone([Fault("", said(refused))]) from refused
