"""The provider and the authority that this installation uses; made once in a process, so that keys stay loaded."""

from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from tinhso.platform.clock import now
from tinhso.platform.signing.adapters.keys import KeyStore
from tinhso.platform.signing.adapters.time_stamps import LocalAuthority
from tinhso.platform.signing.adapters.writing import read_fields, write_fields
from tinhso.platform.signing.ports import SignatureProvider, TimeStampAuthority

__all__ = ["LedgerAuthority", "read_fields", "signature_provider", "time_stamp_authority", "write_fields"]


@cache
def _store(folder: Path) -> KeyStore:
    return KeyStore(folder)


@cache
def _authority(folder: Path) -> LocalAuthority:
    return LocalAuthority(_store(folder))


@cache
def _provider(path: str, folder: Path) -> SignatureProvider:
    provider: SignatureProvider = import_string(path)(store=_store(folder), authority=_authority(folder))
    return provider


def time_stamp_authority() -> TimeStampAuthority:
    """The installation's own authority, kept with its keys."""
    return _authority(settings.KEYS_ROOT)


def signature_provider() -> SignatureProvider:
    """The provider named by SIGNATURE_PROVIDER."""
    return _provider(settings.SIGNATURE_PROVIDER, settings.KEYS_ROOT)


class LedgerAuthority:
    """The authority as the ledger asks for it: an authority owns its clock, so the caller names no moment."""

    def stamp(self, digest: bytes) -> bytes:
        """A token (DER) over a SHA-256 digest, of this very moment."""
        return time_stamp_authority().token(digest, now())

    def verify(self, token: bytes, digest: bytes) -> datetime:
        """
        The moment the token swears to.

        :raises ValueError: the token is not over this digest, or not of this authority
        """
        return time_stamp_authority().moment(token, digest)
