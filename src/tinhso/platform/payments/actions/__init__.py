"""The only writers of money: charge, take, lay on charges, give back, receipt, reconcile; and the simulated bank."""

from tinhso.platform.payments.actions.charging import (
    CannotCharge,
    assess_charges,
    cancel_open_charges,
    enter_amount,
    load_tariff,
    waive,
)
from tinhso.platform.payments.actions.going_on import go_on_when_paid
from tinhso.platform.payments.actions.receipting import issue_receipt
from tinhso.platform.payments.actions.receiving import (
    Contradiction,
    match_by_hand,
    take_cash,
    take_message,
    take_payment,
)
from tinhso.platform.payments.actions.reconciling import poll_payments, reconcile_day
from tinhso.platform.payments.actions.refunding import carry_out_refund, confirm_refund, decide_refund, propose_refund

__all__ = [
    "CannotCharge",
    "Contradiction",
    "assess_charges",
    "cancel_open_charges",
    "carry_out_refund",
    "confirm_refund",
    "decide_refund",
    "enter_amount",
    "go_on_when_paid",
    "issue_receipt",
    "load_tariff",
    "match_by_hand",
    "poll_payments",
    "propose_refund",
    "reconcile_day",
    "take_cash",
    "take_message",
    "take_payment",
    "waive",
]
