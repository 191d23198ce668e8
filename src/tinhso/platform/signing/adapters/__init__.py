"""
The provider and the authority that this installation uses; made once in a process, so that keys stay loaded.

What signs takes as long to load as all the rest of a process, and most of them sign nothing: it is loaded when first used.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from tinhso.platform.clock import now
from tinhso.platform.signing.ports import SignatureProvider, TimeStampAuthority

if TYPE_CHECKING:
    from tinhso.platform.signing.adapters.keys import KeyStore
    from tinhso.platform.signing.adapters.time_stamps import LocalAuthority


@cache
def _store(folder: Path) -> "KeyStore":
    from tinhso.platform.signing.adapters.keys import KeyStore

    return KeyStore(folder)


@cache
def _authority(folder: Path) -> "LocalAuthority":
    from tinhso.platform.signing.adapters.time_stamps import LocalAuthority

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


def write_fields(pdf: bytes, words: Mapping[str, str]) -> bytes:
    """See `writing.write_fields`."""
    from tinhso.platform.signing.adapters import writing

    return writing.write_fields(pdf, words)


def read_fields(pdf: bytes) -> dict[str, str]:
    """See `writing.read_fields`."""
    from tinhso.platform.signing.adapters import writing

    return writing.read_fields(pdf)


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
