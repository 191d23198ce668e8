"""To which bill a payment belongs: by its reference for certain; by amount, payer and time only as a suggestion."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tinhso.kernel.vietnamese import fold

NEAR = timedelta(days=7)
EXACT, SHORT, OVER, NOTHING_DUE, NO_BILL = "exact", "short", "over", "nothing_due", "no_bill"
MOST_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open bill that a payment might be meant for."""

    reference: str
    due_dong: int
    payer_name: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A bill that looks right, and how much speaks for it; `reasons` are among amount, payer, time."""

    reference: str
    score: int
    reasons: tuple[str, ...]


def judge(amount_dong: int, due_dong: int | None) -> str:
    """What is to be said of a payment with a readable reference; `due_dong` is None where no bill has it."""
    if due_dong is None:
        return NO_BILL
    if not due_dong:
        return NOTHING_DUE
    if amount_dong == due_dong:
        return EXACT
    return SHORT if amount_dong < due_dong else OVER


def suggest(
    amount_dong: int, payer_name: str, received_at: datetime, candidates: Iterable[Candidate]
) -> tuple[Suggestion, ...]:
    """The bills that look right, best first; amount and payer must both speak for one, so nothing is ever certain."""
    found = []
    for each in candidates:
        reasons = [
            "amount" if each.due_dong == amount_dong else "",
            "payer" if _is_same_name(payer_name, each.payer_name) else "",
            "time" if timedelta(0) <= received_at - each.opened_at <= NEAR else "",
        ]
        score = 4 * bool(reasons[0]) + 4 * bool(reasons[1]) + bool(reasons[2])
        if score >= 5:
            found.append(Suggestion(each.reference, score, tuple(filter(None, reasons))))
    return tuple(sorted(found, key=lambda each: -each.score)[:MOST_SUGGESTIONS])


def _is_same_name(one: str, other: str) -> bool:
    """Banks write names in capitals without diacritics."""
    said, known = fold(one).split(), fold(other).split()
    return bool(known) and said == known
