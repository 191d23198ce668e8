"""`Idempotency-Key`: the same request again gives the same answer, and nothing is done twice."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest

from tinhso.platform.cases.actions import do_once
from tinhso.platform.people.rules import Actor

KEY: Final = re.compile(r"[\x21-\x7e]{1,80}")
KEY_HEADER: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 80},
}


class BadKey(ValueError):
    """The key is too long, or has signs that a header should not have."""

    vi = "Tiêu đề Idempotency-Key phải là 1 đến 80 ký tự ASCII, không có dấu cách."
    en = "The header Idempotency-Key must be 1 to 80 ASCII signs without spaces."


def once(
    request: HttpRequest, *, public_id: str, asked: Any, do: Callable[[], dict[str, Any]], actor: Actor, now: datetime
) -> dict[str, Any]:
    """
    What `do` answers; under a key that came before, what it answered then.

    :raises BadKey: the key cannot be one
    :raises KeyReused: the key came with another request before
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return do()
    if not KEY.fullmatch(key):
        raise BadKey
    answer, _repeated = do_once(key=key, public_id=public_id, asked=asked, do=do, actor=actor, now=now)
    return dict(answer)
