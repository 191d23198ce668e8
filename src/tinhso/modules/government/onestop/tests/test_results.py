"""What becomes of a result: signed, numbered, sealed, given out once, kept in the locker, corrected, checked by anybody."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.actions.correcting import CannotCorrect, open_correction
from tinhso.modules.government.onestop.actions.handing_over import HandedOverAlready
from tinhso.modules.government.onestop.models import Delivery, IssuedResult, ResultCounter
from tinhso.modules.government.onestop.queries.verifying import check_file
from tinhso.modules.government.onestop.rules.results import months_after
from tinhso.modules.government.onestop.tests.conftest import COMMUNE, OTHER, appoint
from tinhso.modules.government.onestop.tests.test_letters import whole
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import queries
from tinhso.platform.clock import now as read_clock
from tinhso.platform.files.queries import open_file
from tinhso.platform.ledger.queries import list_facts, verify_ledger
from tinhso.platform.people.actions import give_title
from tinhso.platform.people.queries import find_officer_actor
from tinhso.platform.people.rules import SYSTEM
from tinhso.platform.signing.queries import read_number_and_date, verify_pdf

pytestmark = pytest.mark.django_db
STATUS = {
    "person_name": "Hoàng Thị Mai", "person_number": "020195004817", "person_birth_date": "1995-03-12", "person_sex": "female",
    "person_residence": "Thôn Nà Mò, xã Thử", "marital_status": "never_married", "purpose": "other",
    "other_purpose": "Vay vốn ngân hàng", "is_repeated": False, "lived_elsewhere": False, "is_authorised": False,
    "requester_phone": "0900000011", "delivery": "counter",
}  # fmt: skip
TODAY = date(2026, 11, 23)
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def filed(commune, now=MONDAY, **answers) -> str:
    filing = cases.Filing(
        procedure=queries.procedure_on("1.004873", now.date()), unit_key=COMMUNE, applicant_code=commune.mai.code,
        applicant_name=commune.mai.name, title="Hoàng Thị Mai", data=STATUS | answers,
    )  # fmt: skip
    return cases.open_case(filing=filing, actor=commune.mai, now=now).public_id


def signed(commune, count: int = 1, now=MONDAY, leader=None) -> list[str]:
    made = [filed(commune, now) for _ in range(count)]
    for each in made:
        commune.does(each, "accept", "propose", now=now + timedelta(minutes=1))
    outcomes = actions.sign_dossiers(public_ids=made, actor=leader or commune.leader, now=now + timedelta(minutes=5))
    assert [each.refusal for each in outcomes] == [""] * count
    return made


def sealed(commune, count: int = 1, now=MONDAY) -> list[str]:
    made = signed(commune, count, now)
    outcomes = actions.seal_dossiers(public_ids=made, actor=commune.officers["clerk"], now=now + timedelta(minutes=9))
    assert [each.refusal for each in outcomes] == [""] * count
    return made


def row_of(public_id: str, revision: int = 1) -> IssuedResult:
    return IssuedResult.objects.get(case_public_id=public_id, revision=revision)


def file_of(row: IssuedResult) -> bytes:
    with open_file(row.file_sha256) as stream:
        return stream.read()


def words_in(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def verify_page(pdf: bytes) -> str:
    sent = SimpleUploadedFile("giay.pdf", pdf, "application/pdf")
    return Client().post("/verify/papers/", {"paper": sent}).content.decode()


def test_the_leader_signs_first_and_the_number_comes_with_the_seal(commune):
    (public_id,) = signed(commune)
    row = row_of(public_id)
    assert (queries.get_case(public_id).state.code, row.number, row.count) == ("sealing", "", None)
    assert verify_pdf(file_of(row)).valid
    assert not ResultCounter.objects.exists()

    (outcome,) = actions.seal_dossiers(
        public_ids=[public_id], actor=commune.officers["clerk"], now=MONDAY + timedelta(hours=1)
    )
    assert outcome.done
    row = row_of(public_id)
    pdf = file_of(row)
    verdict = verify_pdf(pdf)
    assert (verdict.valid, [each.area for each in verdict.signatures]) == (True, ["leader", "seal"])
    assert read_number_and_date(pdf) == {"number": "1/UBND-XNTTHN", "date": "ngày 23 tháng 11 năm 2026"}
    assert (row.number, row.issued_on, row.sealed_by) == ("1/UBND-XNTTHN", TODAY, commune.officers["clerk"].code)
    assert queries.get_case(public_id).state.code == "resolved"
    (result,) = queries.list_results(queries.get_case(public_id).case_id)
    assert (result.number, result.file_sha256, result.signed_by) == (row.number, row.file_sha256, commune.leader.code)
    assert verify_ledger() == []
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.open_metadata().pdfa_status == "2B"


def test_numbers_have_no_gaps_though_one_of_a_batch_cannot_be_sealed(commune):
    first, broken, last = signed(commune, 3)
    IssuedResult.objects.filter(case_public_id=broken).update(file_sha256="0" * 64)
    outcomes = actions.seal_dossiers(public_ids=[first, broken, last], actor=commune.officers["clerk"], now=MONDAY)
    assert [each.done for each in outcomes] == [True, False, True]
    assert outcomes[1].refusal
    assert [row_of(each).count for each in (first, last)] == [1, 2]
    assert queries.get_case(broken).state.code == "sealing"
    assert ResultCounter.objects.get().last == 2


@pytest.mark.parametrize("role", ["leader", "handler", "receptionist", "administrator"])
def test_only_the_clerk_of_the_unit_seals(commune, role):
    (public_id,) = signed(commune)
    for actor in (commune.officers[role], appoint("Văn thư khác", "clerk", OTHER)):
        (outcome,) = actions.seal_dossiers(public_ids=[public_id], actor=actor, now=MONDAY)
        assert not outcome.done
    assert row_of(public_id).count is None


def test_what_comes_back_from_the_clerk_is_signed_anew_and_only_that_is_sealed(commune):
    (public_id,) = signed(commune)
    before = row_of(public_id).file_sha256
    cases.act_on_case(
        public_id=public_id, act="send_back", actor=commune.officers["clerk"], now=MONDAY + timedelta(hours=1),
        answers={"reasons": "Ghi sai nơi cư trú."},
    )  # fmt: skip
    commune.does(public_id, "propose", now=MONDAY + timedelta(hours=2))
    actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=MONDAY + timedelta(hours=3))
    assert row_of(public_id).file_sha256 != before
    assert IssuedResult.objects.filter(case_public_id=public_id).count() == 1


def test_the_clerk_seals_what_is_ticked_in_the_queue(commune):
    ready, other = signed(commune, 2, now=read_clock() - timedelta(hours=1))
    client = commune.client_of(commune.officers["clerk"])
    page = client.get("/work/seal/").content.decode()
    assert f"/work/cases/{ready}/signed/" in page
    assert "Cấp số và đóng dấu các hồ sơ đã chọn" in page
    answer = client.get(f"/work/cases/{ready}/signed/")
    assert whole(answer).startswith(b"%PDF")
    done = client.post("/work/seal/", {"case": [ready]}, follow=True).content.decode()
    assert "Đóng dấu: xong 1 hồ sơ." in done
    assert [queries.get_case(each).state.code for each in (ready, other)] == ["resolved", "sealing"]
    assert "Không có kết quả nào chờ đóng dấu" in commune.client_of(commune.desk).get("/work/seal/").content.decode()


def test_a_deputy_signs_for_the_chairman_in_the_name_of_the_committee(commune):
    deputy = appoint("Vi Thị Thu", "leader", COMMUNE)
    give_title(
        officer_code=deputy.code, unit_key=COMMUNE, role="leader", title="vice_chairman", actor=SYSTEM, now=read_clock()
    )
    (public_id,) = signed(commune, leader=find_officer_actor(deputy.code, read_clock()))
    row = row_of(public_id)
    said = words_in(file_of(row)).upper()
    for line in ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "VI THỊ THU"):
        assert line in said
    assert row.signer_title == "KT. Chủ tịch, Phó Chủ tịch"
    assert verify_pdf(file_of(row)).signer.title == row.signer_title


def test_a_result_holds_as_long_as_its_series_says(commune):
    (public_id,) = sealed(commune)
    assert row_of(public_id).valid_to == date(2027, 5, 23)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_anybody_checks_the_file_and_its_number_against_the_register(commune):
    (public_id,) = sealed(commune)
    row, pdf = row_of(public_id), file_of(row_of(public_id))
    assert all(check.holds for check in check_file(pdf, TODAY)[1])
    page = verify_page(pdf)
    assert "Giấy này thật và còn hiệu lực" in page
    assert "Hoàng Thị Mai" not in page

    IssuedResult.objects.filter(pk=row.pk).update(number="2/UBND-XNTTHN")
    assert "Số hoặc ngày ghi trên tệp khác với sổ" in verify_page(pdf)


def test_a_file_that_the_register_does_not_have_is_refused_though_its_signatures_hold(commune):
    (public_id,) = sealed(commune)
    pdf = file_of(row_of(public_id))
    IssuedResult.objects.filter(case_public_id=public_id).update(file_sha256=sha256(b"another").hexdigest())
    page = verify_page(pdf)
    assert "Không dùng được giấy này" in page
    assert "Số trên tệp này trong sổ là của một tệp khác" in page
    assert "Không dùng được giấy này" in verify_page(pdf[:-2000] + b"x" * 2000)


def test_the_code_on_the_paper_opens_the_check_for_anybody(commune):
    (public_id,) = sealed(commune)
    row = row_of(public_id)
    typed = Client().get("/verify/papers/", {"code": f" {row.code.upper()[:4]} {row.code[4:]}"}, follow=True)
    page = typed.content.decode()
    assert "1/UBND-XNTTHN" in page
    assert "Giấy này do cơ quan dưới đây phát hành" in page
    assert "Hoàng Thị Mai" not in page
    printed = f"{row.code[:4]}-{row.code[4:8]}-{row.code[8:]}"
    assert printed in words_in(file_of(row))
    assert Client().get("/verify/7k3m-9qxd-42ab/").status_code == 404


def test_a_result_is_handed_over_once_into_named_hands(commune):
    (public_id,) = sealed(commune)
    handed = {"way": "counter", "recipient_name": "Hoàng Văn Đức", "recipient_paper": "căn cước số cuối 265"}
    actions.hand_over(
        public_id=public_id, act="hand_over", answers=handed, actor=commune.desk, now=MONDAY + timedelta(hours=2)
    )
    delivery = Delivery.objects.get()
    assert (delivery.way, delivery.recipient_name, delivery.recipient_paper) == tuple(handed.values())
    with pytest.raises(HandedOverAlready):
        actions.handing_over.note_delivery(
            row=row_of(public_id), case=queries.get_case(public_id),
            handed=actions.handing_over.Handed(), actor=commune.desk, now=MONDAY,
        )  # fmt: skip
    (again,) = actions.take_step(public_ids=[public_id], act="hand_over", actor=commune.desk, now=MONDAY)
    assert not again.done


def test_the_locker_holds_what_was_issued_and_offers_it_in_the_next_filing(commune):
    (public_id,) = sealed(commune, now=read_clock() - timedelta(hours=1))
    row, client = row_of(public_id), commune.client_of(commune.mai)
    page = client.get("/my/papers/").content.decode()
    for said in (row.number, "còn hiệu lực", "KQ.G15", f"/my/papers/{row.code}/file/"):
        assert said in page
    answer = client.get(f"/my/papers/{row.code}/file/")
    assert verify_pdf(whole(answer)).valid
    stranger = Client()
    assert stranger.get(f"/my/papers/{row.code}/file/").status_code == 302


def corrected(commune, public_id: str, now, **answers) -> str:
    made = open_correction(
        public_id=public_id, reason="Ghi sai nơi cư trú.", answers=answers, actor=commune.handler, now=now
    )
    actions.sign_dossiers(public_ids=[made], actor=commune.leader, now=now + timedelta(minutes=1))
    (outcome,) = actions.seal_dossiers(
        public_ids=[made], actor=commune.officers["clerk"], now=now + timedelta(minutes=2)
    )
    assert outcome.done, outcome.refusal
    return made


def test_a_corrected_result_replaces_the_wrong_one_which_says_so_to_everybody(commune):
    (public_id,) = sealed(commune)
    old = row_of(public_id)
    corrected(commune, public_id, MONDAY + timedelta(hours=3), person_residence="Thôn Pò Mới, xã Thử")
    old, new = row_of(public_id), row_of(public_id, 2)
    assert (new.number, old.replaced_by_id, old.withdrawn_reason) == ("2/UBND-XNTTHN", new.pk, "Ghi sai nơi cư trú.")
    said = words_in(file_of(new))
    assert "Thôn Pò Mới, xã Thử" in said
    assert "số 1/UBND-XNTTHN" in said
    assert [result.number for result in queries.list_results(queries.get_case(public_id).case_id)] == [new.number]
    assert "Giấy này đã bị thu hồi" in verify_page(file_of(old))
    assert "Giấy này thật và còn hiệu lực" in verify_page(file_of(new))
    page = Client().get(f"/verify/{old.code}/").content.decode()
    assert "đã bị thu hồi hoặc được thay" in page
    assert "2/UBND-XNTTHN" in page
    assert "Ghi sai nơi cư trú" not in page
    mine = commune.client_of(commune.mai).get("/my/papers/").content.decode()
    assert "Ghi sai nơi cư trú" in mine
    assert f"/my/papers/{old.code}/file/" not in mine
    assert "onestop.result.withdrawn" in [fact.kind for fact in list_facts(public_id)]


def test_until_the_correction_is_sealed_the_first_result_stands(commune):
    (public_id,) = sealed(commune)
    made = open_correction(
        public_id=public_id, reason="Sai.", answers={"person_residence": "Xã Khác"}, actor=commune.handler, now=MONDAY
    )
    actions.sign_dossiers(public_ids=[made], actor=commune.leader, now=MONDAY + timedelta(minutes=1))
    assert row_of(public_id).withdrawn_at is None
    assert "Giấy này thật và còn hiệu lực" in verify_page(file_of(row_of(public_id)))
    with pytest.raises(CannotCorrect, match="đang chờ ký"):
        open_correction(
            public_id=public_id, reason="Sai.", answers={"person_residence": "Xã"}, actor=commune.handler, now=MONDAY
        )


def test_a_second_correction_keeps_what_the_first_mended(commune):
    (public_id,) = sealed(commune)
    corrected(commune, public_id, MONDAY + timedelta(hours=3), person_residence="Thôn Pò Mới, xã Thử")
    corrected(commune, public_id, MONDAY + timedelta(hours=5), other_purpose="Mua nhà")
    said = words_in(file_of(row_of(public_id, 3)))
    assert "Thôn Pò Mới, xã Thử" in said
    assert "Mua nhà" in said
    assert [row_of(public_id, each).withdrawn_at is None for each in (1, 2, 3)] == [False, False, True]


@pytest.mark.parametrize(
    ("who", "reason", "answers", "why"),
    [
        ("receptionist", "Sai.", {"person_residence": "Xã"}, "Chỉ công chức"),
        ("handler", "  ", {"person_residence": "Xã"}, "lý do"),
        ("handler", "Sai.", {"person_residence": STATUS["person_residence"]}, "Chưa có gì"),
        ("handler", "Sai.", {"person_birth_date": "31/02/1995"}, "ghi sai"),
    ],
)
def test_a_correction_needs_a_reason_a_change_and_somebody_who_may(commune, who, reason, answers, why):
    (public_id,) = sealed(commune)
    with pytest.raises(CannotCorrect, match=why):
        open_correction(public_id=public_id, reason=reason, answers=answers, actor=commune.officers[who], now=MONDAY)


def test_the_officer_corrects_on_a_page_that_shows_what_the_paper_prints(commune):
    (public_id,) = sealed(commune, now=read_clock() - timedelta(hours=1))
    client = commune.client_of(commune.handler)
    assert f"/work/cases/{public_id}/correction/" in client.get(f"/work/cases/{public_id}/").content.decode()
    page = client.get(f"/work/cases/{public_id}/correction/").content.decode()
    assert 'name="person_residence"' in page
    assert 'name="requester_phone"' not in page
    refused = client.post(f"/work/cases/{public_id}/correction/", {"person_residence": "Xã Mới", "reason": ""})
    assert refused.status_code == 422
    made = client.post(
        f"/work/cases/{public_id}/correction/", {"person_residence": "Thôn Mới, xã Thử", "reason": "Ghi sai."}, follow=True
    )  # fmt: skip
    said = made.content.decode()
    assert "Điều được sửa" in said
    assert "Thôn Mới, xã Thử" in said
    assert "Thôn Nà Mò, xã Thử" in said
