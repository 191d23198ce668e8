"""A small OpenID provider that stands for VNeID: its key, its codes and tokens, its people. Faults travel inside the code."""

import base64
import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core import signing
from django.core.cache import cache as memory

from tinhso.platform.people.adapters.demonstration import read_citizens
from tinhso.platform.people.rules import Identity

CODE_SECONDS = 60
TOKEN_SECONDS = 300
KEY_ID = "vneid-simulator"
FAULTS = ("", "server_error", "expired_code", "wrong_nonce", "wrong_signature", "other_person")
LONGEST_DELAY = 30


class Refused(Exception):
    """The provider does not accept what was sent; the text is the OAuth error code."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person allowed a client to know, bound to the request it answers; carried, signed, by the code itself."""

    personal_number: str
    client_id: str
    redirect_uri: str
    nonce: str = ""
    challenge: str = ""
    fault: str = ""
    seconds: int = 0


def write_code(grant: Grant) -> str:
    """The authorisation code for a grant."""
    return signing.dumps(asdict(grant), salt="vneid.code", compress=True)


def redeem_code(code: str, *, client: tuple[str, str], redirect_uri: str, verifier: str) -> Grant:
    """
    The grant behind a code; once, for a minute, to the client and with the verifier it was given for.

    :param client: client id and secret
    :raises Refused: with the error code of OAuth 2
    """
    if client != (settings.VNEID_CLIENT_ID, settings.VNEID_SECRET):
        raise Refused("invalid_client")
    try:
        grant = Grant(**signing.loads(code, salt="vneid.code", max_age=CODE_SECONDS))
    except signing.BadSignature as trouble:
        raise Refused("invalid_grant") from trouble
    spent = not memory.add("vneid.spent:" + hashlib.sha256(code.encode()).hexdigest(), True, CODE_SECONDS)  # noqa: FBT003
    bound = (client[0], redirect_uri) == (grant.client_id, grant.redirect_uri)
    if spent or not bound or grant.fault == "expired_code" or not _is_answered(grant.challenge, verifier):
        raise Refused("invalid_grant")
    return grant


def _is_answered(challenge: str, verifier: str) -> bool:
    """PKCE, method S256 (RFC 7636 section 4.6)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return not challenge or challenge == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def write_access_token(grant: Grant) -> str:
    """The token with which the client may ask who the person is."""
    return signing.dumps({"number": grant.personal_number, "fault": grant.fault}, salt="vneid.access")


def read_access_token(token: str) -> Mapping[str, Any]:
    """
    What the person is, to the holder of the token.

    :raises Refused: the token is not ours or too old
    """
    try:
        grant = signing.loads(token, salt="vneid.access", max_age=TOKEN_SECONDS)
    except signing.BadSignature as trouble:
        raise Refused("invalid_token") from trouble
    claims = claims_of(grant["number"])
    return claims | {"sub": "somebody-else"} if grant["fault"] == "other_person" else claims


def write_id_token(grant: Grant, *, issuer: str, now: datetime) -> str:
    """The signed statement that the person signed in, for the client of the grant (RS256)."""
    nonce = "another-nonce" if grant.fault == "wrong_nonce" else grant.nonce
    body = {
        "iss": issuer, "aud": grant.client_id, "sub": subject_of(grant.personal_number), "nonce": nonce,
        "iat": now, "exp": now + timedelta(seconds=TOKEN_SECONDS), "acr": str(person_of(grant.personal_number).level),
    }  # fmt: skip
    key = _fresh_key() if grant.fault == "wrong_signature" else signing_key()
    return jwt.encode(body, key, algorithm="RS256", headers={"kid": KEY_ID})


def subject_of(personal_number: str) -> str:
    """The provider's own name for a person; it does not give the number away."""
    return "vneid-" + hashlib.sha256(f"{settings.VNEID_CLIENT_ID} {personal_number}".encode()).hexdigest()[:20]


def person_of(personal_number: str) -> Identity:
    """
    The simulated person with that number.

    :raises Refused: there is none
    """
    for person in people():
        if person.personal_number == personal_number:
            return person
    raise Refused("access_denied")


def people() -> tuple[Identity, ...]:
    """Everyone who has a simulated VNeID account."""
    return tuple(replace(person, phone="", email="") for person in read_citizens())


def claims_of(personal_number: str) -> dict[str, Any]:
    """What the provider tells about a person."""
    person = person_of(personal_number)
    return {
        "sub": subject_of(personal_number),
        "name": person.name,
        "personal_number": person.personal_number,
        "birthdate": person.birth_on.isoformat() if person.birth_on else None,
        "gender": person.sex,
        "level": person.level,
    }


def discovery(base: str) -> dict[str, Any]:
    """The provider's description of itself (OpenID Connect Discovery 1.0), for the address it is reached at."""
    return {
        "issuer": base,
        "authorization_endpoint": f"{base}/authorize/",
        "token_endpoint": f"{base}/token/",
        "userinfo_endpoint": f"{base}/userinfo/",
        "jwks_uri": f"{base}/jwks/",
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "scopes_supported": ["openid", "profile"],
        "claims_supported": sorted(claims_of(people()[0].personal_number)),
    }


def public_keys() -> dict[str, Any]:
    """The key with which signatures are checked, as a JSON Web Key Set."""
    written = jwt.algorithms.RSAAlgorithm.to_jwk(signing_key().public_key(), as_dict=True)
    return {"keys": [written | {"kid": KEY_ID, "use": "sig", "alg": "RS256"}]}


def _fresh_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def signing_key() -> rsa.RSAPrivateKey:
    """The simulator's key, made once and kept among the keys of this installation, the same for every process."""
    path = Path(settings.KEYS_ROOT) / "vneid_simulator.pem"
    if not path.exists():
        _keep(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


def _keep(path: Path) -> None:
    """Write a new key whole under another name and give it this name unless another process was quicker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    text = _fresh_key().private_bytes(serialization.Encoding.PEM, form, plain)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(text)
    with suppress(FileExistsError):
        os.link(name, path)
    Path(name).unlink()
