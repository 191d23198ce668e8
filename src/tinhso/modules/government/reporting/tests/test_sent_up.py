"""The sum goes up signed, once, in the end always or with a reason; both receivers keep one promise."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest
from django.apps import apps

from tinhso.modules.government.reporting import actions
from tinhso.modules.government.reporting.actions import sending
from tinhso.modules.government.reporting.adapters.receiver import HttpReceiver, find_receiver
from tinhso.modules.government.reporting.adapters.simulator import SimulatedReceiver
from tinhso.modules.government.reporting.models import Parcel, ReceiverFault, Report, SimulatedParcel, Version
from tinhso.modules.government.reporting.ports import Refused, ReportReceiver, Unreachable
from tinhso.modules.government.reporting.rules.sending import Parcel as Packed
from tinhso.modules.government.reporting.rules.sending import read_parcel, receipt_as_json
from tinhso.modules.government.reporting.tests.conftest import later
from tinhso.platform.ledger.queries import list_facts

PACKED = Packed("26-BC-ABCD/v1", {"report": "26-BC-ABCD", "cells": {"a": {"value": "1"}}}, b"%PDF")
TOKEN = "secret"


class Door(BaseHTTPRequestHandler):
    """The simulated receiver behind HTTP."""

    known: set[str] = set()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Idempotency-Key"] != body["key"] or self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.answer(401, {"reason": "key"})
        try:
            receipt = SimulatedReceiver().send(read_parcel(body))
        except Unreachable:
            return self.answer(503, {})
        except Refused as refused:
            return self.answer(422, {"reason": str(refused)})
        status = 409 if body["key"] in self.known else 200
        self.known.add(body["key"])
        return self.answer(status, receipt_as_json(receipt))

    def do_GET(self) -> None:
        key = unquote(self.path.removeprefix("/reports/"))
        try:
            receipt = SimulatedReceiver().find(Packed(key, {}))
        except Unreachable:
            return self.answer(503, {})
        return self.answer(200, receipt_as_json(receipt)) if receipt else self.answer(404, "not found")

    def answer(self, status: int, body: object) -> None:
        from django.db import connection

        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())
        connection.close()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(params=["simulated", "http"])
def receiver(request, transactional_db) -> Iterator[ReportReceiver]:
    if request.param == "simulated":
        yield SimulatedReceiver()
        return
    Door.known = set()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield HttpReceiver(address=f"http://127.0.0.1:{server.server_port}", token=TOKEN)
    server.shutdown()
    server.server_close()


def test_a_receiver_takes_each_key_once_and_gives_the_same_receipt_again(receiver):
    assert receiver.find(PACKED) is None
    first, second = receiver.send(PACKED), receiver.send(PACKED)

    assert first == second == receiver.find(PACKED)
    assert first.content_sha256 == PACKED.content_sha256
    assert SimulatedParcel.objects.count() == 1


def test_a_receiver_refuses_another_content_under_the_same_key(receiver):
    receiver.send(PACKED)
    with pytest.raises(Refused):
        receiver.send(Packed(PACKED.key, {"report": "else"}, b"%PDF"))


def test_a_receiver_that_does_not_answer_says_so_and_may_have_taken_it(receiver):
    ReceiverFault.objects.create(kind="no_answer")
    with pytest.raises(Unreachable):
        receiver.send(PACKED)
    assert receiver.find(PACKED) is None
    ReceiverFault.objects.create(kind="lost_answer")
    with pytest.raises(Unreachable):
        receiver.send(PACKED)
    assert receiver.find(PACKED)


def test_a_receiver_refuses_with_its_reason(receiver):
    ReceiverFault.objects.create(kind="refusal")
    with pytest.raises(Refused, match="chưa mở"):
        receiver.send(PACKED)


@pytest.fixture
def summed(province) -> Report:
    """The department's sum, signed and ordered to go up."""
    province.opens()
    row = province.hands_in()
    actions.approve_report(public_id=row.public_id, actor=province.receiver, now=later(hours=1))
    actions.sum_up_report(public_id=province.sum().public_id, actor=province.receiver, now=later(hours=2))
    actions.send_up(public_id=province.sum().public_id, actor=province.chief, now=later(hours=3))
    return province.sum()


def parcel_of(row: Report) -> Parcel:
    return Parcel.objects.get(report=row)


def attempt(row: Report, **more: float) -> str:
    return sending.attempt_parcel(key=parcel_of(row).key, receiver=find_receiver(), now=later(**more))


