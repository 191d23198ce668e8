"""
What goes up to the next level, in our own words: no published interface of the national reporting system is known here.

A parcel is one version of one report: its content as JSON in one fixed writing, the signed PDF, and a key that is the
same however often it is sent. The receiver answers with a receipt that names the content's hash.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Literal

FORMAT: Final = "tinhso.report/1"
State = Literal["waiting", "sent", "refused", "replaced"]
WAITING, SENT, REFUSED, REPLACED = "waiting", "sent", "refused", "replaced"
# A try at once, then after these; from the last on, as often until it arrives or somebody stops it.
WAITS: Final = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240))
KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{3,118}/v[1-9][0-9]{0,4}")


class OddReceipt(ValueError):
    """The answer is no receipt of what was sent; nobody knows what became of it."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One version of one report on its way: under which key, its content, the signed PDF (empty when there is none)."""

    key: str
    content: Mapping[str, Any]
    signed_pdf: bytes = b""

    @property
    def content_sha256(self) -> str:
        """The hash of the content in its fixed writing."""
        return sha256(written(self.content)).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """As it goes over the wire."""
        return {
            "format": FORMAT,
            "key": self.key,
            "content": dict(self.content),
            "content_sha256": self.content_sha256,
            "signed_pdf": b64encode(self.signed_pdf).decode(),
            "signed_pdf_sha256": sha256(self.signed_pdf).hexdigest() if self.signed_pdf else "",
        }


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receiver says of a report it holds: its number there, since when, of which content."""

    number: str
    received_at: datetime
    content_sha256: str


def key_of(report: str, version: int) -> str:
    """The key of one version of a report. :raises ValueError: the report's code cannot stand in one"""
    key = f"{report}/v{version}"
    if not KEY.fullmatch(key):
        raise ValueError(f"{key} is no key of a report")
    return key


def written(content: Mapping[str, Any]) -> bytes:
    """The content in its one writing: keys in order, no blanks, UTF-8. What is signed and hashed is these bytes."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def read_parcel(body: Mapping[str, Any]) -> Parcel:
    """
    A parcel as it came over the wire.

    :raises ValueError: it is not in our format, or a hash is not that of what it names; the message says which
    """
    if body.get("format") != FORMAT:
        raise ValueError(f"format: {body.get('format')!r} is not {FORMAT}")
    key, content = body.get("key"), body.get("content")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise ValueError("key: is none")
    if not isinstance(content, dict) or not content:
        raise ValueError("content: is missing")
    parcel = Parcel(key, content, b64decode(str(body.get("signed_pdf", "")), validate=True))
    if body.get("content_sha256") != parcel.content_sha256:
        raise ValueError("content_sha256: is not that of the content")
    if body.get("signed_pdf_sha256", "") != parcel.as_json()["signed_pdf_sha256"]:
        raise ValueError("signed_pdf_sha256: is not that of the signed PDF")
    return parcel


def read_receipt(body: Mapping[str, Any], content_sha256: str) -> Receipt:
    """
    The receipt in an answer.

    :raises OddReceipt: a part is missing, or it is of another content
    """
    number, found = str(body.get("receipt") or ""), str(body.get("content_sha256") or "")
    try:
        received_at = datetime.fromisoformat(str(body.get("received_at")))
    except ValueError as wrong:
        raise OddReceipt("received_at: is no moment") from wrong
    if not number or received_at.tzinfo is None:
        raise OddReceipt("receipt, received_at: a part is missing")
    if found != content_sha256:
        raise OddReceipt("content_sha256: the receipt is of another content")
    return Receipt(number[:80], received_at, found)


def receipt_as_json(receipt: Receipt) -> dict[str, str]:
    """A receipt as it goes over the wire."""
    return {
        "receipt": receipt.number,
        "received_at": receipt.received_at.isoformat(),
        "content_sha256": receipt.content_sha256,
    }


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries in vain."""
    return WAITS[min(max(tries, 1), len(WAITS)) - 1]
