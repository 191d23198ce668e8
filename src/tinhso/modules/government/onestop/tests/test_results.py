"""What becomes of a result: signed, numbered, sealed, given out once, kept in the locker, corrected, checked by anybody."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.actions.handing_over import HandedOverAlready
from tinhso.modules.government.onestop.actions.reusing import NotHeld, use_held_paper
from tinhso.modules.government.onestop.jobs import sign_batch
from tinhso.modules.government.onestop.models import Delivery, IssuedResult, ResultCounter, SigningBatch
from tinhso.modules.government.onestop.queries.filing import get_begun
from tinhso.modules.government.onestop.queries.verifying import check_file
from tinhso.modules.government.onestop.rules.results import months_after
from tinhso.modules.government.onestop.tests.conftest import COMMUNE, OTHER, appoint
from tinhso.modules.government.onestop.tests.test_letters import whole
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import queries
from tinhso.platform.clock import now as read_clock
from tinhso.platform.files.queries import open_file
from tinhso.platform.forms.actions import start_draft
from tinhso.platform.forms.queries import find_form_on, get_draft
from tinhso.platform.ledger.queries import verify_ledger
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


def test_many_are_sealed_by_a_job_and_the_page_tells_how_far(commune):
    ready = signed(commune, 11, now=read_clock() - timedelta(hours=1))
    client = commune.client_of(commune.officers["clerk"])
    answer = client.post("/work/seal/", {"case": ready})
    batch = SigningBatch.objects.get()
    assert answer["Location"] == f"/work/sign/batches/{batch.public_id}/"
    assert "Đang đóng dấu" in client.get(answer["Location"]).content.decode()
    sign_batch(batch=batch.public_id)
    assert "Đã đóng dấu xong" in client.get(answer["Location"]).content.decode()
    assert sorted(row_of(each).count for each in ready) == list(range(1, 12))


@pytest.mark.parametrize("title", ["vice_chairman", "Phó Chủ tịch"])
def test_a_deputy_signs_for_the_chairman_in_the_name_of_the_committee(commune, title):
    deputy = appoint("Vi Thị Thu", "leader", COMMUNE)
    give_title(officer_code=deputy.code, unit_key=COMMUNE, role="leader", title=title, actor=SYSTEM, now=read_clock())
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


def test_a_paper_in_the_locker_is_shown_again_instead_of_uploaded(commune):
    (public_id,) = sealed(commune, now=read_clock() - timedelta(hours=1))
    row, client = row_of(public_id), commune.client_of(commune.mai)
    form = find_form_on("marital_status", read_clock().date())
    answers = STATUS | {"is_repeated": True, "_unit": COMMUNE}
    draft = start_draft(procedure_code="1.004873", form=form, answers=answers, actor=commune.mai, now=read_clock())
    page = client.get(f"/filing/{draft.public_id}/papers/").content.decode()
    assert f"Dùng giấy đã có: Giấy xác nhận tình trạng hôn nhân số {row.number}" in page
    client.post(f"/filing/{draft.public_id}/papers/", {"use": f"former_certificate:{row.code}"})
    kept = get_draft(draft.public_id, actor=commune.mai).papers["former_certificate"]
    assert [each["file_sha256"] for each in kept] == [row.file_sha256]
    assert "Dùng giấy đã có" not in client.get(f"/filing/{draft.public_id}/papers/").content.decode()
    begun = get_begun(draft.public_id, actor=commune.mai, now=read_clock())
    assert "former_certificate" not in {paper.code for paper in begun.papers_missing}

    IssuedResult.objects.filter(pk=row.pk).update(holder_code="citizen:another")
    paper = next(each for each in begun.papers_asked if each.code == "former_certificate")
    with pytest.raises(NotHeld):
        use_held_paper(begun=begun, paper=paper, code=row.code, actor=commune.mai, now=read_clock())


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


def test_the_locker_asks_the_database_as_often_for_many_papers_as_for_one(commune):
    sealed(commune, now=read_clock() - timedelta(hours=3))
    client, counts = commune.client_of(commune.mai), []
    client.get("/my/papers/")
    for more in (0, 4):
        if more:
            sealed(commune, more, now=read_clock() - timedelta(hours=2))
        with CaptureQueriesContext(connection) as seen:
            client.get("/my/papers/")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6
