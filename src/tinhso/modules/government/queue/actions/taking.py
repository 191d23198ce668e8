"""Taking a number, and noting what was filed while it was served."""

from datetime import datetime
from secrets import SystemRandom

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from tinhso.modules.government.queue.adapters import find_rules
from tinhso.modules.government.queue.facts import TICKET_FILED, TICKET_TAKEN
from tinhso.modules.government.queue.models import Filed, Ticket
from tinhso.modules.government.queue.queries import find_serving_at, get_place
from tinhso.modules.government.queue.rules import TOKEN_SIGNS, WAITING, CannotQueue, QueueRules, day_of
from tinhso.platform.ledger.actions import record_fact
from tinhso.platform.people.rules import CODE_ALPHABET, SYSTEM

SALT = "tinhso.queue.origin"
COUNT = """
insert into queue_counter (unit_key, taken_on, group_code, last) values (%s, %s, %s, 1)
on conflict (unit_key, taken_on, group_code) do update set last = queue_counter.last + 1 returning last
"""


@transaction.atomic
def take_ticket(*, unit_key: str, group_code: str, priority_code: str = "", address: str = "", now: datetime) -> Ticket:
    """
    Give the next number of a group; numbers begin at one each day and none is left out or given twice.

    :param address: where it is taken from, kept as a keyed hash of the day; empty for the machine in the hall
    :raises CannotQueue: no such place, group or priority, or too many were taken from here or wait already
    """
    rules, unit = find_rules(), get_place(unit_key, now)
    group, priority = rules.group(group_code), rules.priority(priority_code)
    origin = _origin(address, now)
    _refuse_too_many(unit.key, origin, rules, now)
    ticket = Ticket.objects.create(
        public_id="".join(SystemRandom().choices(CODE_ALPHABET, k=TOKEN_SIGNS)),
        unit_key=unit.key,
        taken_on=day_of(now),
        group_code=group.code,
        letter=group.letter,
        number=_next_number(unit.key, group.code, now),
        priority_code=priority.code if priority else "",
        origin=origin,
        taken_at=now,
    )
    body = {"group": group.code, "priority": ticket.priority_code}
    record_fact(kind=TICKET_TAKEN, subject=subject_of(ticket), unit_key=unit.key, body=body, actor=SYSTEM, now=now)
    return ticket


def subject_of(ticket: Ticket) -> str:
    """Under which name the ledger keeps what happens to a number."""
    return f"ticket:{ticket.public_id}"


def _next_number(unit_key: str, group_code: str, now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [unit_key, day_of(now), group_code])
        number: int = cursor.fetchone()[0]
    return number


def _origin(address: str, now: datetime) -> str:
    """The day is in the key, so that nobody can be followed from one day to the next."""
    return salted_hmac(SALT, f"{day_of(now)}\n{address}", algorithm="sha256").hexdigest()[:32] if address else ""


def _refuse_too_many(unit_key: str, origin: str, rules: QueueRules, now: datetime) -> None:
    of_today = Ticket.objects.filter(unit_key=unit_key, taken_on=day_of(now))
    if of_today.filter(state=WAITING).count() >= rules.most_waiting:
        raise CannotQueue(
            "Hôm nay đã quá nhiều người chờ. Hãy hỏi cán bộ tại sảnh.",
            "Too many wait today. Ask the staff in the hall.",
        )
    if origin and of_today.filter(origin=origin, taken_at__gt=now - rules.stretch).count() >= rules.from_one_address:
        raise CannotQueue(
            "Từ mạng này vừa lấy quá nhiều số. Hãy lấy số ở máy tại sảnh.",
            "Too many numbers were just taken from this network. Use the machine in the hall.",
        )


@transaction.atomic
def link_filing(*, case_id: str, officer_code: str, filed_at: datetime, now: datetime) -> bool:
    """Note that a dossier was filed by the officer who served a number at that moment; whether it was so. Twice is once."""
    serving = find_serving_at(officer_code, filed_at)
    if serving is None:
        return False
    ticket = serving.ticket
    _row, is_new = Filed.objects.get_or_create(
        case_public_id=case_id, defaults={"ticket": ticket, "filed_at": filed_at}
    )
    if is_new:
        record_fact(
            kind=TICKET_FILED, subject=subject_of(ticket), unit_key=ticket.unit_key, body={"case": case_id}, actor=SYSTEM,
            now=now,
        )  # fmt: skip
    return is_new
