"""Who sits at which desk."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from tinhso.modules.government.queue.adapters import find_rules
from tinhso.modules.government.queue.models import Seat, Serving
from tinhso.modules.government.queue.queries import units_of_desk
from tinhso.modules.government.queue.rules import CannotQueue
from tinhso.platform.people.rules import Actor

TAKEN = "Quầy này đang có người ngồi và đang phục vụ.", "Somebody sits at that desk and serves a number."


def sit_down(*, unit_key: str, desk: int, groups: Collection[str], actor: Actor, now: datetime) -> Seat:
    """
    Sit at a desk and say which groups are served there; whoever sat there and serves nobody has left it.

    :raises CannotQueue: the officer does not receive there, no such desk or group, or somebody is served there
    """
    rules = find_rules()
    if unit_key not in units_of_desk(actor):
        raise CannotQueue("Bạn không tiếp nhận ở nơi này.", "You do not receive there.")
    if not 1 <= desk <= rules.most_desks:
        raise CannotQueue(f"Số quầy từ 1 đến {rules.most_desks}.", f"Desks are numbered 1 to {rules.most_desks}.")
    codes = [rules.group(code).code for code in dict.fromkeys(groups)]
    if not codes:
        raise CannotQueue("Hãy chọn ít nhất một nhóm việc.", "Choose at least one group of matters.")
    try:
        with transaction.atomic():
            _make_room(unit_key, desk, actor)
            values = {"unit_key": unit_key, "desk": desk, "groups": codes, "taken_at": now}
            return Seat.objects.update_or_create(officer_code=actor.code, defaults=values)[0]
    except IntegrityError:
        raise CannotQueue(*TAKEN) from None


def _make_room(unit_key: str, desk: int, actor: Actor) -> None:
    other = (
        Seat.objects.select_for_update().filter(unit_key=unit_key, desk=desk).exclude(officer_code=actor.code).first()
    )
    if other is None:
        return
    if Serving.objects.filter(officer_code=other.officer_code, ended_at=None).exists():
        raise CannotQueue(*TAKEN)
    other.delete()


@transaction.atomic
def leave_desk(*, actor: Actor, now: datetime) -> None:  # noqa: ARG001 - actions take `now`
    """
    Get up; numbers go on to other desks.

    :raises CannotQueue: a number is still in hand
    """
    if Serving.objects.filter(officer_code=actor.code, ended_at=None).exists():
        raise CannotQueue("Hãy xong số đang gọi trước khi rời quầy.", "Finish the number in hand first.")
    Seat.objects.filter(officer_code=actor.code).delete()
