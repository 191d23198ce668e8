"""Signing results and refusals: number, document, signature, result and act of one dossier stand or fall together."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from procrastinate.contrib.django import app

from tinhso.kernel.flow import Incomplete, NotAllowed, Step
from tinhso.modules.government.onestop.actions.documents import PDF, keep_case_document
from tinhso.modules.government.onestop.adapters import NoTemplate
from tinhso.modules.government.onestop.models import SigningBatch
from tinhso.modules.government.onestop.queries import drafts, letters
from tinhso.modules.government.onestop.rules import Outcome, said, way_of
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.actions import ChangedMeanwhile, Moved, NoSuchCase, act_on_case, attach_result
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.actions import keep_document
from tinhso.platform.files.adapters import DocumentError
from tinhso.platform.people.rules import Actor
from tinhso.platform.signing.actions import sign_pdf
from tinhso.platform.signing.rules import CannotSign, Signer, SigningUnit

JOB: Final = "tinhso.modules.government.onestop.jobs.sign_batch"
REFUSALS = (NotAllowed, Incomplete, NoSuchCase, ChangedMeanwhile, CannotSign, DocumentError, NoTemplate)
NEXT_NUMBER: Final = """
insert into onestop_resultcounter as c (unit_key, series, year, last) values (%s, %s, %s, 1)
on conflict (unit_key, series, year) do update set last = c.last + 1 returning last
"""


def sign_dossiers(*, public_ids: Sequence[str], actor: Actor, now: datetime) -> list[Outcome]:
    """
    Sign what each of these dossiers awaits, its result or its refusal, and take the step that this completes.

    Each dossier is one transaction of its own: numbered without gaps, laid out, signed, verified, kept, moved on. One
    that fails leaves no number used and no document behind, and does not hold up the others.

    :returns: what became of each, in the order asked; a refusal in words of the reader's language
    """
    found = cases.get_cases(public_ids)
    return [_sign_one(public_id, found.get(public_id), actor, now) for public_id in dict.fromkeys(public_ids)]


def _sign_one(public_id: str, case: cases.CaseView | None, actor: Actor, now: datetime) -> Outcome:
    try:
        if case is None:
            raise NoSuchCase(public_id)
        step = drafts.signing_step(case, actor)
        with transaction.atomic():
            sign = _sign_result if way_of(step) == "result" else _sign_refusal
            moved = sign(case, step, actor, now)
    except REFUSALS as refusal:
        return Outcome(public_id, (case.code if case else "") or "", said(refusal))
    return Outcome(public_id, moved.code or "")


def _sign_result(case: cases.CaseView, step: Step, actor: Actor, now: datetime) -> Moved:
    result = case.procedure.result
    if result is None:
        raise NoTemplate(case.procedure.code)
    number = f"{_next_number(case.unit_key, result.template, now)}/{now.astimezone(VIETNAM).year}"
    draft = drafts.draw_result(case, actor, now, number=number)
    signed = _signed(draft, case, actor, now, reason=f"Ký {result.name.vi} số {number}")
    kept = keep_document(content=signed, media_type=PDF, actor=actor, now=now)
    told = {"code": result.code, "name": result.name.vi, "number": number, "file_sha256": kept.sha256}
    attach_result(public_id=case.public_id, result=told | {"signer_name": actor.name}, actor=actor, now=now)
    return act_on_case(public_id=case.public_id, act=step.act, actor=actor, now=now)


def _sign_refusal(case: cases.CaseView, step: Step, actor: Actor, now: datetime) -> Moved:
    signed = _signed(drafts.draw_refusal(case, actor, now), case, actor, now, reason=f"Ký {step.name.vi}")
    moved = act_on_case(public_id=case.public_id, act=step.act, actor=actor, now=now)
    keep_case_document(
        case_public_id=case.public_id, kind="refusal", fact_id=moved.fact_id, pdf=signed, actor=actor, now=now
    )
    return moved


def _signed(pdf: bytes, case: cases.CaseView, actor: Actor, now: datetime, *, reason: str) -> bytes:
    signer = Signer(actor.code, actor.name, drafts.title_of(actor, case))
    unit = SigningUnit(case.unit_key, letters.agency_of(case.unit_key, now)["name"])
    return sign_pdf(pdf=pdf, signer=signer, unit=unit, reason=reason, actor=actor, now=now).pdf


def _next_number(unit_key: str, series: str, now: datetime) -> int:
    """The next number of the year in that register; its row stays locked until the signature is kept, so none is lost or given twice."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [unit_key, series, now.astimezone(VIETNAM).year])
        number: int = cursor.fetchone()[0]
    return number


@transaction.atomic
def order_signing(*, public_ids: Sequence[str], actor: Actor, now: datetime) -> str:
    """Have many dossiers signed by a job, and return the id under which its progress is seen."""
    wanted = list(dict.fromkeys(public_ids))
    batch = SigningBatch.objects.create(
        public_id=secrets.token_hex(16), actor_code=actor.code, public_ids=wanted, ordered_at=now
    )
    app.configure_task(JOB, queue="signing", lock=f"signing:{batch.public_id}", allow_unknown=False).defer(
        batch=batch.public_id
    )
    return batch.public_id


@transaction.atomic
def sign_next_of_batch(*, batch: str, actor: Actor, now: datetime) -> bool:
    """
    Sign the next dossier of a batch and note what became of it, both or neither; False when nothing was left.

    :raises SigningBatch.DoesNotExist: the actor ordered no such batch
    """
    row = SigningBatch.objects.select_for_update().get(public_id=batch, actor_code=actor.code)
    left = row.public_ids[len(row.outcomes) :]
    if left:
        row.outcomes = [
            *row.outcomes,
            *(asdict(each) for each in sign_dossiers(public_ids=left[:1], actor=actor, now=now)),
        ]
    if len(left) <= 1 and row.finished_at is None:
        row.finished_at = now
    row.save(update_fields=["outcomes", "finished_at"])
    return len(left) > 1
