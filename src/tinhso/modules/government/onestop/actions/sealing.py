"""The clerk's work: number and date on what a leader signed, then the agency's seal; one dossier stands or falls by itself."""

from collections.abc import Sequence
from datetime import datetime

from tinhso.kernel.flow import Step
from tinhso.modules.government.onestop.actions import issuing
from tinhso.modules.government.onestop.actions.documents import PDF
from tinhso.modules.government.onestop.actions.singly import do_singly
from tinhso.modules.government.onestop.adapters import find_series
from tinhso.modules.government.onestop.models import IssuedResult
from tinhso.modules.government.onestop.queries import corrections, letters
from tinhso.modules.government.onestop.queries.sealing import sealing_step
from tinhso.modules.government.onestop.rules import Outcome
from tinhso.modules.government.onestop.rules.results import written_day
from tinhso.platform.cases import queries as cases
from tinhso.platform.cases.actions import Moved, act_on_case
from tinhso.platform.cases.rules import VIETNAM
from tinhso.platform.files.actions import keep_document
from tinhso.platform.files.queries import open_file
from tinhso.platform.people.rules import Actor
from tinhso.platform.signing.actions import number_and_seal_pdf
from tinhso.platform.signing.rules import SigningUnit


class NothingToSeal(Exception):
    """No leader has signed a result of this dossier."""

    vi = "Hồ sơ chưa có kết quả lãnh đạo đã ký nên chưa đóng dấu được."
    en = "No leader has signed a result of this dossier, so there is nothing to seal."

    def __init__(self) -> None:
        super().__init__(self.vi)


def seal_dossiers(*, public_ids: Sequence[str], actor: Actor, now: datetime) -> list[Outcome]:
    """
    Number and seal the signed result of each of these dossiers, and take the step that this completes.

    Each is one transaction: the next number of the register, the fields, the seal, its proof, the result in force, the act.
    One that fails takes no number and does not hold up the others.

    :returns: what became of each, in the order asked; a refusal in words of the reader's language
    """
    refusals = (NothingToSeal, FileNotFoundError)
    return do_singly(public_ids, lambda case: _seal(case, sealing_step(case, actor), actor, now), refusals=refusals)


def _seal(case: cases.CaseView, step: Step, actor: Actor, now: datetime) -> Moved:
    waiting = IssuedResult.objects.select_for_update().filter(signed_in=case.public_id, count=None)
    row = waiting.order_by("-revision").first()
    if row is None:
        raise NothingToSeal
    series = find_series(row.series)
    number = issuing.next_number(row.unit_key, series, now)
    with open_file(row.file_sha256) as stream:
        signed = stream.read()
    words = {"number": number.text, "date": written_day(now.astimezone(VIETNAM).date())}
    unit = SigningUnit(row.unit_key, letters.agency_of(row.unit_key, now)["name"])
    sealed = number_and_seal_pdf(
        pdf=signed, words=words, unit=unit, reason=f"Phát hành {row.name} số {number.text}", actor=actor, now=now
    )
    row.file_sha256 = keep_document(content=sealed.pdf, media_type=PDF, actor=actor, now=now).sha256
    row.sealed_at, row.sealed_by = now, actor.code
    issuing.put_in_force(row=row, number=number, reason=corrections.reason_of(case), actor=actor, now=now)
    return act_on_case(public_id=case.public_id, act=step.act, actor=actor, now=now)