def test_a_sum_goes_up_with_its_paper_and_the_receipt_is_kept(summed):
    assert (parcel_of(summed).state, parcel_of(summed).key) == ("waiting", f"{summed.public_id}/v1")
    assert attempt(summed, hours=4) == "sent"

    parcel = parcel_of(summed)
    there = read_parcel(SimulatedParcel.objects.get().body)
    assert parcel.receipt.startswith("BN-")
    assert there.content_sha256 == parcel.content_sha256
    assert there.content["coverage"] == {"present": 1, "total": 3, "missing": ["Xã Thử 2", "Xã Thử 3"]}
    assert there.signed_pdf.startswith(b"%PDF")
    assert [fact.kind for fact in list_facts(summed.public_id)][-2:] == [
        "reporting.parcel.ordered",
        "reporting.parcel.received",
    ]
    assert attempt(summed, hours=5) == "sent"
    assert parcel_of(summed).tries == 1


def test_a_receiver_that_is_away_is_asked_again_and_what_it_took_is_not_sent_twice(summed):
    ReceiverFault.objects.create(kind="no_answer")
    assert attempt(summed, hours=4) == "waiting"
    waits = parcel_of(summed)
    assert (waits.tries, waits.next_try_at) == (1, later(hours=4, minutes=1))
    ReceiverFault.objects.create(kind="no_answer")
    assert attempt(summed, hours=4, minutes=1) == "waiting"
    assert parcel_of(summed).next_try_at - later(hours=4, minutes=1) == timedelta(minutes=5)
    assert sending.send_waiting(receiver=find_receiver(), now=later(hours=4, minutes=5)) == 0
    assert sending.send_waiting(receiver=find_receiver(), now=later(hours=4, minutes=6)) == 1
    assert SimulatedParcel.objects.count() == 1


def test_a_lost_answer_is_found_by_its_key(summed):
    ReceiverFault.objects.create(kind="lost_answer")
    assert attempt(summed, hours=4) == "waiting"
    there = SimulatedParcel.objects.get()
    assert attempt(summed, hours=5) == "sent"
    assert SimulatedParcel.objects.get() == there
    assert parcel_of(summed).received_at == there.received_at


def test_a_refusal_is_kept_with_its_reason_until_somebody_sends_it_again(province, summed):
    ReceiverFault.objects.create(kind="refusal")
    assert attempt(summed, hours=4) == "refused"
    assert "chưa mở" in parcel_of(summed).trouble
    assert attempt(summed, hours=5) == "refused"

    sending.resend_parcel(public_id=summed.public_id, actor=province.receiver, now=later(hours=6))
    assert attempt(summed, hours=6) == "sent"
    with pytest.raises(actions.NotOpen):
        sending.resend_parcel(public_id=summed.public_id, actor=province.receiver, now=later(hours=7))


def test_what_is_no_longer_what_was_signed_does_not_leave(summed):
    version = Version.objects.get(report=summed, number=1)
    Version.objects.filter(pk=version.pk).update(content={**version.content, "staff.value": {"typed": "5"}})
    assert attempt(summed, hours=4) == "refused"
    assert "đã ký" in parcel_of(summed).trouble
    assert not SimulatedParcel.objects.exists()


def test_a_corrected_sum_goes_in_place_of_one_that_did_not_arrive(province, summed):
    actions.reopen_report(public_id=summed.public_id, reasons="Thiếu xã 2", actor=province.chief, now=later(hours=4))
    actions.sum_up_report(public_id=summed.public_id, actor=province.receiver, now=later(hours=5))
    actions.send_up(public_id=summed.public_id, actor=province.chief, now=later(hours=6))

    first, second = Parcel.objects.order_by("number")
    assert (first.state, second.state) == ("replaced", "waiting")
    assert sending.attempt_parcel(key=first.key, receiver=find_receiver(), now=later(hours=7)) == "replaced"
    assert sending.attempt_parcel(key=second.key, receiver=find_receiver(), now=later(hours=7)) == "sent"
    assert list(SimulatedParcel.objects.values_list("key", flat=True)) == [f"{summed.public_id}/v2"]


def test_without_an_address_it_waits_and_goes_when_one_is_set(summed, settings):
    settings.REPORT_RECEIVER = {"address": "off", "token": ""}
    assert attempt(summed, hours=4) == "waiting"
    assert sending.send_waiting(receiver=find_receiver(), now=later(hours=5)) == 0
    assert parcel_of(summed).tries == 0
    settings.REPORT_RECEIVER = {"address": "", "token": ""}
    assert sending.send_waiting(receiver=find_receiver(), now=later(hours=6)) == 1


def test_the_doctor_tells_what_was_refused_and_what_has_nowhere_to_go(summed, settings):
    reporting = apps.get_app_config("reporting")
    assert [each.level for each in reporting.examine(later())] == []
    settings.REPORT_RECEIVER = {"address": "off", "token": ""}
    assert [each.level for each in reporting.examine(later())] == ["warning"]
    Parcel.objects.update(state="refused")
    assert [each.level for each in reporting.examine(later())] == ["trouble"]
