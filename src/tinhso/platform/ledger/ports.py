"""What the ledger needs from outside: somebody who swears to the time of a seal."""

from datetime import datetime
from typing import Protocol


class TimeStampAuthority(Protocol):
    """An RFC 3161 time-stamp authority."""

    def stamp(self, digest: bytes) -> bytes:
        """A token (DER) over a SHA-256 digest of 32 bytes."""
        ...

    def verify(self, token: bytes, digest: bytes) -> datetime:
        """
        The moment the token swears to.

        :raises ValueError: the token is not over this digest, or not of a known authority
        """
        ...


_authority: TimeStampAuthority | None = None


def use_authority(authority: TimeStampAuthority | None) -> None:
    """Name the authority that seals are stamped by."""
    global _authority
    _authority = authority


def authority() -> TimeStampAuthority | None:
    """The authority in use, or None; seals are then chained but not stamped."""
    return _authority
