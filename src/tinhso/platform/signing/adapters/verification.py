"""Verification of signed PDFs against one root: what cryptography finds, for the rules to judge."""

from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus, validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tinhso.platform.signing.adapters import encoding
from tinhso.platform.signing.adapters.certificates import read_name
from tinhso.platform.signing.adapters.time_stamps import statement_of
from tinhso.platform.signing.rules import Finding, Verdict, judge


def verify(pdf: bytes, root: x509.Certificate | None) -> Verdict:
    """
    What the signatures of a file are worth to those who trust `root`.

    Never raises: a file made to confuse the reader is as bad as one that was altered.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        return judge([_examine(found, pdf, root) for found in reader.embedded_signatures])
    except Exception:  # noqa: BLE001 - whatever such a file makes the reader raise, it is refused
        return Verdict(file_problems=("unreadable",))


def _examine(found: EmbeddedPdfSignature, pdf: bytes, root: x509.Certificate | None) -> Finding:
    content = cms.ContentInfo.load(found.pkcs7_content)
    token = encoding.time_stamp_in(content["content"]["signer_infos"][0])
    moment: datetime | None = statement_of(token)["gen_time"].native if token is not None else None
    status = _status(found, root, moment)
    signer, unit = read_name(found.signer_cert)
    return Finding(
        area=found.field_name,
        signer=signer,
        unit=unit,
        certificate_serial=format(found.signer_cert.serial_number, "x"),
        certificate_from=found.signer_cert.not_valid_before,
        certificate_until=found.signer_cert.not_valid_after,
        signed_at=moment,
        time_stamp_valid=_is_time_stamped(status),
        content_intact=status.intact,
        signature_matches=status.valid,
        chain_trusted=root is not None and status.trusted,
        changes_allowed=_changes_are_allowed(status),
        exactly_encoded=_is_exactly_encoded(found, content, pdf),
        covers_whole_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
    )


def _status(found: EmbeddedPdfSignature, root: x509.Certificate | None, at: datetime | None) -> PdfSignatureStatus:
    context = ValidationContext(trust_roots=[root] if root else [], moment=at, allow_fetching=False)
    return validate_pdf_signature(found, context, context)


def _is_time_stamped(status: PdfSignatureStatus) -> bool:
    found = status.timestamp_validity
    return found is not None and found.intact and found.valid and found.trusted


def _changes_are_allowed(status: PdfSignatureStatus) -> bool:
    level: Any = status.modification_level
    return bool(status.docmdp_ok) and level in {ModificationLevel.NONE, ModificationLevel.FORM_FILLING}


def _is_exactly_encoded(found: EmbeddedPdfSignature, content: cms.ContentInfo, pdf: bytes) -> bool:
    """The only bytes a signature does not cover are the signature itself; those must be as they are written here."""
    _start, before, after, _length = (int(number) for number in found.byte_range)
    expected = encoding.written_again(content).hex().upper().encode()
    room = after - before - 2
    return pdf[before:after] == b"<" + expected.ljust(room, b"0") + b">"
