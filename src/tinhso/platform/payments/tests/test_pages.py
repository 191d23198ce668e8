"""The pages of money without a browser: the citizen pays, the desk takes and waives, two people give back, all is exported."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tinhso.platform.clock import now as read_clock
from tinhso.platform.payments import actions, models, rules
from tinhso.platform.payments.tests.conftest import FRIDAY
from tinhso.platform.people.models import Account


def client_of(actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(code=actor.code), "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def mai(world) -> Client:
    return client_of(world.mai)


@pytest.fixture
def desk(world) -> Client:
    return client_of(world.desk)


def test_the_page_of_payment_says_how_much_why_and_how(world, mai):
    case = world.files(copies=3)
    page = mai.get(reverse("payments:pay", args=[case]))
    told = text_of(page)

    assert "Còn phải nộp 24.000 đ" in told
    assert "Hai mươi tư nghìn đồng" in told
    assert "Số bản: 3 × 8.000 đ = 24.000 đ" in told
    assert "Hộ nghèo: miễn" in told
    assert world.reference(case) in told
    assert "Bạn không phải gửi ảnh chụp" in told
    picture = mai.get(reverse("payments:pay_qr", args=[case]))
    assert (picture["Content-Type"], b"<svg" in picture.content) == ("image/svg+xml", True)


def test_once_paid_the_page_says_so_and_has_no_code_any_more(world, mai):
    case = world.files()
    world.pays(24000, world.reference(case))
    told = text_of(mai.get(reverse("payments:pay", args=[case])))

    assert "Đã xong phần tiền" in told
    assert "đã khớp" in told
    assert mai.get(reverse("payments:pay_qr", args=[case])).status_code == 404


def test_what_was_paid_beyond_is_said_to_the_payer(world, mai):
    case = world.files()
    world.pays(25000, world.reference(case))

    assert "Bạn đã nộp thừa 1.000 đ" in text_of(mai.get(reverse("payments:pay", args=[case])))


def test_nobody_sees_another_ones_bill(world, desk):
    case = world.files()

    assert Client().get(reverse("payments:pay", args=[case])).status_code == 302
    assert desk.get(reverse("payments:pay", args=[case])).status_code == 403


def test_a_case_that_is_none_is_not_found(world, mai):
    assert mai.get(reverse("payments:pay", args=["TS-7K3M-9QXD-46"])).status_code == 404
    assert mai.get(reverse("payments:pay", args=["x"])).status_code == 404


def receipt_of(world, tmp_path, settings) -> models.Receipt:
    settings.MEDIA_ROOT = tmp_path
    case = world.files()
    payment = world.pays(24000, world.reference(case))
    return actions.issue_receipt(
        payment_id=payment.public_id, case_id=case, laid_at=FRIDAY, actor=world.desk, now=FRIDAY
    )


def test_a_receipt_is_downloaded_by_its_payer_and_checked_by_anybody(world, mai, tmp_path, settings):
    receipt = receipt_of(world, tmp_path, settings)
    address = reverse("payments:receipt", args=[receipt.public_id])

    assert b"".join(mai.get(address)).startswith(b"%PDF")
    assert Client().get(address).status_code == 302
    told = text_of(Client().get(reverse("payments:check_receipt", args=[receipt.public_id])))
    assert receipt.number in told
    assert "24.000 đ" in told
    assert "Mai" not in told
    assert Client().get(reverse("payments:check_receipt", args=["BL-0000-0000-00"])).status_code == 404


def test_the_desk_takes_cash_once(world, desk):
    case = world.files()
    address = reverse("payments:case_money", args=[case])
    key = re.search(r'name="key" value="(\w+)"', desk.get(address).content.decode())[1]
    sent = {"what": "cash", "charge": "", "amount": "24.000", "key": key}

    assert desk.post(address, sent).status_code == 302
    assert desk.post(address, sent).status_code == 302
    assert (world.states(case), models.Payment.objects.count()) == (["paid"], 1)
    assert desk.post(address, sent | {"key": "k", "amount": "1"}).status_code == 422
    assert desk.post(address, sent | {"key": "k", "amount": "một"}).status_code == 422


def test_the_desk_waives_by_class_with_its_reason(world, desk):
    case = world.files()
    (charge,) = world.bill(case).charges
    address = reverse("payments:case_money", args=[case])
    sent = {"what": "waive", "charge": str(charge.id), "relief": "poor", "reason": ""}

    refused = desk.post(address, sent)
    assert (refused.status_code, "Hãy ghi căn cứ" in text_of(refused)) == (422, True)
    assert desk.post(address, sent | {"charge": "999"}).status_code == 404
    assert desk.post(address, sent | {"reason": "Sổ hộ nghèo 12"}).status_code == 302
    assert world.states(case) == ["waived"]
    assert "Sổ hộ nghèo 12" in text_of(desk.get(address))


def test_a_citizen_and_a_leader_take_no_cash(world, mai):
    case = world.files()
    address = reverse("payments:case_money", args=[case])

    assert mai.get(address).status_code == 403
    assert client_of(world.leader).post(address, {"what": "cash", "amount": "24000"}).status_code == 403


def test_an_amount_of_the_tax_office_is_entered(world):
    case = world.files(procedure="1.013831")
    handler = client_of(world.handler)
    actions.assess_charges(case_id=case, moment="step", occasion="fact:1", actor=world.handler, now=FRIDAY)
    address = reverse("payments:case_money", args=[case])
    tax = world.bill(case).charges[1]

    assert "Nhập số tiền" in text_of(handler.get(address))
    handler.post(address, {"what": "amount", "charge": str(tax.id), "amount": "5.000.000", "reason": "TB 12"})
    assert world.bill(case).due_dong == 5_024_000


def test_reconciliation_matches_by_hand_and_gives_back_by_two_people(world, desk):
    case = world.files()
    payment = world.pays(24000, "nop phi", payer_name="HOANG THI MAI")
    models.SimulatedTransfer.objects.create(provider_id=payment.provider_id, amount_dong=24000, paid_at=FRIDAY)
    here = reverse("payments:payment", args=[payment.public_id])

    listed = text_of(desk.get(reverse("payments:reconciliation")))
    assert "chưa biết của hồ sơ nào" in listed
    assert "đúng tên người nộp" in text_of(desk.get(here))
    assert desk.post(here, {"what": "match", "reference": "TSPAY"}).status_code == 422
    desk.post(here, {"what": "match", "reference": world.reference(case).lower()})
    assert world.states(case) == ["paid"]

    desk.post(here, {"what": "refund", "amount": "24000", "reason": "Nộp nhầm"})
    refund = models.Refund.objects.get()
    assert desk.post(here, {"what": "approve", "refund": refund.public_id}).status_code == 403
    leader = client_of(world.leader)
    assert "Duyệt hoàn tiền" in text_of(leader.get(here))
    leader.post(here, {"what": "approve", "refund": refund.public_id})
    refund.refresh_from_db()
    assert (refund.state, world.states(case)) == ("done", ["refunded"])


def test_payments_of_another_unit_are_not_there(world, desk):
    payment = world.pays(24000, "", account="of nobody")

    assert desk.get(reverse("payments:payment", args=[payment.public_id])).status_code == 404


def test_the_workbook_holds_every_payment_and_no_formula(world, desk):
    world.pays(24000, "=HYPERLINK(1)", payer_name="+84")
    world.pays(5000, "nop\x08phi")
    book = load_workbook(BytesIO(desk.get(reverse("payments:export")).content))
    rows = list(book.active.values)

    assert [row[2] for row in rows[1:]] == [5000, 24000]
    assert (rows[2][7], rows[2][8]) == ("'=HYPERLINK(1)", "'+84")


def test_days_that_disagree_with_the_statement_are_shown(world, desk):
    world.pays(5000, "")
    actions.reconcile_day(on=FRIDAY.date(), now=FRIDAY + timedelta(hours=20))

    assert "lệch 1" in text_of(desk.get(reverse("payments:reconciliation")))


def test_the_simulated_bank_pays_in_every_way(world, client):
    here = reverse("payments:bank")
    for way in ("right", "late", "twice", "short", "over", "wrong_reference", "told_twice", "wrong_amount", "forged"):
        case = world.files(now=read_clock())
        sent = {"what": "pay", "reference": world.reference(case), "amount": "24000", "payer": "Mai", "way": way}
        assert client.post(here, sent).status_code == 302
    assert "chưa báo" in text_of(client.get(here))
    client.post(here, {"what": "tell"})
    client.post(here, {"what": "poll"})
    client.post(here, {"what": "fault", "fault": "refusal"})
    client.post(here, {"what": "pay", "amount": "x"})

    assert models.SimulatedFault.objects.count() == 1
    assert (
        sum(models.Payment.objects.values_list("amount_dong", flat=True))
        == sum(models.SimulatedTransfer.objects.values_list("amount_dong", flat=True)) + 1000
    )


def test_every_form_survives_what_nobody_would_send(world, desk, client):
    case = world.files()
    payment = world.pays(24000, "")
    for address in (reverse("payments:case_money", args=[case]), reverse("payments:payment", args=[payment.public_id])):
        for what in ("", "cash", "waive", "amount", "match", "refund", "approve"):
            answer = desk.post(address, {"what": what, "amount": "-5", "charge": "x", "reference": "\0", "reason": ""})
            assert answer.status_code in {302, 403, 404, 422}
    assert desk.get(reverse("payments:reconciliation") + "?state=x&before=9999999999999999999").status_code == 200
    assert rules.is_reference(world.reference(case))
