"""Time-stamps after RFC 3161: an authority of one's own that answers in the process, and the check of its tokens."""

import asyncio
import secrets
from datetime import datetime
from hashlib import sha256

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from tinhso.platform.signing.adapters import encoding
from tinhso.platform.signing.adapters.certificates import LoadedKey
from tinhso.platform.signing.adapters.keys import KeyStore

POLICY = "2.25.187193840621973540212094512783615073"


class NotThisToken(ValueError):
    """The token swears to something else, or nobody known here swears."""


class LocalAuthority:
    """Swears to moments with the key store's time-stamp key; anybody can check its tokens with the root alone."""

    def __init__(self, store: KeyStore) -> None:
        self.store = store

    def token(self, digest: bytes, at: datetime) -> bytes:
        """A token (DER) that this SHA-256 digest existed at that moment, to the second."""
        if len(digest) != sha256().digest_size:
            raise ValueError(f"{len(digest)} bytes are no SHA-256 digest")
        key = self.store.time_stamp_key(at)
        if not key.is_valid_at(at):
            raise ValueError("the time-stamp certificate is not valid at that moment")
        return _signed_statement(key, _statement(key, digest, at).dump(), at).dump()

    def moment(self, token: bytes, digest: bytes) -> datetime:
        """
        The moment the token swears to.

        :raises ValueError: the token is not over this digest, or not of this authority, or was altered
        """
        root = self.store.find_root()
        if root is None:
            raise NotThisToken("no authority is known here that could have made this token")
        try:
            return _check(token, digest, root)
        except NotThisToken:
            raise
        except Exception as problem:
            raise NotThisToken("not a time-stamp token") from problem


class LocalTimeStamper(TimeStamper):
    """The same authority, as pyHanko asks for it while it signs."""

    def __init__(self, authority: LocalAuthority, at: datetime) -> None:
        super().__init__(include_nonce=False)
        self._authority, self._at = authority, at

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:  # noqa: ARG002
        """A token over that digest, of the moment of signing."""
        return cms.ContentInfo.load(self._authority.token(message_digest, self._at))


def statement_of(content: cms.ContentInfo) -> tsp.TSTInfo:
    """What a token says, unchecked."""
    statement = content["content"]["encap_content_info"]["content"].parsed
    if not isinstance(statement, tsp.TSTInfo):
        raise TypeError("no time-stamp statement inside")
    return statement


def _statement(key: LoadedKey, digest: bytes, at: datetime) -> tsp.TSTInfo:
    return tsp.TSTInfo(
        {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": {"hash_algorithm": encoding.SHA256, "hashed_message": digest},
            "serial_number": secrets.randbits(120),
            "gen_time": at.replace(microsecond=0),
            "accuracy": {"seconds": 1},
            "tsa": x509.GeneralName(name="directory_name", value=key.asn1.subject),
        }
    )


def _signed_statement(key: LoadedKey, statement: bytes, at: datetime) -> cms.ContentInfo:
    attributes = cms.CMSAttributes(
        [
            simple_cms_attribute("content_type", "tst_info"),
            simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(at.replace(microsecond=0))})),
            simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(key.asn1, "sha256")),
            simple_cms_attribute("message_digest", sha256(statement).digest()),
        ]
    )
    return encoding.signed_message(
        certificate=key.asn1,
        attributes=attributes,
        signature=key.sign(attributes.dump()),
        statement=encoding.time_stamp_content(statement),
    )


def _check(token: bytes, digest: bytes, root: x509.Certificate) -> datetime:
    content = cms.ContentInfo.load(token, strict=True)
    at: datetime = statement_of(content)["gen_time"].native
    context = ValidationContext(trust_roots=[root], moment=at, allow_fetching=False)
    found = asyncio.run(validate_tst_signed_data(content["content"], context, lambda _algorithm: digest))
    if not (found["intact"] and found["valid"] and found["trust_problem_indic"] is None):
        raise NotThisToken("the token is not over this digest, or not of this authority")
    if encoding.written_again(content) != token:
        raise NotThisToken("the token was altered")
    return at
