"""
What a case costs, reckoned from the fee rules of its procedure, with every step of the arithmetic.

The rules are data (`kernel/flow/fees.py` says how a pack writes them); `apply_tariff` adds what a province decided,
`assess` reckons them for the answers of a case, `say_fee` and `say_cost` put them into words before there are answers.
"""

from tinhso.kernel.fees.reckoning import DUE, FREE, LATER, UNKNOWN, Charge, Line, Occasion, apply_tariff, assess
from tinhso.kernel.fees.saying import FeeWords, fee_notes, say_cost, say_fee, say_relief

__all__ = [
    "DUE",
    "FREE",
    "LATER",
    "UNKNOWN",
    "Charge",
    "FeeWords",
    "Line",
    "Occasion",
    "apply_tariff",
    "assess",
    "fee_notes",
    "say_cost",
    "say_fee",
    "say_relief",
]
