"""Taking a case on that waited for its money."""

from datetime import datetime

from tinhso.kernel.flow import PAY, PAYMENT, NotAllowed
from tinhso.platform.cases.actions import act_on_case
from tinhso.platform.cases.queries import get_case
from tinhso.platform.payments.queries.bills import find_bill
from tinhso.platform.people.rules import SYSTEM


def go_on_when_paid(*, case_id: str, now: datetime) -> bool:
    """
    Do the act `pay` for a case that waits for payment and owes nothing any more; whether it moved.

    Safe to repeat: a case that waits for something else, or owes, stays where it is.
    """
    case = get_case(case_id)
    if case.closed_at or case.state.wait is None or case.state.wait.whom != PAYMENT:
        return False
    bill = find_bill(case_id)
    if bill is not None and any(charge.is_open for charge in bill.charges):
        return False
    try:
        act_on_case(public_id=case_id, act=PAY, actor=SYSTEM, now=now)
    except NotAllowed:  # somebody else moved it in between
        return False
    return True
