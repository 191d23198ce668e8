"""What signing needs from outside: somebody who signs and verifies PDFs, somebody who swears to a moment."""

from datetime import datetime
from typing import Protocol

from tinhso.platform.signing.rules import SigningRequest, Verdict


class SignatureProvider(Protocol):
    """A holder of signing keys: a local key store, a token in the wall, a remote signing service."""

    def sign(self, request: SigningRequest) -> bytes:
        """
        The PDF with one more signature (PAdES-B-T), placed in the area named after the request's capacity.

        :raises CannotSign: the certificate is not valid at that moment, or the file cannot carry the signature
        """
        ...

    def verify(self, pdf: bytes) -> Verdict:
        """What the signatures of a PDF are worth; never raises, whatever the bytes are."""
        ...


class TimeStampAuthority(Protocol):
    """An RFC 3161 time-stamp authority."""

    def token(self, digest: bytes, at: datetime) -> bytes:
        """A token (DER) over a SHA-256 digest; an authority that owns a clock ignores `at`."""
        ...

    def moment(self, token: bytes, digest: bytes) -> datetime:
        """
        The moment the token swears to.

        :raises ValueError: the token is not over this digest, or not of a known authority
        """
        ...
