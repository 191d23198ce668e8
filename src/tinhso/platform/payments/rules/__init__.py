"""Deciding about money without database or clock: references, VietQR, how charges stand, to whom a payment belongs."""

from tinhso.platform.payments.rules.matching import (
    EXACT,
    NO_BILL,
    NOTHING_DUE,
    OVER,
    SHORT,
    Candidate,
    Suggestion,
    judge,
    suggest,
)
from tinhso.platform.payments.rules.messages import (
    PAYMENT,
    REFUND,
    Incoming,
    RefundTold,
    Unreadable,
    payment_as_json,
    read_message,
    read_payment,
    read_statement,
    write_statement,
)
from tinhso.platform.payments.rules.references import is_reference, new_reference, read_references
from tinhso.platform.payments.rules.signatures import Forged, check, sign
from tinhso.platform.payments.rules.standing import OPEN, Owed, lay, lift, payment_state, state_of
from tinhso.platform.payments.rules.vietqr import NotPayable, Payee, crc16, plain, write_vietqr

__all__ = [
    "EXACT",
    "NOTHING_DUE",
    "NO_BILL",
    "OPEN",
    "OVER",
    "PAYMENT",
    "REFUND",
    "SHORT",
    "Candidate",
    "Forged",
    "Incoming",
    "NotPayable",
    "Owed",
    "Payee",
    "RefundTold",
    "Suggestion",
    "Unreadable",
    "check",
    "crc16",
    "is_reference",
    "judge",
    "lay",
    "lift",
    "new_reference",
    "payment_as_json",
    "payment_state",
    "plain",
    "read_message",
    "read_payment",
    "read_references",
    "read_statement",
    "sign",
    "state_of",
    "suggest",
    "write_statement",
    "write_vietqr",
]
