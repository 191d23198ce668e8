"""The door for gateways: signed messages of payments and refunds."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from tinhso.platform.clock import now
from tinhso.platform.payments import actions, rules

router = Router(tags=["payments"])
MOST_BYTES = 20_000


class Taken(Schema):
    """What became of a message: the public id of the payment or refund it told of."""

    id: str


class PaymentTroubleOut(Schema):
    """Why a message was not taken, for machines and in words."""

    code: str
    vi: str
    en: str


FORGED = PaymentTroubleOut(code="forged", vi="Chữ ký không đúng hoặc quá hạn.", en="The signature is wrong or too old.")
UNREADABLE = PaymentTroubleOut(code="unreadable", vi="Không đọc được nội dung.", en="The message cannot be read.")
DIFFERS = PaymentTroubleOut(
    code="differs",
    vi="Giao dịch này đã được báo với số tiền khác.",
    en="This payment was told before with another amount.",
)


@router.post(
    "/events",
    response={200: Taken, 400: PaymentTroubleOut, 401: PaymentTroubleOut, 409: PaymentTroubleOut},
    auth=None,
    url_name="payments_events",
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
            for name in ("X-Payment-Moment", "X-Payment-Signature")
        ],
    },
)
def events(request: HttpRequest) -> Any:
    """Take a message; the same message again answers the same. Signed as `rules.sign` does."""
    body = request.body
    if len(body) > MOST_BYTES:
        return Status(400, UNREADABLE)
    moment, signature = request.headers.get("X-Payment-Moment", ""), request.headers.get("X-Payment-Signature", "")
    try:
        found = actions.take_message(body=body, moment=moment, signature=signature, now=now())
    except rules.Forged:
        return Status(401, FORGED)
    except rules.Unreadable:
        return Status(400, UNREADABLE)
    except actions.Contradiction:
        return Status(409, DIFFERS)
    return Status(200, Taken(id=found))
