"""What a gateway tells, read from its messages and from its daily statement."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

PAYMENT, REFUND = "payment.received", "refund.done"
COLUMNS = ("id", "paid_at", "amount_dong", "account", "payer_name", "method", "content")
MOST_DONG = 10**13
METHODS = ("transfer", "card", "wallet")


class Unreadable(ValueError):
    """The message is not of the agreed shape; the text names the field."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Money that arrived, as the provider tells it; `account` is the one of ours that it came to."""

    provider_id: str
    amount_dong: int
    content: str
    paid_at: datetime
    account: str = ""
    payer_name: str = ""
    method: str = "transfer"


@dataclass(frozen=True, slots=True)
class RefundTold:
    """A refund that the provider says it has carried out, by the key it was asked with."""

    key: str
    provider_id: str


def read_message(body: bytes) -> Incoming | RefundTold:
    """
    What a webhook's body says.

    :raises Unreadable: it is no such message
    """
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable("json") from wrong
    if not isinstance(told, dict):
        raise Unreadable("json")
    if told.get("type") == PAYMENT and isinstance(told.get("payment"), dict):
        return read_payment(told["payment"])
    if told.get("type") == REFUND and isinstance(told.get("refund"), dict):
        refund = told["refund"]
        return RefundTold(_text(refund, "key", 80), _text(refund, "id", 80))
    raise Unreadable("type")


def read_payment(told: Mapping[str, Any]) -> Incoming:
    """
    One payment of a message, a list or a statement.

    :raises Unreadable: a field is missing or odd
    """
    method = _text(told, "method", 20, required=False) or "transfer"
    return Incoming(
        provider_id=_text(told, "id", 80),
        amount_dong=_amount(told.get("amount_dong")),
        content=_text(told, "content", 300, required=False),
        paid_at=_moment(told.get("paid_at")),
        account=_text(told, "account", 40, required=False),
        payer_name=_text(told, "payer_name", 120, required=False),
        method=method if method in METHODS else "transfer",
    )


def payment_as_json(incoming: Incoming) -> dict[str, Any]:
    """The same payment as a gateway writes it."""
    return {
        "id": incoming.provider_id,
        "amount_dong": incoming.amount_dong,
        "content": incoming.content,
        "paid_at": incoming.paid_at.isoformat(),
        "account": incoming.account,
        "payer_name": incoming.payer_name,
        "method": incoming.method,
    }


def read_statement(text: str) -> tuple[Incoming, ...]:
    """
    The payments of a daily statement: CSV in UTF-8 with the columns of `COLUMNS`.

    :raises Unreadable: a column or a value is missing; names the line
    """
    reader = csv.DictReader(StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise Unreadable("columns")
    rows = []
    for number, row in enumerate(reader, start=2):
        try:
            rows.append(read_payment(row))
        except Unreadable as wrong:
            raise Unreadable(f"{wrong}, line {number}") from wrong
    return tuple(rows)


def write_statement(payments: list[Incoming]) -> str:
    """The daily statement of these payments."""
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(payment_as_json(each) for each in payments)
    return out.getvalue()


def _text(told: Mapping[str, Any], key: str, length: int, *, required: bool = True) -> str:
    found = told.get(key)
    if found is None and not required:
        return ""
    if not isinstance(found, str) or (required and not found.strip()) or "\0" in found:
        raise Unreadable(key)
    if len(found) > length and required:
        raise Unreadable(key)
    return found[:length]


def _amount(found: Any) -> int:
    if isinstance(found, str) and found.isdecimal() and len(found) < 15:
        found = int(found)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 < found <= MOST_DONG:
        raise Unreadable("amount_dong")
    return found


def _moment(found: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(found)
        if moment.utcoffset() is None or not 2000 <= moment.year <= 2200:
            raise Unreadable("paid_at")
    except (TypeError, ValueError) as wrong:
        raise Unreadable("paid_at") from wrong
    return moment
