"""What payments need from outside: a gateway that tells of money, hands out statements and gives money back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tinhso.platform.payments.rules.messages import Incoming


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """What to give back: `key` is the same for each attempt, so that it is done once."""

    key: str
    payment_id: str
    amount_dong: int
    reason: str


class Gateway(Protocol):
    """A payment gateway or bank; it also tells of payments by itself, signed, at the address of `http.py`."""

    def list_payments(self, since: datetime, until: datetime) -> Sequence[Incoming]:
        """
        The payments that arrived from `since` on and before `until`.

        :raises Unreachable: it could not be asked
        """
        ...

    def get_statement(self, on: date) -> str:
        """
        The statement of a day (in Vietnam) as CSV text, read by `rules.read_statement`.

        :raises Refused: there is none yet
        :raises Unreachable: it could not be asked
        """
        ...

    def refund(self, order: RefundOrder) -> str:
        """
        Give money back; the gateway's number of the refund. A key it knows is answered with the number of then.

        :raises Refused: it will not
        :raises Unreachable: it may have done it or not
        """
        ...

    def find_refund(self, key: str) -> str | None:
        """
        The number of the refund carried out under that key, or None.

        :raises Unreachable: it could not be asked
        """
        ...
