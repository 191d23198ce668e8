"""How charges and payments stand, and how money is laid on charges. Amounts are whole đồng; nothing is lost or made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

UNASSESSED, DUE, PARTLY_PAID, PAID, OVERPAID = "unassessed", "due", "partly_paid", "paid", "overpaid"
WAIVED, REFUNDED, CANCELLED = "waived", "refunded", "cancelled"
OPEN = frozenset({UNASSESSED, DUE, PARTLY_PAID})
UNMATCHED, DOUBTFUL, MATCHED, RETURNED = "unmatched", "doubtful", "matched", "returned"


@dataclass(frozen=True, slots=True)
class Owed:
    """
    One charge as money is laid on it.

    `paid_dong` is what lies on it now, `refunded_dong` what was given back of it; `ended` is waived or cancelled, or "".
    """

    id: int
    amount_dong: int
    paid_dong: int = 0
    refunded_dong: int = 0
    is_assessed: bool = True
    ended: str = ""

    @property
    def lacks_dong(self) -> int:
        """What is still to be paid."""
        asked = self.is_assessed and not self.ended and not self.refunded_dong
        return max(self.amount_dong - self.paid_dong, 0) if asked else 0


def state_of(owed: Owed, surplus_dong: int = 0) -> str:
    """The state of a charge; `surplus_dong` is what came beyond everything due, shown on the last charge."""
    if owed.ended and owed.paid_dong:
        return OVERPAID
    if owed.ended:
        return REFUNDED if owed.refunded_dong else owed.ended
    if owed.refunded_dong:
        return PARTLY_PAID if owed.paid_dong and owed.paid_dong < owed.amount_dong else REFUNDED
    if not owed.is_assessed:
        return UNASSESSED
    if owed.paid_dong < owed.amount_dong:
        return PARTLY_PAID if owed.paid_dong else DUE
    return OVERPAID if surplus_dong else PAID


def lay(amount_dong: int, charges: Sequence[Owed]) -> tuple[tuple[tuple[int, int], ...], int]:
    """
    Lay money on charges in their order: (id, đồng) for each that takes some, and what is left over.

    Their sum is always the amount; no charge takes more than it lacks.
    """
    laid, left = list[tuple[int, int]](), amount_dong
    for owed in charges:
        part = min(left, owed.lacks_dong)
        if part:
            laid.append((owed.id, part))
            left -= part
    return tuple(laid), left


def lift(amount_dong: int, lying: Iterable[tuple[int, int]], left_dong: int) -> tuple[tuple[tuple[int, int], ...], int]:
    """
    Free money of a payment for a refund: first what lies on nothing, then from the last charge backwards.

    :param lying: (charge, đồng) of the payment in the order they were laid
    :returns: what is taken off each charge, and how much could not be freed
    """
    lifted, lacking = list[tuple[int, int]](), max(amount_dong - left_dong, 0)
    for charge, dong in reversed(list(lying)):
        part = min(lacking, dong)
        if part:
            lifted.append((charge, part))
            lacking -= part
    return tuple(lifted), lacking


def payment_state(*, amount_dong: int, left_dong: int, laid_dong: int, has_bill: bool) -> str:
    """How a payment stands: all of it on charges or given back, some of it in doubt, or of nobody known."""
    if left_dong and has_bill:
        return DOUBTFUL
    if left_dong:
        return UNMATCHED
    return MATCHED if laid_dong or not amount_dong else RETURNED
