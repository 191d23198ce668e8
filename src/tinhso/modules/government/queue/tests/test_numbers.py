"""Numbers are taken, called in their order, served, missed, passed on; and what of it the ledger tells."""

from datetime import timedelta

import pytest

from tinhso.modules.government.queue import actions, queries
from tinhso.modules.government.queue.adapters import find_rules
from tinhso.modules.government.queue.models import Filed, Ticket
from tinhso.modules.government.queue.reactions import on_dossier_filed_link_the_number
from tinhso.modules.government.queue.rules import CannotQueue
from tinhso.modules.government.queue.tests.conftest import MORNING, Hall, appoint, take
from tinhso.platform.cases.tests.conftest import COMMUNE, PROVINCE
from tinhso.platform.ledger.facts import Fact
from tinhso.platform.ledger.queries import list_facts


def later(minutes: float):
    return MORNING + timedelta(minutes=minutes)


def facts_of(ticket: Ticket) -> list[tuple[str, dict]]:
    return [(fact.kind.rpartition(".")[2], dict(fact.body)) for fact in list_facts(f"ticket:{ticket.public_id}")]


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_numbers_count_by_group_and_begin_again_each_day(hall: Hall) -> None:
    assert [str(take()), str(take()), str(take("land")), str(take())] == ["A001", "A002", "B001", "A003"]
    evening = 16 * 60 - 1  # 23:59

    assert str(take(minute=evening)) == "A004"
    assert str(take(minute=evening + 2)) == "A001"


def test_the_first_who_came_is_called_first_and_priority_before(hall: Hall) -> None:
    hall.sit(hoa=("civil",), nga=("land",))
    first, _second, old = take(), take(minute=1), take(priority="elderly", minute=2)
    assert queries.get_turn(fresh(first)).before == 1
    assert queries.get_turn(fresh(old)).before == 0

    assert hall.calls(hall.hoa) == "A003"
    assert hall.calls(hall.nga) == "", "nobody waits for land"
    assert hall.calls(hall.hoa, old) == "A001"
    assert [each.number for each in queries.list_calls(COMMUNE, first.taken_on)] == ["A001"]


def test_after_three_with_priority_one_of_the_others_is_called(hall: Hall) -> None:
    hall.sit()
    for minute in range(3):
        take(minute=minute)
    for minute in range(5):
        take(priority="disabled", minute=5 + minute)
    called = []
    current = None
    for minute in range(8):
        called.append(hall.calls(hall.hoa, current, minute=20 + minute))
        current = Ticket.objects.get(letter="A", number=int(called[-1][1:]))

    assert called == ["A004", "A005", "A006", "A001", "A007", "A008", "A002", "A003"]


def test_a_second_click_calls_nobody(hall: Hall) -> None:
    hall.sit()
    first, second = take(), take(minute=1)
    hall.calls(hall.hoa)
    hall.calls(hall.hoa, first)

    with pytest.raises(CannotQueue):
        hall.calls(hall.hoa, first)
    with pytest.raises(CannotQueue):
        hall.calls(hall.hoa)

    assert fresh(second).state == "called"
    assert fresh(first).state == "done"


def test_who_did_not_come_is_called_again_without_a_new_number(hall: Hall) -> None:
    hall.sit()
    ticket = take()
    hall.calls(hall.hoa, minute=10)
    assert actions.call_again(ticket_id=ticket.pk, actor=hall.hoa, now=later(11)).calls == 2
    actions.miss_ticket(ticket_id=ticket.pk, actor=hall.hoa, now=later(12))
    assert fresh(ticket).state == "absent"
    assert hall.calls(hall.nga, minute=13) == ""

    actions.call_absent(ticket_id=ticket.pk, actor=hall.nga, now=later(30))
    actions.finish_ticket(ticket_id=ticket.pk, actor=hall.nga, now=later(35))

    assert facts_of(ticket) == [
        ("taken", {"group": "civil", "priority": ""}),
        ("called", {"group": "civil", "desk": 1, "waiting_seconds": 600}),
        ("missed", {"group": "civil", "desk": 1}),
        ("called", {"group": "civil", "desk": 2, "waiting_seconds": 0}),
        ("served", {"group": "civil", "desk": 2, "waiting_seconds": 600, "serving_seconds": 420}),
    ]


def test_a_number_passed_on_is_the_next_at_the_other_desk_alone(hall: Hall) -> None:
    hall.sit(hoa=("civil", "land"), nga=("land",))
    waiting, ticket = take("land"), take(minute=1)
    hall.calls(hall.hoa)
    hall.calls(hall.hoa, waiting)
    assert fresh(ticket).state == "called"
    other = take("land", minute=3)

    with pytest.raises(CannotQueue):
        actions.pass_on(ticket_id=ticket.pk, to_desk=7, actor=hall.hoa, now=later(12))
    actions.pass_on(ticket_id=ticket.pk, to_desk=2, actor=hall.hoa, now=later(12))
    assert queries.get_turn(fresh(ticket)).before == 0

    assert hall.calls(hall.hoa, minute=13) == "B002", "what was passed on is not called here"
    assert hall.calls(hall.nga, minute=14) == "A001"
    assert queries.get_turn(fresh(ticket)).desk == 2
    actions.finish_ticket(ticket_id=ticket.pk, actor=hall.nga, now=later(16))
    assert facts_of(ticket)[-1][1]["serving_seconds"] == 240, "two minutes at each desk"
    assert fresh(other).state == "called"


