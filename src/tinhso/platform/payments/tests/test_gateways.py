"""Both gateways keep one promise; messages are signed, told once, and believed only if they are the bank's."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tinhso.platform.clock import now as read_clock
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.outside import Refused, Unreachable
from tinhso.platform.payments import actions, models, queries, rules
from tinhso.platform.payments.actions import simulating
from tinhso.platform.payments.adapters import HttpGateway, SimulatedGateway, find_gateway
from tinhso.platform.payments.jobs import poll_each_five_minutes, reconcile_yesterday
from tinhso.platform.payments.ports import Gateway, RefundOrder
from tinhso.platform.payments.tests.conftest import ACCOUNT, FRIDAY, SECRET

EVENTS = "/api/v1/payments/events"


@pytest.fixture(params=["simulated", "http"])
def gateway(request, transactional_db) -> Iterator[Gateway]:
    if request.param == "simulated":
        yield SimulatedGateway()
    else:
        server = request.getfixturevalue("live_server")
        yield HttpGateway(address=f"{server.url}/simulators/bank/api", secret=SECRET)


def transfer(number: str = "FT1", amount_dong: int = 24000, **more) -> models.SimulatedTransfer:
    told = {"content": "TSPAY", "account": ACCOUNT, "payer_name": "MAI", "paid_at": FRIDAY}
    return models.SimulatedTransfer.objects.create(provider_id=number, amount_dong=amount_dong, **{**told, **more})


def order(amount_dong: int = 1000, payment: str = "FT1") -> RefundOrder:
    return RefundOrder("HT-1", payment, amount_dong, "Nộp thừa")


def test_a_gateway_lists_payments_and_hands_out_statements(gateway):
    transfer()
    transfer("FT2", 5000, paid_at=FRIDAY + timedelta(days=1))

    listed = gateway.list_payments(FRIDAY, FRIDAY + timedelta(hours=1))
    assert [(each.provider_id, each.amount_dong, each.paid_at) for each in listed] == [("FT1", 24000, FRIDAY)]
    assert rules.read_statement(gateway.get_statement(FRIDAY.date())) == tuple(listed)


def test_a_gateway_gives_back_once_for_each_key(gateway):
    transfer()
    assert gateway.find_refund("HT-1") is None
    first, second = gateway.refund(order()), gateway.refund(order())

    assert first == second == gateway.find_refund("HT-1")
    assert models.SimulatedRefund.objects.count() == 1


def test_a_gateway_refuses_what_cannot_be(gateway):
    transfer()
    for wrong in (order(amount_dong=24001), order(payment="FT9")):
        with pytest.raises(Refused):
            gateway.refund(wrong)


def test_a_gateway_that_does_not_answer_says_so(gateway):
    transfer()
    for ask in (
        lambda: gateway.list_payments(FRIDAY, FRIDAY),
        lambda: gateway.get_statement(FRIDAY.date()),
        lambda: gateway.refund(order()),
        lambda: gateway.find_refund("HT-1"),
    ):
        models.SimulatedFault.objects.create(kind="no_answer")
        with pytest.raises(Unreachable):
            ask()
    models.SimulatedFault.objects.create(kind="lost_answer")
    with pytest.raises(Unreachable):
        gateway.refund(order())
    assert gateway.find_refund("HT-1") == "HTHT-1"


def test_without_our_signature_the_gateway_answers_nothing(live_server):
    with pytest.raises(Refused):
        HttpGateway(address=f"{live_server.url}/simulators/bank/api", secret="another").list_payments(FRIDAY, FRIDAY)
    with pytest.raises(Unreachable):
        HttpGateway(address="http://127.0.0.1:9", secret=SECRET).refund(order())


def test_the_settings_choose_the_gateway(settings):
    assert isinstance(find_gateway(), SimulatedGateway)
    settings.PAYMENT_GATEWAY = {"address": "https://bank.example", "secret": "s"}
    assert isinstance(find_gateway(), HttpGateway)
    settings.PAYMENT_GATEWAY, settings.DEMO = {"address": "", "secret": "s"}, False
    assert find_gateway() is None


def send(client, told: object, secret: str = SECRET, now=None):
    body = json.dumps(told).encode()
    return client.post(
        EVENTS, body, content_type="application/json", headers=rules.sign(body, secret=secret, now=now or read_clock())
    )


def test_a_message_is_taken_once_and_answered_alike(world, client):
    case = world.files()
    told = {"type": "payment.received", "payment": rules.payment_as_json(world.transfer(24000, world.reference(case)))}

    first, second = send(client, told), send(client, told)

    assert (first.status_code, first.json()) == (200, second.json())
    assert world.states(case) == ["paid"]


@pytest.mark.parametrize(
    ("change", "status", "code"), [({"secret": "x"}, 401, "forged"), ({"now": FRIDAY}, 401, "forged")]
)
def test_a_message_of_somebody_else_changes_nothing(world, client, change, status, code):
    case = world.files()
    told = {"type": "payment.received", "payment": rules.payment_as_json(world.transfer(24000, world.reference(case)))}

    refused = send(client, told, **change)

    assert (refused.status_code, refused.json()["code"], world.states(case)) == (status, code, ["due"])


@pytest.mark.parametrize(
    "told",
    [
        {},
        [],
        {"type": "payment.received"},
        {"type": "payment.received", "payment": {"id": "FT1", "amount_dong": -1, "paid_at": "x"}},
        {"type": "refund.done", "refund": {"key": "HT-9", "id": "1"}},
    ],
)
def test_an_odd_message_is_refused_in_words(db, client, told):
    refused = send(client, told)

    assert (refused.status_code, refused.json()["code"]) == (400, "unreadable")


def test_a_message_with_another_amount_is_refused_and_kept_in_the_ledger(world, client):
    case = world.files()
    payment = rules.payment_as_json(world.transfer(24000, world.reference(case)))
    send(client, {"type": "payment.received", "payment": payment})

    refused = send(client, {"type": "payment.received", "payment": {**payment, "amount_dong": 240000}})

    assert (refused.status_code, world.bill(case).paid_dong) == (409, 24000)
    told = list_facts(models.Payment.objects.get().public_id)
    assert told[-1].body["told_dong"] == 240000


def at_the_bank(world, case: str, way: str) -> list[models.SimulatedTransfer]:
    return simulating.pay_at_simulated_bank(
        reference=world.reference(case), amount_dong=24000, way=way, payer_name="Hoàng Thị Mai", account=ACCOUNT, now=FRIDAY
    )  # fmt: skip


@pytest.mark.parametrize(
    ("way", "state", "paid", "left"),
    [
        ("right", "paid", 24000, 0),
        ("late", "due", 0, 0),
        ("twice", "overpaid", 24000, 24000),
        ("short", "partly_paid", 12000, 0),
        ("over", "overpaid", 24000, 10000),
        ("wrong_reference", "due", 0, 0),
        ("told_twice", "paid", 24000, 0),
        ("forged", "due", 0, 0),
    ],
)
def test_whatever_happens_at_the_bank_the_sums_agree_and_the_night_brings_the_rest(world, way, state, paid, left):
    case = world.files()
    rows = at_the_bank(world, case, way)
    bill = world.bill(case)
    assert (bill.charges[0].state, bill.paid_dong, bill.surplus_dong) == (state, paid, left)

    night = actions.reconcile_day(on=FRIDAY.date(), now=FRIDAY + timedelta(hours=20))

    came = sum(row.amount_dong for row in rows)
    assert (night.told_dong, night.known_dong, night.differing) == (came, came, [])
    assert night.added == (way in {"late", "forged"})
    assert world.bill(case).charges[0].state == ("paid" if way in {"late", "forged"} else state)
    assert not queries.list_imbalances()


def test_a_message_that_lies_about_the_amount_shows_at_night(world):
    case = world.files()
    at_the_bank(world, case, "wrong_amount")
    night = actions.reconcile_day(on=FRIDAY.date(), now=FRIDAY + timedelta(hours=20))

    assert [why for _number, why in night.differing] == ["amount"]
    assert night.known_dong - night.told_dong == 1000
    (fact,) = [each for each in list_facts("reconciliation:2026-11-20") if each.kind == "payments.day.reconciled"]
    assert fact.body["differing"] == 1


def test_money_that_is_on_no_statement_is_named(world):
    world.pays(5000, "")
    night = actions.reconcile_day(on=FRIDAY.date(), now=FRIDAY + timedelta(hours=20))

    assert night.differing == [["FT000001", "not_on_statement"]]
    assert actions.reconcile_day(on=FRIDAY.date(), now=FRIDAY + timedelta(hours=21)).pk == night.pk


def test_the_jobs_hear_of_what_was_never_told(world):
    case = world.files()
    at_the_bank(world, case, "late")
    poll_each_five_minutes(int((FRIDAY + timedelta(hours=1)).timestamp()))

    assert world.states(case) == ["paid"]
    reconcile_yesterday(int((FRIDAY + timedelta(days=1)).timestamp()))
    assert models.Reconciliation.objects.get().on == FRIDAY.date()
