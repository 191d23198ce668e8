"""The signed paper of a version: drawn, signed by its leader, verified, and kept beside the file of what it says."""

from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction

from tinhso.modules.government.reporting import facts
from tinhso.modules.government.reporting.actions.writing import Forbidden, tell
from tinhso.modules.government.reporting.models import SignedFile, Version
from tinhso.modules.government.reporting.queries.parcels import content_of
from tinhso.modules.government.reporting.queries.printing import Marks, draw_report
from tinhso.modules.government.reporting.queries.reading import ReportView
from tinhso.modules.government.reporting.queries.reporters import name_of
from tinhso.modules.government.reporting.rules.filling import read_content
from tinhso.modules.government.reporting.rules.sending import written
from tinhso.platform.files.actions import keep_document
from tinhso.platform.people.rules import Actor
from tinhso.platform.signing.actions import sign_pdf
from tinhso.platform.signing.queries import lines_above_signature
from tinhso.platform.signing.rules import CannotSign, Signer, SigningUnit, signer_title
from tinhso.platform.units.queries import get_unit

PDF, JSON = "application/pdf", "application/json"
FOR_COMMITTEE: Final = dict.fromkeys(("commune", "province"), "Ủy ban nhân dân")  # a collective: NĐ 30/2020 Art 13


@transaction.atomic
def sign_version(*, view: ReportView, version: Version, actor: Actor, now: datetime) -> SignedFile | None:
    """
    Draw and sign the paper of a version that was just made; None for a regime that is not signed.

    The paper bears the hash of the file of its content, so that neither can be changed without the other telling. Signed
    twice it is the first one: another value needs another version.

    :raises Forbidden: the signature could not be made, says why
    """
    if not view.regime.is_signed or not view.may_sign:
        return None
    if found := SignedFile.objects.filter(report=view.row, number=version.number).first():
        return found
    content = written(content_of(view, version, signer=actor, now=now))
    committee = FOR_COMMITTEE.get(get_unit(view.row.unit_key).kind, "")
    lines = lines_above_signature(actor, view.row.unit_key, in_the_name_of=committee)
    marks = Marks(version.number, sha256(content).hexdigest(), actor.name, lines)
    title = signer_title(lines)
    signed = _signed(draw_report(view, read_content(version.content), marks, now=now), view, title, actor, now)
    kept = keep_document(content=content, media_type=JSON, actor=actor, now=now)
    paper = keep_document(content=signed, media_type=PDF, actor=actor, now=now)
    made = SignedFile.objects.create(
        report=view.row, number=version.number, content_sha256=kept.sha256, pdf_sha256=paper.sha256,
        signed_by=actor.code, signer_name=actor.name, signer_title=title[:160], signed_at=now,
    )  # fmt: skip
    body = {"version": version.number, "content_sha256": kept.sha256, "pdf_sha256": paper.sha256}
    tell(view.row, facts.VERSION_SIGNED, body, actor=actor, now=now)
    return made


def _signed(pdf: bytes, view: ReportView, title: str, actor: Actor, now: datetime) -> bytes:
    signer = Signer(actor.code, actor.name, title)
    unit = SigningUnit(view.row.unit_key, name_of(view.row.unit_key))
    reason = f"Ký báo cáo {view.regime.name.vi}, kỳ {view.row.period}"
    try:
        return sign_pdf(pdf=pdf, signer=signer, unit=unit, reason=reason, actor=actor, now=now).pdf
    except CannotSign as problem:
        raise Forbidden(
            f"Chưa ký được nên chưa nộp. {problem}", f"It could not be signed, so it was not handed in. {problem}"
        ) from problem