def test_a_number_is_in_the_hands_of_one_officer(hall: Hall) -> None:
    hall.sit()
    ticket = take()
    hall.calls(hall.hoa)
    for act in (actions.finish_ticket, actions.miss_ticket, actions.call_again, actions.call_absent):
        with pytest.raises(CannotQueue):
            act(ticket_id=ticket.pk, actor=hall.nga, now=later(11))
    with pytest.raises(CannotQueue):
        actions.leave_desk(actor=hall.hoa, now=later(11))

    assert fresh(ticket).state == "called"


def test_a_number_left_in_hand_overnight_does_not_block_the_morning(hall: Hall) -> None:
    hall.sit()
    left = take()
    hall.calls(hall.hoa)
    day = 24 * 60
    take(minute=day)

    assert hall.calls(hall.hoa, minute=day + 1) == "A001"
    assert fresh(left).state == "done"


def test_a_desk_is_one_officers_and_changes_hands_when_nobody_is_served_there(hall: Hall) -> None:
    hall.sit()
    take()
    hall.calls(hall.hoa)
    with pytest.raises(CannotQueue):
        actions.sit_down(unit_key=COMMUNE, desk=1, groups=["civil"], actor=hall.nga, now=later(20))
    assert queries.find_seat(hall.nga).desk == 2

    actions.sit_down(unit_key=COMMUNE, desk=2, groups=["civil"], actor=hall.hoa, now=later(21))
    assert queries.list_taken_desks(COMMUNE) == {2: hall.hoa.code}


@pytest.mark.parametrize(("desk", "groups"), [(0, ["civil"]), (99, ["civil"]), (1, []), (1, ["nothing"])])
def test_a_desk_must_be_one_of_the_hall(hall: Hall, desk: int, groups: list[str]) -> None:
    with pytest.raises(CannotQueue):
        actions.sit_down(unit_key=COMMUNE, desk=desk, groups=groups, actor=hall.hoa, now=MORNING)


def test_only_who_receives_there_sits_there(hall: Hall) -> None:
    handler = appoint("Nông Văn Thắng", "thang.nv", "handler")

    with pytest.raises(CannotQueue):
        actions.sit_down(unit_key=COMMUNE, desk=3, groups=["civil"], actor=handler, now=MORNING)
    with pytest.raises(CannotQueue):
        actions.call_next(actor=handler, now=MORNING)


def test_numbers_are_taken_where_somebody_receives(hall: Hall) -> None:
    for place in (PROVINCE, "nowhere", "90001@1999-01-01"):
        with pytest.raises(CannotQueue):
            actions.take_ticket(unit_key=place, group_code="civil", now=MORNING)


def test_one_network_cannot_take_all_the_numbers(hall: Hall) -> None:
    most = find_rules().from_one_address
    for _ in range(most):
        take(address="203.0.113.7")
    with pytest.raises(CannotQueue):
        take(address="203.0.113.7", minute=1)

    assert str(take(minute=1)) == f"A{most + 1:03}", "the machine in the hall goes on, and no number was lost"
    assert take(address="203.0.113.8", minute=1).origin != take(address="203.0.113.7", minute=16).origin
    assert not Ticket.objects.filter(origin__contains="203").exists(), "the address itself is not kept"


def test_a_dossier_filed_while_a_number_is_served_belongs_to_it(hall: Hall) -> None:
    hall.sit()
    ticket = take()
    hall.calls(hall.hoa, minute=10)

    def filed(case: str, actor: str, minute: float) -> None:
        fact = Fact(1, case, 1, "cases.dossier.filed", actor, COMMUNE, later(minute), {}, b"")
        on_dossier_filed_link_the_number(fact)
        on_dossier_filed_link_the_number(fact)

    filed("TS-2222-2222-22", hall.hoa.code, 12)
    filed("TS-3333-3333-33", hall.nga.code, 12)
    filed("TS-4444-4444-44", "citizen:abc", 12)
    actions.finish_ticket(ticket_id=ticket.pk, actor=hall.hoa, now=later(15))
    filed("TS-5555-5555-55", hall.hoa.code, 14)
    filed("TS-6666-6666-66", hall.hoa.code, 20)

    assert list(Filed.objects.order_by("id").values_list("case_public_id", flat=True)) == [
        "TS-2222-2222-22",
        "TS-5555-5555-55",
    ]
    assert queries.get_turn(fresh(ticket)).filed == ("TS-2222-2222-22", "TS-5555-5555-55")
    assert [kind for kind, _body in facts_of(ticket)] == ["taken", "called", "filed", "served", "filed"]


def test_facts_hold_no_more_than_codes_and_seconds(hall: Hall) -> None:
    hall.sit()
    ticket = take(address="203.0.113.7", priority="pregnant")
    hall.calls(hall.hoa)
    actions.finish_ticket(ticket_id=ticket.pk, actor=hall.hoa, now=later(20))

    told = {key for _kind, body in facts_of(ticket) for key in body}
    assert told <= {"group", "priority", "desk", "waiting_seconds", "serving_seconds"}
