"""The same request again: what was done once is not done twice, and gets the same answer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from tinhso.platform.cases import models
from tinhso.platform.cases.actions.opening import KeyReused
from tinhso.platform.ledger.rules import canonical
from tinhso.platform.people.rules import Actor

Answer = Mapping[str, Any]


class RequestChanged(KeyReused):
    """A key came again with another act, another dossier or other words."""

    def __init__(self, public_id: str) -> None:
        super().__init__(public_id)
        self.vi = f"Mã yêu cầu này đã dùng cho một việc khác, ở hồ sơ {public_id}. Hãy tải lại trang rồi làm lại."
        self.en = f"This key was already used for another request, on dossier {public_id}. Reload and do it again."


def do_once(
    *, key: str, public_id: str, asked: Any, do: Callable[[], Answer], actor: Actor, now: datetime
) -> tuple[Answer, bool]:
    """
    Do something with a case and keep the answer under the actor's key, in one transaction; whether it was done before.

    Two at the same moment: the second waits and gets the first one's answer. What `do` raises leaves nothing behind, so
    the request may come again under the same key.

    :param asked: what tells this request from others, as JSON
    :param do: gives the answer, as JSON
    :raises RequestChanged: something else was asked under the key before
    """
    fingerprint = sha256(canonical([public_id, asked]).encode()).hexdigest()
    with transaction.atomic():
        row, is_new = models.Request.objects.get_or_create(
            actor_code=actor.code,
            key=key,
            defaults={"fingerprint": fingerprint, "case_public_id": public_id, "received_at": now},
        )
        if not is_new:
            if row.fingerprint != fingerprint:
                raise RequestChanged(row.case_public_id)
            return row.answer, True
        row.answer = dict(do())
        row.save(update_fields=["answer"])
    return row.answer, False
