"""The simulated bank's side: a person pays, and the bank tells of it: at once, late, twice, or never by itself."""

import json
from datetime import datetime, timedelta
from random import SystemRandom

from django.conf import settings

from tinhso.kernel.identifiers.tracking_ids import new_tracking_id
from tinhso.platform.payments import models, rules
from tinhso.platform.payments.actions.receiving import take_message
from tinhso.platform.payments.adapters.simulator import incoming_of

RIGHT, LATE, TWICE, SHORT, OVER, WRONG_REFERENCE = "right", "late", "twice", "short", "over", "wrong_reference"
TOLD_TWICE, FORGED, WRONG_AMOUNT = "told_twice", "forged", "wrong_amount"
WAYS = (RIGHT, LATE, TWICE, SHORT, OVER, WRONG_REFERENCE, TOLD_TWICE, FORGED, WRONG_AMOUNT)


def pay_at_simulated_bank(
    *, reference: str, amount_dong: int, way: str, payer_name: str, account: str, now: datetime
) -> list[models.SimulatedTransfer]:
    """
    Pay at the simulated bank, which tells of it as real banks do, signed; what goes wrong is chosen by `way`.

    "late" is told by nobody: the platform hears of it when it asks, or by the day's statement.
    """
    paid_dong = {SHORT: max(amount_dong // 2, 1), OVER: amount_dong + 10_000}.get(way, amount_dong)
    content = "nop tien ho so" if way == WRONG_REFERENCE else f"{payer_name} nop phi {reference}"
    made = []
    for turn in range(2 if way == TWICE else 1):
        row = models.SimulatedTransfer.objects.create(
            provider_id=f"FT{new_tracking_id(SystemRandom()).replace('-', '')}", amount_dong=paid_dong,
            content=rules.plain(content, 200), payer_name=rules.plain(payer_name, 60), account=account,
            paid_at=now + timedelta(seconds=turn), tellings=0 if way == LATE else 2 if way == TOLD_TWICE else 1,
        )  # fmt: skip
        made.append(row)
        for _ in range(row.tellings):
            tell_of(transfer=row, way=way, now=now)
    return made


def tell_of(*, transfer: models.SimulatedTransfer, way: str, now: datetime) -> str:
    """
    Send the bank's message about a transfer; "forged" with another secret, "wrong_amount" with an amount of its own.

    :returns: what the platform answered: the payment's id, or why it was refused
    """
    told = rules.payment_as_json(incoming_of(transfer))
    if way == WRONG_AMOUNT:
        told["amount_dong"] = transfer.amount_dong + 1000
    body = json.dumps({"type": rules.PAYMENT, "payment": told}).encode()
    secret = "somebody else's" if way == FORGED else settings.PAYMENT_GATEWAY["secret"]
    signed = rules.sign(body, secret=secret, now=now)
    try:
        found = take_message(
            body=body, moment=signed["X-Payment-Moment"], signature=signed["X-Payment-Signature"], now=now
        )
    except rules.Forged:
        return FORGED
    transfer.told_at = now
    transfer.save(update_fields=["told_at"])
    return found
