"""Requests that came before, by the key under which they came."""

from tinhso.platform.cases import models
from tinhso.platform.people.rules import Actor


def was_done(public_id: str, key: str, actor: Actor) -> bool:
    """Whether that actor has done something with the case under that key."""
    return models.Request.objects.filter(actor_code=actor.code, key=key, case_public_id=public_id).exists()
