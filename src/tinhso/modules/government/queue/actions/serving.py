"""Calling numbers and serving them: each act locks the officer's seat, each number goes to one desk."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from tinhso.modules.government.queue.actions.taking import subject_of
from tinhso.modules.government.queue.adapters import find_rules
from tinhso.modules.government.queue.facts import TICKET_CALLED, TICKET_MISSED, TICKET_PASSED_ON, TICKET_SERVED
from tinhso.modules.government.queue.models import Seat, Serving, Ticket
from tinhso.modules.government.queue.rules import (
    CannotQueue,
    after_act,
    day_of,
    is_turn_of_the_others,
    seconds_between,
)
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import Actor

NEXT = """
select id from queue_ticket
where unit_key = %(unit)s and taken_on = %(on)s and state = 'waiting'
    and (to_desk = %(desk)s or (to_desk = 0 and group_code = any(%(groups)s::text[])))
order by to_desk = 0, (priority_code <> '') = %(others_first)s, taken_at, id
for update skip locked limit 1
"""


@transaction.atomic
def call_next(*, actor: Actor, now: datetime, current: int = 0) -> Ticket | None:
    """
    Finish the number in hand, if any, and call the next one to the officer's desk; None when nobody waits.

    First those passed on to this desk, then the prioritised, then who came first; two desks never get the same number.

    :param current: key of the number in hand as the officer saw it (0: none), so that a second click calls nobody
    :raises CannotQueue: the officer sits at no desk, or has another number in hand
    """
    seat = _lock_seat(actor)
    serving = _in_hand(actor, now)
    if (serving.ticket_id if serving else 0) != current:
        raise CannotQueue(
            "Màn hình đã cũ. Hãy xem số đang gọi rồi bấm lại.", "The page is old. Look at the number in hand."
        )
    if serving:
        _end(serving, "finish", actor, now)
    number = _find_next(seat, now)
    return _call(Ticket.objects.get(pk=number), seat, actor, now) if number else None


@transaction.atomic
def call_absent(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """
    Call a number again whose holder did not come.

    :raises CannotQueue: it is not of this unit and day, not absent any more, or another number is in hand
    """
    seat = _lock_seat(actor)
    ticket = (
        Ticket.objects.select_for_update().filter(pk=ticket_id, unit_key=seat.unit_key, taken_on=day_of(now)).first()
    )
    if ticket is None or ticket.state != Ticket.State.ABSENT:
        raise CannotQueue("Số này không còn trong danh sách vắng.", "This number is no longer among the absent.")
    if _in_hand(actor, now):
        raise CannotQueue("Hãy xong số đang gọi trước.", "Finish the number in hand first.")
    return _call(ticket, seat, actor, now)


@transaction.atomic
def call_again(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """Show and call the number in hand once more. :raises CannotQueue: it is not in this officer's hand"""
    ticket = _own(ticket_id, actor, now).ticket
    ticket.state = after_act(ticket.state, "call_again")
    ticket.calls += 1
    ticket.last_called_at = now
    ticket.save(update_fields=["state", "calls", "last_called_at"])
    return ticket


@transaction.atomic
def finish_ticket(*, ticket_id: int, actor: Actor, now: datetime) -> None:
    """The number in hand is served. :raises CannotQueue: it is not in this officer's hand"""
    _end(_own(ticket_id, actor, now), "finish", actor, now)


@transaction.atomic
def miss_ticket(*, ticket_id: int, actor: Actor, now: datetime) -> None:
    """Nobody came to the number in hand. :raises CannotQueue: it is not in this officer's hand"""
    _end(_own(ticket_id, actor, now), "miss", actor, now)


@transaction.atomic
def pass_on(*, ticket_id: int, to_desk: int, actor: Actor, now: datetime) -> None:
    """
    Send the number in hand to another desk, where it is called first.

    :raises CannotQueue: it is not in this officer's hand, or nobody sits at that desk
    """
    serving = _own(ticket_id, actor, now)
    if to_desk == serving.desk or not Seat.objects.filter(unit_key=serving.ticket.unit_key, desk=to_desk).exists():
        raise CannotQueue("Hãy chọn một quầy khác đang có người.", "Choose another desk where somebody sits.")
    serving.ticket.to_desk = to_desk
    _end(serving, "pass_on", actor, now)


