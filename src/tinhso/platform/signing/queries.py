"""What a signed PDF or a time-stamp is worth, and what was signed here."""

from dataclasses import dataclass
from datetime import datetime

from tinhso.platform.signing import adapters
from tinhso.platform.signing.models import SignatureRecord
from tinhso.platform.signing.rules import Capacity, Verdict


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One signature made here."""

    capacity: Capacity
    signer_code: str
    unit_key: str
    certificate_serial: str
    signed_at: datetime


def verify_pdf(pdf: bytes) -> Verdict:
    """
    What the signatures of a PDF are worth here: whole file covered, trusted, time-stamped, unaltered.

    Never raises, whatever the bytes are; `valid` is the answer, `words` the reasons in the reader's language.
    """
    return adapters.signature_provider().verify(pdf)


def read_number_and_date(pdf: bytes) -> dict[str, str]:
    """What is written in the fields "number" and "date" of a PDF; empty where it has none. Never raises."""
    return adapters.read_fields(pdf)


def verify_token(token: bytes, digest: bytes) -> datetime:
    """
    The moment a time-stamp token (RFC 3161, DER) swears to; works offline.

    :raises ValueError: the token is not over this SHA-256 digest, or not of a known authority, or was altered
    """
    return adapters.time_stamp_authority().moment(token, digest)


def list_signatures(sha256: str) -> tuple[SignatureRow, ...]:
    """The signatures made here that ended in the file of that hash (hexadecimal): one, or none for a stranger's file."""
    rows = SignatureRecord.objects.filter(sha256_after=sha256).order_by("pk")
    fields = ("capacity", "signer_code", "unit_key", "certificate_serial", "signed_at")
    return tuple(SignatureRow(*row) for row in rows.values_list(*fields))
