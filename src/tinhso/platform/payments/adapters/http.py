"""A payment gateway that speaks JSON over HTTP, each message signed with the shared secret."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from tinhso.platform.clock import now
from tinhso.platform.payments.ports import RefundOrder, Refused, Unreachable
from tinhso.platform.payments.rules import Incoming, Unreadable, read_payment, sign

SECONDS = 10
BUSY = frozenset({408, 425, 429})
NOT_FOUND = 404


class HttpGateway:
    """`GET /payments`, `GET /statements/DAY.csv`, `POST /refunds`, `GET /refunds/KEY` below one address."""

    def __init__(self, *, address: str, secret: str) -> None:
        if not address.startswith(("https://", "http://")):
            raise ValueError(f"{address} is no address of a gateway")
        self.address, self.secret = address.rstrip("/"), secret

    def list_payments(self, since: datetime, until: datetime) -> Sequence[Incoming]:
        """The payments of that time; raises as promised in the port."""
        asked = urlencode({"since": since.isoformat(), "until": until.isoformat()})
        try:
            return [read_payment(each) for each in _read(self._call(f"/payments?{asked}"))["payments"]]
        except (KeyError, TypeError, Unreadable) as wrong:
            raise Unreachable(f"odd answer: {wrong}") from wrong

    def get_statement(self, on: date) -> str:
        """The statement of that day; raises as promised in the port."""
        return self._call(f"/statements/{on.isoformat()}.csv").decode()

    def refund(self, order: RefundOrder) -> str:
        """The gateway's number of the refund; raises as promised in the port."""
        told = {"key": order.key, "payment_id": order.payment_id, "amount_dong": order.amount_dong}
        return str(_read(self._call("/refunds", {**told, "reason": order.reason})).get("id", ""))

    def find_refund(self, key: str) -> str | None:
        """The number of the refund under that key, or None; raises as promised in the port."""
        try:
            return str(_read(self._call(f"/refunds/{quote(key)}")).get("id", ""))
        except Refused:
            return None

    def _call(self, path: str, content: dict[str, Any] | None = None) -> bytes:
        body = json.dumps(content).encode() if content is not None else None
        signed = sign(body or path.encode(), secret=self.secret, now=now())
        headers = {"Content-Type": "application/json", **signed}
        request = Request(self.address + path, body, headers)  # noqa: S310 - checked above
        try:
            with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                found: bytes = answer.read()
                return found
        except HTTPError as problem:
            with problem:
                if problem.code >= 500 or problem.code in BUSY:
                    raise Unreachable(f"HTTP {problem.code}") from problem
                raise Refused(_reason(problem)) from problem
        except (URLError, OSError) as problem:
            raise Unreachable(str(problem)) from problem


def _reason(problem: HTTPError) -> str:
    try:
        return str(json.loads(problem.read())["reason"])[:200]
    except (ValueError, KeyError, TypeError):
        return f"HTTP {problem.code}"


def _read(answer: bytes) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except ValueError as problem:
        raise Unreachable("the gateway's answer is no JSON") from problem
    if not isinstance(found, dict):
        raise Unreachable("the gateway's answer is no JSON object")
    return found
