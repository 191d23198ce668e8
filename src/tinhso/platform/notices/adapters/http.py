"""Gateways for text messages and for Zalo that take JSON over HTTP."""

from collections.abc import Mapping
from typing import Any

from tinhso.platform.notices.ports import Letter
from tinhso.platform.outside import Refused, Unreachable, call, checked_address, read_object

KNOWN_ALREADY = frozenset({409})
ZALO_TRY_LATER = frozenset({-104, -115, -124, -500})


class SmsGateway:
    """
    A brand-name SMS gateway: `POST {to, text, sender, key}`, answered with `{"id": …}`.

    A key it knows is answered 409 with the id of then. Other names of these fields are a matter of a few lines here.
    """

    def __init__(self, *, address: str, token: str, sender: str) -> None:
        self.address, self.token, self.sender = checked_address(address), token, sender

    def send(self, letter: Letter) -> str:
        """The gateway's number of the message it took; raises as promised in the port."""
        content = {"to": letter.to, "text": letter.body, "sender": self.sender, "key": letter.key}
        return str(_post(self.address, content, {"Authorization": f"Bearer {self.token}"}).get("id", ""))


class ZaloGateway:
    """
    Zalo Notification Service: a template registered with Zalo, filled with the notice's values.

    :param templates: the registered template's id by kind of fact
    """

    def __init__(self, *, address: str, token: str, templates: Mapping[str, str]) -> None:
        self.address, self.token, self.templates = checked_address(address), token, templates

    def send(self, letter: Letter) -> str:
        """The number Zalo gives the notification; raises as promised in the port."""
        template = self.templates.get(letter.kind)
        if template is None:
            raise Refused(f"no template is registered with Zalo for {letter.kind}")
        content = {
            "phone": letter.to,
            "template_id": template,
            "template_data": dict(letter.fields),
            "tracking_id": letter.key,
        }
        answer = _post(self.address, content, {"access_token": self.token})
        if error := int(answer.get("error", 0)):
            raise (Unreachable if error in ZALO_TRY_LATER else Refused)(f"{error} {answer.get('message', '')}")
        return str(answer.get("data", {}).get("msg_id", ""))


def _post(address: str, content: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    return read_object(call(address, content, headers, kept=KNOWN_ALREADY))
