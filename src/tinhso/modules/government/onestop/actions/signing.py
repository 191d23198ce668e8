"""Signing results and refusals: number, document, signature, result and act of one dossier stand or fall together."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy
from procrastinate.contrib.django import app

from tinhso.kernel.flow import Step
from tinhso.modules.government.onestop.actions import issuing
from tinhso.modules.government.onestop.actions.documents import PDF, code_of, keep_case_document
from tinhso.modules.government.onestop.actions.sealing import seal_dossiers
from tinhso.modules.government.onestop.actions.singly import do_singly
from tinhso.modules.government.onestop.adapters import NoTemplate, find_series
from tinhso.modules.government.onestop.models import SigningBatch
from tinhso.modules.government.onestop.queries import corrections, drafts, letters
from tinhso.modules.government.onestop.rules import Outcome, way_of
from tinhso.modules.government.onestop.rules.asking import seals_after
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.actions import Moved, act_on_case
from tinhso.platform.files.actions import keep_document
from tinhso.platform.files.adapters import DocumentError
from tinhso.platform.people.rules import Actor
from tinhso.platform.signing.actions import sign_pdf
from tinhso.platform.signing.rules import Signer, SigningUnit, signer_title

NO_SIGNER: Final = lazy("Tài khoản của người ký không còn dùng được, nên chưa ký.")
DID_NOT_WORK: Final = lazy("Bộ ký số không làm việc được. Hãy thử ký lại, hoặc báo quản trị viên.")
JOB: Final = "tinhso.modules.government.onestop.jobs.sign_batch"


def sign_dossiers(*, public_ids: Sequence[str], actor: Actor, now: datetime) -> list[Outcome]:
    """
    Sign what each of these dossiers awaits, its result or its refusal, and take the step that this completes.

    Each dossier is one transaction of its own: numbered without gaps, laid out, signed, verified, kept, moved on. One
    that fails leaves no number used and no document behind, and does not hold up the others.

    :returns: what became of each, in the order asked; a refusal in words of the reader's language
    """
    return do_singly(public_ids, lambda case: _sign(case, actor, now), refusals=(DocumentError,))


def _sign(case: cases.CaseView, actor: Actor, now: datetime) -> Moved:
    step = drafts.signing_step(case, actor)
    sign = _sign_result if way_of(step) == "result" else _sign_refusal
    return sign(case, step, actor, now)


def _sign_result(case: cases.CaseView, step: Step, actor: Actor, now: datetime) -> Moved:
    origin = corrections.origin_of(case)
    if origin.procedure.result is None:
        raise NoTemplate(case.procedure.code)
    series, code = find_series(origin.procedure.result.template), issuing.new_code()
    is_sealed_after = seals_after(case.procedure, step)
    number = None if is_sealed_after else issuing.next_number(case.unit_key, series, now)
    replaced = corrections.replaced_by(case)
    marks = drafts.Marks(number.text if number else "", code, replaced)
    draft = drafts.draw_result(origin, actor, now, marks=marks)
    what = f"Ký {origin.procedure.result.name.vi}" + (f" số {number.text}" if number else "")
    lines = drafts.authority_lines(actor, case)
    signed = _signed(draft, case, actor, now, reason=what, title=signer_title(lines))
    kept = keep_document(content=signed, media_type=PDF, actor=actor, now=now)
    entry = issuing.Signed(origin, case, code, kept.sha256, signer_title(lines))
    row = issuing.enter_signed(signed=entry, series=series, actor=actor, now=now)
    if number:
        issuing.put_in_force(row=row, number=number, reason=corrections.reason_of(case), actor=actor, now=now)
    return act_on_case(public_id=case.public_id, act=step.act, actor=actor, now=now)


def _sign_refusal(case: cases.CaseView, step: Step, actor: Actor, now: datetime) -> Moved:
    moved = act_on_case(public_id=case.public_id, act=step.act, actor=actor, now=now)
    draft = drafts.draw_refusal(case, actor, now, code=code_of(case.public_id, "refusal", moved.fact_id))
    title = signer_title(drafts.authority_lines(actor, case))
    signed = _signed(draft, case, actor, now, reason=f"Ký {step.name.vi}", title=title)
    keep_case_document(
        case_public_id=case.public_id, kind="refusal", fact_id=moved.fact_id, pdf=signed, actor=actor, now=now
    )
    return moved


def _signed(pdf: bytes, case: cases.CaseView, actor: Actor, now: datetime, *, reason: str, title: str) -> bytes:
    signer = Signer(actor.code, actor.name, title)
    unit = SigningUnit(case.unit_key, letters.agency_of(case.unit_key, now)["name"])
    return sign_pdf(pdf=pdf, signer=signer, unit=unit, reason=reason, actor=actor, now=now).pdf


@transaction.atomic
def order_signing(*, public_ids: Sequence[str], is_sealing: bool = False, actor: Actor, now: datetime) -> str:
    """Have many dossiers signed, or sealed, by a job, and return the id under which its progress is seen."""
    wanted = list(dict.fromkeys(public_ids))
    batch = SigningBatch.objects.create(
        public_id=secrets.token_hex(16), actor_code=actor.code, public_ids=wanted, is_sealing=is_sealing, ordered_at=now
    )
    app.configure_task(JOB, queue="signing", lock=f"signing:{batch.public_id}", allow_unknown=False).defer(
        batch=batch.public_id
    )
    return batch.public_id


@transaction.atomic
def give_batch_back(*, batch: str, reason: Promise, now: datetime) -> None:
    """Say of each dossier of a batch that is left why it was not signed, and end the batch; one that is over stays."""
    row = SigningBatch.objects.select_for_update().get(public_id=batch)
    left = row.public_ids[len(row.outcomes) :]
    row.outcomes = [*row.outcomes, *(asdict(Outcome(public_id, "", str(reason))) for public_id in left)]
    row.finished_at = row.finished_at or now
    row.save(update_fields=["outcomes", "finished_at"])


@transaction.atomic
def sign_next_of_batch(*, batch: str, actor: Actor, now: datetime) -> bool:
    """
    Sign or seal the next dossier of a batch and note what became of it, both or neither; False when nothing was left.

    :raises SigningBatch.DoesNotExist: the actor ordered no such batch
    """
    row = SigningBatch.objects.select_for_update().get(public_id=batch, actor_code=actor.code)
    left = row.public_ids[len(row.outcomes) :]
    do = seal_dossiers if row.is_sealing else sign_dossiers
    if left:
        row.outcomes = [
            *row.outcomes,
            *(asdict(each) for each in do(public_ids=left[:1], actor=actor, now=now)),
        ]
    if len(left) <= 1 and row.finished_at is None:
        row.finished_at = now
    row.save(update_fields=["outcomes", "finished_at"])
    return len(left) > 1
