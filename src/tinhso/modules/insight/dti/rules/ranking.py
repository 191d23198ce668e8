"""Ranks as the ministry gives them: by the four-decimal value, equal values share a rank and the next is skipped."""

from collections.abc import Sequence
from decimal import Decimal


def standard_ranks(values: Sequence[Decimal]) -> list[int]:
    """The rank of each value, in the order given: one more than how many are greater (15, 15, 17)."""
    first: dict[Decimal, int] = {}
    for place, value in enumerate(sorted(values, reverse=True), start=1):
        first.setdefault(value, place)
    return [first[value] for value in values]
