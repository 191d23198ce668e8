"""Letters follow from facts: receipt, request, refusal, apology, notice of a stop; each once, anew with a reason, checked by anybody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from tinhso.modules.government.onestop import actions
from tinhso.modules.government.onestop.actions.documents import CannotReissue
from tinhso.modules.government.onestop.models import CaseDocument
from tinhso.modules.government.onestop.queries.pack_problems import find_problems
from tinhso.modules.government.onestop.queries.slips import slip_of
from tinhso.modules.government.onestop.rules.letters import letter_code, read_code, written_code
from tinhso.platform.cases import actions as cases
from tinhso.platform.cases import queries
from tinhso.platform.clock import now as read_clock
from tinhso.platform.files.queries import open_file
from tinhso.platform.ledger.queries import list_facts
from tinhso.platform.signing.rules import Authority, Title, signature_lines

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # 16:30 in Vietnam: due the next working day


def issue_all(public_id: str) -> list[str]:
    for fact in list_facts(public_id):
        actions.issue_documents(fact=fact, now=fact.happened_at)
    return list(
        CaseDocument.objects.filter(case_public_id=public_id)
        .order_by("fact_id", "revision")
        .values_list("kind", flat=True)
    )


def words_of(document: CaseDocument) -> str:
    with open_file(document.sha256) as stream:
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(stream.read())).pages).split())


def whole(answer) -> bytes:
    """All of a file that is sent, and the file closed again."""
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # `close()` would end the test's connection too
        close()
    return content


def accepted(commune, at=EVENING) -> str:
    public_id = commune.files(now=at - timedelta(hours=1))
    commune.does(public_id, "accept", now=at)
    return public_id


def test_a_receipt_names_the_promised_moment_and_its_form(commune):
    public_id = accepted(commune)
    assert issue_all(public_id) == issue_all(public_id) == ["receipt"]
    said = words_of(CaseDocument.objects.get())
    assert "Hẹn trả kết quả: 17 giờ 00 phút, ngày 25 tháng 11 năm 2026" in said  # the 24th is a holiday
    assert "Mẫu số 01, TT 03/2025/TT-VPCP" in said


def test_what_is_done_the_same_day_has_a_receipt_only_for_who_asks(commune):
    public_id = accepted(commune, MONDAY)
    assert issue_all(public_id) == []
    client = commune.client_of(commune.mai)
    assert client.get(f"/dossiers/{public_id}/receipt/").status_code == 405
    page = client.get(f"/dossiers/{public_id}/").content.decode()
    assert f"/dossiers/{public_id}/receipt/" in page
    answer = client.post(f"/dossiers/{public_id}/receipt/")
    assert whole(client.get(answer["Location"])).startswith(b"%PDF")
    assert CaseDocument.objects.get().kind == "receipt"
    client.post(f"/dossiers/{public_id}/receipt/")
    assert CaseDocument.objects.count() == 1


def test_an_extension_is_told_by_an_apology_with_reason_and_new_day(commune):
    public_id = accepted(commune)
    commune.does(
        public_id, "extend", now=EVENING + timedelta(minutes=30), reasons="Chờ xã khác xác minh.", extension_days=2
    )
    assert issue_all(public_id) == ["receipt", "apology"]
    said = words_of(CaseDocument.objects.get(kind="apology"))
    for words in (
        "VĂN BẢN XIN LỖI",
        "Chờ xã khác xác minh.",
        "ngày 25 tháng 11",
        "ngày 27 tháng 11",
        "xin lỗi",
        "Mẫu số 04",
    ):
        assert words in said


def test_a_dossier_that_lapses_is_told_by_a_notice(commune):
    public_id = accepted(commune)
    commune.does(
        public_id,
        "request_supplement",
        now=EVENING + timedelta(minutes=5),
        reasons="Thiếu.",
        papers=[{"code": "birth_proof"}],
    )
    cases.expire_waits(now=EVENING + timedelta(days=40))
    assert queries.get_case(public_id).state.code == "stopped"
    assert issue_all(public_id) == ["receipt", "supplement", "stop_notice"]
    said = words_of(CaseDocument.objects.get(kind="stop_notice"))
    assert "THÔNG BÁO DỪNG GIẢI QUYẾT" in said
    assert "Đã hết thời hạn bổ sung" in said
    assert "Mẫu số 05, TT 03/2025/TT-VPCP" in said


def test_a_refusal_is_no_notice_of_a_stop_and_a_withdrawal_has_no_letter(commune):
    refused, withdrawn = commune.files(now=MONDAY), commune.files(now=MONDAY)
    commune.does(refused, "decline", now=MONDAY, reasons="Không thuộc xã này.")
    commune.does(withdrawn, "withdraw", now=MONDAY)
    assert issue_all(refused) == ["refusal"]
    assert issue_all(withdrawn) == []


def test_before_the_set_of_2025_number_four_has_its_older_name_and_a_stop_has_no_form(commune):
    public_id = accepted(commune)
    commune.does(public_id, "extend", now=EVENING + timedelta(minutes=30), reasons="Chờ.", extension_days=1)
    from tinhso.modules.government.onestop.adapters import find_sheet

    assert find_sheet("apology", datetime(2025, 6, 30).date()).name == "Phiếu xin lỗi và hẹn lại ngày trả kết quả"
    assert find_sheet("stop_notice", datetime(2025, 6, 30).date()) is None
    assert find_sheet("receipt", datetime(2018, 1, 1).date()) is None


def test_a_letter_issued_anew_replaces_the_first_for_everybody(commune):
    public_id = accepted(commune)
    commune.does(
        public_id,
        "request_supplement",
        now=EVENING + timedelta(minutes=5),
        reasons="Thiếu giấy chứng minh.",
        papers=[{"code": "birth_proof"}],
    )
    issue_all(public_id)
    old = CaseDocument.objects.get(kind="supplement")
    client = commune.client_of(commune.handler)
    url = f"/work/cases/{public_id}/documents/{old.fact_id}/supplement/again/"
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "Ghi nhầm tên giấy.", "words": "Thiếu giấy chứng sinh."})
    old.refresh_from_db()
    new = CaseDocument.objects.get(kind="supplement", revision=2)
    assert (old.replaced_at is not None, new.reason) == (True, "Ghi nhầm tên giấy.")
    said = words_of(new)
    assert "Thiếu giấy chứng sinh." in said
    assert "Thay cho giấy đã lập" in said
    page = Client().get(f"/verify/{written_code(old.code)}/").content.decode()
    assert "đã bị thu hồi hoặc được thay" in page
    assert written_code(new.code) in page
    assert "Giấy này do cơ quan dưới đây phát hành" in Client().get(f"/verify/{new.code}/").content.decode()
    mine = commune.client_of(commune.mai).get(f"/dossiers/{public_id}/").content.decode()
    assert new.sha256 in mine
    assert old.sha256 not in mine
    issue_all(public_id)
    assert CaseDocument.objects.filter(kind="supplement").count() == 2


def test_a_refusal_signed_by_a_leader_is_not_made_anew_by_the_desk(commune):
    public_id = accepted(commune)
    commune.does(public_id, "propose_refusal", now=EVENING, reasons="Đã đăng ký.")
    actions.sign_dossiers(public_ids=[public_id], actor=commune.leader, now=EVENING + timedelta(hours=1))
    document = CaseDocument.objects.get(kind="refusal")
    fact = next(fact for fact in list_facts(public_id) if fact.id == document.fact_id)
    with pytest.raises(CannotReissue, match="lãnh đạo đã ký"):
        actions.reissue_document(
            case=queries.get_case(public_id), fact=fact, kind="refusal", reason="Sai.", actor=commune.desk, now=EVENING
        )
    assert written_code(document.code) in words_of(document)


def test_the_control_slip_tells_each_hand_over_in_time_or_not_and_why(commune):
    public_id = accepted(commune, MONDAY)
    commune.does(public_id, "verify", now=MONDAY + timedelta(hours=1), reasons="Cần hỏi trạm y tế.")
    commune.does(public_id, "finish_verification", now=MONDAY + timedelta(days=7), note="Trạm y tế đã trả lời.")
    lines = slip_of(queries.get_case(public_id), MONDAY + timedelta(days=8))
    assert [line.what for line in lines] == ["Tiếp nhận", "Xác minh", "Xác minh xong", ""]
    assert (lines[0].giver, lines[1].giver) == ("Hoàng Thị Mai", "Lộc Thị Hoa")
    assert lines[1].taker == "Công chức chuyên môn: Nông Văn Thắng"
    assert lines[2].standing.startswith("Quá hạn")
    assert lines[2].why == "Trạm y tế đã trả lời."
    assert lines[3].done_at is None
    client = commune.client_of(commune.leader)
    page = client.get(f"/work/cases/{public_id}/slip/").content.decode()
    assert "Trạm y tế đã trả lời." in page
    answer = client.get(f"/work/cases/{public_id}/slip.pdf")
    said = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages).split())
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH" in said
    assert "Mẫu số 06, TT 03/2025/TT-VPCP" in said
    assert "Trạm y tế đã trả lời." in said


def test_a_code_reads_the_same_however_it_is_typed():
    code = letter_code("secret", "TS-1", "receipt", 7)
    assert read_code(f" {written_code(code).upper()} ") == code
    assert letter_code("secret", "TS-1", "receipt", 8) != code
    assert read_code("o0l1-o0l1-o0l1") == ""
    assert read_code(code[:-1]) == ""


TITLES = {
    "chairman": Title("Chủ tịch"),
    "vice": Title("Phó Chủ tịch", "KT.", "chairman"),
    "office": Title("Chánh Văn phòng", "TL.", "chairman"),
}


@pytest.mark.parametrize(
    ("authority", "lines"),
    [
        (Authority("chairman", "chairman"), ("Chủ tịch",)),
        (Authority("vice", "chairman"), ("KT. Chủ tịch", "Phó Chủ tịch")),
        (Authority("office", "chairman"), ("TL. Chủ tịch", "Chánh Văn phòng")),
        (Authority("", "chairman", is_delegated=True), ("TUQ. Chủ tịch",)),
        (Authority("office", "chairman", is_delegated=True), ("TUQ. Chủ tịch", "Chánh Văn phòng")),
        (Authority("vice", "chairman", in_the_name_of="Ủy ban nhân dân"), ("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch")),
    ],
)  # fmt: skip
def test_the_form_of_authority_follows_from_the_title(authority, lines):
    assert signature_lines(authority, TITLES) == lines


def test_the_desk_prints_what_was_asked_for(commune):
    public_id = accepted(commune, read_clock() - timedelta(minutes=10))
    fact = next(fact for fact in list_facts(public_id) if fact.kind.endswith(".accepted"))
    answer = commune.client_of(commune.desk).get(f"/work/cases/{public_id}/documents/{fact.id}/receipt/")
    assert whole(answer).startswith(b"%PDF")


def test_a_sealed_result_without_a_place_for_its_number_is_named_by_the_check_of_packs(packs):
    assert list(find_problems(packs)) == []
    key, sealed = next((key, each) for key, each in packs.procedures.items() if each.code == "1.004873")
    broken = replace(sealed, result=replace(sealed.result, template="filing_proof"))
    (found,) = find_problems(replace(packs, procedures={key: broken}))
    assert found.code == "no_place_for_number"
    assert "filing_proof" in found.vi
