"""Signing: a leader's signature, the agency's seal, a time-stamp. Nothing leaves here that does not verify."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from tinhso.platform.ledger.actions import HasCode
from tinhso.platform.signing import adapters
from tinhso.platform.signing.models import SignatureRecord
from tinhso.platform.signing.queries import verify_pdf, verify_token
from tinhso.platform.signing.rules import CannotSign, Signer, SigningRequest, SigningUnit, Verdict

__all__ = ["SignedPdf", "number_and_seal_pdf", "seal_pdf", "sign_pdf", "stamp_digest", "verify_pdf", "verify_token"]


@dataclass(frozen=True, slots=True)
class SignedPdf:
    """A PDF that carries one more signature, verified."""

    pdf: bytes
    sha256: str
    certificate_serial: str
    signed_at: datetime
    verdict: Verdict


def sign_pdf(*, pdf: bytes, signer: Signer, unit: SigningUnit, reason: str, actor: HasCode, now: datetime) -> SignedPdf:
    """
    Sign a document as the person with authority (PAdES-B-T), with a stamp in the area "leader" where it has one.

    :param pdf: not signed yet
    :raises CannotSign: the actor is not the signer, the certificate is not valid at `now`, the file is signed already or cannot carry a
        signature, or the result does not verify
    """
    if actor.code != signer.code:
        raise CannotSign(_("Mỗi người chỉ ký được bằng tên của chính mình."))
    return _sign(SigningRequest(pdf, signer, unit, "leader", reason, now), actor)


def seal_pdf(*, pdf: bytes, unit: SigningUnit, reason: str, actor: HasCode, now: datetime) -> SignedPdf:
    """
    Put the agency's seal under a document its leader signed; it locks every field of the file.

    NĐ 30/2020 Art 32.2.d: sealed is only what the person with authority has signed, whole and unchanged.

    :raises CannotSign: no valid signature of a leader covers the file, or as in `sign_pdf`
    """
    _must_be_signed(pdf)
    return _sign(SigningRequest(pdf, Signer(unit.key, unit.name), unit, "seal", reason, now), actor)


def number_and_seal_pdf(
    *, pdf: bytes, words: Mapping[str, str], unit: SigningUnit, reason: str, actor: HasCode, now: datetime
) -> SignedPdf:
    """
    Write number and date into a document that its leader signed, and put the agency's seal on top, in one go.

    The order is the law's (NĐ 30/2020 Art 15, 32.2.d): signed, numbered, sealed. The seal locks every field, so neither
    number nor date can be changed afterwards without breaking it.

    :param words: "number" and "date" as they are to be read on the paper
    :raises CannotSign: no valid signature of a leader covers the file, it has no fields for these words or they are
        filled already, or as in `sign_pdf`
    """
    _must_be_signed(pdf)
    written = adapters.write_fields(pdf, words)
    sealed = _sign(SigningRequest(written, Signer(unit.key, unit.name), unit, "seal", reason, now), actor)
    if adapters.read_fields(sealed.pdf) != dict(words):
        raise CannotSign(_("Số và ngày ghi trên giấy không đúng với sổ; giấy chưa được đóng dấu."))
    return sealed


def _must_be_signed(pdf: bytes) -> None:
    found = verify_pdf(pdf)
    if not (found.valid and found.is_signed_in("leader")):
        raise CannotSign(_("Chỉ đóng dấu số văn bản đã có chữ ký hợp lệ của người có thẩm quyền."))


def stamp_digest(*, digest: bytes, now: datetime) -> bytes:
    """A time-stamp token (RFC 3161, DER) over a SHA-256 digest of 32 bytes."""
    return adapters.time_stamp_authority().token(digest, now)


def _sign(request: SigningRequest, actor: HasCode) -> SignedPdf:
    signed = adapters.signature_provider().sign(request)
    verdict = verify_pdf(signed)
    if not (verdict.valid and verdict.is_signed_in(request.capacity)):
        raise CannotSign(_("Chữ ký vừa tạo không kiểm tra được; tệp chưa được ký. ") + " ".join(verdict.words))
    last = verdict.signatures[-1]
    made = SignedPdf(signed, sha256(signed).hexdigest(), last.certificate_serial, last.signed_at or request.at, verdict)
    SignatureRecord.objects.create(
        sha256_before=sha256(request.pdf).hexdigest(),
        sha256_after=made.sha256,
        capacity=request.capacity,
        signer_code=request.signer.code,
        unit_key=request.unit.key,
        actor_code=actor.code,
        certificate_serial=made.certificate_serial,
        signed_at=made.signed_at,
        verdict=verdict.as_json(),
    )
    return made