def _lock_seat(actor: Actor) -> Seat:
    seat = Seat.objects.select_for_update().filter(officer_code=actor.code).first()
    if seat is None:
        raise CannotQueue("Hãy chọn quầy bạn ngồi trước.", "Choose the desk where you sit first.")
    return seat


def _in_hand(actor: Actor, now: datetime) -> Serving | None:
    """The officer's open serving of today; one left open on an earlier day is closed as served."""
    serving = Serving.objects.select_related("ticket").filter(officer_code=actor.code, ended_at=None).first()
    if serving and serving.ticket.taken_on != day_of(now):
        _end(serving, "finish", actor, now)
        return None
    return serving


def _own(ticket_id: int, actor: Actor, now: datetime) -> Serving:
    _lock_seat(actor)
    serving = _in_hand(actor, now)
    if serving is None or serving.ticket_id != ticket_id:
        raise CannotQueue("Số này không còn ở quầy của bạn.", "This number is no longer at your desk.")
    return serving


def _find_next(seat: Seat, now: datetime) -> int | None:
    on, rules = day_of(now), find_rules()
    called = Ticket.objects.filter(unit_key=seat.unit_key, taken_on=on, first_called_at__isnull=False)
    last = called.order_by("-first_called_at").values_list("priority_code", flat=True)[: rules.longest_row]
    others_first = is_turn_of_the_others([bool(code) for code in last], rules.longest_row)
    asked = {"unit": seat.unit_key, "on": on, "desk": seat.desk, "groups": seat.groups, "others_first": others_first}
    with connection.cursor() as cursor:
        cursor.execute(NEXT, asked)
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _call(ticket: Ticket, seat: Seat, actor: Actor, now: datetime) -> Ticket:
    is_first = ticket.first_called_at is None
    ticket.state = after_act(ticket.state, "call")
    ticket.to_desk = 0
    ticket.calls += 1
    ticket.first_called_at = ticket.first_called_at or now
    ticket.last_called_at = now
    ticket.save(update_fields=["state", "to_desk", "calls", "first_called_at", "last_called_at"])
    Serving.objects.create(ticket=ticket, desk=seat.desk, officer_code=actor.code, began_at=now)
    waited = seconds_between(ticket.taken_at, now) if is_first else 0
    _tell(TICKET_CALLED, ticket, {"desk": seat.desk, "waiting_seconds": waited}, actor, now)
    return ticket


def _end(serving: Serving, act: str, actor: Actor, now: datetime) -> None:
    """Close one stay at a desk and move its number on."""
    ticket = serving.ticket
    ticket.state = after_act(ticket.state, act)
    ticket.save(update_fields=["state", "to_desk"])
    serving.ended_at = now
    serving.save(update_fields=["ended_at"])
    here = seconds_between(serving.began_at, now)
    if act == "miss":
        _tell(TICKET_MISSED, ticket, {"desk": serving.desk}, actor, now)
    elif act == "pass_on":
        body = {"desk": serving.desk, "to_desk": ticket.to_desk, "serving_seconds": here}
        _tell(TICKET_PASSED_ON, ticket, body, actor, now)
    else:
        waited = seconds_between(ticket.taken_at, ticket.first_called_at or now)
        served = sum(seconds_between(each.began_at, each.ended_at or now) for each in ticket.servings.all())
        body = {"desk": serving.desk, "waiting_seconds": waited, "serving_seconds": served}
        _tell(TICKET_SERVED, ticket, body, actor, now)


def _tell(kind: str, ticket: Ticket, body: dict[str, Any], actor: Actor, now: datetime) -> None:
    body = {"group": ticket.group_code, **body}
    record_fact(kind=kind, subject=subject_of(ticket), unit_key=ticket.unit_key, body=body, actor=actor, now=now)
