"""A payment gateway that speaks JSON over HTTP, each message signed with the shared secret."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from tinhso.platform.clock import now
from tinhso.platform.outside import Refused, Unreachable, as_body, call, checked_address, read_object
from tinhso.platform.payments.ports import RefundOrder
from tinhso.platform.payments.rules import Incoming, Unreadable, read_payment, sign


class HttpGateway:
    """`GET /payments`, `GET /statements/DAY.csv`, `POST /refunds`, `GET /refunds/KEY` below one address."""

    def __init__(self, *, address: str, secret: str) -> None:
        self.address, self.secret = checked_address(address).rstrip("/"), secret

    def list_payments(self, since: datetime, until: datetime) -> Sequence[Incoming]:
        """The payments of that time; raises as promised in the port."""
        asked = urlencode({"since": since.isoformat(), "until": until.isoformat()})
        try:
            return [read_payment(each) for each in read_object(self._call(f"/payments?{asked}"))["payments"]]
        except (KeyError, TypeError, Unreadable) as wrong:
            raise Unreachable(f"odd answer: {wrong}") from wrong

    def get_statement(self, on: date) -> str:
        """The statement of that day; raises as promised in the port."""
        return self._call(f"/statements/{on.isoformat()}.csv").decode()

    def refund(self, order: RefundOrder) -> str:
        """The gateway's number of the refund; raises as promised in the port."""
        told = {"key": order.key, "payment_id": order.payment_id, "amount_dong": order.amount_dong}
        return str(read_object(self._call("/refunds", {**told, "reason": order.reason})).get("id", ""))

    def find_refund(self, key: str) -> str | None:
        """The number of the refund under that key, or None; raises as promised in the port."""
        try:
            return str(read_object(self._call(f"/refunds/{quote(key)}")).get("id", ""))
        except Refused:
            return None

    def _call(self, path: str, content: dict[str, Any] | None = None) -> bytes:
        signed = sign(path.encode() if content is None else as_body(content), secret=self.secret, now=now())
        return call(self.address + path, content, signed)
