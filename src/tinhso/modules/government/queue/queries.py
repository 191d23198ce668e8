"""Reading the queue: what is called now, how many are before a number, what a desk has in hand, what was filed with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from tinhso.modules.government.queue.adapters import find_rules
from tinhso.modules.government.queue.models import Filed, Seat, Serving, Ticket
from tinhso.modules.government.queue.rules import ABSENT, CALLED, WAITING, CannotQueue, day_of
from tinhso.platform.people.queries import officers_holding
from tinhso.platform.people.rules import RECEPTIONIST, Actor
from tinhso.platform.units.queries import NoSuchUnit, get_unit
from tinhso.platform.units.rules import UnitRow

SHOWN = 6
ABSENT_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Call:
    """A number that is called, and to which desk."""

    number: str
    desk: int
    calls: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a number stands: how many are before it while it waits, and the desk while it is called."""

    ticket: Ticket
    before: int
    desk: int
    filed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """An officer's desk: the seat, the number in hand, who waits by group, who did not come."""

    seat: Seat
    current: Turn | None
    waiting: Mapping[str, int]
    sent_here: int
    absent: tuple[Ticket, ...]


def get_place(unit_key: str, now: datetime) -> UnitRow:
    """
    The unit at whose desk numbers are taken.

    :raises CannotQueue: there is no such unit, or nobody receives there
    """
    try:
        unit = get_unit(unit_key)
    except (NoSuchUnit, ValueError):
        unit = None
    if unit is None or not unit.is_valid(day_of(now)) or not officers_holding(RECEPTIONIST, unit_key, now):
        raise CannotQueue("Nơi này không lấy số.", "No numbers are taken here.")
    return unit


def units_of_desk(actor: Actor) -> list[str]:
    """The units at whose desk the officer may sit, in the order of the posts."""
    return list(
        dict.fromkeys(post.unit_key for post in actor.posts if post.role == RECEPTIONIST and not post.procedures)
    )


def find_ticket(public_id: str) -> Ticket | None:
    """The number with that id, or None."""
    return Ticket.objects.filter(public_id=public_id[:20]).first()


def get_turn(ticket: Ticket) -> Turn:
    """
    Where a number stands.

    Before it are those of its group (or of the desk it was sent to) that are called first: the prioritised, then who came
    earlier. A desk that serves several groups may call others in between.
    """
    before = 0
    if ticket.state == WAITING:
        line = Ticket.objects.filter(unit_key=ticket.unit_key, taken_on=ticket.taken_on, state=WAITING)
        line = line.filter(to_desk=ticket.to_desk)
        if not ticket.to_desk:
            line = line.filter(group_code=ticket.group_code)
        earlier = Q(taken_at__lt=ticket.taken_at) | Q(taken_at=ticket.taken_at, pk__lt=ticket.pk)
        if ticket.priority_code:
            line = line.filter(earlier & ~Q(priority_code=""))
        else:
            line = line.filter(earlier | ~Q(priority_code=""))
        before = line.count()
    serving = ticket.servings.order_by("-began_at").first()
    filed = Filed.objects.filter(ticket=ticket).order_by("pk").values_list("case_public_id", flat=True)
    return Turn(ticket, before, serving.desk if serving and ticket.state == CALLED else 0, tuple(filed))


def list_calls(unit_key: str, on: date, *, limit: int = SHOWN) -> list[Call]:
    """The numbers being called or served now, the latest call first."""
    open_now = (
        Serving.objects.filter(ended_at=None, ticket__unit_key=unit_key, ticket__taken_on=on)
        .select_related("ticket")
        .order_by("-ticket__last_called_at")
    )
    return [Call(str(each.ticket), each.desk, each.ticket.calls) for each in open_now[:limit]]


def count_waiting(unit_key: str, on: date) -> dict[str, int]:
    """How many wait, by group; every group of the packs, also those with nobody."""
    found = (
        Ticket.objects.filter(unit_key=unit_key, taken_on=on, state=WAITING)
        .values_list("group_code")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return dict.fromkeys((each.code for each in find_rules().groups), 0) | dict(found)


def count_waiting_for(actor: Actor, now: datetime) -> int:
    """How many wait at the unit where the officer sits; none while at no desk."""
    seat = Seat.objects.filter(officer_code=actor.code).first()
    return sum(count_waiting(seat.unit_key, day_of(now)).values()) if seat else 0


def find_seat(actor: Actor) -> Seat | None:
    """The desk where the officer sits, or None."""
    return Seat.objects.filter(officer_code=actor.code).first()


def list_taken_desks(unit_key: str) -> dict[int, str]:
    """The desks of a unit at which somebody sits, with that officer's code."""
    return dict(Seat.objects.filter(unit_key=unit_key).order_by("desk").values_list("desk", "officer_code"))


def read_desk(seat: Seat, now: datetime) -> Desk:
    """What the officer at that desk sees."""
    on = day_of(now)
    of_the_day = Ticket.objects.filter(unit_key=seat.unit_key, taken_on=on)
    serving = (
        Serving.objects.filter(officer_code=seat.officer_code, ended_at=None, ticket__taken_on=on)
        .select_related("ticket")
        .first()
    )
    return Desk(
        seat=seat,
        current=get_turn(serving.ticket) if serving else None,
        waiting=count_waiting(seat.unit_key, on),
        sent_here=of_the_day.filter(state=WAITING, to_desk=seat.desk).count(),
        absent=tuple(of_the_day.filter(state=ABSENT).order_by("-last_called_at")[:ABSENT_SHOWN]),
    )


def find_serving_at(officer_code: str, moment: datetime) -> Serving | None:
    """The stay at the officer's desk during which that moment lay, or None."""
    open_then = Q(ended_at=None) | Q(ended_at__gte=moment)
    servings = Serving.objects.filter(open_then, officer_code=officer_code, began_at__lte=moment)
    found = servings.select_related("ticket").order_by("-began_at").first()
    return found if found and day_of(moment) == found.ticket.taken_on else None
