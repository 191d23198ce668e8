"""Signed messages between a payment gateway and the platform: HMAC-SHA256 over the moment and the body."""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

TOLERANCE = timedelta(minutes=5)


class Forged(Exception):
    """The message was not signed with our secret, or not now; the reason is for the log, not for the sender."""


def sign(body: bytes, *, secret: str, now: datetime) -> dict[str, str]:
    """The headers that prove who sent this body, and when."""
    moment = str(int(now.timestamp()))
    return {"X-Payment-Moment": moment, "X-Payment-Signature": _digest(body, moment, secret)}


def check(body: bytes, *, moment: str, signature: str, secret: str, now: datetime) -> None:
    """
    Promise that the body is from whoever shares the secret, and not an old one sent again.

    :raises Forged: it is not
    """
    if not secret:
        raise Forged("no secret is set")
    if not moment.isdecimal() or len(moment) > 12:
        raise Forged("no moment")
    if not hmac.compare_digest(_digest(body, moment, secret).encode(), signature.encode()):
        raise Forged("wrong signature")
    if abs(now - datetime.fromtimestamp(int(moment), UTC)) > TOLERANCE:
        raise Forged("too old")


def _digest(body: bytes, moment: str, secret: str) -> str:
    return hmac.new(secret.encode(), moment.encode() + b"." + body, sha256).hexdigest()
